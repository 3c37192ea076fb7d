// Samples as hardware/run-files.ts writes them.
#pragma once

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "stream.h"

enum class Overrun { Queue, Skip, Merge };

struct Event {
    uint32_t channel;
    // Cycles after the tick; 0 in a burst.
    uint32_t offset;
};

struct Sample {
    uint32_t number;
    bool timed;
    // Cycles of a tick; 0: free running.
    uint64_t period;
    Overrun overrun;
    // The receiver is ready in a cycle with probability readiness / 256.
    uint32_t readiness;
    uint32_t seed;
    // A decision ends the sample: no tick counts after it.
    bool stops;
    // The input event that ends a step.
    uint32_t marker;
    // The host announces ticks, the first one in the last cycle of the clear phase.
    bool external;
    uint64_t clearCycles;
    // Registers that the host writes before the sample.
    std::vector<std::pair<uint32_t, uint32_t>> writes;
    std::vector<std::vector<Event>> ticks;
};

class SampleReader {
public:
    explicit SampleReader(const std::string& path) : m_path{path}, m_file{path} {
        if (!m_file) fail(path + ": cannot be read; check the path");
    }

    // False at the end of the file.
    bool next(Sample& sample) {
        std::string line;
        if (!std::getline(m_file, line)) return false;
        sample = parseHead(line);
        while (std::getline(m_file, line) && line != "end") {
            if (line.rfind("write ", 0) == 0) sample.writes.push_back(parseWrite(line));
            else sample.ticks.push_back(parseTick(line));
        }
        if (line != "end") fail(m_path + ": ends within sample " + std::to_string(sample.number) + "; write it again");
        return true;
    }

private:
    Sample parseHead(const std::string& line) const {
        Sample sample{};
        std::istringstream words{line};
        std::string name, arrival, overrun;
        words >> name >> sample.number >> name >> arrival >> name >> sample.period >> name >> overrun >> name
            >> sample.readiness >> name >> sample.seed >> name >> sample.stops
            >> name >> sample.marker >> name >> sample.external >> name >> sample.clearCycles;
        if (!words) fail(m_path + ": \"" + line + "\" is no sample; see hardware/run-files.ts");
        sample.timed = arrival == "timed";
        sample.overrun = overrun == "skip" ? Overrun::Skip : overrun == "merge" ? Overrun::Merge : Overrun::Queue;
        return sample;
    }

    std::pair<uint32_t, uint32_t> parseWrite(const std::string& line) const {
        std::istringstream words{line.substr(6)};
        uint32_t address = 0, value = 0;
        words >> std::hex >> address >> value;
        if (!words) fail(m_path + ": \"" + line + "\" is no write; see hardware/run-files.ts");
        return {address, value};
    }

    std::vector<Event> parseTick(const std::string& line) const {
        std::istringstream words{line};
        std::string word;
        words >> word;
        if (word != "tick") fail(m_path + ": \"" + line + "\" is no tick; see hardware/run-files.ts");
        std::vector<Event> events;
        while (words >> word) {
            const size_t at = word.find('@');
            const uint32_t offset = at == std::string::npos ? 0 : std::stoul(word.substr(at + 1));
            events.push_back({static_cast<uint32_t>(std::stoul(word.substr(0, at))), offset});
        }
        return events;
    }

    std::string m_path;
    std::ifstream m_file;
};
