// Phase apply (docs/core.md, sections 10.3 and 10.4): at the end of a sample the changes move the parameters.

import { book, changeAxon, rowDraw, updateShift } from "./axon-delays";
import * as clock from "./clock";
import * as l from "./layout";
import { drawRows } from "./learn";
import * as t from "./learning-tables";
import { clip } from "./numbers";
import {
  accounting,
  applyCycles,
  changeBits,
  changeCarry,
  label,
  learned,
  learnedCount,
  tracing,
  updateEvery,
} from "./registers";
import { drawAllColumns } from "./signal";
import { columnBits, unit } from "./update-unit";

/** Samples since parameters were updated last. */
export let pending: i32 = 0;

export function setPending(samples: i32): void {
  pending = samples;
}

/** What an update of `delta` leaves of a change. */
function remaining(change: i32, delta: i32, n: i32, counts: i32): i32 {
  if (!changeCarry) return 0;
  const wide = <i64>change - ((<i64>delta) << (<i64>n));
  const kept = clip(wide, changeBits);
  if (kept != wide) book(counts, l.LEARN_CHANGE_SATURATED, 1);
  return <i32>kept;
}

/** Changes of a row's weights or synaptic delays. */
function applyRow(projection: i32, row: i32, weights: bool, random: i32, n: i32): void {
  const counts = load<i32>(projection, t.LP_COUNTS);
  const columns = load<i32>(load<i32>(projection, t.LP_TARGET), t.TG_COLUMN);
  const post = load<i32>(row, t.RW_POST);
  const change = load<i32>(row + (weights ? t.RW_WEIGHT_CHANGE : t.RW_DELAY_CHANGE));
  const stored = load<i32>(row + (weights ? t.RW_WEIGHT : t.RW_DELAY));
  const low = load<i32>(projection + (weights ? t.LP_WEIGHT_LOW : t.LP_DELAY_LOW));
  const high = load<i32>(projection + (weights ? t.LP_WEIGHT_HIGH : t.LP_DELAY_HIGH));
  const end = load<i32>(row, t.RW_COUNT) << 1;
  let updates = 0;
  let zeros = 0;
  let clamped = 0;
  for (let s = 0; s < end; s += 2) {
    const c = <i32>load<i16>(change + s);
    if (c == 0) continue;
    const column = <i32>load<u16>(columns + ((<i32>load<u16>(post + s)) << 1));
    const delta = unit(-c, n, columnBits(column ^ random, n));
    store<i16>(change + s, <i16>remaining(c, delta, n, counts));
    if (delta == 0) {
      zeros++;
      continue;
    }
    updates++;
    const wide = <i32>load<i16>(stored + s) + delta;
    const after = min(max(wide, low), high);
    clamped += i32(after != wide);
    store<i16>(stored + s, <i16>after);
  }
  if (updates != 0) store<i32>(row, 1, t.RW_STALE);
  const first = weights ? l.LEARN_WEIGHT_UPDATES : l.LEARN_DELAY_UPDATES;
  book(counts, first, updates);
  book(counts, first + 1, zeros);
  book(counts, first + 2, clamped);
}

function applyAxon(projection: i32, i: i32, n: i32): void {
  const at = load<i32>(projection, t.LP_AXON_CHANGES) + (i << 1);
  const change = <i32>load<i16>(at);
  if (change == 0) return;
  const delta = unit(-change, n, columnBits(rowDraw(l.DRAW_DELAY, i), n));
  store<i16>(at, <i16>remaining(change, delta, n, load<i32>(projection, t.LP_COUNTS)));
  changeAxon(projection, i, delta);
}

function applyProjection(projection: i32, key: u32): void {
  const size = load<i32>(projection, t.LP_SOURCE_SIZE);
  const rows = load<i32>(projection, t.LP_ROWS);
  const weights = load<i32>(projection, t.LP_WEIGHTS) != 0;
  const delays = load<i32>(projection, t.LP_DELAYS) != 0;
  const axonal = load<i32>(projection, t.LP_DELAY_KIND) == 2;
  const weightShift = updateShift(projection, true);
  const delayShift = updateShift(projection, false);
  drawRows(projection, key);
  for (let i = 0; i < size; i++) {
    const row = rows + i * t.ROW_BYTES;
    if (weights) applyRow(projection, row, true, rowDraw(l.DRAW_WEIGHT, i), weightShift);
    if (!delays) continue;
    if (axonal) applyAxon(projection, i, delayShift);
    else applyRow(projection, row, false, rowDraw(l.DRAW_DELAY, i), delayShift);
  }
  if (!accounting) return;
  if (tracing) clock.trace(clock.now, l.TRACE_PHASE, l.PHASE_APPLY);
  const busy = load<i32>(projection, t.LP_APPLY_BUSY);
  const port = load<i32>(projection, t.LP_APPLY_PORT);
  book(applyCycles, l.CAUSE_BUSY, busy);
  book(applyCycles, l.CAUSE_PORT, port);
  book(applyCycles, l.CAUSE_FETCH, 4);
  clock.setNow(clock.now + busy + port + 4);
}

/** After a sample's last step: counts the sample, and applies the changes when enough have been seen. */
export function apply(key: u32): void {
  if (updateEvery == 0 || label < 0) return;
  pending++;
  if (pending < updateEvery) return;
  pending = 0;
  drawAllColumns(key);
  for (let n = 0; n < learnedCount; n++) applyProjection(learned + n * t.LEARNED_BYTES, key);
}
