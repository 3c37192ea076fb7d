// Kappa-filtered eligibilities (docs/core.md, section 10.3): e = sat(R(e * A, F) + N(psi * factor, shift)), state by synapse;
// and the exact sums of products along a row, for axonal delays and symmetric feedback. Eight synapses a turn, in 32 bits:
// |e * A| is at most 2^31, and with what R adds below 2^31 where it is positive; |psi * factor| is below 2^30.

import * as l from "./layout";
import { decayBits, eligibilityBits, eligibilityDecay, traceRounding } from "./registers";

/** R by traceRounding of four products; r16: their random bits. */
function decayed(product: v128, r16: v128): v128 {
  if (traceRounding == l.ROUND_NEAREST) product = i32x4.add(product, i32x4.splat(1 << (decayBits - 1)));
  else if (traceRounding == l.ROUND_STOCHASTIC) product = i32x4.add(product, i32x4.shr_u(r16, 16 - decayBits));
  return i32x4.shr_s(product, decayBits);
}

/** Updates a row's eligibilities at `at`; returns how many saturated. Arrays are padded to eight with psi = 0. */
export function filter(at: i32, factor: i32, surrogate: i32, columns: i32, count: i32, shift: i32, rowDraw: i32): i32 {
  const kappa = i32x4.splat(eligibilityDecay);
  const row = i16x8.splat(<i16>rowDraw);
  const half = i32x4.splat(shift == 0 ? 0 : 1 << (shift - 1));
  const high = i32x4.splat((1 << (eligibilityBits - 1)) - 1);
  const low = i32x4.splat(-(1 << (eligibilityBits - 1)));
  let saturated = 0;
  for (let s = 0; s < count << 1; s += 16) {
    const e = v128.load(at + s);
    const f = v128.load(factor + s);
    const psi = v128.load(surrogate + s);
    const r16 = v128.xor(v128.load(columns + s), row);
    const sum0 = i32x4.add(
      decayed(i32x4.mul(i32x4.extend_low_i16x8_s(e), kappa), i32x4.extend_low_i16x8_u(r16)),
      i32x4.shr_s(i32x4.add(i32x4.extmul_low_i16x8_s(f, psi), half), shift),
    );
    const sum1 = i32x4.add(
      decayed(i32x4.mul(i32x4.extend_high_i16x8_s(e), kappa), i32x4.extend_high_i16x8_u(r16)),
      i32x4.shr_s(i32x4.add(i32x4.extmul_high_i16x8_s(f, psi), half), shift),
    );
    const after0 = i32x4.max_s(i32x4.min_s(sum0, high), low);
    const after1 = i32x4.max_s(i32x4.min_s(sum1, high), low);
    v128.store(at + s, i16x8.narrow_i32x4_s(after0, after1));
    const clipped = i16x8.narrow_i32x4_s(i32x4.ne(sum0, after0), i32x4.ne(sum1, after1));
    saturated += popcnt(i16x8.bitmask(clipped));
  }
  return saturated;
}

function extended(products: v128): v128 {
  return i64x2.add(i64x2.extend_low_i32x4_s(products), i64x2.extend_high_i32x4_s(products));
}

/** Sum of a row's products; `remainder` bits of the first factor are not used. Arrays are padded to eight with b = 0. */
export function sumOfProducts(a: i32, b: i32, count: i32, remainder: i32): i64 {
  let sum = i64x2.splat(0);
  for (let s = 0; s < count << 1; s += 16) {
    const used = i16x8.shr_s(v128.load(a + s), remainder);
    const other = v128.load(b + s);
    sum = i64x2.add(sum, extended(i32x4.extmul_low_i16x8_s(used, other)));
    sum = i64x2.add(sum, extended(i32x4.extmul_high_i16x8_s(used, other)));
  }
  return i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1);
}
