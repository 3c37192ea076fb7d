// The delayed factors of a row's synapses: x = window[D] and eps of the same place (docs/core.md, section 10.3), gathered
// from the source's window into arrays by synapse.
//
// Windows of up to 32 entries are gathered by byte swizzles, sixteen synapses a turn, as the hardware's multiplexers would;
// longer ones synapse by synapse.

import * as l from "./layout";
import { tapCount, taps, windowScratch } from "./registers";

/** The source's window, padded in front by entry 0, and its derivative. */
export function traceWindow(): i32 {
  return windowScratch + l.WINDOW_PAD;
}

export function derivativeWindow(): i32 {
  return windowScratch + l.WINDOW_BYTES;
}

/** Takes a window of `entries` values; room beyond it in the source's stretch may hold anything, and is never asked for. */
export function loadWindow(from: i32, entries: i32): void {
  const to = traceWindow();
  const bytes = (entries << 1) + 15;
  for (let n = 0; n < bytes; n += 16) v128.store(to + n, v128.load(from + n));
}

/** The backward difference x[D+1] - x[D], or the taps' sum_m c_m (x[D+m] - x[max(D-m, 0)]) to the nearest 2^-TAP_BITS. */
export function differentiate(entries: i32): void {
  const from = traceWindow();
  const to = derivativeWindow();
  const bytes = entries << 1;
  if (tapCount == 0) {
    for (let n = 0; n < bytes; n += 16) v128.store(to + n, i16x8.sub(v128.load(from + n, 2), v128.load(from + n)));
    return;
  }
  // Up to eight entries before the first: x[max(D-m, 0)].
  v128.store(from - 16, i16x8.splat(load<i16>(from)));
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
}

/** The same value for every synapse: projections without delays by synapse. */
export function spread(to: i32, value: i16, count: i32): void {
  const all = i16x8.splat(value);
  const end = to + (count << 1);
  for (; to < end; to += 16) v128.store(to, all);
}

function evenBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

function oddBytes(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

/** to[s] = window[(delay[s] >> fraction) + offset], D below 32. */
function gatherShort(to: i32, window: i32, delays: i32, fraction: i32, offset: i32, count: i32): void {
  const w0 = v128.load(window);
  const w1 = v128.load(window, 16);
  const w2 = v128.load(window, 32);
  const w3 = v128.load(window, 48);
  const low0 = evenBytes(w0, w1);
  const low1 = evenBytes(w2, w3);
  const high0 = oddBytes(w0, w1);
  const high1 = oddBytes(w2, w3);
  const more = i16x8.splat(<i16>offset);
  const sixteen = i8x16.splat(16);
  const end = to + (count << 1);
  while (to < end) {
    const d0 = i16x8.add(i16x8.shr_u(v128.load(delays), fraction), more);
    const d1 = i16x8.add(i16x8.shr_u(v128.load(delays, 16), fraction), more);
    const first = i8x16.narrow_i16x8_u(d0, d1);
    // Places beyond a table give 0, also those that the subtraction has made negative.
    const second = i8x16.sub(first, sixteen);
    const low = v128.or(i8x16.swizzle(low0, first), i8x16.swizzle(low1, second));
    const high = v128.or(i8x16.swizzle(high0, first), i8x16.swizzle(high1, second));
    v128.store(to, i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    v128.store(to, i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16);
    delays += 32;
    to += 32;
  }
}

function gatherLong(to: i32, window: i32, delays: i32, fraction: i32, offset: i32, count: i32): void {
  for (let s = 0; s < count; s++) {
    const place = (<i32>load<u16>(delays + (s << 1)) >> fraction) + offset;
    store<i16>(to + (s << 1), load<i16>(window + (place << 1)));
  }
}

/** Gathers a window by the stored delays of a row's synapses; `entries` of the window exist. */
export function gather(to: i32, window: i32, entries: i32, delays: i32, fraction: i32, offset: i32, count: i32): void {
  if (entries <= 32) gatherShort(to, window, delays, fraction, offset, count);
  else gatherLong(to, window, delays, fraction, offset, count);
}
