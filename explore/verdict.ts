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

/**
 * Shares of the limits by which they are exceeded, added up, so that limits on bytes, on cycles and on accuracies weigh alike. Of a limit of 0
 * there are no shares: what exceeds it counts as it is (each missed deadline 1). Infinity for what is wrong in another way than by size.
 */
function violationOf({ status, reasons }: ResultLine): number {
  if (status === "failed") return Number.POSITIVE_INFINITY;
  return reasons.reduce((sum, { by, limit }) => {
    if (by === null || limit === null) return Number.POSITIVE_INFINITY;
    return sum + by / (limit === 0 ? 1 : Math.abs(limit));
  }, 0);
}
