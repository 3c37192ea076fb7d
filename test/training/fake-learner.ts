/**
 * A learner that is small enough to follow: a linear readout of channel counts with softmax, updated after every sample
 * with a momentum, so that it has parameters, state beside them, and updates that depend on every presentation before.
 */

import type { BinnedSample } from "../../datasets/sample.ts";
import type { Learned, Learner, Presentation, Saved, UpdateReport } from "../../training/learner.ts";
import { copySaved } from "../../training/learner.ts";

export interface FakeLearner extends Learner {
  readonly weights: Float64Array;
  /** Presentations that were learned from, in order: sample index, presentation number, rate factor. */
  readonly seen: readonly (readonly [index: number, presentation: number, factor: number])[];
  /** Numbers of the presentations that were not learned from. */
  readonly evaluated: readonly number[];
}

export function fakeLearner(channels: number, classes: number, rate: number = 0.1): FakeLearner {
  const weights = new Float64Array(channels * classes);
  const velocity = new Float64Array(channels * classes);
  const updates = new Float64Array(1);
  const seen: [number, number, number][] = [];
  const evaluated: number[] = [];
  let factor = 1;

  function probabilities(counts: Float64Array): Float64Array {
    const y = Float64Array.from({ length: classes }, (_, k) =>
      counts.reduce((sum, count, i) => sum + count * weights[i * classes + k]!, 0),
    );
    const largest = y.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const powers = y.map((value) => Math.exp(value - largest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  }

  return {
    model: "float",
    channels,
    classes,
    hidden: ["hidden"],
    weights,
    seen,
    evaluated,
    setRateFactor: (wanted) => {
      factor = wanted;
    },
    present(sample: BinnedSample, label: number | undefined, presentation: number): Presentation {
      const counts = new Float64Array(channels);
      for (const channel of sample.channel) counts[channel]! += 1 / sample.channel.length;
      const p = probabilities(counts);
      if (label === undefined) evaluated.push(presentation);
      else {
        seen.push([sample.index, presentation, factor]);
        for (let i = 0; i < channels; i++) {
          for (let k = 0; k < classes; k++) {
            const at = i * classes + k;
            velocity[at] = 0.9 * velocity[at]! - factor * rate * (p[k]! - (k === label ? 1 : 0)) * counts[i]!;
            weights[at]! += velocity[at]!;
          }
        }
        updates[0]! += 1;
      }
      const answer = p.indexOf(Math.max(...p));
      const loss = sample.label === undefined ? null : -Math.log(p[sample.label]!);
      return { class: answer, loss, spikes: [sample.channel.length] };
    },
    takeUpdates(): UpdateReport {
      const changed = updates[0]!;
      updates[0] = 0;
      const weightUpdates = { changed, zero: 0, clamped: 0, bias: null, biasOver: 0 };
      const counts = { changeZero: 0, changeSaturated: 0, eligibilitySaturated: 0 };
      return {
        projections: [{ projection: "in -> out", weights: weightUpdates, delays: null, ...counts }],
        traceSaturated: 0,
        signalSaturated: 0,
        errorSaturated: 0,
      };
    },
    save: (): Saved => ({ weights: weights.slice(), velocity: velocity.slice(), updates: updates.slice() }),
    restore: (saved) => copySaved(saved, { weights, velocity, updates }),
    notFinite: () => (weights.every(Number.isFinite) ? null : "in -> out"),
    learned: (): Learned => ({ kind: "network", ir: { timestepMs: 1, populations: [], projections: [] } }),
  };
}
