/** Two small networks that learn, their data, and a run of the validation. */

import { resolve } from "../../compiler/resolve.ts";
import { patternDataset } from "../../datasets/patterns.ts";
import { randmanDataset } from "../../datasets/randman.ts";
import type { CoreDescription, PartialLearning } from "../../description/core.ts";
import { normal, uniform } from "../../description/initialisers.ts";
import { learn } from "../../description/learning.ts";
import { network } from "../../description/network.ts";
import { input, lif, readout } from "../../description/populations.ts";
import { dense, synaptic } from "../../description/projections.ts";
import { ms, steps } from "../../description/units.ts";
import { collect } from "../../training/binned-set.ts";
import type { ValidationResult } from "../../validation/result.ts";
import { validate } from "../../validation/validate.ts";

/** So many that untrained probabilities are small, as those of a trained network are. */
const CLASSES = 20;

/** Feed-forward with synaptic delays on the pattern data; updates at the end of samples. */
function patternNetwork() {
  const touch = input({ channels: 16 });
  const hidden = lif({ size: 12, tau: ms(10), threshold: 1, reset: "subtract" });
  const answer = readout({ size: CLASSES, tau: ms(20) });
  return network({
    timestep: ms(1),
    populations: { touch, hidden, answer },
    projections: [
      dense(touch, hidden, { weights: normal(0.15, 0.2), delays: synaptic({ max: steps(12), init: uniform() }) }),
      dense(hidden, answer, { weights: normal(0, 0.3), learn: learn({ weights: { rate: 0.5, limit: 8 } }) }),
    ],
    learn: learn({ weights: { rate: 1 }, delays: { rate: 200 }, steps: 40, update: "sample", schedule: "constant" }),
  });
}

/** Recurrent, without delays in the recurrence, on Randman; updates at the end of samples. */
function recurrentNetwork() {
  const sound = input({ channels: 20 });
  const hidden = lif({ size: 16, tau: ms(20), threshold: 1, reset: "subtract" });
  const answer = readout({ size: CLASSES, tau: ms(20) });
  return network({
    timestep: ms(1),
    populations: { sound, hidden, answer },
    projections: [
      dense(sound, hidden, { weights: normal(0.15, 0.25), delays: synaptic({ max: steps(15), init: uniform() }) }),
      dense(hidden, hidden, { weights: normal(0, 0.1) }),
      dense(hidden, answer, { weights: normal(0, 0.3), learn: learn({ weights: { rate: 0.5, limit: 8 } }) }),
    ],
    learn: learn({ weights: { rate: 1 }, delays: { rate: 200 }, steps: 60, update: "sample", schedule: "constant" }),
  });
}

export const NETWORKS = ["pattern", "recurrent"] as const;
export type NetworkName = (typeof NETWORKS)[number];

export async function validated(
  name: NetworkName,
  description: CoreDescription,
  samples = 40,
): Promise<ValidationResult> {
  const pattern = name === "pattern";
  const ir = await resolve(pattern ? patternNetwork() : recurrentNetwork(), { baseDirectory: "." });
  const dataset = pattern
    ? patternDataset({ classes: CLASSES, channels: 16, steps: 40, span: 12, repeats: 1, samples, seed: 3 })
    : randmanDataset({ classes: CLASSES, channels: 20, samples, seed: 3, earlySeconds: 0.002, lateSeconds: 0.05 });
  const binning = {
    timestepMs: 1,
    steps: pattern ? 40 : 60,
    group: 1,
    merge: true,
    order: "channel",
    channels: dataset.channels,
  } as const;
  const data = await collect(dataset, binning, { limit: samples });
  return validate({ ir, core: description, data, epochs: 1, seed: 1 });
}

export function learningCore(learning: PartialLearning, more: CoreDescription = {}): CoreDescription {
  return { preset: "learning", ...more, learning };
}
