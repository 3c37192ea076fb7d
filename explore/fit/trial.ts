/** A design that was run, beside float64 on the same samples. */

import type { Accuracy } from "../../statistics/interval.ts";
import { type PairedDifference, pairedDifference } from "../../statistics/paired.ts";
import type { Choices } from "../axis.ts";
import type { Measures } from "../measures.ts";
import type { ResultLine } from "../result-line.ts";
import { type Criterion, countedLoss, keeps } from "./criterion.ts";
import type { Verdict } from "./problem.ts";

export interface Trial extends Verdict {
  /** Address of its line in the result file. */
  readonly key: string;
  readonly choices: Choices;
  /** Why it did not run; null: it ran. */
  readonly refusal: string | null;
  readonly measures: Measures | null;
  readonly accuracy: Accuracy | null;
  /** Float64's accuracy less its own, paired. */
  readonly loss: PairedDifference | null;
  /** "1" for each sample that is right, "0" for the others. */
  readonly right: string | null;
}

/**
 * @param choices of the design: the line may have been written by another search, with axes of its own
 * @throws RangeError for a line of other samples than float64's
 */
export function trialOf(line: ResultLine, choices: Choices, float: string, criterion: Criterion): Trial {
  const { key, measures, right } = line;
  const refusal =
    line.status === "done" ? null : (line.error?.split("\n")[0] ?? line.reasons.map(({ text }) => text).join("; "));
  const common = { key, choices, measures, refusal };
  if (refusal !== null || right === null)
    return {
      ...common,
      refusal: refusal ?? "it answered nothing",
      kept: false,
      counted: Number.POSITIVE_INFINITY,
      accuracy: null,
      loss: null,
      right: null,
    };
  const loss = pairedDifference(float, right);
  return {
    ...common,
    kept: keeps(criterion, loss),
    counted: countedLoss(criterion, loss),
    accuracy: measures!.accuracy,
    loss,
    right,
  };
}
