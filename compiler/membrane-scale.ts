/** The scale of a population's membrane: the finest power of two with which its range fits. */

import type { LifIr, NetworkIr, ReadoutIr } from "./ir.ts";

/** Measured max |u| or |y| per population name in threshold units, from a calibration run of the float64 model. */
export type MeasuredRanges = Readonly<Record<string, number>>;

/** Headroom over a measured maximum. */
const HEADROOM = 2;
/** A LIF membrane is given this many thresholds at most: what goes beyond is rare, and saturates. */
const LIF_THRESHOLDS = 32;
/** Steps of the largest input that a readout without leak is given room for. */
const LEAKLESS_STEPS = 256;

/** Range of a readout that is learned from: differences far below it leave nothing of a softmax error. */
const LEARNED_READOUT = 32;

/**
 * Largest magnitude of what arrives at each neuron of a population in one step, in threshold units.
 *
 * @param limits largest |w| that learning allows, by index of the projection, in place of the weights as they are
 */
export function inputBound(
  network: NetworkIr,
  population: number,
  limits: ReadonlyMap<number, number> = new Map(),
): Float64Array {
  const bound = new Float64Array(network.populations[population]!.size);
  for (const [index, { from, to, post, weight }] of network.projections.entries()) {
    if (to !== population) continue;
    const limit = limits.get(index);
    const source = network.populations[from]!;
    const events = source.kind === "input" ? source.maxEventsPerStep : 1;
    for (let s = 0; s < post.length; s++) bound[post[s]!]! += (limit ?? Math.abs(weight[s]!)) * events;
  }
  return bound;
}

/**
 * Range that the membrane of a population must hold, in threshold units: the largest over its neurons of
 *
 * - LIF: the smaller of input bound / (1 - decay) and 32 thresholds, at least the threshold;
 * - readout: input bound / (1 - decay), or the bound of 256 steps without leak; at most 32 where it is `learned` from;
 * - where a measured maximum is known: twice that, at least the threshold.
 */
export function membraneRange(
  population: LifIr | ReadoutIr,
  bound: Float64Array,
  measured: number | undefined,
  learned: boolean = false,
): number {
  let range = 0;
  for (let j = 0; j < population.size; j++) {
    const leak = 1 - population.decay[j]!;
    if (population.kind === "lif") {
      const threshold = population.threshold[j]!;
      const largest = leak > 0 ? bound[j]! / leak : bound[j]! > 0 ? Number.POSITIVE_INFINITY : 0;
      range = Math.max(range, threshold, measured === undefined ? Math.min(largest, LIF_THRESHOLDS * threshold) : 0);
    } else if (measured === undefined) {
      const largest = leak > 0 ? bound[j]! / leak : bound[j]! * LEAKLESS_STEPS;
      range = Math.max(range, learned ? Math.min(largest, LEARNED_READOUT) : largest);
    }
  }
  return Math.max(range, (measured ?? 0) * HEADROOM);
}

/** Largest fraction f with range < 2^(bits - 1 - f); a range of 0 counts as 1. */
export function membraneFraction(range: number, bits: number): number {
  const size = range > 0 ? range : 1;
  let fraction = bits - 1 - Math.floor(Math.log2(size));
  while (size >= 2 ** (bits - 1 - fraction)) fraction -= 1;
  return fraction;
}
