/** When a design keeps float64's accuracy: on the samples of the search, paired, sample by sample. */

import { intervalOf, type PairedDifference } from "../../statistics/paired.ts";

/**
 * "bound": the upper end of the 95 % interval of the loss is within the limit, so that a design is kept only where the samples show it.
 * "estimate": the loss on the samples themselves is, whatever it is on others.
 */
export const CRITERIA = ["bound", "estimate"] as const;
export type CriterionName = (typeof CRITERIA)[number];

export interface Criterion {
  readonly name: CriterionName;
  /** Share, not points: 0.01 for one point. */
  readonly maxLoss: number;
}

/** Counts are whole, sums of shares are not: a loss of exactly the limit is within it. */
const ROUNDING = 1e-12;

/** What of a loss counts. */
export function countedLoss({ name }: Criterion, { high, difference }: PairedDifference): number {
  return name === "bound" ? high : difference;
}

export function keeps(criterion: Criterion, loss: PairedDifference): boolean {
  return countedLoss(criterion, loss) <= criterion.maxLoss + ROUNDING;
}

/** The fewest samples with which a design that answers as float64 on each of them would be kept; 1 for "estimate". */
export function fewestSamples({ name, maxLoss }: Criterion): number {
  if (name === "estimate") return 1;
  if (maxLoss <= 0) return Number.POSITIVE_INFINITY;
  let n = 1;
  while (intervalOf(0, 0, n).high > maxLoss + ROUNDING) n += 1;
  return n;
}
