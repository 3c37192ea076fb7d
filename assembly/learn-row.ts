// One row of phase learn (docs/core.md, section 10.3): the factors of its synapses, its eligibilities, its updates.

import { axonDelay, book, rowDraw, takeAxon, updateShift } from "./axon-delays";
import { filter, sumOfProducts } from "./eligibility";
import * as l from "./layout";
import * as t from "./learning-tables";
import { clip, nearest } from "./numbers";
import { changeBits, updateEvery } from "./registers";
import { windowOf } from "./traces";
import {
  accumulate,
  clamped,
  clearTallies,
  lost,
  rowBits,
  scratch,
  stage,
  stageRandom,
  tallyOf,
  updated,
} from "./update-unit";
import { walkNear } from "./walk-near";
import { differentiate, gather, spread, weigh, weighAll } from "./windows";

// Of the projection that is walked: shifts of U, and the end of the list of staged signals.
let weightShift: i32 = 0;
let delayShift: i32 = 0;
let staged: i32 = 0;

/** Lays out what the update unit wants of a row's signals and columns: of a dense projection once for all rows. */
function prepare(projection: i32, signal: i32, columns: i32, count: i32): void {
  staged = stage(signal, count);
  if (load<i32>(projection, t.LP_WEIGHTS)) {
    stageRandom(scratch(t.SCRATCH_RANDOM_WEIGHT), columns, count, weightShift);
  }
  if (load<i32>(projection, t.LP_DELAYS) != 0 && load<i32>(projection, t.LP_DELAY_KIND) == 1) {
    stageRandom(scratch(t.SCRATCH_RANDOM_DELAY), columns, count, delayShift);
  }
}

/** Before the rows of a projection. */
export function beginRows(projection: i32): void {
  const late = updateEvery != 0;
  weightShift = late ? load<i32>(projection, t.LP_WEIGHT_CHANGE) : updateShift(projection, true);
  delayShift = late ? load<i32>(projection, t.LP_DELAY_CHANGE) : updateShift(projection, false);
  clearTallies();
  if (load<i32>(projection, t.LP_DENSE)) {
    const target = load<i32>(projection, t.LP_TARGET);
    prepare(projection, load<i32>(target, t.TG_SIGNAL), load<i32>(target, t.TG_COLUMN), load<i32>(target, t.TG_SIZE));
  }
}

/** All rows of a projection that isNear. */
export function walkRows(projection: i32): void {
  walkNear(projection, weightShift, delayShift, staged);
}

/** After the rows: counters of what the update unit did. */
export function endRows(projection: i32): void {
  const counts = load<i32>(projection, t.LP_COUNTS);
  const weights = tallyOf(true);
  const delays = tallyOf(false);
  if (updateEvery != 0) {
    book(counts, l.LEARN_CHANGE_ZERO, lost(weights) + lost(delays));
    book(counts, l.LEARN_CHANGE_SATURATED, clamped(weights) + clamped(delays));
    return;
  }
  book(counts, l.LEARN_WEIGHT_UPDATES, updated(weights));
  book(counts, l.LEARN_WEIGHT_ZERO, lost(weights));
  book(counts, l.LEARN_WEIGHT_CLAMPED, clamped(weights));
  book(counts, l.LEARN_DELAY_UPDATES, updated(delays));
  book(counts, l.LEARN_DELAY_ZERO, lost(delays));
  book(counts, l.LEARN_DELAY_CLAMPED, clamped(delays));
}

/** Gathers a target array by the row's posts. */
function byPost(row: i32, from: i32, to: i32): void {
  const post = load<i32>(row, t.RW_POST);
  const count = load<i32>(row, t.RW_COUNT);
  for (let s = 0; s < count << 1; s += 2) store<i16>(to + s, load<i16>(from + ((<i32>load<u16>(post + s)) << 1)));
  // What a row before has left in the padding must not learn.
  for (let s = count; (s & 15) != 0; s++) store<i16>(to + (s << 1), 0);
}

/** One kind of parameter of the row, or its change, takes U(-factor * signal). */
function take(projection: i32, row: i32, weights: bool, factor: i32, i: i32): void {
  const random = scratch(weights ? t.SCRATCH_RANDOM_WEIGHT : t.SCRATCH_RANDOM_DELAY);
  const n = weights ? weightShift : delayShift;
  const bits = rowBits(rowDraw(weights ? l.DRAW_WEIGHT : l.DRAW_DELAY, i), n);
  const tally = tallyOf(weights);
  if (updateEvery != 0) {
    const limit: i32 = 1 << (changeBits - 1);
    const change = load<i32>(row + (weights ? t.RW_WEIGHT_CHANGE : t.RW_DELAY_CHANGE));
    accumulate(change, factor, random, bits, n, -limit, limit - 1, staged, tally);
    return;
  }
  const stored = load<i32>(row + (weights ? t.RW_WEIGHT : t.RW_DELAY));
  const low = load<i32>(projection + (weights ? t.LP_WEIGHT_LOW : t.LP_DELAY_LOW));
  const high = load<i32>(projection + (weights ? t.LP_WEIGHT_HIGH : t.LP_DELAY_HIGH));
  if (accumulate(stored, factor, random, bits, n, low, high, staged, tally)) store<i32>(row, 1, t.RW_STALE);
}

/** Source i of a projection; `valid`: with a learning signal, else its eligibilities only decay and grow. */
export function learnRow(projection: i32, i: i32, valid: bool): void {
  const row = load<i32>(projection, t.LP_ROWS) + i * t.ROW_BYTES;
  const count = load<i32>(row, t.RW_COUNT);
  if (count == 0 && load<i32>(projection, t.LP_DENSE) != 0) return;
  const trace = load<i32>(projection, t.LP_TRACE);
  const target = load<i32>(projection, t.LP_TARGET);
  const offset = load<i32>(projection, t.LP_OFFSET);
  const kind = load<i32>(projection, t.LP_DELAY_KIND);
  const fraction = load<i32>(projection, t.LP_FRACTION);
  const longest = load<i32>(projection, t.LP_LONGEST);
  const weights = load<i32>(projection, t.LP_WEIGHTS) != 0;
  const delays = load<i32>(projection, t.LP_DELAYS) != 0;
  const keeps = load<i32>(projection, t.LP_FILTERED) != 0;
  const place = (kind == 2 ? offset + axonDelay(projection, i) : offset) << 1;
  const delay = load<i32>(row, t.RW_DELAY);

  const window = windowOf(trace, i);
  const x = scratch(t.SCRATCH_TRACE);
  if (weights) {
    if (kind == 1) gather(x, window + place, longest, delay, fraction, count);
    else spread(x, load<i16>(window + place), count);
  }
  const v = scratch(t.SCRATCH_V);
  let eps: i32 = 0;
  if (delays) {
    const derivative = differentiate(window, load<i32>(trace, t.TR_ENTRIES)) + place;
    const weight = load<i32>(row, t.RW_WEIGHT);
    const remainder = load<i32>(projection, t.LP_REMAINDER);
    const bits = load<i32>(projection, t.LP_WEIGHT_BITS);
    if (kind == 1) {
      gather(v, derivative, longest, delay, fraction, count);
      weighAll(v, weight, count, remainder, bits);
    } else {
      eps = <i32>load<i16>(derivative);
      if (keeps) weigh(v, <i16>eps, weight, count, remainder, bits);
    }
  }

  let signal = load<i32>(target, t.TG_SIGNAL);
  let columns = load<i32>(target, t.TG_COLUMN);
  let psi = load<i32>(target, t.TG_SURROGATE);
  if (load<i32>(projection, t.LP_DENSE) == 0) {
    byPost(row, signal, scratch(t.SCRATCH_SIGNAL));
    byPost(row, columns, scratch(t.SCRATCH_COLUMN));
    if (keeps) byPost(row, psi, scratch(t.SCRATCH_SURROGATE));
    signal = scratch(t.SCRATCH_SIGNAL);
    columns = scratch(t.SCRATCH_COLUMN);
    psi = scratch(t.SCRATCH_SURROGATE);
    prepare(projection, signal, columns, count);
  }
  let weightFactor = x;
  let delayFactor = v;
  if (keeps) {
    const shift = load<i32>(projection, t.LP_ELIGIBILITY_SHIFT);
    let saturated = 0;
    if (weights) {
      weightFactor = load<i32>(row, t.RW_WEIGHT_ELIGIBILITY);
      saturated += filter(weightFactor, x, psi, columns, count, shift, rowDraw(l.DRAW_WEIGHT_ELIGIBILITY, i));
    }
    if (delays) {
      delayFactor = load<i32>(row, t.RW_DELAY_ELIGIBILITY);
      saturated += filter(delayFactor, v, psi, columns, count, shift, rowDraw(l.DRAW_DELAY_ELIGIBILITY, i));
    }
    book(load<i32>(projection, t.LP_COUNTS), l.LEARN_ELIGIBILITY_SATURATED, saturated);
    if (!valid) return;
  }
  if (delays && kind == 2) {
    // From the weights before this step's update.
    const wide = keeps
      ? sumOfProducts(delayFactor, signal, count, 0)
      : sumOfProducts(load<i32>(row, t.RW_WEIGHT), signal, count, load<i32>(projection, t.LP_REMAINDER));
    const rounded = nearest(wide, load<i32>(projection, t.LP_AXON_SHIFT));
    const sum = clip(rounded, 16);
    // Where eps is 0 the row may be skipped, so its sum counts nowhere.
    if (sum != rounded && (keeps || eps != 0)) book(load<i32>(projection, t.LP_COUNTS), l.LEARN_CHANGE_SATURATED, 1);
    takeAxon(projection, i, keeps ? <i32>sum : <i32>sum * eps);
  }
  if (weights) take(projection, row, true, weightFactor, i);
  if (delays && kind == 1) take(projection, row, false, delayFactor, i);
}
