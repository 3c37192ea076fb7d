// The update unit (docs/core.md, section 10.1): parameters or changes of a row take U(-g, n), g = factor * signal.
//
// Eight synapses a turn, and only such eights as have a signal. What is the same for many rows is made once and kept in scratch
// (`stage`, `stageRandom`): of dense rows once a phase, of sparse rows once a row. From n = 16 on |U| is at most 2^14 + 1, so
// that a saturating 16-bit add followed by the clamp is exact; below, sums are made in 32 bits.
// Vector shifts by a number that is not constant cost V8 several instructions each, hence one a turn, in 16 bits.

import * as l from "./layout";
import * as t from "./learning-tables";
import { rowScratch, rowScratchBytes, tallies, updateRounding } from "./registers";

export function scratch(array: i32): i32 {
  return rowScratch + array * rowScratchBytes;
}

// A tally: sums of masks in i32 lanes, -1 for each synapse with U = 0, with g = 0, with nothing clipped; then the synapses looked at.
const TALLY_BYTES: i32 = 64;
const TALLY_NIL: i32 = 16;
const TALLY_FREE: i32 = 32;
const TALLY_SEEN: i32 = 48;

/** Of weights or of delays, since they were cleared. */
export function tallyOf(weights: bool): i32 {
  return tallies + (weights ? 0 : TALLY_BYTES);
}

export function clearTallies(): void {
  memory.fill(tallies, 0, 2 * TALLY_BYTES);
}

function total(sums: i32): i32 {
  return load<i32>(sums) + load<i32>(sums, 4) + load<i32>(sums, 8) + load<i32>(sums, 12);
}

/** Synapses with U != 0. */
export function updated(tally: i32): i32 {
  return load<i32>(tally, TALLY_SEEN) + total(tally);
}

/** Synapses with g != 0 and U = 0. */
export function lost(tally: i32): i32 {
  return total(tally + TALLY_NIL) - total(tally);
}

export function clamped(tally: i32): i32 {
  return load<i32>(tally, TALLY_SEEN) + total(tally + TALLY_FREE);
}

/** Which of 16 random bits count for U(g, n), and where: r = (r16 >> down) << up, plus `half` below. */
function down(n: i32): i32 {
  return n < 16 ? 16 - n : 0;
}

function up(n: i32): i32 {
  return n > 16 ? n - 16 : 0;
}

function half(n: i32): i32 {
  if (updateRounding == l.UPDATE_NEAREST) return n == 0 ? 0 : 1 << (n - 1);
  return n > 16 ? 1 << (n - 17) : 0;
}

/** What a row's 16 random bits are in r: `rowBits ^ columnBits` is r of section 10.1, or half an LSB to the nearest. */
export function rowBits(r16: i32, n: i32): i32 {
  return updateRounding == l.UPDATE_NEAREST ? 0 : (r16 >> down(n)) << up(n);
}

export function columnBits(r16: i32, n: i32): i32 {
  return updateRounding == l.UPDATE_NEAREST ? half(n) : ((r16 >> down(n)) << up(n)) | half(n);
}

/** U(-g, n) for one product and r. */
export function unit(g: i32, n: i32, r: i32): i32 {
  if (updateRounding != l.UPDATE_SIGN) return (r - g) >> n;
  if (abs(g) <= r) return 0;
  return g > 0 ? -1 : 1;
}

/**
 * Lays signals out for `accumulate`: pairs (signal, 0), masks of those that are not 0, and the list of the eights that have one.
 * Arrays are padded to 16 with signals of 0. Returns the list's end.
 */
export function stage(signal: i32, count: i32): i32 {
  const none = i32x4.splat(0);
  let pairs = scratch(t.SCRATCH_PAIRS);
  let mask = scratch(t.SCRATCH_MASK);
  let list = scratch(t.SCRATCH_EIGHTS);
  for (let s = 0; s < count << 1; s += 16) {
    const m = v128.load(signal + s);
    if (v128.any_true(m)) {
      store<i32>(list, s);
      list += 4;
      v128.store(pairs, i32x4.extend_low_i16x8_u(m));
      v128.store(pairs, i32x4.extend_high_i16x8_u(m), 16);
      v128.store(mask, i16x8.ne(m, none));
    }
    pairs += 32;
    mask += 16;
  }
  return list;
}

/** The columns' part of r for shift n, 32 bits a synapse. */
export function stageRandom(to: i32, columns: i32, count: i32, n: i32): void {
  const end = columns + (count << 1);
  const below = i32x4.splat(half(n));
  const random = updateRounding != l.UPDATE_NEAREST;
  const right = down(n);
  const left = up(n);
  for (; columns < end; columns += 16) {
    let low = below;
    let high = below;
    if (random) {
      const c = i16x8.shr_u(v128.load(columns), right);
      // A shift by 16 is one by 0 to the vector unit.
      const bits = right == 16 ? i16x8.splat(0) : c;
      low = v128.or(i32x4.shl(i32x4.extend_low_i16x8_u(bits), left), below);
      high = v128.or(i32x4.shl(i32x4.extend_high_i16x8_u(bits), left), below);
    }
    v128.store(to, low);
    v128.store(to, high, 16);
    to += 32;
  }
}

/** U of four products where |g| > r decides: +-1 or 0. */
function sign4(g: v128, r: v128): v128 {
  return v128.and(i32x4.gt_s(i32x4.abs(g), r), v128.or(i32x4.shr_s(i32x4.neg(g), 31), i32x4.splat(1)));
}

/** U of eight products, n >= 16. */
function shortUnit8(g0: v128, g1: v128, r0: v128, r1: v128, beyond: i32): v128 {
  if (updateRounding == l.UPDATE_SIGN) return i16x8.narrow_i32x4_s(sign4(g0, r0), sign4(g1, r1));
  const t0 = i32x4.shr_s(i32x4.sub(r0, g0), 16);
  const t1 = i32x4.shr_s(i32x4.sub(r1, g1), 16);
  return i16x8.shr_s(i16x8.narrow_i32x4_s(t0, t1), beyond);
}

function unit4(g: v128, r: v128, n: i32): v128 {
  return updateRounding == l.UPDATE_SIGN ? sign4(g, r) : i32x4.shr_s(i32x4.sub(r, g), n);
}

function pairLow(a: v128): v128 {
  return i8x16.shuffle(a, a, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23);
}

function pairHigh(a: v128): v128 {
  return i8x16.shuffle(a, a, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31);
}

function addLanes(at: i32, counts: v128): void {
  v128.store(at, i32x4.add(v128.load(at), i32x4.extadd_pairwise_i16x8_s(counts)));
}

/**
 * at[s] = clamp(at[s] + U(-factor[s] * signal[s], n), low, high) for the staged row whose list of eights ends at `end`; `random`: staged
 * columns for n, `row`: rowBits. What happened is added to the tally; returns whether a U was not 0.
 */
export function accumulate(
  at: i32,
  factor: i32,
  random: i32,
  row: i32,
  n: i32,
  low: i32,
  high: i32,
  end: i32,
  tally: i32,
): bool {
  const pairs = scratch(t.SCRATCH_PAIRS);
  const masks = scratch(t.SCRATCH_MASK);
  const first = scratch(t.SCRATCH_EIGHTS);
  const rowPart = i32x4.splat(row);
  const none = i32x4.splat(0);
  const short = n >= 16;
  const beyond = n - 16;
  const least = i16x8.splat(<i16>low);
  const most = i16x8.splat(<i16>high);
  let still = none;
  let nil = none;
  let free = none;
  for (let list = first; list < end; list += 4) {
    const s = load<i32>(list);
    const wide = s << 1;
    const f = v128.load(factor + s);
    // A pair (factor, factor) times a pair (signal, 0).
    const g0 = i32x4.dot_i16x8_s(pairLow(f), v128.load(pairs + wide));
    const g1 = i32x4.dot_i16x8_s(pairHigh(f), v128.load(pairs + wide, 16));
    const r0 = v128.xor(v128.load(random + wide), rowPart);
    const r1 = v128.xor(v128.load(random + wide, 16), rowPart);
    const before = v128.load(at + s);
    if (short) {
      const delta = shortUnit8(g0, g1, r0, r1, beyond);
      const after = i16x8.max_s(i16x8.min_s(i16x8.add_sat_s(before, delta), most), least);
      v128.store(at + s, after);
      still = i16x8.add(still, i16x8.eq(delta, none));
      // The wrapped sum differs from the clamped one whenever something was clipped, also at 16 bits.
      free = i16x8.add(free, i16x8.eq(i16x8.add(before, delta), after));
    } else {
      const d0 = unit4(g0, r0, n);
      const d1 = unit4(g1, r1, n);
      const sum0 = i32x4.add(i32x4.extend_low_i16x8_s(before), d0);
      const sum1 = i32x4.add(i32x4.extend_high_i16x8_s(before), d1);
      const after0 = i32x4.max_s(i32x4.min_s(sum0, i32x4.splat(high)), i32x4.splat(low));
      const after1 = i32x4.max_s(i32x4.min_s(sum1, i32x4.splat(high)), i32x4.splat(low));
      v128.store(at + s, i16x8.narrow_i32x4_s(after0, after1));
      still = i16x8.add(still, i16x8.narrow_i32x4_s(i32x4.eq(d0, none), i32x4.eq(d1, none)));
      free = i16x8.add(free, i16x8.narrow_i32x4_s(i32x4.eq(sum0, after0), i32x4.eq(sum1, after1)));
    }
    nil = i16x8.add(nil, i16x8.eq(v128.and(f, v128.load(masks + s)), none));
  }
  // A row has at most 2^16 synapses, so that 16 bits hold a lane's count.
  const eights = (end - first) >> 2;
  store<i32>(tally, load<i32>(tally, TALLY_SEEN) + (eights << 3), TALLY_SEEN);
  addLanes(tally, still);
  addLanes(tally + TALLY_NIL, nil);
  addLanes(tally + TALLY_FREE, free);
  return !i16x8.all_true(i16x8.eq(still, i16x8.splat(<i16>-eights)));
}
