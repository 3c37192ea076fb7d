/** Accuracy with its number of samples and 95 % interval. */

/** The 0.975 quantile of the normal distribution: 95 % lie within this many standard errors. */
const Z_95 = 1.959963984540054;

export interface Accuracy {
  readonly correct: number;
  readonly n: number;
  /** correct / n; null without samples. */
  readonly accuracy: number | null;
  /** Wilson 95 % interval, shares in [0, 1]; [0, 1] without samples. */
  readonly low: number;
  readonly high: number;
}

/**
 * Accuracy with its Wilson score interval, which keeps its coverage near 0 and 1 and for few samples, where the plain
 * normal interval does not.
 *
 *     centre = (p + z^2/2n) / (1 + z^2/n)      half = z sqrt(p(1-p)/n + z^2/4n^2) / (1 + z^2/n)
 *
 * Source: E. B. Wilson, JASA 22 (1927) 209.
 *
 * @throws RangeError unless 0 <= correct <= n, both whole
 */
export function accuracyOf(correct: number, n: number): Accuracy {
  if (!(Number.isInteger(correct) && Number.isInteger(n) && correct >= 0 && correct <= n)) {
    throw new RangeError(`accuracy: ${correct} of ${n} is not a number of correct samples`);
  }
  if (n === 0) return { correct, n, accuracy: null, low: 0, high: 1 };
  const p = correct / n;
  const z2 = Z_95 * Z_95;
  const scale = 1 + z2 / n;
  const centre = (p + z2 / (2 * n)) / scale;
  const half = (Z_95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / scale;
  // At p = 0 and p = 1 the bound is exact; the sum of rounded terms is not quite.
  return {
    correct,
    n,
    accuracy: p,
    low: correct === 0 ? 0 : centre - half,
    high: correct === n ? 1 : centre + half,
  };
}
