// A learned row as delivery needs it (scatter.ts), folded anew from its stored parameters when it is sent after they changed.

import * as l from "./layout";
import * as t from "./learning-tables";

function foldPlain(weight: i32, to: i32, count: i32, remainder: i32, shift: i32): void {
  for (let s = 0; s < count << 1; s += 16) {
    v128.store(to + s, i16x8.shl(i16x8.shr_s(v128.load(weight + s), remainder), shift));
  }
  // Delivery adds whole vectors: what stands beyond the row must be 0, whatever the clamp made of the stored padding.
  for (let s = count; (s & 7) != 0; s++) store<i16>(to + (s << 1), 0);
}

function foldNear(row: i32, learned: i32, to: i32, count: i32): void {
  const weight = load<i32>(row, t.RW_WEIGHT);
  const delay = load<i32>(row, t.RW_DELAY);
  const post = load<i32>(row, t.RW_POST);
  const remainder = load<i32>(learned, t.LP_REMAINDER);
  const shift = load<i32>(learned, t.LP_FOLD_SHIFT);
  const fraction = load<i32>(learned, t.LP_FRACTION);
  const slotSize = i16x8.splat(<i16>load<i32>(learned, t.LP_SLOT_SIZE));
  const first = to;
  for (let s = 0; s < count << 1; s += 16) {
    const w = i16x8.shl(i16x8.shr_s(v128.load(weight + s), remainder), shift);
    let place = v128.load(post + s);
    if (delay) place = i16x8.add(place, i16x8.mul(i16x8.shr_u(v128.load(delay + s), fraction), slotSize));
    v128.store(to, i8x16.shuffle(place, w, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23));
    // Rows are padded to sixteen bytes, four synapses: the second half may lie beyond this one.
    if (s + 8 < count << 1) {
      v128.store(to, i8x16.shuffle(place, w, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31), 16);
    }
    to += 32;
  }
  // Delivery takes four synapses a turn, so that padding must be weights of 0 at place 0.
  for (let s = count; (s & 3) != 0; s++) store<i32>(first + (s << 2), 0);
}

function foldFar(row: i32, learned: i32, to: i32, count: i32): void {
  const weight = load<i32>(row, t.RW_WEIGHT);
  const delay = load<i32>(row, t.RW_DELAY);
  const post = load<i32>(row, t.RW_POST);
  const remainder = load<i32>(learned, t.LP_REMAINDER);
  const shift = load<i32>(learned, t.LP_FOLD_SHIFT);
  const fraction = load<i32>(learned, t.LP_FRACTION);
  const slotSize = load<i32>(learned, t.LP_SLOT_SIZE);
  for (let s = 0; s < count; s++) {
    const d = delay ? <i32>load<u16>(delay + (s << 1)) >> fraction : 0;
    store<i32>(to + (s << 3), <i32>load<u16>(post + (s << 1)) + d * slotSize);
    store<i32>(to + (s << 3), (<i32>load<i16>(weight + (s << 1)) >> remainder) << shift, 4);
  }
}

/** Brings a folded row up to date, if learning has changed it since it was sent last. */
export function refresh(row: i32): void {
  if (load<i32>(row, t.RW_STALE) == 0) return;
  store<i32>(row, 0, t.RW_STALE);
  const learned = load<i32>(row, t.RW_PROJECTION);
  const to = load<i32>(row, t.RW_FOLDED);
  const count = load<i32>(row, t.RW_COUNT);
  const kernel = load<i32>(load<i32>(learned, t.LP_PROJECTION), l.PROJ_KERNEL);
  if (kernel == l.KERNEL_NEAR) foldNear(row, learned, to, count);
  else if (kernel == l.KERNEL_PLAIN) {
    const remainder = load<i32>(learned, t.LP_REMAINDER);
    foldPlain(load<i32>(row, t.RW_WEIGHT), to, count, remainder, load<i32>(learned, t.LP_FOLD_SHIFT));
  } else foldFar(row, learned, to, count);
}
