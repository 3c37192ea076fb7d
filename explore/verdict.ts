/** What a design is worth to a search, from the lines of its seeds. */

import { measureOf } from "./measure-names.ts";
import type { ResultLine } from "./result-line.ts";
import type { Verdict } from "./search-types.ts";

/** Objectives are means over the lines; limits are exceeded by the mean of what the lines exceed theirs by. */
export function verdictOf(lines: readonly ResultLine[], objectives: Readonly<Record<string, "min" | "max">>): Verdict {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    objectives: Object.entries(objectives).map(([name, direction]) => {
      const values = lines.map(({ measures }) => measureOf(measures, name));
      if (values.includes(null)) return Number.POSITIVE_INFINITY;
      return (direction === "max" ? -1 : 1) * mean(values as number[]);
    }),
    violation: mean(lines.map(violationOf)),
  };
}

/** Shares by which limits are exceeded, added up; Infinity for what is wrong in another way than by size. */
function violationOf({ status, reasons }: ResultLine): number {
  if (status === "failed") return Number.POSITIVE_INFINITY;
  return reasons.reduce(
    (sum, { by, limit }) => sum + (by === null ? Number.POSITIVE_INFINITY : by / Math.max(1, Math.abs(limit ?? 1))),
    0,
  );
}
