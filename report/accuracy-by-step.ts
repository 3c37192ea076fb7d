/** Accuracy against decision step: what the core would answer if it had to after each step. */

import { type Accuracy, accuracyOf } from "../statistics/interval.ts";
import { percent } from "./numbers.ts";
import type { Table } from "./table.ts";

export interface AccuracyAtStep extends Accuracy {
  /** Executed steps after which the class with the highest score is taken; a shorter sample answers with its last. */
  readonly steps: number;
}

/** @param correctAfter correctAfter[t] samples are right after t + 1 executed steps, of `n` */
export function accuracyByStep(correctAfter: readonly number[], n: number): readonly AccuracyAtStep[] {
  return correctAfter.map((correct, t) => ({ steps: t + 1, ...accuracyOf(correct, n) }));
}

/** At most `rows` lines, evenly spread, the last step among them. */
export function accuracyByStepTable(points: readonly AccuracyAtStep[], rows: number = 12): Table {
  const every = Math.max(1, Math.ceil(points.length / rows));
  const shown = points.filter(({ steps }) => steps % every === 0 || steps === points.length);
  return {
    title: "Accuracy against decision step",
    columns: [{ title: "after steps" }, { title: "accuracy" }, { title: "95 % from" }, { title: "to" }, { title: "n" }],
    rows: shown.map(({ steps, accuracy, low, high, n }) => [
      String(steps),
      accuracy === null ? "-" : percent(accuracy),
      percent(low),
      percent(high),
      String(n),
    ]),
  };
}
