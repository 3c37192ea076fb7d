/** The factor on every rate over the course of training. */

import type { LearningIr } from "../compiler/ir.ts";

export type ScheduleIr = LearningIr["schedule"];

/**
 * Factor at sample `position` (from 0) of epoch `epoch` (from 0):
 *
 *     cosine     0.5 (1 + cos(pi p)), p = (epoch + position / samples) / epochs: sample by sample, so that the last
 *                samples learn next to nothing and a hardware engine's powers of two come where they are nearest
 *     steps      factor^floor(epoch / every)
 *
 * @param samples samples of an epoch, >= 1
 */
export function rateFactor(
  schedule: ScheduleIr,
  epochs: number,
  samples: number,
  epoch: number,
  position: number,
): number {
  switch (schedule.kind) {
    case "constant":
      return 1;
    case "cosine":
      return 0.5 * (1 + Math.cos((Math.PI * (epoch + position / samples)) / epochs));
    case "steps":
      return schedule.factor ** Math.floor(epoch / schedule.every);
  }
}

/** Largest shift of an update, and of `rateShift` alone (docs/core.md, section 10.1). */
export const LARGEST_SHIFT = 30;

/**
 * The core's `rateShift` for a factor: the power of two nearest to it on the logarithmic scale, 0..30; null for 0: no learning.
 *
 * @throws RangeError for a factor above sqrt(2) or below 0: an engine cannot learn faster than it was compiled for
 */
export function rateShiftOf(factor: number): number | null {
  if (factor === 0) return null;
  // Adding 0 makes the -0 of factors just above 1 a plain 0.
  const shift = Math.round(-Math.log2(factor)) + 0;
  if (!(factor > 0) || shift < 0) throw new RangeError(`rate factor ${factor}: the core takes 0 to 1`);
  return Math.min(LARGEST_SHIFT, shift);
}
