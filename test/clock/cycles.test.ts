// The cycle tables of docs/core.md (5.2 to 5.7) on hand-packed images; every number was derived on paper from that text.

import { describe, expect, test } from "vitest";
import {
  COUNT_SETS,
  COUNT_TICKS_MERGED,
  COUNT_TICKS_SKIPPED,
  PHASE_CIRCULATE,
  PHASE_DECIDE,
  PHASE_DELIVER,
  PHASE_IDLE,
  PHASE_INPUT,
  PHASE_READOUT,
  PHASE_UPDATE,
} from "../../assembly/layout.ts";
import type { CoreRegisters, DecisionRegisters } from "../../image/manifest.ts";
import type { RowWords, TinyNetwork } from "./tiny-image.ts";
import { BURST, cyclesOf, TIMED, tinyRun } from "./tiny-run.ts";

const PORTS: CoreRegisters["ports"] = { ring: "1R1W", neuron: "1R1W", spikeRing: "1R1W", queue: "1R1W" };

/** Rows of L words with the weight 1, one lane. */
const row = (length: number): RowWords => Array.from({ length }, () => [{ weight: 1 }]);

/** Two channels, one row of `length` words each, into `length` neurons on one lane. */
function rows(length: number, core: Partial<CoreRegisters> = {}): TinyNetwork {
  return {
    core,
    populations: [
      { kind: "input", size: 2 },
      { kind: "readout", size: length },
    ],
    projections: [{ from: 0, to: 1, rows: [row(length), row(length)] }],
  };
}

describe("input phase, rows in a stream", () => {
  test("no event: the marker becomes visible in the second cycle", () => {
    const { record } = tinyRun(rows(3), [[]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 1 });
  });

  test("one row of 3 words: axon read, 3 words, drain 2", () => {
    const { record } = tinyRun(rows(3), [[0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 3 });
  });

  test("each further row of L words costs L cycles", () => {
    const { record } = tinyRun(rows(3), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 9 });
  });

  test("ring 1RW: each word but the first of the phase waits one cycle for the write", () => {
    const { record } = tinyRun(rows(3, { ports: { ...PORTS, ring: "1RW" } }), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 9, port: 8 });
  });

  test("hazard stall: the same bank address in the word before holds a word for one cycle", () => {
    const { record, states } = tinyRun(rows(1, { hazard: "stall" }), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 3, hazard: 2 });
    expect([...states[0]!.membrane[1]!]).toEqual([3]);
  });

  test("hazard stall: other addresses do not stall", () => {
    const { record } = tinyRun(rows(2, { hazard: "stall" }), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 6 });
  });

  test("hazard forward: no stall, and the sum is right", () => {
    const { record, states } = tinyRun(rows(1), [[0, 1, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 3 });
    expect([...states[0]!.membrane[1]!]).toEqual([3]);
  });

  test("an empty row costs 1, and so does an event without projections", () => {
    const empty: TinyNetwork = {
      populations: [
        { kind: "input", size: 2 },
        { kind: "readout", size: 1 },
      ],
      projections: [{ from: 0, to: 1, rows: [[], []] }],
    };
    // a = 1, start = 2, 3, 4; end = start + 1.
    expect(cyclesOf(tinyRun(empty, [[0, 1, 0]]).record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 1, busy: 3 });
    const none: TinyNetwork = { ...empty, projections: [] };
    // a = start = 1, 2, 3; the marker is popped in 4.
    expect(cyclesOf(tinyRun(none, [[0, 1, 0]]).record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 1, busy: 3 });
  });

  test("a null lane makes no access: it neither stalls nor counts", () => {
    const sparse: TinyNetwork = {
      core: { lanes: 2, hazard: "stall" },
      populations: [
        { kind: "input", size: 1 },
        { kind: "readout", size: 4 },
      ],
      projections: [
        {
          from: 0,
          to: 1,
          storage: "sparse",
          // Lane 0 has both its groups; lane 1 has group 1 only, then a null.
          rows: [
            [
              [
                { weight: 2, group: 0 },
                { weight: 5, group: 1 },
              ],
              [{ weight: 3, group: 1 }, null],
            ],
          ],
        },
      ],
    };
    // Row after row: word 0 of the second row meets lane 0's group 1 in neither lane (lane 0 differs, lane 1 was null).
    const { record, states } = tinyRun(sparse, [[0, 0]]);
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 1, fetch: 3, busy: 4 });
    expect([...states[0]!.membrane[1]!]).toEqual([4, 0, 6, 10]);
    expect([...record.counters.core.subarray(0, 4)]).toEqual([2, 2, 4, 6]);
  });

  test("timed arrival: the source waits for events and for the marker", () => {
    const { record } = tinyRun(rows(1, { period: 20 }), [[[0, 5]]], TIMED);
    // Offered 5, visible 6 = a, start 7, v 8; marker offered 20, visible 21. Waits 0..5, and from v on to 20.
    expect(cyclesOf(record.steps[0], PHASE_INPUT)).toEqual({ wait: 6 + 13, fetch: 2, busy: 1 });
    expect(record.steps[0]!.tickCycle).toBe(1);
    expect(record.lastInputCycle).toBe(7);
  });
});

describe("update (5.4)", () => {
  const lif = (core: Partial<CoreRegisters>): TinyNetwork => ({
    core: { lanes: 2, ...core },
    populations: [{ kind: "lif", size: 5 }],
    projections: [],
  });

  test.each([
    ["1R1W", PORTS, { busy: 3, fetch: 3 }],
    ["ring 1RW", { ...PORTS, ring: "1RW" }, { busy: 3, fetch: 3, port: 2 }],
    ["neuron 1RW", { ...PORTS, neuron: "1RW" }, { busy: 3, fetch: 3, port: 2 }],
  ] as const)("three groups, %s", (_, ports, cycles) => {
    const { record } = tinyRun(lif({ ports }), [[]]);
    expect(cyclesOf(record.steps[0], PHASE_UPDATE)).toEqual(cycles);
    expect(cyclesOf(record.steps[0], PHASE_DELIVER)).toEqual({});
  });
});

describe("decide, clear, idle (5.5)", () => {
  const decision: DecisionRegisters = {
    population: 1,
    rule: "sum",
    at: "end",
    step: 0,
    margin: 0,
    minSteps: 1,
    stop: false,
    tableBits: 0,
    tableEntriesLog2: 0,
    tableShift: 0,
  };

  test("sum: K + 2 cycles, K busy; a tie goes to the lowest class", () => {
    const { record, states } = tinyRun({ ...rows(3), decision }, [[0]]);
    expect(cyclesOf(record.steps[0], PHASE_DECIDE)).toEqual({ busy: 3, fetch: 2 });
    expect([...states[0]!.scores]).toEqual([1, 1, 1]);
    expect(record.decision).toEqual({ class: 0, step: 0, cycle: record.steps[0]!.done });
  });

  test("softmax: 3K + 6 + X + 2 cycles; two equal classes get half of 2^X each", () => {
    const softmax: DecisionRegisters = {
      ...decision,
      rule: "softmax",
      tableBits: 8,
      tableEntriesLog2: 1,
      tableShift: 0,
    };
    const { record, states } = tinyRun({ ...rows(2), decision: softmax, exponentTable: [255, 94] }, [[]]);
    expect(cyclesOf(record.steps[0], PHASE_DECIDE)).toEqual({ busy: 3 * 2 + 10, fetch: 6 });
    // q = floor(2^16 / 510) = 128; (255 * 128) >> 8 = 127.
    expect([...states[0]!.scores]).toEqual([127, 127]);
  });

  test("clear: a sweep is as long as the deepest macro, valid bits take one cycle", () => {
    const slots: TinyNetwork = {
      core: { clear: "sweep" },
      populations: [{ kind: "lif", size: 3, slots: 4 }],
      projections: [],
    };
    expect(tinyRun(slots, [[]]).record.clearCycles).toBe(12);
    expect(tinyRun({ ...slots, core: { clear: "valid" } }, [[]]).record.clearCycles).toBe(1);
  });

  test("readouts have a phase code of their own", () => {
    expect(cyclesOf(tinyRun(rows(3), [[]]).record.steps[0], PHASE_READOUT)).toEqual({ busy: 3, fetch: 3 });
  });

  test("idle from the end of a step to its tick is wait", () => {
    const { record } = tinyRun(rows(3, { period: 50 }), [[], []]);
    // Input 2 and update 6 cycles: done at 1 + 8.
    expect(record.steps.map((step) => [step.enter, step.tickCycle, step.done])).toEqual([
      [1, 1, 9],
      [9, 51, 59],
    ]);
    expect(cyclesOf(record.steps[1], PHASE_IDLE)).toEqual({ wait: 42 });
  });
});

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
});

describe("output queue", () => {
  /** Four channels that make four neurons fire at once; all spikes leave the core. */
  const network: TinyNetwork = {
    core: { outputQueue: 1 },
    populations: [
      { kind: "input", size: 1 },
      { kind: "lif", size: 4, threshold: 1, output: true },
    ],
    projections: [{ from: 0, to: 1, rows: [row(4)] }],
  };

  test("ready receiver, one place: push, leave, push, ...", () => {
    const { record } = tinyRun(network, [[0]]);
    // Read 0, load 1, pushes in 2, 4, 6, 8 (leave 3, 5, 7, 9), end 9.
    expect(cyclesOf(record.steps[0], PHASE_DELIVER)).toEqual({ fetch: 2, busy: 4, output: 3 });
    const send = record.steps[0]!.done - 9;
    expect(record.outputs.map((event) => event.cycle - send)).toEqual([3, 5, 7, 9]);
    expect(record.end).toBe(record.steps[0]!.done + 1);
  });

  test("a receiver that is ready in half of the cycles", () => {
    const settings = { ...BURST, receiver: { readiness: 128, seed: 7 } };
    const { record } = tinyRun(network, [[0]], settings);
    const always = tinyRun(network, [[0]]).record;
    expect(record.outputs.map((event) => event.neuron)).toEqual([0, 1, 2, 3]);
    expect(record.outputs[3]!.cycle).toBeGreaterThan(always.outputs[3]!.cycle);
    const output = cyclesOf(record.steps[0], PHASE_DELIVER).output!;
    expect(record.steps[0]!.done - always.steps[0]!.done).toBe(output - 3);
  });
});

describe("ticks and overruns (5.6)", () => {
  const slow = (overrun: CoreRegisters["overrun"]): TinyNetwork =>
    rows(8, { period: 10, overrun, accumulator: { bits: 16, currentBits: 16, saturate: "add" } });
  const events = [[0], [1, 1], [0], [1]];

  test("queue: every tick runs, late", () => {
    const { record } = tinyRun(slow("queue"), events);
    expect(record.steps.map((step) => step.tick)).toEqual([0, 1, 2, 3]);
    expect(record.counters.core[12]).toBe(4);
  });

  test("skip: a tick during a step is dropped with its events", () => {
    const { record, states } = tinyRun(slow("skip"), events);
    // Step 0: input 12, update 11: done at 24, after ticks 1 and 2 (cycles 11 and 21).
    expect(record.steps.map((step) => [step.tick, step.done])).toEqual([
      [0, 24],
      [3, 54],
    ]);
    expect(record.counters.core[COUNT_TICKS_SKIPPED]).toBe(2);
    expect(record.counters.core[9]).toBe(3);
    expect(states[1]!.membrane[1]![0]).toBe(2);
  });

  test("merge: events of the missed ticks come with the next", () => {
    const { record, states } = tinyRun(slow("merge"), events);
    expect(record.steps.map((step) => step.tick)).toEqual([0, 3]);
    expect(record.counters.core[COUNT_TICKS_MERGED]).toBe(2);
    expect(states[1]!.membrane[1]![0]).toBe(5);
  });
});
