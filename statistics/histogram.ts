/** Counts of whole numbers in bins of equal width, the same bins for several sets, so that they stand beside each other. */

export interface Histograms {
  /** Least value of the first bin, and values of a bin: bin b holds low + b width .. low + (b + 1) width - 1. */
  readonly low: number;
  readonly width: number;
  /** By set. */
  readonly counts: readonly (readonly number[])[];
}

/** The narrowest bins of whole width that are at most `most`. Without any value there is no bin. */
export function histogramsOf(sets: readonly ArrayLike<number>[], most: number): Histograms {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const set of sets) {
    for (let k = 0; k < set.length; k++) {
      low = Math.min(low, set[k]!);
      high = Math.max(high, set[k]!);
    }
  }
  if (low > high) return { low: 0, width: 1, counts: sets.map(() => []) };
  const width = Math.ceil((high - low + 1) / most);
  const bins = Math.ceil((high - low + 1) / width);
  const counts = sets.map((set) => {
    const found = new Array<number>(bins).fill(0);
    for (let k = 0; k < set.length; k++) found[Math.floor((set[k]! - low) / width)]! += 1;
    return found;
  });
  return { low, width, counts };
}
