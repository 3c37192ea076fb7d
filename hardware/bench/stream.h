// What the test bench reports: blocks of 32-bit words, little-endian. hardware/stream.ts reads them.
//
//     word 0  kind of block        word 1  number n of words that follow        words 2..n+1  contents
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

// Kinds, as in hardware/stream.ts.
enum Block : uint32_t {
    CHANGES = 1,
    STEP = 2,
    OUTPUT = 3,
    DECIDED = 4,
    SAMPLE_END = 5,
    STUCK = 6,
    RUN_END = 7,
    READ = 8,
    ASSERTION = 9,
    UNTIMELY = 10,
};

// Ends the run with a message that names place, value and remedy.
[[noreturn]] inline void fail(const std::string& message) {
    std::fprintf(stderr, "bench: %s\n", message.c_str());
    std::exit(1);
}

class Stream {
public:
    explicit Stream(const std::string& path) : m_file{std::fopen(path.c_str(), "wb")} {
        if (m_file == nullptr) fail(path + ": cannot be written; check the folder");
    }

    void put(Block kind, const std::vector<uint32_t>& words) {
        const uint32_t head[2] = {kind, static_cast<uint32_t>(words.size())};
        write(head, 2);
        write(words.data(), words.size());
    }

    void close() {
        // A full disk is often only told here.
        if (std::fclose(m_file) != 0) fail("report: the disk is full; free some space");
    }

private:
    void write(const uint32_t* words, size_t count) {
        if (std::fwrite(words, sizeof(uint32_t), count, m_file) != count) fail("report: the disk is full; free some space");
    }

    std::FILE* m_file;
};
