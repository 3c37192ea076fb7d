import { expect, test } from "vitest";
import { resolve } from "../../compiler/resolve.ts";
import type { PartialLearning } from "../../description/core.ts";
import { normal } from "../../description/initialisers.ts";
import { learn } from "../../description/learning.ts";
import { network } from "../../description/network.ts";
import { input, lif, readout } from "../../description/populations.ts";
import { dense } from "../../description/projections.ts";
import { ms } from "../../description/units.ts";
import type { LearningState } from "../../emulator/record.ts";
import type { LearningRegisters } from "../../image/manifest.ts";
import { createLearner } from "../../training/create-learner.ts";
import { addBias, biasOf } from "../../training/update-bias.ts";
import { twoClasses } from "./small-set.ts";

function state(weight: readonly number[], weightChange: readonly number[]): LearningState {
  const none = new Int32Array(0);
  const parts = { weight: Int32Array.from(weight), weightChange: Int32Array.from(weightChange) };
  const projection = { ...parts, delay: none, delayChange: none };
  return { projections: [projection] } as unknown as LearningState;
}

test("what was moved less what was asked for, over what was asked for", () => {
  const registers = {
    projections: [{ weights: { shift: 2, low: -100, high: 100 }, delays: null }],
  } as unknown as LearningRegisters;
  const sums = new Float64Array(4);
  // Asked for with shifts 2 + 1: 8 / 8 = 1, -16 / 8 = -2, 4 / 8 = 0.5; moved by 1, -1, 0.
  addBias(sums, registers, state([10, 20, 30], [8, -16, 4]), state([11, 19, 30], [0, 0, 0]), 1);
  expect(Array.from(sums)).toEqual([3.5, -1.5, 0, 0]);
  expect(biasOf(sums, 0, "weights")).toBeCloseTo(-1.5 / 3.5, 12);
  expect(biasOf(sums, 0, "delays")).toBeNull();
});

/** Bias of the hidden weights over many small updates. */
async function measured(rounding: NonNullable<PartialLearning["rounding"]>): Promise<number> {
  const touch = input({ channels: 4 });
  const hidden = lif({ size: 16, tau: ms(5), threshold: 1, reset: "subtract" });
  const answer = readout({ size: 2, tau: ms(10) });
  const described = network({
    timestep: ms(1),
    populations: { touch, hidden, answer },
    projections: [
      dense(touch, hidden, { weights: normal(0.5, 0.3), learn: { weights: { rate: 0.05, limit: 2 } } }),
      dense(hidden, answer, { weights: normal(0, 0.3) }),
    ],
    learn: learn({ weights: { rate: 0.05 }, steps: 5 }),
  });
  const ir = await resolve(described, { baseDirectory: "." });
  const learner = createLearner("core", ir, { preset: "learning", learning: { rounding, remainder: 0 } });
  const set = await twoClasses(40);
  let sum = 0;
  // The first presentation after each report is measured.
  for (let n = 0; n < 40; n++) {
    learner.present(set.sample(n), set.labels[n]!, n);
    sum += learner.takeUpdates()!.projections[0]!.weights!.bias ?? 0;
  }
  return sum / 40;
}

test("nearest rounding loses small updates, stochastic rounding has no bias", async () => {
  expect(await measured("nearest")).toBeLessThan(-0.5);
  expect(Math.abs(await measured("stochastic"))).toBeLessThan(0.25);
});
