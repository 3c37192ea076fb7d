/** Arithmetic of docs/core.md, section 1. All intermediate values stay below 2^53, so that doubles hold them exactly. */

import type { RoundingName } from "../../image/manifest.ts";

/** Clips x to a two's complement number of `bits` bits; `clipped` is called where it changes x. */
export function saturate(x: number, bits: number, clipped: () => void): number {
  const limit = 2 ** (bits - 1);
  if (x >= -limit && x < limit) return x;
  clipped();
  return x < 0 ? -limit : limit - 1;
}

/** x modulo 2^bits as a two's complement number. */
export function wrap(x: number, bits: number): number {
  const size = 2 ** bits;
  const low = x - Math.floor(x / size) * size;
  return low >= size / 2 ? low - size : low;
}

/** Arithmetic shift right by n: floor(x / 2^n). */
export function shiftRight(x: number, n: number): number {
  return Math.floor(x / 2 ** n);
}

/** N(x, n): R(x, n) to nearest, ties towards plus infinity; N(x, 0) = x. */
export function roundNearest(x: number, n: number): number {
  return n === 0 ? x : shiftRight(x + 2 ** (n - 1), n);
}

/** R(x, F) of the rounding table; `random` gives the 32-bit draw of the stochastic mode. */
export function round(x: number, fraction: number, mode: RoundingName, random: () => number): number {
  switch (mode) {
    case "floor":
      return shiftRight(x, fraction);
    case "zero":
      return x >= 0 ? shiftRight(x, fraction) : 0 - shiftRight(-x, fraction);
    case "nearest":
      return shiftRight(x + 2 ** (fraction - 1), fraction);
    case "stochastic":
      return shiftRight(x + (random() >>> (32 - fraction)), fraction);
  }
}

/** H(x), Jenkins' 32-bit integer hash, unsigned. */
export function hash(input: number): number {
  let x = input >>> 0;
  x = (x + 0x7ed55d16 + ((x << 12) >>> 0)) >>> 0;
  x = (x ^ 0xc761c23c ^ (x >>> 19)) >>> 0;
  x = (x + 0x165667b1 + ((x << 5) >>> 0)) >>> 0;
  x = (((x + 0xd3a2646c) >>> 0) ^ (x << 9)) >>> 0;
  x = (x + 0xfd7046c5 + ((x << 3) >>> 0)) >>> 0;
  x = (x ^ 0xb55a4f09 ^ (x >>> 16)) >>> 0;
  return x;
}

/** draw(kind, address) of a step. */
export function draw(seed: number, sample: number, step: number, kind: number, address: number): number {
  const key = hash(hash(seed + sample) + step);
  return hash(key ^ ((kind << 28) | address));
}
