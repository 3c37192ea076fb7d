/** Adam (D. P. Kingma, J. Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, algorithm 1). */

export interface AdamRule {
  readonly beta1: number;
  readonly beta2: number;
  /** Added to the root of the second moment. */
  readonly epsilon: number;
}

/** The paper's values. */
export const ADAM: AdamRule = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Moments of one array of parameters; of the same length. */
export interface Moments {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

export function emptyMoments(length: number): Moments {
  return { first: new Float64Array(length), second: new Float64Array(length) };
}

/**
 * One step: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, value -= rate (m / (1 - b1^n)) / (sqrt(v / (1 - b2^n)) + epsilon),
 * clamped to low..high, with g = scale * sum. Zeroes `sum`.
 *
 * @param n number of this step, from 1
 */
export function adamStep(
  value: Float64Array,
  sum: Float64Array,
  scale: number,
  { first, second }: Moments,
  { beta1, beta2, epsilon }: AdamRule,
  n: number,
  rate: number,
  low: number,
  high: number,
): void {
  const stepSize = rate / (1 - beta1 ** n);
  const unbias = 1 / (1 - beta2 ** n);
  for (let k = 0; k < value.length; k++) {
    const g = scale * sum[k]!;
    const m = beta1 * first[k]! + (1 - beta1) * g;
    const v = beta2 * second[k]! + (1 - beta2) * g * g;
    first[k] = m;
    second[k] = v;
    sum[k] = 0;
    value[k] = Math.min(high, Math.max(low, value[k]! - (stepSize * m) / (Math.sqrt(v * unbias) + epsilon)));
  }
}
