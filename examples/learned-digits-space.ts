/**
 * Set-ups of learning on the core: what learns, widths of weights and delays, when updates come, delays, neurons and density. 64 designs,
 * each trained for four epochs on 840 spoken digits and scored on 360 others of the training file: a look at what matters, not the
 * accuracy that a design reaches (examples/learned-digits.ts takes 20 epochs).
 *
 * @example
 * npx mora sweep examples/learned-digits-space.ts -o learned.jsonl
 * npx mora pareto learned.jsonl --x memory --y accuracy
 */

import {
  axonal,
  dense,
  gaussian,
  input,
  learn,
  lif,
  ms,
  network,
  normal,
  readout,
  space,
  steps,
  synaptic,
  uniform,
} from "mora";

const HIDDEN = 64;

/** Rates are those that docs/results/reproduce.md has for each kind. */
function learning(kind: "weights" | "synaptic" | "axonal") {
  const sound = input({ channels: 140 });
  const hidden = lif({ size: HIDDEN, tau: ms(20), threshold: 1, reset: "subtract" });
  const digit = readout({ size: 10, tau: ms(80) });
  const rate = kind === "synaptic" ? 0.04 : 0.08;
  const delays = { max: steps(23), init: uniform() };
  const delayed = {
    weights: {},
    synaptic: { delays: synaptic(delays) },
    axonal: { delays: axonal(delays) },
  }[kind];
  return network({
    timestep: ms(5),
    populations: { sound, hidden, digit },
    projections: [
      dense(sound, hidden, {
        weights: normal(0, 0.1),
        ...delayed,
        learn: {
          weights: { rate, limit: 1 },
          delays: kind === "weights" ? "fixed" : { rate: kind === "synaptic" ? 1000 : 100 },
        },
      }),
      dense(hidden, digit, { weights: normal(0, 1 / Math.sqrt(HIDDEN)), learn: { weights: { rate, limit: 4 } } }),
    ],
    learn: learn({ surrogate: gaussian(0.5, 0.5), steps: 120, update: "sample", schedule: "cosine", channelShift: 4 }),
  });
}

export default space({
  network: learning("weights"),
  core: { preset: "learning", macroStep: 1, accumulator: { saturate: "add" } },
  axes: {
    learns: {
      options: {
        weights: {},
        synaptic: { network: learning("synaptic") },
        axonal: { network: learning("axonal") },
      },
    },
    bits: { path: "core.weights.bits", values: [4, 6, 8] },
    remainder: { path: "core.learning.remainder", values: [2, 4] },
    fraction: { path: "core.learning.fraction", values: [2, 5], when: { learns: ["synaptic", "axonal"] } },
    // Largest delay in steps: the ring is one step longer, a delay has 3, 4 or 5 bits.
    delay: {
      path: "network.projections[0].delays.max.steps",
      values: [7, 15, 23],
      when: { learns: ["synaptic", "axonal"] },
    },
    update: { path: "network.learn.update", values: ["sample", "step"] },
    hidden: {
      options: {
        "64": {},
        "32": { "network.populations.hidden.size": 32, "network.projections[1].weights.sd": 1 / Math.sqrt(32) },
      },
    },
    // Half the synapses with larger weights, so that a neuron's input keeps its variance.
    density: {
      options: {
        "1": {},
        "0.5": {
          "network.projections[0].kind": "sparse",
          "network.projections[0].density": 0.5,
          "network.projections[0].weights.sd": 0.1 * Math.SQRT2,
        },
      },
    },
  },
  data: { name: "../../shared/data/fsdd_cochlea_train.h5.gz", group: 5, steps: 120 },
  samples: 1200,
  training: { epochs: 4, validation: 0.3 },
  objectives: { accuracy: "max", memory: "min", cycles: "min" },
  search: { kind: "sobol", points: 64 },
});
