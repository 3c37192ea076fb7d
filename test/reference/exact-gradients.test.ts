// The exact checks of docs/learning.md, section 7, under the conditions stated there.

import { describe, expect, test } from "vitest";
import type { LearningIr, LifIr, NetworkIr } from "../../compiler/ir.ts";
import { createBackprop } from "../../reference/backprop.ts";
import type { LearningModel } from "../../reference/learning-model.ts";
import { createEventDriven } from "../../reference/online.ts";
import { createStepwise } from "../../reference/stepwise.ts";
import { cosine, gradientOf, relativeDifference } from "./compare-gradients.ts";
import { learningNetwork, randomEvents } from "./learning-network.ts";
import { copyParameters, finiteDifferences, forwardDifferences, linearisedLoss } from "./linearised.ts";

const STEPS = 60;
const SAMPLE = randomEvents(5, 12, STEPS, 0.12);
const LABEL = 1;

function oneLayer(learning: Partial<LearningIr> = {}, lif: Partial<LifIr> = {}): NetworkIr {
  return learningNetwork({
    seed: 3,
    sizes: [12, 10, 4],
    lif,
    projections: [
      { from: 0, to: 1, delayKind: "synaptic", mean: 0.25, spread: 0.4 },
      { from: 1, to: 2, mean: 0, spread: 0.5 },
    ],
    // Two samples a batch, so that one leaves its gradient as a sum.
    learning: { filtered: true, updateEvery: 2, meanSteps: STEPS, ...learning },
  });
}

/** Membranes that move slowly against a step, as with real data at 5 ms: small weights, many inputs. */
function smoothLayer(lif: Partial<LifIr> = {}, alpha = 0.95, mean = 0.045, spread = 0.06): NetworkIr {
  return learningNetwork({
    seed: 3,
    sizes: [12, 10, 4],
    alpha,
    lif,
    projections: [
      { from: 0, to: 1, delayKind: "synaptic", mean, spread },
      { from: 1, to: 2, mean: 0, spread: 0.5 },
    ],
    learning: { filtered: true, updateEvery: 2, meanSteps: STEPS },
  });
}

function twoLayers(): NetworkIr {
  return learningNetwork({
    seed: 4,
    sizes: [12, 8, 7, 4],
    projections: [
      { from: 0, to: 1, delayKind: "axonal", mean: 0.2, spread: 0.4 },
      { from: 1, to: 1, delayKind: "synaptic", mean: 0, spread: 0.3 },
      { from: 1, to: 2, delayKind: "synaptic", mean: 0.3, spread: 0.4 },
      { from: 2, to: 1, delayKind: "none", mean: 0, spread: 0.3 },
      { from: 2, to: 3, delayKind: "axonal", mean: 0, spread: 0.5 },
    ],
    learning: { updateEvery: 2, meanSteps: STEPS },
  });
}

/** The online models sum over the steps, back-propagation takes their mean. */
const scaled = (a: Float64Array, by: number): Float64Array => a.map((v) => v * by);

/** Writes delays with fractions into `model`. */
function offGrid(model: LearningModel, fraction: (k: number) => number): void {
  const saved = model.save();
  for (const [name, values] of Object.entries(saved)) {
    if (/^\d+\.delay$/.test(name)) for (let k = 0; k < values.length; k++) values[k]! += fraction(k);
  }
  model.restore(saved);
}

describe("three factors against back-propagation through time", () => {
  function difference(ir: NetworkIr): number {
    const [online, offline] = [createEventDriven(ir), createBackprop(ir)];
    const { spikes } = online.present(SAMPLE, LABEL);
    offline.present(SAMPLE, LABEL);
    expect(spikes[1]).toBeGreaterThan(20);
    expect(
      relativeDifference(scaled(gradientOf(online, 1).weight, 1 / STEPS), gradientOf(offline, 1).weight),
    ).toBeLessThan(1e-12);
    return relativeDifference(scaled(gradientOf(online, 0).weight, 1 / STEPS), gradientOf(offline, 0).weight);
  }
  test("are equal for one feed-forward layer, filtered, symmetric, with the subtractive reset", () => {
    expect(difference(oneLayer())).toBeLessThan(1e-12);
    expect(difference(oneLayer({ firingRate: { target: 0.1, strength: 0.3 } }))).toBeLessThan(1e-12);
    expect(difference(oneLayer({ errorSteps: { kind: "all" }, smoothing: Float64Array.of(0.5) }))).toBeLessThan(1e-12);
  });
  test("differ with reset to zero, by tens of per cent with sparse spikes, and with a refractory period", () => {
    const zero = difference(smoothLayer({ reset: "zero" }, 0.8, 0.1, 0.15));
    expect(zero).toBeGreaterThan(0.1);
    expect(zero).toBeLessThan(0.5);
    expect(difference(oneLayer({}, { refractorySteps: 2 }))).toBeGreaterThan(0.01);
  });
  test("differ without the filter, which shrinks the gradient, and with random feedback", () => {
    const online = createEventDriven(oneLayer({ filtered: false }));
    const offline = createBackprop(oneLayer());
    online.present(SAMPLE, LABEL);
    offline.present(SAMPLE, LABEL);
    const [short, full] = [gradientOf(online, 0).weight, scaled(gradientOf(offline, 0).weight, STEPS)];
    const size = (a: Float64Array): number => Math.hypot(...a);
    expect(size(full) / size(short)).toBeGreaterThan(3);
    expect(cosine(short, full)).toBeGreaterThan(0.3);
    expect(cosine(short, full)).toBeLessThan(0.999);
  });
});

describe("the delay gradient", () => {
  test("is the same from the trace and from the recursion of eps, while delays are constant", () => {
    const ir = oneLayer({ filtered: false });
    const model = createStepwise(ir);
    const { y } = model.present(SAMPLE, LABEL);
    // eps = alpha eps + s[t-d-1] - s[t-d], by hand; psi from a recomputed membrane.
    const [into, out] = [ir.projections[0]!, ir.projections[1]!];
    const hits = (i: number, t: number): number =>
      t < 0
        ? 0
        : Array.from(SAMPLE.channel)
            .slice(SAMPLE.stepStart[t]!, SAMPLE.stepStart[t + 1]!)
            .filter((c) => c === i).length;
    const eps = new Float64Array(into.post.length);
    const u = new Float64Array(10);
    const spiked = new Float64Array(10);
    const expected = new Float64Array(into.post.length);
    for (let t = 0; t < STEPS; t++) {
      for (let j = 0; j < 10; j++) u[j] = 0.8 * (u[j]! - spiked[j]!);
      for (let k = 0; k < eps.length; k++) {
        const [i, d] = [Math.floor(k / 10), into.delay[k]!];
        u[into.post[k]!]! += into.weight[k]! * hits(i, t - d);
        eps[k] = 0.8 * eps[k]! + hits(i, t - d - 1) - hits(i, t - d);
      }
      for (let j = 0; j < 10; j++) spiked[j] = u[j]! >= 1 ? 1 : 0;
      const p = [0, 1, 2, 3].map((c) => Math.exp(y[t * 4 + c]!));
      const total = p.reduce((sum, v) => sum + v, 0);
      for (let k = 0; k < eps.length; k++) {
        const j = into.post[k]!;
        const l = p.reduce((sum, v, c) => sum + out.weight[j * 4 + c]! * (v / total - (c === LABEL ? 1 : 0)), 0);
        expected[k]! += l * 0.5 * Math.exp(-2 * (u[j]! - 1) ** 2) * into.weight[k]! * eps[k]!;
      }
    }
    expect(relativeDifference(gradientOf(model, 0).delay, expected)).toBeLessThan(1e-12);
  });
  test("is that of the linearised, linearly interpolated layer when taken at floor(d)", () => {
    const ir = oneLayer();
    const model = createEventDriven(ir);
    // Fractions below one half: used rounded to nearest, which is floor(d) then.
    offGrid(model, (k) => 0.1 + 0.03 * (k % 11));
    const base = copyParameters(model);
    model.present(SAMPLE, LABEL);
    const differences = finiteDifferences(linearisedLoss(ir, base, SAMPLE, LABEL), base, "delay", 1e-4);
    expect(relativeDifference(scaled(gradientOf(model, 0).delay, 1 / STEPS), differences[0]!)).toBeLessThan(1e-8);
  });
  test("is only aligned when taken at the rounded delay", () => {
    const ir = smoothLayer();
    const model = createEventDriven(ir);
    // Golden-ratio fractions: even in 0..1, half of them rounded up.
    offGrid(model, (k) => 0.02 + 0.96 * ((k * 0.618034) % 1));
    const base = copyParameters(model);
    model.present(SAMPLE, LABEL);
    const differences = finiteDifferences(linearisedLoss(ir, base, SAMPLE, LABEL), base, "delay", 1e-4);
    const alignment = cosine(gradientOf(model, 0).delay, differences[0]!);
    expect(alignment).toBeGreaterThan(0.9);
    expect(alignment).toBeLessThan(0.999);
  });
});

describe("back-propagation through time", () => {
  test("is the gradient of two linearised layers with recurrence, weights and delays of both kinds", () => {
    const ir = twoLayers();
    const model = createBackprop(ir, { batch: 2 });
    const base = copyParameters(model);
    const { spikes, loss } = model.present(SAMPLE, LABEL);
    expect(spikes[1]).toBeGreaterThan(30);
    expect(spikes[2]).toBeGreaterThan(20);
    const lossAt = linearisedLoss(ir, base, SAMPLE, LABEL);
    expect(Math.abs(lossAt(base) - loss!)).toBeLessThan(1e-12);
    const weights = finiteDifferences(lossAt, base, "weight", 1e-5);
    // Interpolation has a kink at whole delays; towards longer ones its slope is that of floor(d).
    const delays = forwardDifferences(lossAt, base, "delay", 1e-4);
    for (const q of ir.projections.keys()) {
      expect(relativeDifference(gradientOf(model, q).weight, weights[q]!)).toBeLessThan(1e-7);
      if (delays[q]!.length > 0) expect(relativeDifference(gradientOf(model, q).delay, delays[q]!)).toBeLessThan(1e-6);
    }
    expect(delays.filter((own) => own.length > 0)).toHaveLength(4);
  });
});
