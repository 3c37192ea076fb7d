// The delayed factors of a row's synapses (docs/core.md, section 10.3): x = window[D] and v = N(eps * w, b - 1) with eps of the
// same place, gathered from the source's window into arrays by synapse.
//
// Delays below 32 steps are gathered by byte swizzles, sixteen synapses a turn, as the hardware's multiplexers would; longer
// ones synapse by synapse. Shifts are multiplications by powers of two and shifts by constants: others are slow (update-unit.ts).

import * as l from "./layout";
import * as t from "./learning-tables";
import { tapCount, taps, windowScratch } from "./registers";

function derivativeWindow(): i32 {
  return windowScratch + t.WINDOW_BYTES;
}

/**
 * The derivative of a window of `entries` values: the backward difference x[D+1] - x[D], or the taps' sum_m c_m (x[D+m] -
 * x[max(D-m, 0)]) to the nearest 2^-TAP_BITS. What stands beyond the window may be anything, and is never asked for. Returns where it is.
 */
export function differentiate(window: i32, entries: i32): i32 {
  const to = derivativeWindow();
  const bytes = entries << 1;
  if (tapCount == 0) {
    for (let n = 0; n < bytes; n += 16) v128.store(to + n, i16x8.sub(v128.load(window + n, 2), v128.load(window + n)));
    return to;
  }
  // A copy with up to eight entries before the first: x[max(D-m, 0)].
  const from = windowScratch + t.WINDOW_PAD;
  for (let n = 0; n < bytes + 15; n += 16) v128.store(from + n, v128.load(window + n));
  v128.store(from - 16, i16x8.splat(load<i16>(window)));
  const half = i32x4.splat(1 << (l.TAP_BITS - 1));
  for (let n = 0; n < bytes; n += 16) {
    let low = half;
    let high = half;
    for (let m = 1; m <= tapCount; m++) {
      const c = i16x8.splat(load<i16>(taps + ((m - 1) << 1)));
      const difference = i16x8.sub(v128.load(from + n + (m << 1)), v128.load(from + n - (m << 1)));
      low = i32x4.add(low, i32x4.extmul_low_i16x8_s(difference, c));
      high = i32x4.add(high, i32x4.extmul_high_i16x8_s(difference, c));
    }
    v128.store(to + n, i16x8.narrow_i32x4_s(i32x4.shr_s(low, l.TAP_BITS), i32x4.shr_s(high, l.TAP_BITS)));
  }
  return to;
}

/** The same value for every synapse: projections without delays by synapse. */
export function spread(to: i32, value: i16, count: i32): void {
  const all = i16x8.splat(value);
  const end = to + (count << 1);
  for (; to < end; to += 16) v128.store(to, all);
}

function powerOfTwo(n: i32): i16 {
  const one: i32 = 1;
  return <i16>(one << n);
}

/** eps * w rounded to b - 1 bits of eight: w is the used weight, `scale` moves it to the top, `used` masks the remainder away. */
function weighted(eps: v128, stored: v128, scale: v128, used: v128): v128 {
  // q15mulr_sat is exact: eps > -2^15, so that the product of two -2^15 does not occur.
  return i16x8.q15mulr_sat_s(eps, v128.and(i16x8.mul(stored, scale), used));
}

/** What `weighted` takes for weights of `bits` bits above `remainder`. */
function weightScale(remainder: i32, bits: i32): v128 {
  return i16x8.splat(powerOfTwo(16 - bits - remainder));
}

function weightMask(bits: i32): v128 {
  return i16x8.splat(<i16>-(<i32>powerOfTwo(16 - bits)));
}

/** v of rows whose synapses have one eps. */
export function weigh(to: i32, eps: i16, weight: i32, count: i32, remainder: i32, bits: i32): void {
  const end = to + (count << 1);
  const all = i16x8.splat(eps);
  const scale = weightScale(remainder, bits);
  const used = weightMask(bits);
  for (; to < end; to += 16) {
    v128.store(to, weighted(all, v128.load(weight), scale, used));
    weight += 16;
  }
}

function evenBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

function oddBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

function joinLow(low: v128, high: v128): v128 {
  return i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function joinHigh(low: v128, high: v128): v128 {
  return i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** Steps of sixteen stored delays, all below 32, as bytes; `scale` moves the steps to the top five bits. */
function stepsOf(delays: i32, scale: v128): v128 {
  const d0 = i16x8.shr_u(i16x8.mul(v128.load(delays), scale), 11);
  const d1 = i16x8.shr_u(i16x8.mul(v128.load(delays, 16), scale), 11);
  return i8x16.narrow_i16x8_u(d0, d1);
}

/** to[s] = window[d], d = delay[s] >> fraction below 32. */
function gatherShort(to: i32, window: i32, delays: i32, fraction: i32, count: i32): void {
  const w0 = v128.load(window);
  const w1 = v128.load(window, 16);
  const w2 = v128.load(window, 32);
  const w3 = v128.load(window, 48);
  const low0 = evenBytes(w0, w1);
  const low1 = evenBytes(w2, w3);
  const high0 = oddBytes(w0, w1);
  const high1 = oddBytes(w2, w3);
  const scale = i16x8.splat(powerOfTwo(11 - fraction));
  const sixteen = i8x16.splat(16);
  const end = to + (count << 1);
  while (to < end) {
    const first = stepsOf(delays, scale);
    // Places beyond a table give 0, also those that the subtraction has made negative.
    const second = i8x16.sub(first, sixteen);
    const low = v128.or(i8x16.swizzle(low0, first), i8x16.swizzle(low1, second));
    const high = v128.or(i8x16.swizzle(high0, first), i8x16.swizzle(high1, second));
    v128.store(to, joinLow(low, high));
    v128.store(to, joinHigh(low, high), 16);
    delays += 32;
    to += 32;
  }
}

/**
 * x[s] = window[d] and v[s] of the plain difference at d, d = delay[s] >> fraction below 32: gatherShort, differentiate and weighAll
 * in one walk, with the delays decoded once.
 */
export function gatherBoth(
  x: i32,
  v: i32,
  window: i32,
  delays: i32,
  fraction: i32,
  weight: i32,
  count: i32,
  remainder: i32,
  bits: i32,
): void {
  const w0 = v128.load(window);
  const w1 = v128.load(window, 16);
  const w2 = v128.load(window, 32);
  const w3 = v128.load(window, 48);
  const low0 = evenBytes(w0, w1);
  const low1 = evenBytes(w2, w3);
  const high0 = oddBytes(w0, w1);
  const high1 = oddBytes(w2, w3);
  const d0 = i16x8.sub(v128.load(window, 2), w0);
  const d1 = i16x8.sub(v128.load(window, 18), w1);
  const d2 = i16x8.sub(v128.load(window, 34), w2);
  const d3 = i16x8.sub(v128.load(window, 50), w3);
  const lowD0 = evenBytes(d0, d1);
  const lowD1 = evenBytes(d2, d3);
  const highD0 = oddBytes(d0, d1);
  const highD1 = oddBytes(d2, d3);
  const scale = i16x8.splat(powerOfTwo(11 - fraction));
  const sixteen = i8x16.splat(16);
  const weigh = weightScale(remainder, bits);
  const used = weightMask(bits);
  const end = x + (count << 1);
  while (x < end) {
    const first = stepsOf(delays, scale);
    const second = i8x16.sub(first, sixteen);
    const low = v128.or(i8x16.swizzle(low0, first), i8x16.swizzle(low1, second));
    const high = v128.or(i8x16.swizzle(high0, first), i8x16.swizzle(high1, second));
    v128.store(x, joinLow(low, high));
    v128.store(x, joinHigh(low, high), 16);
    const lowD = v128.or(i8x16.swizzle(lowD0, first), i8x16.swizzle(lowD1, second));
    const highD = v128.or(i8x16.swizzle(highD0, first), i8x16.swizzle(highD1, second));
    v128.store(v, weighted(joinLow(lowD, highD), v128.load(weight), weigh, used));
    v128.store(v, weighted(joinHigh(lowD, highD), v128.load(weight, 16), weigh, used), 16);
    delays += 32;
    weight += 32;
    x += 32;
    v += 32;
  }
}

function gatherLong(to: i32, window: i32, delays: i32, fraction: i32, count: i32): void {
  for (let s = 0; s < count << 1; s += 2) {
    store<i16>(to + s, load<i16>(window + ((<i32>load<u16>(delays + s) >> fraction) << 1)));
  }
}

/** to[s] = window[delay[s] >> fraction]; delays reach `longest` steps. */
export function gather(to: i32, window: i32, longest: i32, delays: i32, fraction: i32, count: i32): void {
  if (longest < 32 && fraction <= 11) gatherShort(to, window, delays, fraction, count);
  else gatherLong(to, window, delays, fraction, count);
}

/** In place: eps[s] becomes v[s]. */
export function weighAll(at: i32, weight: i32, count: i32, remainder: i32, bits: i32): void {
  const end = at + (count << 1);
  const scale = weightScale(remainder, bits);
  const used = weightMask(bits);
  for (; at < end; at += 16) {
    v128.store(at, weighted(v128.load(at), v128.load(weight), scale, used));
    weight += 16;
  }
}
