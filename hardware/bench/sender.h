// The sender of input events (docs/core.md, sections 5.3 and 5.6): offers each element from its cycle on, is blocked until it
// is accepted, and answers for the ticks that a busy core misses.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "samples.h"

class Sender {
public:
    struct Element {
        bool marker;
        uint32_t channel;
        // Of a marker: the sample's last tick.
        bool last;
        uint64_t offer;
    };

    // `start` is T_0, the end of the clear phase.
    Sender(const Sample& sample, uint64_t start) : m_sample{sample}, m_start{start} {}

    // Whether a host that knows the length of the clear phase announces a tick in this cycle for the next one.
    static bool announces(const Sample& sample, uint64_t cycle) {
        if (!sample.external || cycle + 1 < sample.clearCycles) return false;
        const uint64_t since = cycle + 1 - sample.clearCycles;
        return since % sample.period == 0 && since / sample.period < sample.ticks.size();
    }

    uint64_t tickCycle(size_t tick) const { return m_start + tick * m_sample.period; }

    // Start of a cycle: decides on every tick that is due. `idle`: no step is running or waiting to be run.
    void clock(uint64_t cycle, bool idle) {
        while (m_next < m_sample.ticks.size() && cycle >= tickCycle(m_next)) {
            const size_t tick = m_next++;
            m_waiting.insert(m_waiting.end(), m_sample.ticks[tick].begin(), m_sample.ticks[tick].end());
            if (m_sample.overrun == Overrun::Queue || idle) {
                offer(tick);
                idle = false;
            } else if (m_sample.overrun == Overrun::Skip) {
                ++m_losing.skipped;
                m_losing.dropped += m_waiting.size();
                m_waiting.clear();
            } else {
                ++m_losing.merged;
            }
        }
    }

    // The element that is offered in this cycle; none: nullptr.
    const Element* offered(uint64_t cycle) const {
        return m_offers.empty() || m_offers.front().offer > cycle ? nullptr : &m_offers.front();
    }

    void accepted() { m_offers.pop_front(); }

    // Whether every tick has been decided on.
    bool finished() const { return m_next == m_sample.ticks.size(); }

    // Whether the last tick got a step, so that its marker says that the sample ends.
    bool endsWithStep() const { return !executed.empty() && executed.back() + 1 == m_sample.ticks.size(); }

    struct Lost {
        uint32_t dropped = 0, skipped = 0, merged = 0;
    };
    // What ticks before the last step have lost, and what ticks since then lose, unless a decision has stopped the sample.
    Lost lost() const { return m_lost; }
    Lost losing() const {
        return {m_losing.dropped + static_cast<uint32_t>(m_waiting.size()), m_losing.skipped, m_losing.merged};
    }

    // Ticks that got a step, in order.
    std::vector<size_t> executed;

private:
    void offer(size_t tick) {
        m_lost = {m_lost.dropped + m_losing.dropped, m_lost.skipped + m_losing.skipped, m_lost.merged + m_losing.merged};
        m_losing = {};
        const uint64_t at = tickCycle(tick);
        for (const Event& event : m_waiting) m_offers.push_back({false, event.channel, false, at + event.offset});
        const uint64_t end = m_sample.timed ? at + m_sample.period : at;
        m_offers.push_back({true, 0, tick + 1 == m_sample.ticks.size(), end});
        m_waiting.clear();
        executed.push_back(tick);
    }

    const Sample& m_sample;
    const uint64_t m_start;
    size_t m_next = 0;
    Lost m_lost, m_losing;
    std::vector<Event> m_waiting;
    std::deque<Element> m_offers;
};
