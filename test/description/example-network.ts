/** A small valid description as JSON data, and ways to damage it. */

import { networkIssues } from "../../description/validate.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests damage descriptions at will
export type Loose = any;

/** A fresh copy: two hidden populations, a readout, every kind of projection and delay. */
export function exampleNetwork(): Loose {
  return {
    timestep: { ms: 5 },
    seed: 3,
    populations: {
      sound: { kind: "input", channels: 4 },
      hidden: { kind: "lif", size: 3, tau: { ms: 20 }, threshold: 1, reset: "subtract", refractory: { ms: 10 } },
      second: { kind: "lif", size: 2, tau: [{ ms: 20 }, "infinite"], threshold: [1, 2], reset: "zero", output: true },
      digit: { kind: "readout", size: 2, tau: { steps: 8 } },
    },
    projections: [
      {
        kind: "dense",
        from: "sound",
        to: "hidden",
        weights: { kind: "normal", mean: 0, sd: 0.1 },
        delays: { kind: "synaptic", max: { ms: 120 }, init: { kind: "uniform" } },
      },
      {
        kind: "sparse",
        from: "hidden",
        to: "second",
        weights: { kind: "values", values: [0.5, -0.5] },
        connections: [
          [2, 1],
          [0, 0],
        ],
        delays: { kind: "axonal", max: { steps: 9 }, init: { kind: "values", values: [0, 5, 9] } },
      },
      { kind: "sparse", from: "second", to: "hidden", density: 0.5, weights: { kind: "constant", value: 0.25 } },
      { kind: "dense", from: "second", to: "digit", weights: { kind: "uniform", low: -1, high: 1 } },
    ],
  };
}

/** "path: problem" of each mistake after `damage` was done to the example. */
export function problemsAfter(damage: (network: Loose) => void): string[] {
  const network = exampleNetwork();
  damage(network);
  return networkIssues(network).map(({ path, problem }) => `${path}: ${problem}`);
}

/** "path: remedy" of each mistake. */
export function remediesAfter(damage: (network: Loose) => void): string[] {
  const network = exampleNetwork();
  damage(network);
  return networkIssues(network).map(({ path, remedy }) => `${path}: ${remedy}`);
}
