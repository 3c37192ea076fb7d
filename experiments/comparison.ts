/** Accuracies and differences of arms over their folds. */

import { type AccuracyDifference, pairedBootstrap } from "../statistics/bootstrap.ts";
import { type Accuracy, accuracyOf } from "../statistics/interval.ts";
import type { Arm } from "./arm.ts";
import type { RunResult } from "./result.ts";

/** Which answers count: those of the model that learned, or of the network as it is shipped, on a core without an engine. */
export type Whose = "learned" | "deployed";

/** Finished runs, by arm and fold. */
export interface Runs {
  /** In the order of `folds`; null unless all of them are there. */
  of(arm: Arm, folds?: readonly number[]): readonly RunResult[] | null;
  /** What is there of an arm, in the order of its folds. */
  some(arm: Arm): readonly RunResult[];
}

/** @param find the run of an arm and fold, undefined when it has not been made */
export function createRuns(find: (arm: Arm, fold: number) => RunResult | undefined): Runs {
  return {
    of(arm, folds = arm.folds) {
      const found = folds.map((fold) => find(arm, fold));
      return found.every((run) => run !== undefined) ? found : null;
    },
    some: (arm) => arm.folds.flatMap((fold) => find(arm, fold) ?? []),
  };
}

/** Right (1) or wrong (0), recording by recording, fold after fold. @throws Error for a run that has no such answers */
export function rightOf(runs: readonly RunResult[], whose: Whose): number[] {
  return runs.flatMap((run) => {
    const given = run[whose];
    if (given === null) throw new Error(`${run.arm}, fold ${run.fold}: no answers of the ${whose} network`);
    if (given.answers.length !== run.labels.length) {
      throw new Error(`${run.arm}, fold ${run.fold}: ${given.answers.length} answers to ${run.labels.length} labels`);
    }
    return Array.from(given.answers, (answer, n) => Number(answer === run.labels[n]));
  });
}

/** Over all recordings of the runs. */
export function accuracyOver(runs: readonly RunResult[], whose: Whose = "learned"): Accuracy {
  const right = rightOf(runs, whose);
  return accuracyOf(
    right.reduce((sum, one) => sum + one, 0),
    right.length,
  );
}

/**
 * Accuracy of `first` less that of `second`, paired by recording.
 *
 * @throws Error for runs on other recordings
 */
export function differenceOf(
  first: readonly RunResult[],
  second: readonly RunResult[],
  whose: readonly [Whose, Whose] = ["learned", "learned"],
): AccuracyDifference {
  const other = first.findIndex(({ labels }, n) => labels !== second[n]?.labels);
  if (other >= 0 || first.length !== second.length) {
    throw new Error(`${first[0]?.arm} and ${second[0]?.arm}: answers to other recordings cannot be paired`);
  }
  return pairedBootstrap(rightOf(first, whose[0]), rightOf(second, whose[1]));
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
