// The update unit (docs/core.md, section 10.1): parameters or changes of a row take U(-g, n), g = factor * signal.
//
// Eight synapses a turn. From n = 16 on |U| is at most 2^14 + 1, so that a saturating 16-bit add followed by the clamp is exact;
// below, sums are made in 32 bits. Arrays are padded by signals of 0, which change and count nothing.

import * as l from "./layout";
import { updateRounding } from "./registers";

// What the last `accumulate` has counted.
export let updates: i32 = 0;
export let zeros: i32 = 0;
export let clamped: i32 = 0;

/** r of section 10.1 from 16 random bits, or half an LSB to the nearest: (r16 >> down << up) + plus. */
let down: i32 = 0;
let up: i32 = 0;
let plus: i32 = 0;

export function prepare(n: i32): void {
  if (updateRounding == l.UPDATE_NEAREST) {
    down = 16;
    up = 0;
    plus = n == 0 ? 0 : 1 << (n - 1);
    return;
  }
  down = n < 16 ? 16 - n : 0;
  up = n > 16 ? n - 16 : 0;
  plus = n > 16 ? 1 << (n - 17) : 0;
}

/** U(-g, n) for one product and its 16 random bits, after prepare(n). */
export function unit(g: i32, n: i32, r16: i32): i32 {
  const r = ((r16 >> down) << up) + plus;
  if (updateRounding != l.UPDATE_SIGN) return (r - g) >> n;
  if (abs(g) <= r) return 0;
  return g > 0 ? -1 : 1;
}

/** U of four products: without a branch on the mode, since it is constant for an image. */
function unit4(g: v128, r: v128, n: i32): v128 {
  if (updateRounding != l.UPDATE_SIGN) return i32x4.shr_s(i32x4.sub(r, g), n);
  const sign = v128.or(i32x4.shr_s(g, 31), i32x4.splat(1));
  return v128.and(i32x4.gt_s(i32x4.abs(g), r), i32x4.neg(sign));
}

function total(counts: v128): i32 {
  const pairs = i32x4.extadd_pairwise_i16x8_s(counts);
  return (
    i32x4.extract_lane(pairs, 0) +
    i32x4.extract_lane(pairs, 1) +
    i32x4.extract_lane(pairs, 2) +
    i32x4.extract_lane(pairs, 3)
  );
}

/** Largest number of turns whose counts fit 16 bits. */
const TURNS: i32 = 32767;

/**
 * at[s] = clamp(at[s] + U(-factor[s] * signal[s], n), low, high) for `count` synapses, with the row's draw and the columns'. The caller
 * has called prepare(n). What changed, what was rounded to nothing and what was clamped is counted.
 */
export function accumulate(
  at: i32,
  factor: i32,
  signal: i32,
  columns: i32,
  count: i32,
  n: i32,
  rowDraw: i32,
  low: i32,
  high: i32,
): void {
  updates = 0;
  zeros = 0;
  clamped = 0;
  while (count > 0) {
    const part = min(count, TURNS << 3);
    if (n >= 16) accumulateShort(at, factor, signal, columns, part, n, rowDraw, low, high);
    else accumulateWide(at, factor, signal, columns, part, n, rowDraw, low, high);
    at += part << 1;
    factor += part << 1;
    signal += part << 1;
    columns += part << 1;
    count -= part;
  }
}

function accumulateShort(
  at: i32,
  factor: i32,
  signal: i32,
  columns: i32,
  count: i32,
  n: i32,
  rowDraw: i32,
  low: i32,
  high: i32,
): void {
  const end = at + (count << 1);
  const draw = i16x8.splat(<i16>rowDraw);
  const add = i32x4.splat(plus);
  const least = i16x8.splat(<i16>low);
  const most = i16x8.splat(<i16>high);
  const none = i32x4.splat(0);
  const random = updateRounding != l.UPDATE_NEAREST;
  let changed = none;
  let lost = none;
  let stopped = none;
  while (at < end) {
    const m = v128.load(signal);
    const f = v128.load(factor);
    if (v128.any_true(m)) {
      let rLow = add;
      let rHigh = add;
      if (random) {
        const r16 = v128.xor(v128.load(columns), draw);
        rLow = i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_u(r16), up), add);
        rHigh = i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_u(r16), up), add);
      }
      const delta = i16x8.narrow_i32x4_s(
        unit4(i32x4.extmul_low_i16x8_s(f, m), rLow, n),
        unit4(i32x4.extmul_high_i16x8_s(f, m), rHigh, n),
      );
      const before = v128.load(at);
      const after = i16x8.max_s(i16x8.min_s(i16x8.add_sat_s(before, delta), most), least);
      v128.store(at, after);
      const still = i16x8.eq(delta, none);
      const nothing = v128.or(i16x8.eq(f, none), i16x8.eq(m, none));
      // A mask is -1 where it holds.
      changed = i16x8.add(changed, v128.not(still));
      lost = i16x8.add(lost, v128.andnot(still, nothing));
      // The wrapped sum differs from the clamped one whenever something was clipped, also at 16 bits.
      stopped = i16x8.add(stopped, i16x8.ne(i16x8.add(before, delta), after));
    }
    at += 16;
    factor += 16;
    signal += 16;
    columns += 16;
  }
  updates -= total(changed);
  zeros -= total(lost);
  clamped -= total(stopped);
}

/** The same with sums in 32 bits: |U| may be up to 2^30. */
function accumulateWide(
  at: i32,
  factor: i32,
  signal: i32,
  columns: i32,
  count: i32,
  n: i32,
  rowDraw: i32,
  low: i32,
  high: i32,
): void {
  const end = at + (count << 1);
  const draw = i16x8.splat(<i16>rowDraw);
  const add = i32x4.splat(plus);
  const least = i32x4.splat(low);
  const most = i32x4.splat(high);
  const none = i32x4.splat(0);
  // With n = 0 nothing is below the LSB; a vector shift by 16 would be one by 0.
  const random = updateRounding != l.UPDATE_NEAREST && n != 0;
  let changed = none;
  let lost = none;
  let stopped = none;
  while (at < end) {
    const m = v128.load(signal);
    const f = v128.load(factor);
    if (v128.any_true(m)) {
      let rLow = add;
      let rHigh = add;
      if (random) {
        const r16 = i16x8.shr_u(v128.xor(v128.load(columns), draw), down);
        rLow = i32x4.extend_low_i16x8_u(r16);
        rHigh = i32x4.extend_high_i16x8_u(r16);
      }
      const deltaLow = unit4(i32x4.extmul_low_i16x8_s(f, m), rLow, n);
      const deltaHigh = unit4(i32x4.extmul_high_i16x8_s(f, m), rHigh, n);
      const before = v128.load(at);
      const sumLow = i32x4.add(i32x4.extend_low_i16x8_s(before), deltaLow);
      const sumHigh = i32x4.add(i32x4.extend_high_i16x8_s(before), deltaHigh);
      const afterLow = i32x4.max_s(i32x4.min_s(sumLow, most), least);
      const afterHigh = i32x4.max_s(i32x4.min_s(sumHigh, most), least);
      v128.store(at, i16x8.narrow_i32x4_s(afterLow, afterHigh));
      const still = i16x8.narrow_i32x4_s(i32x4.eq(deltaLow, none), i32x4.eq(deltaHigh, none));
      const nothing = v128.or(i16x8.eq(f, none), i16x8.eq(m, none));
      changed = i16x8.add(changed, v128.not(still));
      lost = i16x8.add(lost, v128.andnot(still, nothing));
      stopped = i16x8.add(stopped, i16x8.narrow_i32x4_s(i32x4.ne(sumLow, afterLow), i32x4.ne(sumHigh, afterHigh)));
    }
    at += 16;
    factor += 16;
    signal += 16;
    columns += 16;
  }
  updates -= total(changed);
  zeros -= total(lost);
  clamped -= total(stopped);
}
