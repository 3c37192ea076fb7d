/** Statistics of whole numbers seen one by one, exact and without keeping them: counts by value. */

export interface Summary {
  readonly n: number;
  readonly mean: number;
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

export interface Distribution {
  add(value: number): void;
  /** All zero when nothing was added. */
  summary(): Summary;
}

/**
 * Percentiles are by nearest rank: the p-quantile of n values is the ceil(p n)-th smallest, so that each is a value that
 * occurred. Memory grows with the number of different values, not with their number.
 */
export function createDistribution(): Distribution {
  const counts = new Map<number, number>();
  let n = 0;
  let sum = 0;
  return {
    add(value) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
      n += 1;
      sum += value;
    },
    summary() {
      if (n === 0) return { n: 0, mean: 0, median: 0, p99: 0, max: 0 };
      const sorted = [...counts].sort(([a], [b]) => a - b);
      const quantile = (p: number): number => {
        let left = Math.ceil(p * n);
        for (const [value, count] of sorted) {
          left -= count;
          if (left <= 0) return value;
        }
        return sorted.at(-1)![0];
      };
      return { n, mean: sum / n, median: quantile(0.5), p99: quantile(0.99), max: sorted.at(-1)![0] };
    },
  };
}
