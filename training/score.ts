/** How well a model did on some samples. */

import type { Presentation } from "./learner.ts";

/** Sums over presentations; JSON holds it exactly. */
export interface Tally {
  n: number;
  correct: number;
  /** Sum of the losses, in nats, of the `losses` presentations that have one. */
  loss: number;
  losses: number;
  /** By hidden population. */
  readonly spikes: number[];
}

export interface Score {
  readonly n: number;
  readonly correct: number;
  /** Mean cross-entropy in nats; null where the model gives no probabilities. */
  readonly loss: number | null;
  /** Mean spikes a sample of each hidden population. */
  readonly spikes: readonly number[];
}

export function emptyTally(hidden: readonly string[]): Tally {
  return { n: 0, correct: 0, loss: 0, losses: 0, spikes: hidden.map(() => 0) };
}

export function addTo(tally: Tally, { class: answer, loss, spikes }: Presentation, label: number): void {
  tally.n += 1;
  if (answer === label) tally.correct += 1;
  if (loss !== null) {
    tally.loss += loss;
    tally.losses += 1;
  }
  for (let p = 0; p < tally.spikes.length; p++) tally.spikes[p]! += spikes[p]!;
}

export function scoreOf({ n, correct, loss, losses, spikes }: Tally): Score {
  return {
    n,
    correct,
    loss: losses === 0 ? null : loss / losses,
    spikes: spikes.map((sum) => (n === 0 ? 0 : sum / n)),
  };
}
