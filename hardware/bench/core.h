// The simulated core: its clock, its reset and its configuration port.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "Vmora_core.h"
#include "stream.h"
#include "verilated.h"
#ifdef MORA_TRACE
#include "verilated_vcd_c.h"
#endif

// A write of the host: address, value.
using Write = std::pair<uint32_t, uint32_t>;

// Writes as hardware/run-files.ts makes them: one a line, address and value in hexadecimal.
inline std::vector<Write> readWrites(const std::string& path) {
    std::ifstream file{path};
    if (!file) fail(path + ": cannot be read; check the path");
    std::vector<Write> writes;
    uint32_t address = 0, value = 0;
    while (file >> std::hex >> address >> value) writes.emplace_back(address, value);
    if (!file.eof()) fail(path + ": line " + std::to_string(writes.size() + 1) + " is no write; write it again");
    return writes;
}

// Addresses that the host reads: one a line, in hexadecimal.
inline std::vector<uint32_t> readAddresses(const std::string& path) {
    std::ifstream file{path};
    if (!file) fail(path + ": cannot be read; check the path");
    std::vector<uint32_t> addresses;
    uint32_t address = 0;
    while (file >> std::hex >> address) addresses.push_back(address);
    if (!file.eof()) fail(path + ": line " + std::to_string(addresses.size() + 1) + " is no address; write it again");
    return addresses;
}

class Core {
public:
    // Who has the core decides when a failed assertion ends the run: Verilator would abort, and the report be lost.
    explicit Core(VerilatedContext& context) : m_context{context}, top{std::make_unique<Vmora_core>(&context)} {
        context.fatalOnError(false);
    }

    // Two cycles of reset from a random state, which its falling edge ends before the first of the clock: nothing may be asserted of it.
    void reset() {
        top->clk_i = 0;
        top->rst_ni = 1;
        top->eval();
        top->rst_ni = 0;
        top->eval();
        top->in_valid_i = top->out_ready_i = top->in_last_i = 0;
        top->sample_start_i = top->sample_end_i = top->tick_i = 0;
        top->cfg_req_i = top->cfg_we_i = 0;
        clock();
        clock();
        top->rst_ni = 1;
    }

    // Whether an assertion of the RTL has failed, or it called $stop, $error or $fatal; Verilator has printed which.
    bool failed() const { return m_context.gotError(); }

    // First half of a cycle: inputs settle.
    void settle() {
        top->clk_i = 0;
        top->eval();
        record();
    }

    // Second half: the clock edge. A read is answered in the cycle after it, and nothing else is.
    void edge() {
        const bool reads = top->rst_ni && top->cfg_req_i && !top->cfg_we_i && !top->busy_o;
        m_context.timeInc(1);
        top->clk_i = 1;
        top->eval();
        record();
        m_context.timeInc(1);
        ++cycles;
        if (top->cfg_rvalid_o != reads) {
            fail(reads ? "configuration port: no answer to the read of " + std::to_string(top->cfg_addr_i)
                       : std::string{"configuration port: an answer that nobody asked for"});
        }
    }

    void clock() {
        settle();
        edge();
    }

    void write(const Write& write) {
        top->cfg_req_i = top->cfg_we_i = 1;
        top->cfg_addr_i = write.first;
        top->cfg_wdata_i = write.second;
        clock();
        top->cfg_req_i = top->cfg_we_i = 0;
    }

    uint32_t read(uint32_t address) {
        top->cfg_req_i = 1;
        top->cfg_we_i = 0;
        top->cfg_addr_i = address;
        clock();
        top->cfg_req_i = 0;
        settle();
        return top->cfg_rdata_o;
    }

    // Whether waves are recorded from now on; only in a build with MORA_TRACE.
    void recordWaves(const std::string& path) {
#ifdef MORA_TRACE
        if (m_waves == nullptr) {
            m_waves = std::make_unique<VerilatedVcdC>();
            top->trace(m_waves.get(), 99);
            m_waves->open(path.c_str());
        }
        m_recording = true;
#else
        fail(path + ": this program records no waves; build it with MORA_TRACE and --trace");
#endif
    }

    void stopWaves() {
#ifdef MORA_TRACE
        if (m_waves != nullptr) m_waves->close();
        m_waves.reset();
        m_recording = false;
#endif
    }

private:
    VerilatedContext& m_context;

public:
    std::unique_ptr<Vmora_core> top;
    // Since the bench began.
    uint64_t cycles = 0;

private:
    void record() {
#ifdef MORA_TRACE
        if (m_recording) m_waves->dump(m_context.time());
#endif
    }

#ifdef MORA_TRACE
    std::unique_ptr<VerilatedVcdC> m_waves;
    bool m_recording = false;
#endif
};
