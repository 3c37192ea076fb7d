// Learned axonal delays (docs/core.md, section 10.3): one stored delay a source, and what the axon table makes of it.

import { rowDrawPlace } from "./draws";
import * as l from "./layout";
import * as t from "./learning-tables";
import { clip } from "./numbers";
import { changeBits, rateShift, rowDrawBytes, rowDraws, updateEvery } from "./registers";
import { columnBits, unit } from "./update-unit";

export function book(counts: i32, counter: i32, amount: i32): void {
  const at = counts + (counter << 2);
  store<i32>(at, load<i32>(at) + amount);
}

export function rowDraw(kind: i32, i: i32): i32 {
  return <i32>load<u16>(rowDraws + rowDrawPlace(kind) * rowDrawBytes + (i << 1));
}

/** Shift of an update of weights or delays: at most 30 with the rate's. */
export function updateShift(projection: i32, weights: bool): i32 {
  const shift = load<i32>(projection + (weights ? t.LP_WEIGHT_SHIFT : t.LP_DELAY_SHIFT));
  return min(shift + rateShift, l.MAX_UPDATE_SHIFT);
}

/** Delay of a source in steps. */
export function axonDelay(projection: i32, i: i32): i32 {
  return <i32>load<u16>(load<i32>(projection, t.LP_AXON_DELAYS) + (i << 1)) >> load<i32>(projection, t.LP_FRACTION);
}

/** A learned delay reaches the axon table, in the unit that delivery wants. */
function writeAxon(projection: i32, i: i32, stored: i32): void {
  store<u16>(load<i32>(projection, t.LP_AXON_DELAYS) + (i << 1), <u16>stored);
  const axon = load<i32>(load<i32>(projection, t.LP_PROJECTION), l.PROJ_AXONS) + i * l.AXON_BYTES;
  store<i32>(
    axon,
    (stored >> load<i32>(projection, t.LP_FRACTION)) * load<i32>(projection, t.LP_AXON_UNIT),
    l.AXON_DELAY,
  );
}

/** stored = clamp(stored + delta), counted. */
export function changeAxon(projection: i32, i: i32, delta: i32): void {
  const counts = load<i32>(projection, t.LP_COUNTS);
  if (delta == 0) {
    book(counts, l.LEARN_DELAY_ZERO, 1);
    return;
  }
  const wide = <i32>load<u16>(load<i32>(projection, t.LP_AXON_DELAYS) + (i << 1)) + delta;
  const stored = min(max(wide, load<i32>(projection, t.LP_DELAY_LOW)), load<i32>(projection, t.LP_DELAY_HIGH));
  book(counts, l.LEARN_DELAY_UPDATES, 1);
  if (stored != wide) book(counts, l.LEARN_DELAY_CLAMPED, 1);
  writeAxon(projection, i, stored);
}

/** The delay of source i, or its change, takes U(-g). */
export function takeAxon(projection: i32, i: i32, g: i32): void {
  if (g == 0) return;
  const random = rowDraw(l.DRAW_DELAY, i);
  if (updateEvery == 0) {
    const n = updateShift(projection, false);
    changeAxon(projection, i, unit(g, n, columnBits(random, n)));
    return;
  }
  const counts = load<i32>(projection, t.LP_COUNTS);
  const n = load<i32>(projection, t.LP_DELAY_CHANGE);
  const delta = unit(g, n, columnBits(random, n));
  const at = load<i32>(projection, t.LP_AXON_CHANGES) + (i << 1);
  const wide = <i64>load<i16>(at) + <i64>delta;
  const change = clip(wide, changeBits);
  if (delta == 0) book(counts, l.LEARN_CHANGE_ZERO, 1);
  if (change != wide) book(counts, l.LEARN_CHANGE_SATURATED, 1);
  store<i16>(at, <i16>change);
}
