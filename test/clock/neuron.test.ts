// What neurons, accumulators and samples do (docs/core.md, sections 1 and 4), with literal numbers on hand-packed images.

import { describe, expect, test } from "vitest";
import type { CoreRegisters } from "../../image/manifest.ts";
import type { TinyNetwork, TinyPopulation } from "./tiny-image.ts";
import { oneInput } from "./tiny-networks.ts";
import { BURST, tinyRun } from "./tiny-run.ts";

/** One channel onto one LIF neuron. */
function neuron(weight: number, population: Partial<TinyPopulation>, core: Partial<CoreRegisters> = {}): TinyNetwork {
  return {
    core,
    populations: [
      { kind: "input", size: 1 },
      { kind: "lif", size: 1, ...population },
    ],
    projections: [{ from: 0, to: 1, rows: [[[{ weight }]]] }],
  };
}

function course(network: TinyNetwork, ticks: number[][]): { u: number[]; spikes: number[] } {
  const { states } = tinyRun(network, ticks);
  return { u: states.map((state) => state.membrane[1]![0]!), spikes: states.map((state) => state.spikes[1]![0]!) };
}

describe("LIF update", () => {
  test("decay, threshold reached exactly, reset by subtraction", () => {
    // Decay 128/256: 60; 30 + 60 = 90; 45 + 60 = 105 >= 105 fires, 0 left; 60.
    expect(course(neuron(60, { decay: 128, threshold: 105 }), [[0], [0], [0], [0]])).toEqual({
      u: [60, 90, 0, 60],
      spikes: [0, 0, 1, 0],
    });
  });

  test("reset to zero against subtraction", () => {
    expect(course(neuron(60, { threshold: 100 }), [[0, 0]])).toEqual({ u: [20], spikes: [1] });
    expect(course(neuron(60, { threshold: 100, reset: "zero" }), [[0, 0]])).toEqual({ u: [0], spikes: [1] });
  });

  test("refractory: the membrane is held, input discarded", () => {
    const { states } = tinyRun(neuron(60, { threshold: 50, refractorySteps: 2, decay: 128 }), [[0], [0], [0], [0]]);
    expect(states.map((state) => [state.membrane[1]![0], state.refractory[1]![0], state.spikes[1]![0]])).toEqual([
      [10, 2, 1],
      [10, 1, 0],
      [10, 0, 0],
      [15, 2, 1],
    ]);
  });

  test("membrane and current saturate, each counted at its population", () => {
    const wide = neuron(127, { threshold: 1000, membraneBits: 10, currentShift: 2 });
    const { record } = tinyRun(wide, [[0], [0]]);
    expect(course(wide, [[0], [0]]).u).toEqual([508, 511]);
    expect([...record.counters.membraneSaturated]).toEqual([0, 1]);
    const current = neuron(127, { threshold: 1000 }, { accumulator: { bits: 16, currentBits: 8, saturate: "read" } });
    const clipped = tinyRun(current, [[0, 0]]);
    expect(clipped.states[0]!.membrane[1]![0]).toBe(127);
    expect([...clipped.record.counters.accumulatorSaturated]).toEqual([0, 1]);
  });
});

describe("accumulator", () => {
  const run = (saturate: "add" | "read"): ReturnType<typeof tinyRun> =>
    tinyRun(neuron(100, { threshold: 1000 }, { accumulator: { bits: 8, currentBits: 8, saturate } }), [[0, 0, 0]]);

  test("saturating at each add: 100, 127, 127, two events counted", () => {
    const { record, states } = run("add");
    expect(states[0]!.membrane[1]![0]).toBe(127);
    expect(record.counters.accumulatorSaturated[1]).toBe(2);
  });

  test("modulo 2^8: 100, -56, 44, nothing counted", () => {
    const { record, states } = run("read");
    expect(states[0]!.membrane[1]![0]).toBe(44);
    expect(record.counters.accumulatorSaturated[1]).toBe(0);
  });
});

describe("recurrence", () => {
  test.each([0, 2])("a recurrent spike of delay %i arrives one step later than a forward one would", (delay) => {
    const network: TinyNetwork = {
      populations: [
        { kind: "input", size: 1 },
        { kind: "lif", size: 1, threshold: 50, decay: 0, slots: 3 },
      ],
      projections: [
        { from: 0, to: 1, rows: [[[{ weight: 50 }]]] },
        { from: 1, to: 1, rows: [[[{ weight: 7, delay }]]], delayKind: "synaptic" },
      ],
    };
    const { states } = tinyRun(network, [[0], [], [], [], []]);
    const expected = [0, 0, 0, 0, 0];
    expected[1 + delay] = 7;
    expect(states.map((state) => state.membrane[1]![0])).toEqual(expected);
  });
});

describe("samples", () => {
  const decided = (core: Partial<CoreRegisters>): TinyNetwork => ({
    ...oneInput(2, core),
    decision: {
      population: 1,
      rule: "sum",
      at: "step",
      step: 1,
      margin: 0,
      minSteps: 1,
      stop: true,
      tableBits: 0,
      tableEntriesLog2: 0,
      tableShift: 0,
    },
  });

  test("a decision with stop ends the sample; what is queued is discarded", () => {
    const { record } = tinyRun(decided({ inputQueue: 4 }), [[], [0, 0], [0]]);
    expect(record.steps.length).toBe(1);
    expect(record.decision).toEqual({ class: 0, step: 0, cycle: record.steps[0]!.done });
    expect(record.lastInputCycle).toBe(-1);
    expect(record.counters.core[0]).toBe(0);
  });

  test.each(["sweep", "valid"] as const)("clear (%s): the next sample runs like the first, counters go on", (clear) => {
    const { records, states } = tinyRun(decided({ clear, inputQueue: 2 }), [[0, 1, 0], [1], [1]], BURST, 2);
    expect(states[1]).toEqual(states[0]);
    expect(records[1]!.steps).toEqual(records[0]!.steps);
    expect(records.map((record) => record.counters.core[0])).toEqual([3, 6]);
  });
});
