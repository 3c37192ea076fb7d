// Kappa-filtered eligibilities (docs/core.md, section 10.3): e = sat(R(e * A, F) + N(psi * factor, shift)), state by synapse.

import { round } from "./numbers";
import { decayBits, eligibilityBits, eligibilityDecay, traceRounding } from "./registers";
import { clip, nearest } from "./signal";

/** Updates a row's eligibilities at `at`; returns how many saturated. */
export function filter(at: i32, factor: i32, surrogate: i32, columns: i32, count: i32, shift: i32, rowDraw: i32): i32 {
  let saturated = 0;
  for (let s = 0; s < count << 1; s += 2) {
    const before = <i64>load<i16>(at + s);
    const product = <i64>(<i32>load<i16>(factor + s) * <i32>load<u16>(surrogate + s));
    if ((before | product) == 0) continue;
    // round() takes the draw from the top of 32 bits.
    const random = <u32>(((<i32>load<u16>(columns + s) ^ rowDraw) & 0xffff) << 16);
    const wide = round(before * <i64>eligibilityDecay, decayBits, traceRounding, random) + nearest(product, shift);
    const e = clip(wide, eligibilityBits);
    saturated += i32(e != wide);
    store<i16>(at + s, <i16>e);
  }
  return saturated;
}

/** Sum of a row's products, exact: the adder tree of axonal delays. `remainder` bits of the first factor are not used. */
export function sumOfProducts(a: i32, b: i32, count: i32, remainder: i32): i64 {
  let sum: i64 = 0;
  for (let s = 0; s < count << 1; s += 2) sum += <i64>((<i32>load<i16>(a + s) >> remainder) * <i32>load<i16>(b + s));
  return sum;
}

/** v[s] = N(eps[s] * used weight[s], b - 1): q15mulr exactly, with the used weight moved up to 16 bits, as eps > -2^15. */
export function weigh(to: i32, derivative: i32, weight: i32, count: i32, remainder: i32, bits: i32): void {
  const end = to + (count << 1);
  const up = 16 - bits;
  while (to < end) {
    const w = i16x8.shl(i16x8.shr_s(v128.load(weight), remainder), up);
    v128.store(to, i16x8.q15mulr_sat_s(v128.load(derivative), w));
    to += 16;
    derivative += 16;
    weight += 16;
  }
}
