import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LearningIr, NetworkIr } from "../../compiler/ir.ts";
import { createFloat64 } from "../../reference/float64.ts";
import type { LearningModel } from "../../reference/learning-model.ts";
import { createEventDriven } from "../../reference/online.ts";
import { createStepwise } from "../../reference/stepwise.ts";
import { learningNetwork, randomEvents } from "./learning-network.ts";

const kind = fc.constantFrom("none" as const, "axonal" as const, "synaptic" as const);
const learns = fc.constantFrom("weights" as const, "delays" as const, "both" as const);
const plan = fc.record({ delayKind: kind, density: fc.constantFrom(1, 0.5), learns });
const errorSteps = fc.oneof(
  fc.constant<LearningIr["errorSteps"]>({ kind: "all" }),
  fc.constant<LearningIr["errorSteps"]>({ kind: "last", steps: 7 }),
  fc
    .array(fc.constantFrom(0, 1), { minLength: 20, maxLength: 20 })
    .map((mask): LearningIr["errorSteps"] => ({ kind: "mask", mask: Uint8Array.from(mask) })),
);

/** Two hidden layers, each with recurrence, one back from the second to the first, and one past the second to the readout. */
const networks: fc.Arbitrary<NetworkIr> = fc
  .record({
    seed: fc.nat(1_000_000),
    plans: fc.tuple(plan, plan, plan, plan, plan, plan),
    lif: fc.record({
      reset: fc.constantFrom("subtract" as const, "zero" as const),
      refractorySteps: fc.constantFrom(0, 2),
    }),
    shape: fc.constantFrom("gaussian" as const, "triangle" as const, "boxcar" as const),
    taps: fc.constantFrom([], [0.5], [0.2, 0.2, 0.1]),
    filtered: fc.boolean(),
    linear: fc.boolean(),
    errorSteps,
    updateEvery: fc.constantFrom(1, 2),
    rate: fc.constantFrom(0.3, 3),
    firingRate: fc.option(fc.constant({ target: 0.1, strength: 0.5 })),
  })
  .map(({ seed, plans, lif, shape, taps, filtered, linear, errorSteps, updateEvery, rate, firingRate }) => {
    const ends = [
      [0, 1],
      [1, 1],
      [1, 2],
      [2, 1],
      [1, 3],
      [2, 3],
    ] as const;
    return learningNetwork({
      seed,
      sizes: [5, 4, 3, 3],
      projections: ends.map(([from, to], p) => ({ from, to, mean: to === 3 ? 0 : 0.2, ...plans[p]! })),
      lif,
      rate,
      learning: {
        surrogate: { shape, width: 0.6, height: 0.4 },
        smoothing: Float64Array.from(taps),
        filtered,
        error: linear ? { kind: "linear", target: 1, clip: 0.8 } : { kind: "softmax" },
        errorSteps,
        updateEvery,
        firingRate,
      },
    });
  });

/** Largest difference relative to the largest value of its array, at least 1. */
function difference(a: LearningModel, b: LearningModel): number {
  const [left, right] = [a.save(), b.save()];
  expect(Object.keys(left)).toEqual(Object.keys(right));
  return Math.max(
    ...Object.entries(left).map(([name, values]) => {
      const scale = values.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
      return values.reduce((most, v, k) => Math.max(most, Math.abs(v - right[name]![k]!) / scale), 0);
    }),
  );
}

describe("the event-driven online model", () => {
  test("is float64.ts forward and stepwise.ts in what it learns", () => {
    let spikes = 0;
    let learned = 0;
    fc.assert(
      fc.property(networks, (ir) => {
        const [fast, plain] = [createEventDriven(ir), createStepwise(ir)];
        const before = fast.save();
        for (let n = 0; n < 3; n++) {
          const sample = randomEvents(n, 5, 20, 0.3);
          const expected = createFloat64(fast.learned()).run(sample);
          const outcome = fast.present(sample, n);
          expect(outcome.y).toEqual(expected.readouts[0]!.y);
          expect([...outcome.spikes].slice(0, 3)).toEqual(expected.spikes.map(({ total }) => total));
          const other = plain.present(sample, n);
          expect({ ...outcome, y: other.y, loss: 0, scores: 0 }).toEqual({ ...other, loss: 0, scores: 0 });
          expect(outcome.loss === null).toBe(other.loss === null);
          expect(Math.abs((outcome.loss ?? 0) - (other.loss ?? 0))).toBeLessThan(1e-10);
          expect(difference(fast, plain)).toBeLessThan(1e-12);
          // From here on to the same bits, so that a spike on the threshold cannot part them.
          plain.restore(fast.save());
          spikes += outcome.spikes[1]!;
        }
        const after = fast.save();
        if (after["0.weight"]!.some((w, k) => w !== before["0.weight"]![k])) learned++;
      }),
      { numRuns: 150 },
    );
    // Guards the property: networks that neither spike nor learn would agree too.
    expect(spikes).toBeGreaterThan(1000);
    expect(learned).toBeGreaterThan(50);
  });
});
