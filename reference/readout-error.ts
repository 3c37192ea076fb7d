/** Errors of the readout, the steps in which they are valid, and the loss. */

import type { LearningIr } from "../compiler/ir.ts";

/**
 * Writes 1 for each valid step of a sample of `steps` steps, else 0. Returns their number.
 *
 * @throws RangeError for a mask of another length
 */
export function markValid(errorSteps: LearningIr["errorSteps"], steps: number, valid: Uint8Array): number {
  if (errorSteps.kind === "mask" && errorSteps.mask.length !== steps) {
    throw new RangeError(
      `learn.errorSteps: a mask of ${errorSteps.mask.length} steps, and a sample of ${steps}; cut samples to the mask's length`,
    );
  }
  let count = 0;
  for (let t = 0; t < steps; t++) {
    const is =
      errorSteps.kind === "all" ||
      (errorSteps.kind === "last" ? t >= steps - errorSteps.steps : errorSteps.mask[t] === 1);
    valid[t] = is ? 1 : 0;
    if (is) count++;
  }
  return count;
}

/** p = softmax of `y[from ..]`, length that of p. Returns ln of the sum of exponentials, so that ln p_k = y_k - it. */
export function softmax(y: Float64Array, from: number, p: Float64Array): number {
  const classes = p.length;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < classes; k++) if (y[from + k]! > largest) largest = y[from + k]!;
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const e = Math.exp(y[from + k]! - largest);
    p[k] = e;
    total += e;
  }
  for (let k = 0; k < classes; k++) p[k]! /= total;
  return largest + Math.log(total);
}

/** Error of one class: softmax p - t, or clip(y - t) (docs/learning.md). */
export function classError(rule: LearningIr["error"], p: number, y: number, isLabel: boolean): number {
  if (rule.kind === "softmax") return isLabel ? p - 1 : p;
  const difference = isLabel ? y - rule.target : y;
  return Math.max(-rule.clip, Math.min(rule.clip, difference));
}

/** @throws RangeError for a label that is no class */
export function checkLabel(label: number, classes: number): void {
  if (Number.isInteger(label) && label >= 0 && label < classes) return;
  throw new RangeError(`label ${label}: expected a class of 0..${classes - 1}`);
}
