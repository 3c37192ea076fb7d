import type { Random } from "../formats/random.ts";

/** A smooth random function of `dimension` coordinates in [0, 1], one for each channel. */
export interface RandomManifold {
  readonly channels: number;
  readonly dimension: number;
  /** Terms of each one-dimensional function. */
  readonly cutoff: number;
  /** Amplitude theta_A / (i + 1)^alpha, angular frequency 2 pi i theta_B and phase 2 pi theta_C, each [channel][dimension][term]. */
  readonly amplitude: Float64Array;
  readonly frequency: Float64Array;
  readonly phase: Float64Array;
}

/** Power below which terms are cut off, and the most terms. Both as in the reference implementation. */
const PRECISION = 1e-3;
const MOST_TERMS = 1000;

/** Terms that a spectrum needs: min(ceil(PRECISION^(-1/alpha)), 1000); at alpha 1 all 1000, at alpha 2 32. */
export function cutoffOf(alpha: number): number {
  return Math.min(Math.ceil(PRECISION ** (-1 / alpha)), MOST_TERMS);
}

/** Draws the coefficients theta, uniform in [0, 1), in the order channel, dimension, term, (A, B, C). */
export function drawManifold(random: Random, channels: number, dimension: number, alpha: number): RandomManifold {
  const cutoff = cutoffOf(alpha);
  const count = channels * dimension * cutoff;
  const amplitude = new Float64Array(count);
  const frequency = new Float64Array(count);
  const phase = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const term = k % cutoff;
    // Term 0 is a constant and would shift the manifold off the origin (the reference's use_bias: false).
    const bias = term === 0 ? 0 : 1;
    amplitude[k] = (bias * random.unit()) / (term + 1) ** alpha;
    frequency[k] = 2 * Math.PI * term * random.unit();
    phase[k] = 2 * Math.PI * random.unit();
  }
  return { channels, dimension, cutoff, amplitude, frequency, phase };
}

/**
 * The manifold at one point: for each channel the product over the dimensions d of
 *
 *     f_d(x) = sum_i theta_A / (i + 1)^alpha sin(2 pi (i x_d theta_B + theta_C)),  i = 1 .. cutoff - 1
 *
 * @param point coordinates in [0, 1], one for each dimension
 * @param into receives a value for each channel
 */
export function evaluateManifold(manifold: RandomManifold, point: ArrayLike<number>, into: Float64Array): void {
  const { channels, dimension, cutoff, amplitude, frequency, phase } = manifold;
  let k = 0;
  for (let channel = 0; channel < channels; channel++) {
    let product = 1;
    for (let d = 0; d < dimension; d++) {
      const x = point[d]!;
      let sum = 0;
      for (const end = k + cutoff; k < end; k++) sum += amplitude[k]! * Math.sin(frequency[k]! * x + phase[k]!);
      product *= sum;
    }
    into[channel] = product;
  }
}
