/** The scale of a projection's weights: a power of two, chosen by the clipping criterion. */

import type { Clipping } from "../description/core.ts";

/** Fractions beyond this are never of use, and 2^fraction stays a normal float64. */
const LARGEST_FRACTION = 960;

/** Integer limits of a weight of `bits` bits. */
export function weightLimits(bits: number): { readonly min: number; readonly max: number } {
  return { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 };
}

/** Rounds to the nearest integer, ties away from zero. */
export function roundAway(x: number): number {
  return x < 0 ? -Math.round(-x) : Math.round(x);
}

/**
 * Largest fraction g for which no value of [low, high] is clipped: round(high * 2^g) <= 2^(bits-1) - 1 and
 * round(low * 2^g) >= -2^(bits-1).
 *
 * @returns Infinity when low and high are 0
 */
export function fractionForRange(low: number, high: number, bits: number): number {
  const { min, max } = weightLimits(bits);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (largest === 0) return Number.POSITIVE_INFINITY;
  // Two more than the estimate can ever be too small by; the loop finds the exact one.
  let fraction = Math.min(LARGEST_FRACTION, bits - 1 - Math.floor(Math.log2(largest)) + 2);
  while (roundAway(high * 2 ** fraction) > max || roundAway(low * 2 ** fraction) < min) fraction -= 1;
  return Math.max(-LARGEST_FRACTION, fraction);
}

/** Largest fraction g with limit * 2^g <= 2^(bits-1): learned weights of +-limit fill the range. */
export function fractionForLimit(limit: number, bits: number): number {
  const fraction = Math.floor(bits - 1 - Math.log2(limit));
  return limit * 2 ** (fraction + 1) <= 2 ** (bits - 1) ? fraction + 1 : fraction;
}

/**
 * Fraction g of a projection's weights of `bits` bits.
 *
 * - "max": the largest g for which no weight is clipped.
 * - { percentile: p }: the same for the p % of weights that are least in magnitude (nearest rank); signs as for "max".
 * - "mse": the g whose rounded and clipped weights have the least mean square error; of equals the smaller.
 *
 * @returns Infinity when all weights that count are 0: any fraction serves
 */
export function weightFraction(weights: Float64Array, bits: number, clipping: Clipping): number {
  const range = rangeOf(weights);
  const unclipped = fractionForRange(range.low, range.high, bits);
  if (clipping === "max" || unclipped === Number.POSITIVE_INFINITY) return unclipped;
  if (clipping === "mse") return leastSquareFraction(weights, bits, unclipped);
  const magnitudes = weights.map(Math.abs).sort();
  const rank = Math.max(1, Math.ceil((clipping.percentile / 100) * magnitudes.length));
  const kept = magnitudes[rank - 1]!;
  return fractionForRange(Math.max(range.low, -kept), Math.min(range.high, kept), bits);
}

function rangeOf(weights: Float64Array): { low: number; high: number } {
  let low = 0;
  let high = 0;
  for (let s = 0; s < weights.length; s++) {
    const w = weights[s]!;
    if (w < low) low = w;
    if (w > high) high = w;
  }
  return { low, high };
}

function leastSquareFraction(weights: Float64Array, bits: number, unclipped: number): number {
  let best = unclipped;
  let bestError = squaredError(weights, bits, unclipped);
  for (let fraction = unclipped + 1; fraction < unclipped + bits; fraction++) {
    const error = squaredError(weights, bits, fraction);
    if (error < bestError) {
      best = fraction;
      bestError = error;
    }
  }
  return best;
}

/** Sum of squared differences between weights and their quantised values, in threshold units squared. */
export function squaredError(weights: Float64Array, bits: number, fraction: number): number {
  const { min, max } = weightLimits(bits);
  const scale = 2 ** fraction;
  const lsb = 2 ** -fraction;
  let sum = 0;
  for (let s = 0; s < weights.length; s++) {
    const w = weights[s]!;
    const code = Math.min(max, Math.max(min, roundAway(w * scale)));
    const error = w - code * lsb;
    sum += error * error;
  }
  return sum;
}

/** Weight codes, to the nearest, ties away from zero, clipped to `bits` bits. */
export function quantiseWeights(weights: Float64Array, bits: number, fraction: number): Int16Array {
  const { min, max } = weightLimits(bits);
  const scale = 2 ** fraction;
  const codes = new Int16Array(weights.length);
  for (let s = 0; s < weights.length; s++) {
    codes[s] = Math.min(max, Math.max(min, roundAway(weights[s]! * scale)));
  }
  return codes;
}
