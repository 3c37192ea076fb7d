/**
 * The network that learns the seeded patterns, as a description such as a user writes, and the task that it learns.
 *
 * Sixteen neurons, eight classes of which every channel fires once. Membranes forget within 2.5 steps of a pattern of 32, and no
 * synapse is worth more than a quarter of the threshold: a neuron spikes only where several spikes arrive together. Weights can
 * choose among the channels that happen to fire together in a class, delays can bring all of them together. With membranes that
 * remember 6 steps or more weights alone solve this task.
 *
 * Rates, limit and time constant were chosen on seeds 11 to 13, which `mora start` does not show; the rate of weights (tried: 1, 2, 4)
 * is the one that is best where only weights learn, and is the same for both.
 */

import { type PatternSet, patternSet } from "../datasets/patterns.ts";
import { constant, uniform } from "../description/initialisers.ts";
import { gaussian, learn } from "../description/learning.ts";
import { type NetworkDescription, network } from "../description/network.ts";
import { input, lif, readout } from "../description/populations.ts";
import { dense, synaptic } from "../description/projections.ts";
import { ms, steps } from "../description/units.ts";

export const TRAINING_SAMPLES = 160;
export const TEST_SAMPLES = 160;
export const EPOCHS = 10;

/** Training samples, then test samples of the same classes. */
export function learnedPatterns(seed: number): PatternSet {
  return patternSet({
    seed,
    classes: 8,
    channels: 32,
    span: 32,
    steps: 72,
    jitterSteps: 1,
    repeats: 1,
    samples: TRAINING_SAMPLES + TEST_SAMPLES,
  });
}

/** No delays, or synaptic delays that all start at zero. */
export type LearnedDelays = "none" | "zero";

/** The same initial weights for both, those of `seed`: before they learn, the two are the same network. */
export function describeLearningNetwork(set: PatternSet, delays: LearnedDelays, seed: number): NetworkDescription {
  const touch = input({ channels: set.channels });
  const hidden = lif({ size: 16, tau: ms(2.5), threshold: 1, reset: "subtract" });
  const pattern = readout({ size: set.classes, tau: ms(10) });
  const weights = { rate: 2, limit: 0.25 };
  return network({
    timestep: ms(set.timestepMs),
    seed,
    populations: { touch, hidden, pattern },
    projections: [
      dense(touch, hidden, {
        weights: uniform(-0.1, 0.2),
        ...(delays === "none"
          ? { learn: { weights } }
          : {
              delays: synaptic({ max: steps(set.span - 1), init: constant(0) }),
              learn: { weights, delays: { rate: 2000 } },
            }),
      }),
      dense(hidden, pattern, { weights: uniform(-0.5, 0.5), learn: { weights: { rate: 1, limit: 4 } } }),
    ],
    learn: learn({ surrogate: gaussian(0.5, 0.5), steps: set.steps, update: "sample", schedule: "cosine" }),
  });
}
