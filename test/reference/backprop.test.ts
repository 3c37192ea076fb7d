import { describe, expect, test } from "vitest";
import { ADAM, adamStep, emptyMoments } from "../../reference/adam.ts";
import { blocksOf } from "../../reference/back-through-time.ts";
import { createBackprop } from "../../reference/backprop.ts";
import { liveProjections } from "../../reference/live-projection.ts";
import { NotFiniteError } from "../../reference/not-finite.ts";
import { learningNetwork, type ProjectionPlan, randomEvents } from "./learning-network.ts";

describe("Adam", () => {
  test("moves by the rate in its first step, whatever the gradient, and remembers", () => {
    const value = Float64Array.of(1, 1, 1);
    const moments = emptyMoments(3);
    const sum = Float64Array.of(8, -0.002, 0);
    adamStep(value, sum, 0.5, moments, ADAM, 1, 0.1, -9, 9);
    expect(value[0]).toBeCloseTo(0.9, 8);
    expect(value[1]).toBeCloseTo(1.1, 5);
    expect(value[2]).toBe(1);
    expect([...sum]).toEqual([0, 0, 0]);
    // g = 4, then 0: m = 0.36 / 0.19, v = 0.016 * 0.999 / 0.001999.
    adamStep(value, sum, 0.5, moments, ADAM, 2, 0.1, -9, 9);
    expect(value[0]).toBeCloseTo(0.9 - (0.1 * (0.36 / 0.19)) / Math.sqrt(0.015984 / 0.001999), 8);
  });
  test("clamps", () => {
    const value = Float64Array.of(0, 0);
    adamStep(value, Float64Array.of(1, -1), 1, emptyMoments(2), ADAM, 1, 10, -2, 3);
    expect([...value]).toEqual([-2, 3]);
  });
});

describe("blocks", () => {
  const blocks = (sizes: number[], ends: [number, number][]): number[][] => {
    const projections = ends.map(([from, to]): ProjectionPlan => ({ from, to }));
    const live = liveProjections(learningNetwork({ seed: 1, sizes, projections }));
    return blocksOf(sizes.length, live).map(({ first, last }) => [first, last]);
  };
  test("are single populations without recurrence between them", () => {
    expect(blocks([1, 1, 1, 2], [[0, 1], [1, 1], [1, 2], [2, 3]])).toEqual([[0, 0], [1, 1], [2, 2], [3, 3]]); // biome-ignore format: one line a network
  });
  test("join all between the ends of a projection back", () => {
    expect(blocks([1, 1, 1, 1, 2], [[0, 1], [1, 2], [2, 3], [3, 1]])).toEqual([[0, 0], [1, 3], [4, 4]]); // biome-ignore format: as above
  });
});

describe("back-propagation", () => {
  const ir = learningNetwork({
    seed: 6,
    sizes: [6, 8, 3],
    projections: [
      { from: 0, to: 1, delayKind: "synaptic", mean: 0.3, spread: 0.4 },
      { from: 1, to: 1, delayKind: "axonal", mean: 0, spread: 0.3 },
      { from: 1, to: 2, mean: 0, spread: 0.4 },
    ],
    learning: { meanSteps: 25, firingRate: { target: 0.1, strength: 0.2 } },
  });
  const sample = (n: number) => randomEvents(n, 6, 25, 0.3);

  test("updates at the end of a batch, and goes on from what it saved with the same bits", () => {
    const [first, second] = [createBackprop(ir, { batch: 3 }), createBackprop(ir, { batch: 3 })];
    const start = first.parameters()[0]!.weight.slice();
    for (let n = 0; n < 2; n++) first.present(sample(n), n);
    expect([...first.parameters()[0]!.weight]).toEqual([...start]);
    for (let n = 2; n < 7; n++) first.present(sample(n), n % 3);
    expect([...first.parameters()[0]!.weight]).not.toEqual([...start]);
    second.restore(first.save());
    for (let n = 7; n < 14; n++) {
      expect({ ...second.present(sample(n), n % 3) }).toEqual({ ...first.present(sample(n), n % 3) });
    }
    expect(second.save()).toEqual(first.save());
    expect(() => second.restore({ pending: Float64Array.of(0) })).toThrow(/saved "0.weight"/);
  });
  test("does not depend on the longest sample seen so far", () => {
    const [first, second] = [createBackprop(ir, { batch: 2 }), createBackprop(ir, { batch: 2 })];
    second.present(randomEvents(1, 6, 90, 0.3), undefined);
    second.present(randomEvents(1, 6, 90, 0.3), 0, false);
    first.present(sample(3), 1);
    second.present(sample(3), 1);
    expect(second.save()).toEqual(first.save());
    first.present(randomEvents(4, 6, 10, 0.3), 1);
    second.present(randomEvents(4, 6, 10, 0.3), 1);
    expect(second.save()).toEqual(first.save());
  });
  test("keeps weights within the limit and delays within the clamp, and both finite", () => {
    const model = createBackprop(ir, { batch: 1, weightRate: 3, delayRate: 4 });
    for (let n = 0; n < 20; n++) model.present(sample(n), n % 3);
    for (const { weight, delay } of model.parameters()) {
      expect(weight.every((w) => Math.abs(w) <= 8)).toBe(true);
      expect(delay.every((d) => d >= 0 && d <= 6)).toBe(true);
    }
    expect([...model.parameters()[0]!.delay].some((d) => d === 0)).toBe(true);
    expect([...model.parameters()[0]!.delay].some((d) => d === 6)).toBe(true);
  });
  test("stops at a gradient that is not finite and keeps the parameters", () => {
    const model = createBackprop(ir, { batch: 1 });
    const saved = model.save();
    saved["2.weight"]!.fill(1e308);
    saved["1.weight"]!.fill(-1e-3);
    model.restore(saved);
    expect(() => model.present(sample(1), 1)).toThrow(NotFiniteError);
    expect(() => model.present(sample(1), 1)).toThrow(/population "out": the value of unit 0 is Infinity at step \d+/);
    expect(model.save()).toEqual(saved);
  });
  test("refuses a batch that is none", () => {
    expect(() => createBackprop(ir, { batch: 0 })).toThrow(/batch 0/);
    const { learning: _, ...plain } = ir;
    expect(() => createBackprop(plain)).toThrow(/no learning description/);
  });
});
