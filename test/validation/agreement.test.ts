import { describe, expect, test } from "vitest";
import type { CoreDescription } from "../../description/core.ts";
import type { NetworkLearning } from "../../description/learning.ts";
import { steps } from "../../description/units.ts";
import { type Choice, learningCore, NETWORKS, type NetworkName, validated } from "./networks.ts";

/** All that the engine has, but for the stored weights: finer ones would have the changes between updates saturate. */
const WIDE: CoreDescription = learningCore(
  {
    trace: { bits: 15 },
    error: { bits: 16 },
    surrogate: { bits: 15, entriesLog2: 10 },
    signal: { bits: 16 },
    feedback: { bits: 16 },
    remainder: 4,
    fraction: 7,
  },
  { decision: { table: { bits: 16, entriesLog2: 12 } }, membrane: { bits: 20, populations: {} } },
);

/** Smaller rates than usual, since the filter multiplies gradients. */
const FILTERED: Partial<NetworkLearning> = { eligibility: "filtered", weights: { rate: 0.125 }, delays: { rate: 50 } };

/** Its errors are larger: one update, after two samples, so that nothing runs away meanwhile and no change saturates. */
const LINEAR: Partial<NetworkLearning> = {
  error: { linear: { target: 0.5, clip: 2 } },
  update: { samples: 2 },
  weights: { rate: 0.3 },
  delays: { rate: 40 },
};

/** The engine and the shadow are written apart from each other: where widths do not bind, they must agree in every rule. */
const RULES: readonly (Choice & { readonly name: string; readonly network: NetworkName })[] = [
  { name: "at the end of samples", network: "pattern", learn: {} },
  { name: "in a recurrent network", network: "recurrent", learn: {} },
  { name: "of four samples together", network: "pattern", learn: { update: { samples: 4 } } },
  { name: "in every step", network: "pattern", learn: { update: "step" } },
  { name: "with filtered eligibilities", network: "pattern", learn: FILTERED },
  { name: "with filtered eligibilities, in every step", network: "pattern", learn: { ...FILTERED, update: "step" } },
  {
    name: "with errors of the last steps only",
    network: "pattern",
    learn: { errorSteps: { last: steps(20) }, delays: { rate: 100 } },
  },
  { name: "with a clipped linear error", network: "pattern", learn: LINEAR, samples: 2 },
  { name: "with smoothed delays", network: "pattern", learn: { derivative: { smoothed: steps(1) } } },
  { name: "with a firing rate", network: "pattern", learn: { firingRate: { target: 0.1, strength: 0.5 } } },
  { name: "behind a reset to zero", network: "pattern", learn: {}, reset: "zero" },
  { name: "of axonal delays", network: "pattern", learn: { delays: { rate: 40 } }, delays: "axonal" },
];

describe("with all widths large", () => {
  test.each(RULES)("the shadow intends what the core does: updates $name", async ({ network, ...choice }) => {
    const result = await validated(network, WIDE, { samples: 12, ...choice });
    for (const { cosine, gain, bias, projection, parameter, contributions } of result.total) {
      const place = `${projection} ${parameter}`;
      expect(cosine, place).toBeGreaterThan(0.98);
      expect(Math.abs(gain! - 1), place).toBeLessThan(0.05);
      expect(Math.abs(bias!), place).toBeLessThan(0.05);
      for (const { quantity, fidelity } of contributions) {
        // The update's rounding is random, and twelve samples average little of it.
        if (quantity !== "update") expect(fidelity, `${quantity}, ${place}`).toBeGreaterThan(0.995);
      }
    }
    for (const { quantity, sqnrDb } of result.epochs[0]!.noise) {
      // A linear error is the membrane's own code.
      if (sqnrDb !== null) expect(sqnrDb, quantity).toBeGreaterThan(50);
    }
    expect(result.verdict.limits).toBeNull();
  });

  test("a range that clips is told from a width that is short", async () => {
    // Its learning signals are as large as its feedback weights, and the range is a quarter of their worst case.
    const learn: Partial<NetworkLearning> = { feedback: { random: "regenerated", scale: 0.5, seed: 5 } };
    const { verdict } = await validated("pattern", WIDE, { learn, samples: 12 });
    expect(verdict.limits).toMatchObject({ quantity: "learning signal", saturated: true, path: null });
    expect(verdict.text).toContain("Values saturate; its range is a quarter of the worst case");
  });
});

describe("free running", () => {
  test.each(NETWORKS)("on the %s network the wide core stays nearer to the float64 learner", async (network) => {
    const run = async (core: CoreDescription) => (await validated(network, core, { epochs: 2 })).epochs;
    const wide = await run(WIDE);
    const narrow = await run(learningCore({ remainder: 0, fraction: 0, rounding: "nearest" }));
    expect(wide.map(({ epoch, core, float }) => [epoch, core.n, float.n])).toEqual([
      [0, 40, 40],
      [1, 40, 40],
    ]);
    // Both start from the same samples in every core; spikes that were flipped by rounding are few at first.
    expect(wide[0]!.divergence.populations[0]!.spikes).toBeLessThan(0.15);
    for (const [e, { divergence }] of wide.entries()) {
      const other = narrow[e]!.divergence;
      expect(divergence.populations[0]!.spikes).toBeLessThan(other.populations[0]!.spikes!);
      for (const [n, { rms, rmsLsb, projection, parameter }] of divergence.parameters.entries()) {
        expect(rms, `${projection} ${parameter}`).toBeLessThan(other.parameters[n]!.rms);
        expect(rmsLsb).toBeGreaterThan(0);
      }
    }
  });
});
