/**
 * Stored codes of learned parameters (docs/core.md, section 10.1): the used bits and, below them, the remainder of a weight or
 * the fraction of a delay. Half a used LSB is added, so that the upper bits are the value rounded to nearest.
 */

/** Limits of a stored code, both included. */
export interface StoredClamp {
  readonly low: number;
  readonly high: number;
}

/** Half a used LSB with `below` bits below it: 2^(below-1), nothing for 0 bits. */
export function halfOffset(below: number): number {
  return below === 0 ? 0 : 2 ** (below - 1);
}

/** +-limit (threshold units) of a weight of `bits` used bits and LSB 2^-fraction; at most what the stored bits hold. */
export function weightClamp(limit: number, bits: number, remainder: number, fraction: number): StoredClamp {
  const half = 2 ** (bits + remainder - 1);
  const reach = Math.floor(limit * 2 ** (fraction + remainder));
  const offset = halfOffset(remainder);
  return { low: Math.max(-half, offset - reach), high: Math.min(half - 1, offset + reach) };
}

/** Stored weights: value to the nearest stored LSB (ties up) plus the offset, within the clamp. */
export function storedWeights(
  weight: Float64Array,
  { low, high }: StoredClamp,
  remainder: number,
  fraction: number,
): Int16Array {
  const scale = 2 ** (fraction + remainder);
  const offset = halfOffset(remainder);
  return Int16Array.from(weight, (w) => Math.min(high, Math.max(low, Math.round(w * scale) + offset)));
}

/** min..max steps of a delay with `fraction` bits below a step. */
export function delayClamp(min: number, max: number, fraction: number): StoredClamp {
  const offset = halfOffset(fraction);
  return { low: min * 2 ** fraction + offset, high: max * 2 ** fraction + offset };
}

/** Stored delays of whole steps, within the clamp. */
export function storedDelays(delay: Uint16Array, { low, high }: StoredClamp, fraction: number): Uint16Array {
  const offset = halfOffset(fraction);
  return delay.map((d) => Math.min(high, Math.max(low, d * 2 ** fraction + offset)));
}

/** Used values: the stored ones >> `below`. */
export function usedWeights(stored: Int16Array, below: number): Int16Array {
  return stored.map((code) => code >> below);
}

export function usedDelays(stored: Uint16Array, below: number): Uint16Array {
  return stored.map((code) => code >> below);
}
