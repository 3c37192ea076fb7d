import { type Random, shuffled } from "../formats/random.ts";

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

/** Least and greatest value of each channel over some points. */
export interface ManifoldRange {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/**
 * Range of each channel over `points` points of a Latin hypercube (McKay, Beckman, Conover, Technometrics 21 (1979) 239): in
 * each dimension the points lie at (j + 1/2) / points, j in an order drawn from `random`. Such points make the sines of a
 * term a rotation by a constant angle, which takes ten times less than a sine a point; it is off by less than 1e-12.
 */
export function manifoldRange(manifold: RandomManifold, points: number, random: Random): ManifoldRange {
  const { channels, dimension, cutoff, amplitude, frequency, phase } = manifold;
  const grid = Uint32Array.from({ length: points }, (_, j) => j);
  const orders = Array.from({ length: dimension }, () => shuffled(grid, random));
  const least = new Float64Array(channels);
  const most = new Float64Array(channels);
  const product = new Float64Array(points);
  const sums = new Float64Array(points);
  for (let channel = 0; channel < channels; channel++) {
    product.fill(1);
    for (const [d, order] of orders.entries()) {
      sums.fill(0);
      const first = (channel * dimension + d) * cutoff;
      // Term 0 has no amplitude.
      for (let k = first + 1; k < first + cutoff; k++) {
        const step = frequency[k]! / points;
        const [stepSine, stepCosine] = [Math.sin(step), Math.cos(step)];
        let sine = amplitude[k]! * Math.sin(phase[k]! + step / 2);
        let cosine = amplitude[k]! * Math.cos(phase[k]! + step / 2);
        for (let j = 0; j < points; j++) {
          sums[j]! += sine;
          const next = sine * stepCosine + cosine * stepSine;
          cosine = cosine * stepCosine - sine * stepSine;
          sine = next;
        }
      }
      for (let p = 0; p < points; p++) product[p]! *= sums[order[p]!]!;
    }
    least[channel] = product.reduce((lowest, value) => Math.min(lowest, value), Number.POSITIVE_INFINITY);
    most[channel] = product.reduce((highest, value) => Math.max(highest, value), Number.NEGATIVE_INFINITY);
  }
  return { least, most };
}
