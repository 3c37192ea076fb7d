/**
 * Relative bias of the updates at the end of samples: what parameters moved by against what their accumulated changes asked
 * for, projected on what was asked for. 0: right on average; -1: all of it lost; above 0: too much.
 *
 *     bias = sum sign(a) (m - a) / sum |a|,   a = change / 2^(shift + rateShift), m = stored after - before, in stored LSB
 *
 * Rounding to nothing, saturation at the clamps and a rounding that is not symmetric all show in it; the noise of a stochastic
 * rounding does not. What the change itself has lost on its way, `mora validate` measures.
 */

import type { LearningState } from "../emulator/record.ts";
import type { LearningRegisters } from "../image/manifest.ts";
import { LARGEST_SHIFT } from "./schedule.ts";

/** Sums by learned projection: asked and missed of weights, asked and missed of delays. */
export const BIAS_SUMS = 4;

/**
 * Adds the updates of one sample to `sums`, BIAS_SUMS a projection.
 *
 * @param before after the sample's last step, changes not yet applied
 * @param after when they have been
 */
export function addBias(
  sums: Float64Array,
  { projections }: LearningRegisters,
  before: LearningState,
  after: LearningState,
  rateShift: number,
): void {
  for (const [q, registers] of projections.entries()) {
    const [was, is] = [before.projections[q]!, after.projections[q]!];
    const kinds = [
      { update: registers.weights, change: was.weightChange, from: was.weight, to: is.weight },
      { update: registers.delays, change: was.delayChange, from: was.delay, to: is.delay },
    ];
    for (const [kind, { update, change, from, to }] of kinds.entries()) {
      if (update === null) continue;
      const lsb = 2 ** -Math.min(LARGEST_SHIFT, update.shift + rateShift);
      let asked = 0;
      let missed = 0;
      for (let k = 0; k < change.length; k++) {
        const intended = change[k]! * lsb;
        asked += Math.abs(intended);
        missed += Math.sign(intended) * (to[k]! - from[k]! - intended);
      }
      sums[q * BIAS_SUMS + 2 * kind]! += asked;
      sums[q * BIAS_SUMS + 2 * kind + 1]! += missed;
    }
  }
}

/** Sum of what was asked for, in stored LSB. */
export function askedOf(sums: Float64Array, projection: number, parameter: "weights" | "delays"): number {
  return sums[projection * BIAS_SUMS + (parameter === "weights" ? 0 : 2)]!;
}

/** Null where nothing was asked for. */
export function biasOf(sums: Float64Array, projection: number, parameter: "weights" | "delays"): number | null {
  const at = projection * BIAS_SUMS + (parameter === "weights" ? 0 : 2);
  return sums[at]! === 0 ? null : sums[at + 1]! / sums[at]!;
}
