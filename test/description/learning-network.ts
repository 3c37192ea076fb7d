/** A valid network that learns, as JSON data: two hidden populations, one of them recurrent and one without a way to the readout of its own. */

import { networkIssues } from "../../description/validate.ts";
import type { Loose } from "./example-network.ts";

/** A fresh copy. sound -> first -> second -> digit; the readout `other` stands before `digit` in step order. */
export function learningNetwork(): Loose {
  const weights = { kind: "values", values: [0.5, -0.75, 0.25, 0.5] };
  return {
    timestep: { ms: 5 },
    seed: 7,
    populations: {
      sound: { kind: "input", channels: 2 },
      first: { kind: "lif", size: 2, tau: [{ ms: 20 }, { steps: 4 }], threshold: [1, 2], reset: "subtract" },
      second: { kind: "lif", size: 2, tau: { ms: 20 }, threshold: 1, reset: "subtract" },
      other: { kind: "readout", size: 2, tau: { ms: 40 } },
      digit: { kind: "readout", size: 4, tau: { ms: 40 } },
    },
    projections: [
      dense("sound", "first", { delays: delays("synaptic", { ms: 60 }, 3) }),
      dense("first", "second", { delays: delays("axonal", { steps: 9 }, 2) }),
      dense("second", "second", { learn: { weights: { rate: 0.5 }, delays: "fixed" } }),
      dense("first", "other", {}),
      { ...dense("second", "digit", {}), weights: { kind: "values", values: [0.5, -0.75, 0.25, 0.5, 0, 0, 0, 0] } },
    ],
    learn: {
      weights: { rate: 0.1 },
      delays: { rate: 100, max: { steps: 8 } },
      feedback: { populations: { first: { random: "stored" } } },
    },
  };

  function dense(from: string, to: string, rest: object): object {
    return { kind: "dense", from, to, weights, ...rest };
  }
}

function delays(kind: string, max: object, value: number): object {
  return { kind, max, init: { kind: "constant", value } };
}

/** "path: problem; remedy" of each mistake after `damage`. */
export function mistakesAfter(damage: (network: Loose) => void): string[] {
  const network = learningNetwork();
  damage(network);
  return networkIssues(network).map(({ path, problem, remedy }) => `${path}: ${problem}; ${remedy}`);
}
