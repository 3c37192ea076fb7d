/** What the page of a sweep holds, as plain JSON; columns, since tens of thousands of designs are to stay small. */

import type { MeasureColumn } from "./measure-units.ts";

export const STATUSES = ["done", "infeasible", "failed"] as const;
export type Status = (typeof STATUSES)[number];

export interface AxisColumn {
  readonly name: string;
  /** Every value that occurs: numbers ascending, others in the order of their first design. */
  readonly values: readonly (number | string | boolean)[];
  readonly numeric: boolean;
}

/** Why one design cannot be, or what it failed of. */
export interface DesignReason {
  readonly kind: string;
  readonly what: string;
  readonly by: number | null;
  readonly text: string;
}

export interface SweepPage {
  readonly kind: "sweep";
  readonly axes: readonly AxisColumn[];
  readonly measures: readonly MeasureColumn[];
  /** By design, by axis: position in the axis's values; -1: the axis does not count for this design. */
  readonly choices: readonly (readonly number[])[];
  /** By design: position in STATUSES. */
  readonly status: readonly number[];
  /** By design, by measure; means over seeds. */
  readonly values: readonly (readonly (number | null)[])[];
  /** By design: samples that were right, of how many, over all seeds; null without an accuracy. */
  readonly right: readonly (readonly [correct: number, n: number] | null)[];
  /** By design: lines of the result file that it is the mean of. */
  readonly seeds: readonly number[];
  /** By design: first digits of the first line's key. */
  readonly keys: readonly string[];
  /** By position of a design that is not done. */
  readonly reasons: Readonly<Record<number, readonly DesignReason[]>>;
}
