import { describe, expect, test } from "vitest";
import type { LifIr, NetworkIr, PopulationIr, ProjectionIr } from "../../compiler/ir.ts";
import { createFloat64, type Float64Result } from "../../reference/float64.ts";

const input = (name: string, size: number): PopulationIr => ({ kind: "input", name, size, maxEventsPerStep: 1 });

const lif = (name: string, size: number, options: Partial<LifIr> = {}): PopulationIr => ({
  kind: "lif",
  name,
  size,
  decay: new Float64Array(size).fill(0.5),
  threshold: new Float64Array(size).fill(1),
  uniform: true,
  reset: "subtract",
  refractorySteps: 0,
  output: false,
  ...options,
});

const readout = (size: number, decay = 0.5): PopulationIr => ({
  kind: "readout",
  name: "out",
  size,
  decay: new Float64Array(size).fill(decay),
  uniform: true,
});

/** A projection from a matrix [pre][post]; zeros are synapses too. */
function dense(from: number, to: number, weights: number[][], options: Partial<ProjectionIr> = {}): ProjectionIr {
  const post = weights[0]!.length;
  return {
    name: `${from} -> ${to}`,
    from,
    to,
    recurrent: false,
    storage: "dense",
    delayKind: "none",
    rowStart: Uint32Array.from({ length: weights.length + 1 }, (_, i) => i * post),
    post: Uint32Array.from({ length: weights.length * post }, (_, k) => k % post),
    weight: Float64Array.from(weights.flat()),
    delay: new Uint16Array(0),
    axonDelay: new Uint16Array(0),
    ...options,
  };
}

function run(populations: PopulationIr[], projections: ProjectionIr[], events: number[][]): Float64Result {
  const ir: NetworkIr = { timestepMs: 1, populations, projections };
  const stepStart = new Uint32Array(events.length + 1);
  events.forEach((list, t) => {
    stepStart[t + 1] = stepStart[t]! + list.length;
  });
  return createFloat64(ir).run({ steps: events.length, stepStart, channel: events.flat() }, { raster: true });
}

const y = (result: Float64Result): number[] => [...result.readouts[0]!.y];
const raster = (result: Float64Result, name: string): number[] => [
  ...result.spikes.find((record) => record.name === name)!.raster!,
];

describe("readout", () => {
  test("decays and adds in the step of arrival", () => {
    const result = run([input("in", 1), readout(1)], [dense(0, 1, [[3]])], [[0], [], [0]]);
    expect(y(result)).toEqual([3, 1.5, 3.75]);
    expect(result.synapticEvents).toBe(2);
  });
  test("counts several events of one channel in one step", () => {
    expect(y(run([input("in", 1), readout(1)], [dense(0, 1, [[3]])], [[0, 0]]))).toEqual([6]);
  });
});

describe("delays", () => {
  test("a synaptic delay of d arrives at t + d, each synapse by itself", () => {
    const projection = dense(0, 1, [[1, 1, 1]], { delayKind: "synaptic", delay: Uint16Array.of(0, 2, 3) });
    const result = run([input("in", 1), readout(3, 0)], [projection], [[0], [], [], []]);
    expect(y(result)).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  });
  test("an axonal delay moves a whole row", () => {
    const projection = dense(
      0,
      1,
      [
        [1, 2],
        [4, 8],
      ],
      { delayKind: "axonal", axonDelay: Uint16Array.of(2, 1) },
    );
    const result = run([input("in", 2), readout(2, 0)], [projection], [[0, 1], [], [0]]);
    expect(y(result)).toEqual([0, 0, 4, 8, 1, 2]);
  });
  test("a delay beyond the last step is never seen, nor in the next sample", () => {
    const projection = dense(0, 1, [[1]], { delayKind: "axonal", axonDelay: Uint16Array.of(3) });
    const ir: NetworkIr = { timestepMs: 1, populations: [input("in", 1), readout(1)], projections: [projection] };
    const model = createFloat64(ir);
    expect(model.run({ steps: 2, stepStart: Uint32Array.of(0, 1, 1), channel: [0] }).readouts[0]!.y).toEqual(
      Float64Array.of(0, 0),
    );
    expect(model.run({ steps: 4, stepStart: new Uint32Array(5), channel: [] }).readouts[0]!.y).toEqual(
      new Float64Array(4),
    );
  });
  test("two projections of different delay share a target", () => {
    const slow = dense(0, 1, [[1]], { delayKind: "axonal", axonDelay: Uint16Array.of(2) });
    const result = run([input("in", 1), readout(1, 0)], [dense(0, 1, [[10]]), slow], [[0], [0], [], [], []]);
    expect(y(result)).toEqual([10, 10, 1, 1, 0]);
  });
});

describe("LIF", () => {
  test("reaching the threshold exactly is a spike, and reset by subtraction keeps the rest", () => {
    const result = run(
      [input("in", 2), lif("h", 1), readout(1, 0)],
      [dense(0, 1, [[1], [1.75]]), dense(1, 2, [[1]])],
      [[0], [], [1], [], [0]],
    );
    // u: 1 -> spike, 0; 0; 1.75 -> spike, 0.75; 0.375; 1.1875 -> spike
    expect(raster(result, "h")).toEqual([1, 0, 1, 0, 1]);
    expect(y(result)).toEqual([1, 0, 1, 0, 1]);
    expect(result.spikes[1]).toMatchObject({ name: "h", total: 3, perNeuron: Uint32Array.of(3) });
  });
  test("just below the threshold is none", () => {
    expect(raster(run([input("in", 1), lif("h", 1)], [dense(0, 1, [[1 - 2 ** -53]])], [[0]]), "h")).toEqual([0]);
  });
  test("reset to zero forgets the rest", () => {
    const populations = [input("in", 1), lif("h", 1, { reset: "zero" })];
    expect(raster(run(populations, [dense(0, 1, [[1.8]])], [[0], [], [], []]), "h")).toEqual([1, 0, 0, 0]);
    const subtract = [input("in", 1), lif("h", 1, { decay: Float64Array.of(1) })];
    expect(raster(run(subtract, [dense(0, 1, [[2.5]])], [[0], [], []]), "h")).toEqual([1, 1, 0]);
  });
  test("a refractory neuron holds its membrane and discards input", () => {
    const populations = [input("in", 2), lif("h", 1, { refractorySteps: 2 })];
    const projection = dense(0, 1, [[1.5], [0.75]]);
    // u = 1.5 -> spike, 0.5 held for two steps whose input is lost; then 0.25 + 0.75 = 1 -> spike
    expect(raster(run(populations, [projection], [[0], [0], [0], [1]]), "h")).toEqual([1, 0, 0, 1]);
  });
  test("parameters may differ by neuron", () => {
    const h = lif("h", 2, { threshold: Float64Array.of(1, 2), decay: Float64Array.of(0, 1), uniform: false });
    expect(raster(run([input("in", 1), h], [dense(0, 1, [[1, 1]])], [[0], [0]]), "h")).toEqual([1, 0, 1, 1]);
  });
});

describe("order of a step", () => {
  test("a chain of populations passes a spike within one step", () => {
    const result = run(
      [input("in", 1), lif("a", 1), lif("b", 1), readout(1, 0)],
      [dense(0, 1, [[1]]), dense(1, 2, [[1]]), dense(2, 3, [[5]])],
      [[0], []],
    );
    expect(y(result)).toEqual([5, 0]);
  });
  test("a recurrent spike of delay d arrives at t + 1 + d", () => {
    const back = dense(1, 1, [[1]], { recurrent: true });
    expect(raster(run([input("in", 1), lif("h", 1)], [dense(0, 1, [[1]]), back], [[0], [], []]), "h")).toEqual([
      1, 1, 1,
    ]);
    const later = dense(1, 1, [[1]], { recurrent: true, delayKind: "synaptic", delay: Uint16Array.of(1) });
    expect(raster(run([input("in", 1), lif("h", 1)], [dense(0, 1, [[1]]), later], [[0], [], [], []]), "h")).toEqual([
      1, 0, 1, 0,
    ]);
  });
  test("within a recurrent population no neuron sees a spike of the same step", () => {
    const back = dense(
      1,
      1,
      [
        [0, 1],
        [0, 0],
      ],
      { recurrent: true },
    );
    const result = run([input("in", 1), lif("h", 2)], [dense(0, 1, [[1, 0]]), back], [[0], []]);
    expect(raster(result, "h")).toEqual([1, 0, 0, 1]);
  });
  test("channels of a second input follow those of the first", () => {
    const populations = [input("left", 2), input("right", 2), readout(1, 0)];
    const projections = [dense(0, 2, [[1], [2]]), dense(1, 2, [[4], [8]])];
    const result = run(populations, projections, [[1, 2], [3]]);
    expect(y(result)).toEqual([6, 8]);
    expect(result.spikes.map((record) => [...record.perNeuron])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });
  test("sparse rows reach their targets only", () => {
    const sparse = dense(0, 1, [[0]], {
      storage: "sparse",
      rowStart: Uint32Array.of(0, 1, 3),
      post: Uint32Array.of(2, 0, 1),
      weight: Float64Array.of(7, 1, 2),
    });
    expect(y(run([input("in", 2), readout(3, 0)], [sparse], [[0], [1]]))).toEqual([0, 0, 7, 1, 2, 0]);
  });
});

describe("refusals", () => {
  test("a channel that no input has", () => {
    expect(() => run([input("in", 2), readout(1)], [], [[2]])).toThrow(RangeError);
  });
  test("a projection out of a readout", () => {
    expect(() => run([input("in", 1), readout(1)], [dense(1, 1, [[1]])], [[]])).toThrow(/readout sends nothing/);
  });
});
