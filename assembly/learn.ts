// Phase learn (docs/core.md, sections 10.3 and 10.4): the walk over a projection's rows, source by source.

import * as clock from "./clock";
import { fillDraws, rowDrawPlace } from "./draws";
import { filter, sumOfProducts, weigh } from "./eligibility";
import * as l from "./layout";
import {
  accounting,
  changeBits,
  learnCounts,
  learned,
  learnedCount,
  rateShift,
  rowDrawBytes,
  rowDraws,
  rowScratch,
  rowScratchBytes,
  skipping,
  traceRounding,
  tracing,
  updateEvery,
  updateRounding,
} from "./registers";
import { clip, nearest } from "./signal";
import { isSilent, windowOf } from "./traces";
import { accumulate, clamped, prepare, unit, updates, zeros } from "./update-unit";
import { derivativeWindow, differentiate, gather, loadWindow, spread, traceWindow } from "./windows";

export function scratch(array: i32): i32 {
  return rowScratch + array * rowScratchBytes;
}

export function rowDraw(kind: i32, i: i32): i32 {
  return <i32>load<u16>(rowDraws + rowDrawPlace(kind) * rowDrawBytes + (i << 1));
}

/** Draws of all rows of a projection for the kinds that this image uses. */
export function drawRows(projection: i32, key: u32): void {
  const size = load<i32>(projection, l.LP_SOURCE_SIZE);
  const first = load<i32>(projection, l.LP_AXON_BASE);
  const elastic = load<i32>(projection, l.LP_FILTERED) != 0 && traceRounding == l.ROUND_STOCHASTIC;
  for (let kind = l.DRAW_WEIGHT; kind <= l.DRAW_DELAY_ELIGIBILITY; kind++) {
    const used =
      kind <= l.DRAW_DELAY ? updateRounding != l.UPDATE_NEAREST : kind >= l.DRAW_WEIGHT_ELIGIBILITY && elastic;
    if (used) fillDraws(rowDraws + rowDrawPlace(kind) * rowDrawBytes, kind, first, size, key);
  }
}

export function book(counts: i32, counter: i32, amount: i32): void {
  const at = counts + (counter << 2);
  store<i32>(at, load<i32>(at) + amount);
}

/** Stored delay of a source with axonal delays, in steps. */
function axonDelay(projection: i32, i: i32): i32 {
  return <i32>load<u16>(load<i32>(projection, l.LP_AXON_DELAYS) + (i << 1)) >> load<i32>(projection, l.LP_FRACTION);
}

/** A learned axonal delay reaches the axon table, in the unit that delivery wants. */
export function writeAxon(projection: i32, i: i32, stored: i32): void {
  store<u16>(load<i32>(projection, l.LP_AXON_DELAYS) + (i << 1), <u16>stored);
  const axon = load<i32>(load<i32>(projection, l.LP_PROJECTION), l.PROJ_AXONS) + i * l.AXON_BYTES;
  store<i32>(
    axon,
    (stored >> load<i32>(projection, l.LP_FRACTION)) * load<i32>(projection, l.LP_AXON_UNIT),
    l.AXON_DELAY,
  );
}

/** Gathers a target array by the row's posts; dense rows use it in place. */
function byPost(projection: i32, row: i32, from: i32, to: i32): i32 {
  if (load<i32>(projection, l.LP_DENSE)) return from;
  const post = load<i32>(row, l.RW_POST);
  const count = load<i32>(row, l.RW_COUNT);
  for (let s = 0; s < count << 1; s += 2) store<i16>(to + s, load<i16>(from + ((<i32>load<u16>(post + s)) << 1)));
  // What a row before has left in the padding must not learn.
  for (let s = count; (s & 15) != 0; s++) store<i16>(to + (s << 1), 0);
  return to;
}

/** One array of factors into stored values or changes, with its counters. */
function take(projection: i32, row: i32, weights: bool, factor: i32, signal: i32, columns: i32, i: i32): void {
  const counts = load<i32>(projection, l.LP_COUNTS);
  const count = load<i32>(row, l.RW_COUNT);
  const random = rowDraw(weights ? l.DRAW_WEIGHT : l.DRAW_DELAY, i);
  if (updateEvery != 0) {
    const limit: i32 = 1 << (changeBits - 1);
    const n = load<i32>(projection + (weights ? l.LP_WEIGHT_CHANGE : l.LP_DELAY_CHANGE));
    const change = load<i32>(row + (weights ? l.RW_WEIGHT_CHANGE : l.RW_DELAY_CHANGE));
    prepare(n);
    accumulate(change, factor, signal, columns, count, n, random, -limit, limit - 1);
    book(counts, l.LEARN_CHANGE_ZERO, zeros);
    book(counts, l.LEARN_CHANGE_SATURATED, clamped);
    return;
  }
  const n = min(
    load<i32>(projection + (weights ? l.LP_WEIGHT_SHIFT : l.LP_DELAY_SHIFT)) + rateShift,
    l.MAX_UPDATE_SHIFT,
  );
  const low = load<i32>(projection + (weights ? l.LP_WEIGHT_LOW : l.LP_DELAY_LOW));
  const high = load<i32>(projection + (weights ? l.LP_WEIGHT_HIGH : l.LP_DELAY_HIGH));
  prepare(n);
  accumulate(
    load<i32>(row + (weights ? l.RW_WEIGHT : l.RW_DELAY)),
    factor,
    signal,
    columns,
    count,
    n,
    random,
    low,
    high,
  );
  if (updates != 0) store<i32>(row, 1, l.RW_STALE);
  const first = weights ? l.LEARN_WEIGHT_UPDATES : l.LEARN_DELAY_UPDATES;
  book(counts, first, updates);
  book(counts, first + 1, zeros);
  book(counts, first + 2, clamped);
}

/** The axonal delay of source i takes U(-g). */
function takeAxon(projection: i32, i: i32, g: i32): void {
  if (g == 0) return;
  const counts = load<i32>(projection, l.LP_COUNTS);
  const random = rowDraw(l.DRAW_DELAY, i);
  if (updateEvery != 0) {
    const n = load<i32>(projection, l.LP_DELAY_CHANGE);
    prepare(n);
    const delta = unit(g, n, random);
    const at = load<i32>(projection, l.LP_AXON_CHANGES) + (i << 1);
    const wide = <i64>load<i16>(at) + <i64>delta;
    const change = clip(wide, changeBits);
    if (delta == 0) book(counts, l.LEARN_CHANGE_ZERO, 1);
    if (change != wide) book(counts, l.LEARN_CHANGE_SATURATED, 1);
    store<i16>(at, <i16>change);
    return;
  }
  const n = min(load<i32>(projection, l.LP_DELAY_SHIFT) + rateShift, l.MAX_UPDATE_SHIFT);
  prepare(n);
  changeAxon(projection, i, unit(g, n, random));
}

/** stored = clamp(stored + delta), counted. */
export function changeAxon(projection: i32, i: i32, delta: i32): void {
  const counts = load<i32>(projection, l.LP_COUNTS);
  if (delta == 0) {
    book(counts, l.LEARN_DELAY_ZERO, 1);
    return;
  }
  const wide = <i32>load<u16>(load<i32>(projection, l.LP_AXON_DELAYS) + (i << 1)) + delta;
  const stored = min(max(wide, load<i32>(projection, l.LP_DELAY_LOW)), load<i32>(projection, l.LP_DELAY_HIGH));
  book(counts, l.LEARN_DELAY_UPDATES, 1);
  if (stored != wide) book(counts, l.LEARN_DELAY_CLAMPED, 1);
  writeAxon(projection, i, stored);
}

/** Source i of a projection; `valid`: with a learning signal, else its eligibilities only decay and grow. */
function learnRow(projection: i32, i: i32, valid: bool): void {
  const row = load<i32>(projection, l.LP_ROWS) + i * l.ROW_BYTES;
  const count = load<i32>(row, l.RW_COUNT);
  const trace = load<i32>(projection, l.LP_TRACE);
  const target = load<i32>(projection, l.LP_TARGET);
  const entries = load<i32>(trace, l.TR_ENTRIES);
  const offset = load<i32>(projection, l.LP_OFFSET);
  const kind = load<i32>(projection, l.LP_DELAY_KIND);
  const fraction = load<i32>(projection, l.LP_FRACTION);
  const weights = load<i32>(projection, l.LP_WEIGHTS) != 0;
  const delays = load<i32>(projection, l.LP_DELAYS) != 0;
  const keeps = load<i32>(projection, l.LP_FILTERED) != 0;
  const place = kind == 2 ? offset + axonDelay(projection, i) : offset;
  const delay = load<i32>(row, l.RW_DELAY);

  loadWindow(windowOf(trace, i), entries);
  const x = scratch(l.SCRATCH_TRACE);
  if (weights) {
    if (kind == 1) gather(x, traceWindow(), entries, delay, fraction, offset, count);
    else spread(x, load<i16>(traceWindow() + (place << 1)), count);
  }
  const v = scratch(l.SCRATCH_V);
  let eps: i32 = 0;
  if (delays) {
    differentiate(entries);
    const derivative = scratch(l.SCRATCH_DERIVATIVE);
    eps = <i32>load<i16>(derivativeWindow() + (place << 1));
    if (kind == 1) gather(derivative, derivativeWindow(), entries, delay, fraction, offset, count);
    else if (keeps) spread(derivative, <i16>eps, count);
    if (kind == 1 || keeps) {
      const remainder = load<i32>(projection, l.LP_REMAINDER);
      weigh(v, derivative, load<i32>(row, l.RW_WEIGHT), count, remainder, load<i32>(projection, l.LP_WEIGHT_BITS));
    }
  }

  const signal = byPost(projection, row, load<i32>(target, l.TG_SIGNAL), scratch(l.SCRATCH_SIGNAL));
  const columns = byPost(projection, row, load<i32>(target, l.TG_COLUMN), scratch(l.SCRATCH_COLUMN));
  let weightFactor = x;
  let delayFactor = v;
  if (keeps) {
    const psi = byPost(projection, row, load<i32>(target, l.TG_SURROGATE), scratch(l.SCRATCH_SURROGATE));
    const shift = load<i32>(projection, l.LP_ELIGIBILITY_SHIFT);
    let saturated = 0;
    if (weights) {
      weightFactor = load<i32>(row, l.RW_WEIGHT_ELIGIBILITY);
      saturated += filter(weightFactor, x, psi, columns, count, shift, rowDraw(l.DRAW_WEIGHT_ELIGIBILITY, i));
    }
    if (delays) {
      delayFactor = load<i32>(row, l.RW_DELAY_ELIGIBILITY);
      saturated += filter(delayFactor, v, psi, columns, count, shift, rowDraw(l.DRAW_DELAY_ELIGIBILITY, i));
    }
    book(load<i32>(projection, l.LP_COUNTS), l.LEARN_ELIGIBILITY_SATURATED, saturated);
    if (!valid) return;
  }
  if (delays && kind == 2) {
    // From the weights before this step's update.
    const wide = keeps
      ? sumOfProducts(delayFactor, signal, count, 0)
      : sumOfProducts(load<i32>(row, l.RW_WEIGHT), signal, count, load<i32>(projection, l.LP_REMAINDER));
    const rounded = nearest(wide, load<i32>(projection, l.LP_AXON_SHIFT));
    const sum = clip(rounded, 16);
    // Where eps is 0 the row may be skipped, so its sum counts nowhere.
    if (sum != rounded && (keeps || eps != 0)) book(load<i32>(projection, l.LP_COUNTS), l.LEARN_CHANGE_SATURATED, 1);
    takeAxon(projection, i, keeps ? <i32>sum : <i32>sum * eps);
  }
  if (weights) take(projection, row, true, weightFactor, signal, columns, i);
  if (delays && kind == 1) take(projection, row, false, delayFactor, signal, columns, i);
}

/** Phase learn of one projection. */
function learn(projection: i32, valid: bool, key: u32): void {
  const size = load<i32>(projection, l.LP_SOURCE_SIZE);
  const trace = load<i32>(projection, l.LP_TRACE);
  const target = load<i32>(projection, l.LP_TARGET);
  const rows = load<i32>(projection, l.LP_ROWS);
  const keeps = load<i32>(projection, l.LP_FILTERED) != 0;
  const active = load<i32>(target, l.TG_ACTIVE);
  // Without eligibilities nothing follows from a signal or a window of zeros, with or without skipping.
  const idle = !keeps && active == 0;
  if (!idle) {
    drawRows(projection, key);
    for (let i = 0; i < size; i++) {
      if (keeps || !isSilent(trace, i)) learnRow(projection, i, valid);
    }
  }
  if (!accounting) return;
  if (tracing) clock.trace(clock.now, l.TRACE_PHASE, l.PHASE_LEARN);
  let busy = load<i32>(projection, l.LP_BUSY);
  let port = load<i32>(projection, l.LP_PORT);
  let fetch = load<i32>(projection, l.LP_FETCH);
  let words = 0;
  if (skipping && !keeps) {
    busy = 0;
    port = 0;
    if (idle) {
      busy = 1;
      fetch = 0;
    } else {
      const interval = load<i32>(projection, l.LP_INTERVAL);
      const least = load<i32>(projection, l.LP_LEAST);
      const dense = load<i32>(projection, l.LP_DENSE) != 0;
      for (let i = 0; i < size; i++) {
        const length = load<i32>(rows + i * l.ROW_BYTES, l.RW_WORDS);
        const walked = isSilent(trace, i) ? 0 : dense ? active : length;
        words += walked;
        busy += max(walked, 1);
        if (walked > 0) port += max(least, walked * interval) - walked;
      }
    }
  } else {
    for (let i = 0; i < size; i++) words += load<i32>(rows + i * l.ROW_BYTES, l.RW_WORDS);
  }
  store<i32>(learnCounts, load<i32>(learnCounts, 4) + words, 4);
  clock.book(l.PHASE_LEARN, l.CAUSE_BUSY, busy);
  clock.book(l.PHASE_LEARN, l.CAUSE_PORT, port);
  clock.book(l.PHASE_LEARN, l.CAUSE_FETCH, fetch);
  clock.setNow(clock.now + busy + port + fetch);
}

/** Phase learn of every learned projection in order; in an invalid step only of those that keep eligibilities. */
export function learnAll(valid: bool, key: u32): void {
  for (let n = 0; n < learnedCount; n++) {
    const projection = learned + n * l.LEARNED_BYTES;
    if (valid || load<i32>(projection, l.LP_FILTERED)) learn(projection, valid, key);
  }
}
