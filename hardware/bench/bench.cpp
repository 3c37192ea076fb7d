// Test bench of the mora core, the same for every core: resets it, writes registers and memories through the configuration
// port, plays samples, and reports after every step what has changed.
//
//     bench --writes FILE --samples FILE [--watch FILE --report FILE [--reads FILE]] [--patience CYCLES]
//           [--waves FILE --waves-sample N --waves-from CYCLE --waves-to CYCLE] [--coverage FILE] [+verilator+seed+N]

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <map>
#include <memory>
#include <string>

#include "core.h"
#include "receiver.h"
#include "samples.h"
#include "sender.h"
#include "stream.h"
#include "watch.h"

namespace {

using Options = std::map<std::string, std::string>;

Options parseOptions(int argc, char** argv) {
    Options options;
    for (int n = 1; n < argc; ++n) {
        const std::string name = argv[n];
        // Verilator's own.
        if (name[0] == '+') continue;
        if (name.rfind("--", 0) != 0 || n + 1 == argc) fail(name + ": is no option with a value; see bench.cpp");
        options[name.substr(2)] = argv[++n];
    }
    if (options["writes"].empty() || options["samples"].empty()) fail("give --writes FILE and --samples FILE");
    return options;
}

uint64_t number(Options& options, const std::string& name, uint64_t otherwise) {
    return options[name].empty() ? otherwise : std::stoull(options[name]);
}

// What is looked at, and where it is reported; nothing for a measurement of speed.
struct Observer {
    std::unique_ptr<Watch> watch;
    std::unique_ptr<Stream> stream;

    void put(Block kind, const std::vector<uint32_t>& words) {
        if (stream != nullptr) stream->put(kind, words);
    }
    void contents() {
        if (stream != nullptr) watch->report(*stream);
    }
};

// Cycles of one sample that are recorded as waves.
struct Window {
    std::string path;
    uint64_t sample, from, to;
};

// How a sample goes: to its end, or to where there is nothing more to compare. Its number is the bench's exit code.
enum class Outcome { Done = 0, StandsStill = 2, AssertionFails = 3, Untimely = 4 };

class Run {
public:
    Run(Core& core, Observer& observer, uint64_t patience, const Window& window)
        : m_core{core}, m_observer{observer}, m_patience{patience}, m_window{window} {}

    Outcome play(const Sample& sample, uint64_t index) {
        for (const Write& write : sample.writes) m_core.write(write);
        Vmora_core& top = *m_core.top;
        top.sample_i = sample.number;
        top.sample_start_i = 1;
        m_core.clock();
        top.sample_start_i = 0;

        std::unique_ptr<Sender> sender;
        bool decided = false;
        size_t steps = 0;
        uint64_t entered = 0, last = 0;
        // Cycles in which the core says that an event is lost.
        uint32_t lostEvents = 0;
        uint32_t inputEvents = counted();
        int64_t lastInput = -1;
        uint64_t cycle = 0;
        for (;; ++cycle) {
            waves(index, cycle);
            // What registers show in this cycle.
            if (sender == nullptr && top.running_o) {
                sender = std::make_unique<Sender>(sample, cycle);
                entered = cycle;
            }
            if (top.decided_o && !decided) m_observer.put(DECIDED, {low(cycle), top.class_o});
            decided = top.decided_o;
            if (counted() != inputEvents) lastInput = static_cast<int64_t>(cycle) - 1;
            inputEvents = counted();
            if (top.done_o) {
                if (sender == nullptr || steps == sender->executed.size()) return end(UNTIMELY, cycle, Outcome::Untimely);
                const size_t tick = sender->executed[steps++];
                m_observer.contents();
                const Sender::Lost lost = sender->lost();
                m_observer.put(STEP, {static_cast<uint32_t>(tick), low(entered), low(sender->tickCycle(tick)), low(cycle),
                                      lost.dropped, lost.skipped, lost.merged, top.miss_o, lostEvents});
                entered = last = cycle;
            }
            if (!top.busy_o) break;
            // What its surroundings do.
            const Sender::Element* element = nullptr;
            if (sender != nullptr && !(decided && sample.stops)) {
                sender->clock(cycle, steps == sender->executed.size());
                element = sender->offered(cycle);
            }
            top.in_valid_i = element != nullptr;
            top.in_last_i = element != nullptr && element->last;
            top.in_event_i = element == nullptr ? 0 : element->marker ? sample.marker : element->channel;
            top.sample_end_i = sample.ticks.empty() || (sender != nullptr && sender->finished() && !sender->endsWithStep());
            top.tick_i = Sender::announces(sample, cycle);
            top.out_ready_i = receiverReady(sample.readiness, sample.seed, low(cycle));
            m_core.settle();
            if (element != nullptr && top.in_ready_o) sender->accepted();
            lostEvents += top.overflow_o;
            if (top.out_valid_o && top.out_ready_i) m_observer.put(OUTPUT, {low(cycle), top.out_event_o});
            m_core.edge();
            if (m_core.failed() && !recording(index, cycle)) return end(ASSERTION, cycle, Outcome::AssertionFails);
            if (cycle - last > m_patience + sample.period) return end(STUCK, cycle, Outcome::StandsStill);
        }
        m_core.stopWaves();
        const Sender::Lost lost = sender == nullptr ? Sender::Lost{} : sender->lost();
        const Sender::Lost losing = sender == nullptr ? Sender::Lost{} : sender->losing();
        m_observer.contents();
        m_observer.put(SAMPLE_END, {low(cycle), lost.dropped, lost.skipped, lost.merged, static_cast<uint32_t>(lastInput),
                                    losing.dropped, losing.skipped, losing.merged});
        return Outcome::Done;
    }

    // What the RTL asserts outside of samples: of the host's writes before the first, of its reads after the last.
    bool failsOutside() {
        if (!m_core.failed() || !m_window.path.empty()) return false;
        m_observer.put(ASSERTION, {0});
        return true;
    }

private:
    Outcome end(Block kind, uint64_t cycle, Outcome outcome) {
        m_observer.contents();
        m_observer.put(kind, {low(cycle)});
        return outcome;
    }

    // Waves go on after an assertion has failed, up to the end of their window.
    bool recording(uint64_t sample, uint64_t cycle) const {
        if (m_window.path.empty()) return false;
        return sample < m_window.sample || (sample == m_window.sample && cycle < m_window.to);
    }

    static uint32_t low(uint64_t cycle) { return static_cast<uint32_t>(cycle); }

    // The counter `inputEvents`, the first of the first place: it counts in the cycle after a pop.
    uint32_t counted() const { return m_observer.watch == nullptr ? 0 : m_observer.watch->firstWord(); }

    void waves(uint64_t sample, uint64_t cycle) {
        if (m_window.path.empty() || sample != m_window.sample) return;
        if (cycle == m_window.from) m_core.recordWaves(m_window.path);
        if (cycle == m_window.to) m_core.stopWaves();
    }

    Core& m_core;
    Observer& m_observer;
    const uint64_t m_patience;
    const Window& m_window;
};

const char* described(Outcome outcome) {
    switch (outcome) {
    case Outcome::Done: return "";
    case Outcome::StandsStill: return ", the core stands still";
    case Outcome::AssertionFails: return ", an assertion of the core fails";
    case Outcome::Untimely: return ", the core ends a step that no tick began";
    }
    return "";
}

}  // namespace

int main(int argc, char** argv) {
    Options options = parseOptions(argc, argv);
    VerilatedContext context;
    // Every register and memory begins with a value of the seed.
    context.randReset(2);
    context.commandArgs(argc, argv);
    context.traceEverOn(!options["waves"].empty());
    Core core{context};
    Observer observer;
    if (!options["report"].empty()) {
        observer.watch = std::make_unique<Watch>(options["watch"]);
        observer.stream = std::make_unique<Stream>(options["report"]);
    }
    const Window window{options["waves"], number(options, "waves-sample", 0), number(options, "waves-from", 0),
                        number(options, "waves-to", UINT64_MAX)};
    core.reset();
    for (const Write& write : readWrites(options["writes"])) core.write(write);
    Run run{core, observer, number(options, "patience", 10'000'000), window};
    SampleReader reader{options["samples"]};
    Sample sample;
    const uint64_t first = core.cycles;
    const std::clock_t begin = std::clock();
    Outcome outcome = run.failsOutside() ? Outcome::AssertionFails : Outcome::Done;
    for (uint64_t index = 0; outcome == Outcome::Done && reader.next(sample); ++index) outcome = run.play(sample, index);
    const uint64_t cycles = core.cycles - first;
    // Processor time: what else runs on the machine does not count.
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    core.stopWaves();
    if (outcome == Outcome::Done && !options["reads"].empty()) {
        std::vector<uint32_t> values;
        for (const uint32_t address : readAddresses(options["reads"])) values.push_back(core.read(address));
        if (run.failsOutside()) outcome = Outcome::AssertionFails;
        else observer.put(READ, values);
    }
    observer.put(RUN_END, {static_cast<uint32_t>(cycles), static_cast<uint32_t>(cycles >> 32)});
    if (observer.stream != nullptr) observer.stream->close();
    if (!options["coverage"].empty()) {
#if VM_COVERAGE
        context.coveragep()->write(options["coverage"].c_str());
#else
        fail(options["coverage"] + ": this program counts no lines; build it with --coverage-line");
#endif
    }
    std::printf("%" PRIu64 " cycles in %.6f s%s\n", cycles, seconds, described(outcome));
    return static_cast<int>(outcome);
}
