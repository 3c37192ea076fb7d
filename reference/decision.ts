/** What is summed over the steps: the readout itself, or its softmax in each step. */
export type Score = "readout" | "softmax";

/** When the decision falls. */
export type DecisionTime =
  /** After the last step. */
  | { readonly kind: "end" }
  /** After the given step, counted from 0; after the last one in a shorter sample. */
  | { readonly kind: "step"; readonly step: number }
  /** After the first step, from `earliest` on (default 0), in which best and second best differ by `margin`; else after the last. */
  | { readonly kind: "margin"; readonly margin: number; readonly earliest?: number };

export interface DecisionRule {
  readonly score: Score;
  readonly time: DecisionTime;
}

export interface Decision {
  /** Class with the largest score; of equal ones the lowest index. */
  readonly class: number;
  /** Step after which it was taken, from 0; -1 for a sample of no steps. */
  readonly step: number;
  /** Summed scores at that step. */
  readonly scores: Float64Array;
}

/** Index of the largest value; of equal ones the lowest. 0 for an empty list. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k;
  return best;
}

/**
 * Softmax of `y[from .. from + classes - 1]`, added to `sums`. The largest value is subtracted first, so that no
 * exponential overflows.
 */
function addSoftmax(y: Float64Array, from: number, classes: number, sums: Float64Array, scratch: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < classes; k++) if (y[from + k]! > largest) largest = y[from + k]!;
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const e = Math.exp(y[from + k]! - largest);
    scratch[k] = e;
    total += e;
  }
  for (let k = 0; k < classes; k++) sums[k]! += scratch[k]! / total;
}

/** Difference of the largest and the second largest value; infinite for a single class. */
function marginOf(values: Float64Array): number {
  let first = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value > first) {
      second = first;
      first = value;
    } else if (value > second) {
      second = value;
    }
  }
  return first - second;
}

/**
 * The class decision in float64 on a readout trace `y`, row-major [steps][classes]: scores are summed step by step, until
 * the rule's time has come or the trace ends.
 */
export function decide(y: Float64Array, steps: number, classes: number, rule: DecisionRule): Decision {
  const scores = new Float64Array(classes);
  const scratch = new Float64Array(classes);
  for (let step = 0; step < steps; step++) {
    if (rule.score === "softmax") addSoftmax(y, step * classes, classes, scores, scratch);
    else for (let k = 0; k < classes; k++) scores[k]! += y[step * classes + k]!;
    if (isTime(rule.time, step, scores)) return { class: argmax(scores), step, scores };
  }
  return { class: argmax(scores), step: steps - 1, scores };
}

function isTime(time: DecisionTime, step: number, scores: Float64Array): boolean {
  switch (time.kind) {
    case "end":
      return false;
    case "step":
      return step >= time.step;
    case "margin":
      return step >= (time.earliest ?? 0) && marginOf(scores) >= time.margin;
  }
}
