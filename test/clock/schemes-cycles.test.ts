// The cycles of delay schemes 2 and 3 (sections 3, 5.2, 5.3) of docs/core.md on hand-packed images; every number was derived on paper from that text.

import { describe, expect, test } from "vitest";
import { COUNT_SETS, PHASE_CIRCULATE, PHASE_DELIVER, PHASE_INPUT } from "../../assembly/layout.ts";
import type { CoreRegisters } from "../../image/manifest.ts";
import type { TinyNetwork } from "./tiny-image.ts";
import { PORTS, row } from "./tiny-networks.ts";
import { cyclesOf, tinyRun } from "./tiny-run.ts";

describe("spike ring (scheme 2)", () => {
  const network = (core: Partial<CoreRegisters>): TinyNetwork => ({
    core: { scheme: "spike-ring", ...core },
    populations: [
      { kind: "input", size: 10 },
      { kind: "readout", size: 1 },
    ],
    projections: [
      {
        from: 0,
        to: 1,
        delayKind: "axonal",
        axonDelays: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        rows: Array.from({ length: 10 }, () => row(1)),
      },
    ],
  });
  const single = { ...PORTS, spikeRing: "1RW" } as const;

  test("sets: 1 a cycle; 2 with one port; merged bits are counted", () => {
    // a = 1, start = 2, 3, 4, write of the last in 5.
    const fast = tinyRun(network({}), [[0, 1, 0]]).record;
    expect(cyclesOf(fast.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 2, busy: 3 });
    expect(fast.counters.core[COUNT_SETS]).toBe(3);
    expect([...fast.counters.mergedBits]).toEqual([1]);
    const slow = tinyRun(network({ ports: single }), [[0, 1, 0]]).record;
    expect(cyclesOf(slow.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 2, busy: 3, port: 2 });
  });

  test("hazard stall: two sets in one word, not in two", () => {
    const same = tinyRun(network({ hazard: "stall" }), [[0, 1]]).record;
    expect(cyclesOf(same.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 2, busy: 2, hazard: 1 });
    const other = tinyRun(network({ hazard: "stall" }), [[0, 8]]).record;
    expect(cyclesOf(other.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 2, busy: 2 });
  });

  test("scan: one cycle a word, one a set bit's row, the slot is cleared and comes up with its delay", () => {
    const { record, states } = tinyRun(network({}), [[0, 1, 9], [], []]);
    // Read 0, load 1, a = 2, 3; load of word 1 in 4 = E - 1; rows start in 3 and 4, v = 5, end 7.
    expect(cyclesOf(record.steps[0], PHASE_DELIVER)).toEqual({ fetch: 5, busy: 2 });
    // Slot 1: word 0 empty (load 1), word 1 with bit 1 (load 2), a = 3, start 4, v 5, end 7.
    expect(cyclesOf(record.steps[1], PHASE_DELIVER)).toEqual({ fetch: 6, busy: 1 });
    // Two empty words: read, load, load.
    expect(cyclesOf(record.steps[2], PHASE_DELIVER)).toEqual({ fetch: 3 });
    expect(states.map((state) => state.membrane[1]![0])).toEqual([2, 3, 3]);
  });
});

describe("delay queue (scheme 3)", () => {
  const network = (core: Partial<CoreRegisters>): TinyNetwork => ({
    core: { scheme: "queue", delayQueue: 4, ...core },
    populations: [
      { kind: "input", size: 2 },
      { kind: "readout", size: 2 },
    ],
    projections: [
      {
        from: 0,
        to: 1,
        storage: "sparse",
        delayKind: "synaptic",
        buckets: [
          [{ delay: 3, words: [[{ weight: 1, group: 0 }]] }],
          [
            { delay: 0, words: [[{ weight: 2, group: 1 }]] },
            { delay: 1, words: [[{ weight: 4, group: 1 }]] },
          ],
        ],
      },
    ],
  });
  const single = { ...PORTS, queue: "1RW" } as const;

  test("a bucket that is due: bucket read, then max(L, 2) a row; its remainder is pushed in its first cycle", () => {
    // a = 1, start 3; a = 3, start 5, v 6, end 8.
    const { record, states } = tinyRun(network({}), [[1, 1]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 5, busy: 2 });
    expect([...states[0]!.membrane[1]!]).toEqual([0, 4]);
    expect(states[0]!.queue).toEqual([
      [2, 0],
      [2, 0],
    ]);
  });

  test("events that wait circulate at 1 cycle each, 2 with one port", () => {
    // Three events pushed with wait 2. Next step: a = 0, 1, 2, starts 1, 2, 3, end 4.
    const fast = tinyRun(network({}), [[0, 0, 0], []]);
    expect(cyclesOf(fast.record.steps[1], PHASE_CIRCULATE)).toEqual({ fetch: 1, busy: 3 });
    expect(fast.states[1]!.queue).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    // a = 0, 2, 4, starts 1, 3, 5, end 6: the pop after a push is one cycle late, and that cycle is a read.
    const slow = tinyRun(network({ ports: single }), [[0, 0, 0], []]);
    expect(cyclesOf(slow.record.steps[1], PHASE_CIRCULATE)).toEqual({ fetch: 3, busy: 3 });
  });

  test("an event arrives after its delay", () => {
    const { states } = tinyRun(network({}), [[0, 1], [], [], []]);
    expect(states.map((state) => [...state.membrane[1]!])).toEqual([
      [0, 2],
      [0, 6],
      [0, 6],
      [1, 6],
    ]);
  });

  test("overflow: dropped and counted, or delivered early with the rest of its axon", () => {
    const drop = tinyRun(network({ delayQueue: 1 }), [[0, 0, 1]]).record.counters.core;
    expect([drop[5], drop[6], drop[7], drop[8]]).toEqual([1, 2, 0, 1]);
    const deliver = tinyRun(network({ delayQueue: 1, queueOverflow: "deliver" }), [[0, 0, 1]]);
    const counts = deliver.record.counters.core;
    expect([counts[5], counts[6], counts[7], counts[8]]).toEqual([1, 0, 2, 1]);
    expect([...deliver.states[0]!.membrane[1]!]).toEqual([1, 6]);
    // Push: a 1, start 2. Early row: a 2, start 4. Due row: a 4, start 6; its remainder follows: a 6, start 7, v 8, end 10.
    expect(cyclesOf(deliver.record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 5, busy: 4 });
  });

  test("an event leaves the input queue with its last axon read, before the buckets that follow it at once", () => {
    // One place in the input queue. Push: a 1, start 2. Due row: a 3, start 5; the rest of its axon: a 5, start 6.
    // The third event was accepted in 4, so that it is read in 6; it finds the queue full: start 8, v 9, end 11.
    const { record } = tinyRun(network({ delayQueue: 1, queueOverflow: "deliver", inputQueue: 1 }), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 6, busy: 4 });
  });
});
