/** One quantity over several runs: seeds, or the folds of a cross-validation. */

export interface RunSpread {
  /** Runs. */
  readonly n: number;
  readonly mean: number;
  /** Standard deviation of the runs with n - 1 below; null for a single run. */
  readonly deviation: number | null;
  readonly least: number;
  readonly most: number;
}

/**
 * Mean, standard deviation and range over runs, in the unit of the values.
 *
 *     mean = sum x / n      deviation = sqrt(sum (x - mean)^2 / (n - 1))
 *
 * The deviation describes the runs and is no error of the mean: folds share training data, and no unbiased estimate of the
 * variance of a cross-validated mean exists (Y. Bengio, Y. Grandvalet, JMLR 5 (2004) 1089).
 *
 * @throws RangeError without values, and for one that is not finite
 */
export function spreadOver(values: ArrayLike<number>): RunSpread {
  const runs = Float64Array.from(values);
  const n = runs.length;
  if (n === 0) throw new RangeError("spread: no runs; give at least one value");
  const odd = runs.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw new RangeError(`spread: run ${odd} is ${runs[odd]}; give finite numbers`);
  const mean = runs.reduce((sum, value) => sum + value, 0) / n;
  // From the deviations themselves: the difference of sums of squares cancels for values that are close.
  const squares = runs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    n,
    mean,
    deviation: n === 1 ? null : Math.sqrt(squares / (n - 1)),
    least: runs.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    most: runs.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  };
}
