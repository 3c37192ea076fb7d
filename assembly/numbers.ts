// Saturation, rounding and random draws (docs/core.md, section 1).

import * as l from "./layout";

/** H: R. Jenkins' 32-bit integer hash, adders and shifts only. */
export function hash(x: u32): u32 {
  x = x + 0x7ed55d16 + (x << 12);
  x = x ^ 0xc761c23c ^ (x >> 19);
  x = x + 0x165667b1 + (x << 5);
  x = (x + 0xd3a2646c) ^ (x << 9);
  x = x + 0xfd7046c5 + (x << 3);
  x = x ^ 0xb55a4f09 ^ (x >> 16);
  return x;
}

/** Random 32 bits for (kind, address) under the step's key. */
export function draw(key: u32, kind: i32, address: i32): u32 {
  return hash(key ^ (<u32>(kind << 28) | <u32>address));
}

export function highest(bits: i32): i64 {
  return ((<i64>1) << (<i64>(bits - 1))) - 1;
}

export function lowest(bits: i32): i64 {
  return -((<i64>1) << (<i64>(bits - 1)));
}

/** R(x, fractionBits) under a rounding mode; random is used by the stochastic one only. */
export function round(x: i64, fractionBits: i32, mode: i32, random: u32): i64 {
  const shift = <i64>fractionBits;
  if (mode == l.ROUND_NEAREST) return (x + ((<i64>1) << (shift - 1))) >> shift;
  if (mode == l.ROUND_FLOOR) return x >> shift;
  if (mode == l.ROUND_ZERO) return x >= 0 ? x >> shift : -(-x >> shift);
  return (x + <i64>(random >> (32 - fractionBits))) >> shift;
}

/** N(x, n): to nearest, ties up. */
export function nearest(x: i64, n: i32): i64 {
  return n == 0 ? x : (x + ((<i64>1) << (<i64>(n - 1)))) >> <i64>n;
}

/** x clipped to `bits` bits; the caller compares to count. */
export function clip(x: i64, bits: i32): i64 {
  const high = highest(bits);
  return min(max(x, ~high), high);
}
