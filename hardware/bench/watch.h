// Arrays and registers of the RTL that are looked at after every step, without its ports: found by name in Verilator's table
// of public variables, so that this file knows no core.
#pragma once

#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "stream.h"
#include "verilated.h"
#include "verilated_syms.h"

class Watch {
public:
    // One line a place: scope, variable, number of elements, bits of an element.
    explicit Watch(const std::string& path) {
        std::ifstream file{path};
        if (!file) fail(path + ": cannot be read; write the folder again with mora rtl");
        std::string scope, variable;
        uint32_t elements = 0, bits = 0;
        while (file >> scope >> variable >> elements >> bits) m_places.push_back(find(scope, variable, elements, bits));
        if (m_places.empty()) fail(path + ": names no place; write the folder again with mora rtl");
    }

    // Reports every element that is not what it was at the last call; at the first one all that are not 0.
    void report(Stream& stream) {
        std::vector<uint32_t> words;
        for (uint32_t index = 0; index < m_places.size(); ++index) {
            Place& place = m_places[index];
            if (std::memcmp(place.now, place.last.data(), place.last.size()) == 0) continue;
            words.assign(1, index);
            for (uint32_t element = 0; element < place.elements; ++element) addChange(place, element, words);
            stream.put(CHANGES, words);
        }
    }

    // The lowest 32 bits of the first place.
    uint32_t firstWord() const {
        uint32_t word = 0;
        std::memcpy(&word, m_places[0].now, sizeof word);
        return word;
    }

private:
    struct Place {
        const uint8_t* now;
        std::vector<uint8_t> last;
        uint32_t elements;
        // Bytes of an element: 1, 2, 4, 8, or whole 32-bit words.
        uint32_t bytes;
    };

    static void addChange(Place& place, uint32_t element, std::vector<uint32_t>& words) {
        const uint8_t* now = place.now + size_t{element} * place.bytes;
        uint8_t* last = place.last.data() + size_t{element} * place.bytes;
        if (std::memcmp(now, last, place.bytes) == 0) return;
        std::memcpy(last, now, place.bytes);
        words.push_back(element);
        for (uint32_t at = 0; at < place.bytes; at += 4) {
            uint32_t word = 0;
            std::memcpy(&word, now + at, place.bytes - at < 4 ? place.bytes - at : 4);
            words.push_back(word);
        }
    }

    static Place find(const std::string& scope, const std::string& variable, uint32_t elements, uint32_t bits) {
        const std::string name = scope + "." + variable;
        const VerilatedScope* found = Verilated::threadContextp()->scopeFind(scope.c_str());
        if (found == nullptr) fail(name + ": the model has no such scope; rtl/ and hardware/address-map.ts do not agree");
        VerilatedVar* var = found->varFind(variable.c_str());
        if (var == nullptr) fail(name + ": is not public; mark it verilator public_flat_rd");
        uint32_t count = 1;
        for (int dimension = 1; dimension <= var->udims(); ++dimension) count *= var->elements(dimension);
        const uint32_t width = var->packed().elements();
        if (count != elements || width != bits) {
            fail(name + ": has " + std::to_string(count) + " x " + std::to_string(width) + " bits, the address map says "
                 + std::to_string(elements) + " x " + std::to_string(bits));
        }
        const uint32_t bytes = var->entSize();
        const auto* now = static_cast<const uint8_t*>(var->datap());
        return Place{now, std::vector<uint8_t>(size_t{bytes} * count, 0), count, bytes};
    }

    std::vector<Place> m_places;
};
