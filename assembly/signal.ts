// Phases error and signal (docs/core.md, sections 10.3 and 10.4): the third factor of every target neuron, and its column draw.

import * as clock from "./clock";
import { quotient } from "./decide";
import { fillDraws } from "./draws";
import { sumOfProducts } from "./eligibility";
import * as l from "./layout";
import * as t from "./learning-tables";
import { clip, nearest } from "./numbers";
import {
  accounting,
  errorBits,
  errorClip,
  errorKind,
  errorShift,
  errorTarget,
  exponents,
  filtered,
  hiddenCount,
  label,
  lanes,
  learnCounts,
  signalBits,
  skipping,
  tableBits,
  targets,
  tracing,
} from "./registers";
import { windowOf } from "./traces";

/** The readout as a target: its signals are the errors. */
function readoutTarget(): i32 {
  return targets + hiddenCount * t.TARGET_BYTES;
}

/** Groups of neurons that have a signal, for skipping. */
function countActive(target: i32): void {
  const size = load<i32>(target, t.TG_SIZE);
  const signal = load<i32>(target, t.TG_SIGNAL);
  let active = 0;
  for (let first = 0; first < size; first += lanes) {
    let any: i32 = 0;
    for (let j = first; j < min(first + lanes, size); j++) any |= <i32>load<i16>(signal + (j << 1));
    active += i32(any != 0);
  }
  store<i32>(target, active, t.TG_ACTIVE);
}

function drawColumns(target: i32, key: u32): void {
  const first = load<i32>(load<i32>(target, t.TG_POPULATION), l.POP_FIRST_NEURON);
  fillDraws(load<i32>(target, t.TG_COLUMN), l.DRAW_COLUMN, first, load<i32>(target, t.TG_SIZE), key);
}

function errorOf(k: i32, population: i32): i64 {
  if (errorKind == l.ERROR_SOFTMAX) {
    const p = (<i64>load<i32>(exponents + (k << 2)) * quotient) >> <i64>tableBits;
    const t: i64 = k == label ? ((<i64>1) << (<i64>tableBits)) - 1 : 0;
    return nearest(p - t, tableBits + 1 - errorBits);
  }
  const state = load<i32>(population, l.POP_STATE);
  const narrow = load<i32>(population, l.POP_NARROW) != 0;
  const y = narrow ? <i64>load<i16>(state + (k << 1)) : <i64>load<i32>(state + (k << 2));
  const difference = y - (k == label ? <i64>errorTarget : 0);
  return nearest(min(max(difference, -(<i64>errorClip)), <i64>errorClip), errorShift);
}

/** Phase error: e_k of every class. */
export function error(key: u32): void {
  const target = readoutTarget();
  const population = load<i32>(target, t.TG_POPULATION);
  const classes = load<i32>(target, t.TG_SIZE);
  const signal = load<i32>(target, t.TG_SIGNAL);
  let saturated = 0;
  for (let k = 0; k < classes; k++) {
    const wide = errorOf(k, population);
    const e = clip(wide, errorBits);
    saturated += i32(e != wide);
    store<i16>(signal + (k << 1), <i16>e);
  }
  store<i32>(learnCounts, load<i32>(learnCounts) + saturated);
  drawColumns(target, key);
  countActive(target);
  if (!accounting) return;
  if (tracing) clock.trace(clock.now, l.TRACE_PHASE, l.PHASE_ERROR);
  clock.book(l.PHASE_ERROR, l.CAUSE_BUSY, classes);
  clock.book(l.PHASE_ERROR, l.CAUSE_FETCH, 2);
  clock.setNow(clock.now + classes + 2);
}

/** sum_k B_jk e_k over a row of the symmetric projection: used weights of its synapses. */
function symmetricSum(row: i32, remainder: i32, errors: i32, classes: i32): i64 {
  const weight = load<i32>(row, t.RW_WEIGHT);
  const post = load<i32>(row, t.RW_POST);
  const count = load<i32>(row, t.RW_COUNT);
  // A row with every class has them in order.
  if (count == classes) return sumOfProducts(weight, errors, count, remainder);
  let sum: i64 = 0;
  for (let s = 0; s < count; s++) {
    const w = <i32>load<i16>(weight + (s << 1)) >> remainder;
    sum += <i64>(w * <i32>load<i16>(errors + ((<i32>load<u16>(post + (s << 1))) << 1)));
  }
  return sum;
}

function regulariser(target: i32, j: i32): i64 {
  const trace = load<i32>(target, t.TG_REGULARISER);
  if (trace == 0) return 0;
  const deviation = <i64>load<u16>(windowOf(trace, j)) - <i64>load<i32>(target, t.TG_RATE_TARGET);
  const shift = load<i32>(target, t.TG_RATE_SHIFT);
  return shift >= 0 ? nearest(deviation, shift) : deviation << (<i64>-shift);
}

/** Phase signal of one hidden population; `valid`: the step has an error. */
function signal(target: i32, errors: i32, classes: i32, valid: bool, key: u32): void {
  const size = load<i32>(target, t.TG_SIZE);
  const surrogate = load<i32>(target, t.TG_SURROGATE);
  const signals = load<i32>(target, t.TG_SIGNAL);
  const rows = load<i32>(target, t.TG_FEEDBACK_ROWS);
  const codes = load<i32>(target, t.TG_FEEDBACK_CODES);
  const stride = ((classes + 15) & ~15) << 1;
  const remainder = load<i32>(target, t.TG_FEEDBACK_REMAINDER);
  const shift = load<i32>(target, t.TG_SIGNAL_SHIFT);
  const modulation = load<i32>(target, t.TG_MODULATION_SHIFT);
  let saturated = 0;
  let busy = size;
  if (valid) {
    busy = 0;
    for (let j = 0; j < size; j++) {
      const row = rows + j * t.ROW_BYTES;
      const psi = <i64>load<u16>(surrogate + (j << 1));
      const words = rows ? load<i32>(row, t.RW_WORDS) : load<i32>(target, t.TG_FEEDBACK_WORDS);
      const sum = rows
        ? symmetricSum(row, remainder, errors, classes)
        : sumOfProducts(codes + j * stride, errors, classes, 0);
      const wideL = nearest(sum, shift) + regulariser(target, j);
      const L = clip(wideL, signalBits);
      // Where psi is 0 the engine may skip the row, so a saturated L counts nowhere.
      saturated += i32(L != wideL && (filtered != 0 || psi != 0));
      let M = L;
      if (!filtered) {
        const wideM = nearest(L * psi, modulation);
        M = clip(wideM, signalBits);
        saturated += i32(M != wideM);
      }
      store<i16>(signals + (j << 1), <i16>M);
      busy += skipping && !filtered && psi == 0 ? 1 : max(words, 1);
    }
  }
  store<i32>(target, load<i32>(target, t.TG_SATURATED) + saturated, t.TG_SATURATED);
  drawColumns(target, key);
  countActive(target);
  if (!accounting) return;
  if (tracing) clock.trace(clock.now, l.TRACE_PHASE, l.PHASE_SIGNAL);
  const fetch = load<i32>(target, t.TG_FETCH);
  clock.book(l.PHASE_SIGNAL, l.CAUSE_BUSY, busy);
  clock.book(l.PHASE_SIGNAL, l.CAUSE_FETCH, fetch);
  clock.setNow(clock.now + busy + fetch);
}

/** Phase signal of every hidden population in order. */
export function signalAll(valid: bool, key: u32): void {
  const readout = readoutTarget();
  const errors = load<i32>(readout, t.TG_SIGNAL);
  const classes = load<i32>(readout, t.TG_SIZE);
  for (let n = 0; n < hiddenCount; n++) signal(targets + n * t.TARGET_BYTES, errors, classes, valid, key);
}

/** Columns only, for the updates after the last step. */
export function drawAllColumns(key: u32): void {
  for (let n = 0; n <= hiddenCount; n++) drawColumns(targets + n * t.TARGET_BYTES, key);
}
