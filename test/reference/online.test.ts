import { describe, expect, test } from "vitest";
import type { LearningIr, NetworkIr, ProjectionIr } from "../../compiler/ir.ts";
import { createBackprop } from "../../reference/backprop.ts";
import type { StepEvents } from "../../reference/float64.ts";
import type { LearningModel } from "../../reference/learning-model.ts";
import { NotFiniteError } from "../../reference/not-finite.ts";
import { createEventDriven, createOnline } from "../../reference/online.ts";
import { createStepwise } from "../../reference/stepwise.ts";
import { learningNetwork, randomEvents } from "./learning-network.ts";

/** One channel, one neuron, two classes; alpha = kappa = 0.5; weights 0.8 and (1, -1); delay 1; all rates 1, T = 1. */
function tiny(learning: Partial<LearningIr> = {}, input: Partial<ProjectionIr> = {}): NetworkIr {
  const ir = learningNetwork({
    seed: 1,
    sizes: [1, 1, 2],
    alpha: 0.5,
    kappa: 0.5,
    projections: [
      { from: 0, to: 1, delayKind: "synaptic" },
      { from: 1, to: 2 },
    ],
    learning: { surrogate: { shape: "boxcar", width: 10, height: 0.5 }, meanSteps: 1, ...learning },
  });
  const [first, second] = ir.projections as [ProjectionIr, ProjectionIr];
  return {
    ...ir,
    projections: [
      { ...first, weight: Float64Array.of(0.8), delay: Uint16Array.of(1), ...input },
      { ...second, weight: Float64Array.of(1, -1) },
    ],
  };
}

const events = (...steps: number[][]): StepEvents => ({
  steps: steps.length,
  stepStart: Uint32Array.from([0, ...steps.map((_, t) => steps.slice(0, t + 1).flat().length)]),
  channel: steps.flat(),
});

/** An event in step 0: the membrane is 0, 0.8, 0.4 and never spikes, so that p = 1/2 throughout. */
const ONE = events([0], [], []);

const weight = (model: LearningModel, q = 0): number[] => [...model.parameters()[q]!.weight];
const delay = (model: LearningModel): number[] => [...model.parameters()[0]!.delay];

describe.each([
  ["event-driven", createEventDriven],
  ["stepwise", createStepwise],
])("the online model, %s", (_, create) => {
  test("learns by hand-computed amounts at the end of the sample", () => {
    const model = create(tiny());
    const { loss, prediction, scores } = model.present(ONE, 0);
    expect(loss).toBeCloseTo(Math.log(2), 12);
    expect([prediction, ...scores]).toEqual([0, 1.5, 1.5]);
    // err = (-1/2, 1/2), L = -1, psi = 1/2; x[t-1] = 0, 1, 1/2: dw = 1/2 (1 + 1/2).
    expect(weight(model)[0]).toBeCloseTo(0.8 + 0.75, 12);
    // eps = x[t-2] - x[t-1] = 0, -1, 1/2: dd = 1/2 0.8 (-1/2).
    expect(delay(model)[0]).toBeCloseTo(1 - 0.2, 12);
    // No spike of the hidden neuron: no trace.
    expect(weight(model, 1)).toEqual([1, -1]);
  });
  test("low-passes eligibilities with kappa when filtered", () => {
    const model = create(tiny({ filtered: true }));
    model.present(ONE, 0);
    // psi x: 0, 1/2, 1/4; filtered 0, 1/2, 1/2.
    expect(weight(model)[0]).toBeCloseTo(0.8 + 1, 12);
  });
  test("takes steps without a valid error as nothing", () => {
    const last = create(tiny({ errorSteps: { kind: "last", steps: 1 } }));
    last.present(ONE, 0);
    expect(weight(last)[0]).toBeCloseTo(0.8 + 0.25, 12);
    const masked = create(tiny({ errorSteps: { kind: "mask", mask: Uint8Array.of(0, 1, 0) } }));
    masked.present(ONE, 0);
    expect(weight(masked)[0]).toBeCloseTo(0.8 + 0.5, 12);
    expect(() => masked.present(events([0], []), 0)).toThrow(/mask of 3 steps, and a sample of 2/);
    const never = create(tiny({ errorSteps: { kind: "mask", mask: Uint8Array.of(0, 0, 0) } }));
    expect(never.present(ONE, 0).loss).toBeNull();
    expect(weight(never)).toEqual([0.8]);
  });
  test("clips the linear error", () => {
    const model = create(tiny({ error: { kind: "linear", target: 3, clip: 2 } }));
    model.present(ONE, 0);
    // y = 0: err = (clip(-3), 0) = (-2, 0), L = -2.
    expect(weight(model)[0]).toBeCloseTo(0.8 + 1.5, 12);
  });
  test("moves the firing rate towards its target", () => {
    const model = create(tiny({ firingRate: { target: 0.4, strength: 10 } }));
    model.present(ONE, 0);
    // L = -1 + 10 (0 - 0.4) = -5.
    expect(weight(model)[0]).toBeCloseTo(0.8 + 5 * 0.75, 12);
  });
  test("clamps weights to the limit and delays to min..max", () => {
    const ir = tiny();
    const projections = [
      { projection: 0, weights: { rate: 1, limit: 0.95 }, delays: { rate: 100, min: 1, max: 3 } },
    ] as const;
    const model = create({ ...ir, learning: { ...ir.learning!, projections } });
    model.present(ONE, 0);
    expect(weight(model)).toEqual([0.95]);
    expect(delay(model)).toEqual([1]);
    model.present(ONE, 1);
    expect(weight(model)[0]).toBeCloseTo(0.2, 12);
    expect(delay(model)).toEqual([3]);
    expect([...model.learned().projections[0]!.delay]).toEqual([3]);
  });
  test("uses delays to the nearest step, ties up, from the next sample on", () => {
    const model = create(tiny({}, { weight: Float64Array.of(1.2) }));
    const firstSpike = (real: number): number => {
      model.restore({ ...model.save(), "0.delay": Float64Array.of(real) });
      const { y } = model.present(events([0], [], [], []), undefined);
      return y.findIndex((value) => value !== 0) / 2;
    };
    expect([0.49, 0.5, 1.49, 1.5, 2.4].map(firstSpike)).toEqual([0, 1, 1, 2, 2]);
  });
  test("sums a batch, scales with the rate factor of the update, and keeps sums in what it saves", () => {
    const [model, other] = [create(tiny({ updateEvery: 2 })), create(tiny({ updateEvery: 2 }))];
    model.present(ONE, 0);
    expect(weight(model)).toEqual([0.8]);
    other.restore(model.save());
    for (const each of [model, other]) {
      each.scaleRates(0.5);
      each.present(ONE, 0);
      expect(weight(each)[0]).toBeCloseTo(0.8 + 0.75, 12);
    }
    expect(other.save()).toEqual(model.save());
    expect(() => model.restore({})).toThrow(/saved "pending": expected Float64Array of 1, got nothing/);
    expect(() => model.scaleRates(-1)).toThrow(RangeError);
  });
  test("learns nothing without a label or when it is not to", () => {
    const model = create(tiny());
    const before = model.save();
    expect(model.present(ONE, undefined).loss).toBeNull();
    expect(model.present(ONE, 0, false).loss).toBeCloseTo(Math.log(2), 12);
    expect(model.save()).toEqual(before);
    expect(() => model.present(ONE, 2)).toThrow(/label 2: expected a class of 0..1/);
    expect(() => model.present(events([1]), 0)).toThrow(/channel 1 is not below 1/);
  });
  test("stops at a number that is not finite, names place and step, and loses nothing", () => {
    const model = create(tiny({}, { weight: Float64Array.of(1.7e308), delay: Uint16Array.of(1) }));
    const before = model.save();
    const stop = (): unknown => model.present(events([], [0, 0], [], []), 0);
    expect(stop).toThrow(NotFiniteError);
    expect(stop).toThrow(/population "hidden1": the membrane of neuron 0 is Infinity at step 2 .* smaller rates/);
    expect(model.save()).toEqual(before);
  });
});

describe("updates at every step", () => {
  test("change weights between steps, all from the values before", () => {
    const model = createOnline(tiny({ updateEvery: 0 }));
    model.present(events([0], [0], [], []), 0);
    // Step 1: x = 1, psi = 1/2, L = -1: w = 1.3 and d = 1 - 0.5 0.8 = 0.6, used 1, after the second event was sent with 0.8.
    // Step 2: u = 0.4 + 0.8 spikes; y = (1, -1), p = 1 / (1 + e^-2), L = -2 (1 - p), x = 3/2, eps = -1/2.
    // Step 3: u = 0.1, y = (1/2, -1/2) with the readout's weights as sent, its own having learned from z = 1.
    const p = 1 / (1 + Math.exp(-2));
    const [w2, d2] = [1.3 + (1 - p) * 1.5, 0.6 - 0.5 * (1 - p) * 1.3];
    const out = 1 + (1 - p);
    const p3 = 1 / (1 + Math.exp(-1));
    expect(d2).toBeGreaterThan(0.5);
    expect(weight(model)[0]).toBeCloseTo(w2 + out * (1 - p3) * 0.75, 12);
    expect(delay(model)[0]).toBeCloseTo(d2 + out * (1 - p3) * w2 * 0.75, 12);
    expect(weight(model, 1)[0]).toBeCloseTo(out + (1 - p3) * 0.5, 12);
  });
  test("undo the steps of a sample that stops", () => {
    const ir = tiny({ updateEvery: 0 }, { weight: Float64Array.of(6e307) });
    const projections = ir.learning!.projections.map((own) => ({ ...own, weights: { rate: 1, limit: 1e308 } }));
    const model = createOnline({ ...ir, learning: { ...ir.learning!, projections } });
    const before = model.save();
    expect(() => model.present(events([0], [], [0, 0, 0], []), 0)).toThrow(/at step 3/);
    expect(model.save()).toEqual(before);
    model.present(events([0], [], []), 0);
    expect(weight(model, 1)[0]).toBeGreaterThan(1);
  });
});

describe("random feedback", () => {
  const models: [string, (ir: NetworkIr) => LearningModel, number][] = [
    ["the online rules", createOnline, 120],
    ["back-propagation", (ir) => createBackprop(ir, { batch: 4, weightRate: 0.02 }), 60],
  ];
  test.each(models)("two hidden layers learn a small task: %s", (_, create, epochs) => {
    const ir = learningNetwork({
      seed: 2,
      sizes: [8, 12, 10, 3],
      rate: 0.05,
      projections: [
        { from: 0, to: 1, delayKind: "synaptic", mean: 0.25, spread: 0.4 },
        { from: 1, to: 2, delayKind: "synaptic", mean: 0.25, spread: 0.4 },
        { from: 2, to: 3, mean: 0, spread: 0.3 },
      ],
      learning: { meanSteps: 30, filtered: true },
    });
    expect(ir.learning!.hidden.map(({ feedback }) => feedback.kind)).toEqual(["random", "symmetric"]);
    const model = create(ir);
    const samples = Array.from({ length: 12 }, (_, n) => randomEvents(n, 8, 30, 0.25));
    const course: number[] = [];
    let correct = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      let loss = 0;
      correct = 0;
      for (const [n, sample] of samples.entries()) {
        const outcome = model.present(sample, n % 3);
        loss += outcome.loss! / samples.length;
        if (outcome.prediction === n % 3) correct++;
      }
      course.push(loss);
    }
    // ln 3 = 1.1 would be a guess.
    expect(course.at(-1)!).toBeLessThan(0.6);
    expect(correct).toBeGreaterThanOrEqual(11);
    // The first layer took part.
    expect([...model.parameters()[0]!.weight]).not.toEqual([...ir.projections[0]!.weight]);
  });
});
