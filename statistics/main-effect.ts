/** What one factor of several explains of a quantity: its values apart, against all of them together. */

import { type RunSpread, spreadOver } from "./spread.ts";

export interface MainEffect {
  /** By level: its values; null for a level without any. */
  readonly levels: readonly (RunSpread | null)[];
  /** Values that count: of a known level, and finite. */
  readonly n: number;
  /** Of the variance, 0..1; null with fewer than two levels or where all values are alike. */
  readonly share: number | null;
  /** What as many levels without any effect would explain on average; null where there is no share. */
  readonly chance: number | null;
}

/**
 * The share of the variance that lies between the means of the levels (the correlation ratio, eta squared):
 *
 *     share = sum over levels of n_l (mean_l - mean)^2 / sum (x - mean)^2      chance = (levels - 1) / (n - 1)
 *
 * Shares of several factors add up to at most 1 only in a balanced design; what factors do together is in no main effect.
 *
 * @param level of each value; below 0: the factor does not count there
 * @param values null: unknown
 */
export function mainEffect(level: ArrayLike<number>, values: ArrayLike<number | null>, levels: number): MainEffect {
  const groups = Array.from({ length: levels }, (): number[] => []);
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    groups[level[k]!]?.push(value);
  }
  const all = groups.flat();
  const n = all.length;
  const spreads = groups.map((group) => (group.length === 0 ? null : spreadOver(group)));
  const present = spreads.filter((spread) => spread !== null);
  if (present.length < 2) return { levels: spreads, n, share: null, chance: null };
  const { mean } = spreadOver(all);
  const total = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const between = present.reduce((sum, spread) => sum + spread.n * (spread.mean - mean) ** 2, 0);
  // Values that are alike differ by rounding only, which is nothing to explain.
  if (total <= 1e-24 * n * mean * mean) return { levels: spreads, n, share: null, chance: null };
  return { levels: spreads, n, share: Math.min(1, between / total), chance: (present.length - 1) / (n - 1) };
}
