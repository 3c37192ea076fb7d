/**
 * Two small networks that learn, their data, and a run of the validation. Rates over steps are powers of two, as the core
 * takes them, so that the float64 learner has the same.
 */

import type { NetworkIr } from "../../compiler/ir.ts";
import { resolve } from "../../compiler/resolve.ts";
import { patternDataset } from "../../datasets/patterns.ts";
import { randmanDataset } from "../../datasets/randman.ts";
import type { CoreDescription, PartialLearning } from "../../description/core.ts";
import { normal, uniform } from "../../description/initialisers.ts";
import { learn, type NetworkLearning } from "../../description/learning.ts";
import { network } from "../../description/network.ts";
import { input, lif, readout } from "../../description/populations.ts";
import { axonal, dense, synaptic } from "../../description/projections.ts";
import { ms, steps } from "../../description/units.ts";
import { type BinnedSet, collect } from "../../training/binned-set.ts";
import type { ValidationResult } from "../../validation/result.ts";
import { validate } from "../../validation/validate.ts";

/** So many that untrained probabilities are small, as those of a trained network are. */
const CLASSES = 20;

/** Feed-forward with synaptic delays on the pattern data; updates at the end of samples. */
function patternNetwork({ seed = 1, reset = "subtract", delays = "synaptic" }: Choice) {
  const touch = input({ channels: 16 });
  const hidden = lif({ size: 12, tau: ms(10), threshold: 1, reset });
  const answer = readout({ size: CLASSES, tau: ms(20) });
  const delayed = delays === "axonal" ? axonal : synaptic;
  return network({
    timestep: ms(1),
    seed,
    populations: { touch, hidden, answer },
    projections: [
      dense(touch, hidden, { weights: normal(0.15, 0.2), delays: delayed({ max: steps(12), init: uniform() }) }),
      dense(hidden, answer, { weights: normal(0, 0.3), learn: learn({ weights: { rate: 40 / 64, limit: 8 } }) }),
    ],
    learn: learn({
      weights: { rate: 40 / 32 },
      delays: { rate: 40 * 8 },
      steps: 40,
      update: "sample",
      schedule: "constant",
    }),
  });
}

/** Recurrent, without delays in the recurrence, on Randman; updates at the end of samples. */
function recurrentNetwork({ seed = 1 }: Choice) {
  const sound = input({ channels: 20 });
  const hidden = lif({ size: 16, tau: ms(20), threshold: 1, reset: "subtract" });
  const answer = readout({ size: CLASSES, tau: ms(20) });
  return network({
    timestep: ms(1),
    seed,
    populations: { sound, hidden, answer },
    projections: [
      dense(sound, hidden, { weights: normal(0.15, 0.25), delays: synaptic({ max: steps(15), init: uniform() }) }),
      dense(hidden, hidden, { weights: normal(0, 0.1) }),
      dense(hidden, answer, { weights: normal(0, 0.3), learn: learn({ weights: { rate: 60 / 256, limit: 8 } }) }),
    ],
    learn: learn({
      weights: { rate: 60 / 128 },
      delays: { rate: 60 * 8 },
      steps: 60,
      update: "sample",
      schedule: "constant",
    }),
  });
}

export const NETWORKS = ["pattern", "recurrent"] as const;
export type NetworkName = (typeof NETWORKS)[number];

export interface Choice {
  /** Of data, initial weights and order; the calibration has 1. */
  readonly seed?: number;
  readonly samples?: number;
  readonly epochs?: number;
  /** Instead of the network's own rule. */
  readonly learn?: Partial<NetworkLearning>;
  /** Of the pattern network. */
  readonly reset?: "subtract" | "zero";
  readonly delays?: "synaptic" | "axonal";
}

/** Data take longer to draw than a run takes, and no run changes them. */
const sets = new Map<string, Promise<BinnedSet>>();

export function dataOf(name: NetworkName, seed: number, samples: number): Promise<BinnedSet> {
  const key = `${name} ${seed} ${samples}`;
  const known = sets.get(key) ?? readSet(name, seed, samples);
  sets.set(key, known);
  return known;
}

async function readSet(name: NetworkName, seed: number, samples: number): Promise<BinnedSet> {
  const pattern = name === "pattern";
  const dataset = pattern
    ? patternDataset({ classes: CLASSES, channels: 16, steps: 40, span: 12, repeats: 1, samples, seed })
    : randmanDataset({ classes: CLASSES, channels: 20, samples, seed, earlySeconds: 0.002, lateSeconds: 0.05 });
  const steps = pattern ? 40 : 60;
  const binning = {
    timestepMs: 1,
    steps,
    group: 1,
    merge: true,
    order: "channel",
    channels: dataset.channels,
  } as const;
  return collect(dataset, binning, { limit: samples });
}

export async function irOf(name: NetworkName, choice: Choice = {}): Promise<NetworkIr> {
  const description = name === "pattern" ? patternNetwork(choice) : recurrentNetwork(choice);
  const learning = { ...description.learn, ...choice.learn };
  return resolve({ ...description, learn: learning }, { baseDirectory: "." });
}

/** A short run of `mora validate`: the network on its data with this core. */
export async function validated(
  name: NetworkName,
  core: CoreDescription,
  choice: Choice = {},
): Promise<ValidationResult> {
  const { seed = 1, samples = 40, epochs = 1 } = choice;
  const ir = await irOf(name, choice);
  return validate({ ir, core, data: await dataOf(name, seed, samples), epochs, seed });
}

export function learningCore(learning: PartialLearning, more: CoreDescription = {}): CoreDescription {
  return { preset: "learning", ...more, learning };
}
