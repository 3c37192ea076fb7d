// The cycles of the other phases, of output, ticks and overruns (sections 5.3 to 5.6) of docs/core.md on hand-packed images; every number was derived on paper from that text.

import { describe, expect, test } from "vitest";
import {
  COUNT_TICKS_MERGED,
  COUNT_TICKS_SKIPPED,
  PHASE_DECIDE,
  PHASE_DELIVER,
  PHASE_IDLE,
  PHASE_READOUT,
  PHASE_UPDATE,
} from "../../assembly/layout.ts";
import type { CoreRegisters, DecisionRegisters } from "../../image/manifest.ts";
import type { TinyNetwork } from "./tiny-image.ts";
import { oneInput, PORTS, row } from "./tiny-networks.ts";
import { BURST, cyclesOf, tinyRun } from "./tiny-run.ts";

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
    const { record, states } = tinyRun({ ...oneInput(3), decision }, [[0]]);
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
    const { record, states } = tinyRun({ ...oneInput(2), decision: softmax, exponentTable: [255, 94] }, [[]]);
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
    expect(cyclesOf(tinyRun(oneInput(3), [[]]).record.steps[0], PHASE_READOUT)).toEqual({ busy: 3, fetch: 3 });
  });

  test("idle from the end of a step to its tick is wait", () => {
    const { record } = tinyRun(oneInput(3, { period: 50 }), [[], []]);
    // Input 2 and update 6 cycles: done at 1 + 8.
    expect(record.steps.map((step) => [step.enter, step.tickCycle, step.done])).toEqual([
      [1, 1, 9],
      [9, 51, 59],
    ]);
    expect(cyclesOf(record.steps[1], PHASE_IDLE)).toEqual({ wait: 42 });
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
    expect(cyclesOf(record.steps[0], PHASE_DELIVER)).toEqual({ fetch: 6, output: 3 });
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
    oneInput(8, { period: 10, overrun, accumulator: { bits: 16, currentBits: 16, saturate: "add" } });
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

  test.each(["skip", "merge"] as const)("free running misses no tick (%s)", (overrun) => {
    const { record } = tinyRun({ ...slow(overrun), core: { overrun, period: 0 } }, events);
    expect(record.steps.map((step) => step.tick)).toEqual([0, 1, 2, 3]);
    expect(record.counters.core[12]).toBe(0);
  });
});
