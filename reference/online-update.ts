/** What the online models keep between samples, and how sums of gradients become changes of parameters. */

import type { LearningIr } from "../compiler/ir.ts";
import { type Gradient, type LiveProjection, move, useDelays } from "./live-projection.ts";

/** What outlasts a sample, by name: parameters, the batch's sums, samples in it. */
export function stateOf(
  learned: readonly LiveProjection[],
  sums: readonly Gradient[],
  pending: Float64Array,
): Record<string, Float64Array> {
  const state: Record<string, Float64Array> = { pending };
  for (const [q, { weight, delay }] of learned.entries()) {
    state[`${q}.weight`] = weight;
    state[`${q}.delay`] = delay;
    state[`${q}.weightSum`] = sums[q]!.weight;
    state[`${q}.delaySum`] = sums[q]!.delay;
  }
  return state;
}

/** Every parameter moves by -rate factor / T times its sum, within its clamp; the sums are zeroed. */
export function applyMean(
  learned: readonly LiveProjection[],
  sums: readonly Gradient[],
  { meanSteps }: LearningIr,
  factor: number,
): void {
  for (const [q, projection] of learned.entries()) {
    const { weights, delays } = projection.learning!;
    const sum = sums[q]!;
    if (weights !== null) {
      move(projection.weight, sum.weight, (-weights.rate * factor) / meanSteps, -weights.limit, weights.limit);
    } else {
      sum.weight.fill(0);
    }
    if (delays !== null) {
      move(projection.delay, sum.delay, (-delays.rate * factor) / meanSteps, delays.min, delays.max);
      useDelays(projection);
    }
  }
}
