// Phase learn (docs/core.md, sections 10.3 and 10.4): the walk over a projection's rows, source by source, and what it costs.

import * as clock from "./clock";
import { fillDraws, rowDrawPlace } from "./draws";
import * as l from "./layout";
import { beginRows, endRows, learnRow, walkRows } from "./learn-row";
import * as t from "./learning-tables";
import {
  accounting,
  learnCounts,
  learned,
  learnedCount,
  rowDrawBytes,
  rowDraws,
  skipping,
  traceRounding,
  tracing,
  updateRounding,
} from "./registers";
import { isSilent } from "./traces";
import { isNear } from "./walk-near";

function drawKind(projection: i32, kind: i32, key: u32): void {
  const size = load<i32>(projection, t.LP_SOURCE_SIZE);
  fillDraws(rowDraws + rowDrawPlace(kind) * rowDrawBytes, kind, load<i32>(projection, t.LP_AXON_BASE), size, key);
}

/** Draws of all rows of a projection for the kinds that it uses. */
export function drawRows(projection: i32, key: u32): void {
  const weights = load<i32>(projection, t.LP_WEIGHTS) != 0;
  const delays = load<i32>(projection, t.LP_DELAYS) != 0;
  if (updateRounding != l.UPDATE_NEAREST) {
    if (weights) drawKind(projection, l.DRAW_WEIGHT, key);
    if (delays) drawKind(projection, l.DRAW_DELAY, key);
  }
  if (load<i32>(projection, t.LP_FILTERED) == 0 || traceRounding != l.ROUND_STOCHASTIC) return;
  if (weights) drawKind(projection, l.DRAW_WEIGHT_ELIGIBILITY, key);
  if (delays) drawKind(projection, l.DRAW_DELAY_ELIGIBILITY, key);
}

/** Phase learn of one projection. */
function learn(projection: i32, valid: bool, key: u32): void {
  const size = load<i32>(projection, t.LP_SOURCE_SIZE);
  const trace = load<i32>(projection, t.LP_TRACE);
  const target = load<i32>(projection, t.LP_TARGET);
  const rows = load<i32>(projection, t.LP_ROWS);
  const keeps = load<i32>(projection, t.LP_FILTERED) != 0;
  const active = load<i32>(target, t.TG_ACTIVE);
  // Without eligibilities nothing follows from a signal or a window of zeros, with or without skipping.
  const idle = !keeps && active == 0;
  if (!idle) {
    drawRows(projection, key);
    beginRows(projection);
    if (isNear(projection)) walkRows(projection);
    else {
      for (let i = 0; i < size; i++) {
        if (keeps || !isSilent(trace, i)) learnRow(projection, i, valid);
      }
    }
    endRows(projection);
  }
  if (!accounting) return;
  if (tracing) clock.trace(clock.now, l.TRACE_PHASE, l.PHASE_LEARN);
  let busy = load<i32>(projection, t.LP_BUSY);
  let port = load<i32>(projection, t.LP_PORT);
  let fetch = load<i32>(projection, t.LP_FETCH);
  let words = load<i32>(projection, t.LP_WORDS);
  if (skipping && !keeps) {
    words = 0;
    busy = 0;
    port = 0;
    if (idle) {
      busy = 1;
      fetch = 0;
    } else {
      const interval = load<i32>(projection, t.LP_INTERVAL);
      const least = load<i32>(projection, t.LP_LEAST);
      const dense = load<i32>(projection, t.LP_DENSE) != 0;
      for (let i = 0; i < size; i++) {
        const length = load<i32>(rows + i * t.ROW_BYTES, t.RW_WORDS);
        const walked = isSilent(trace, i) ? 0 : dense ? active : length;
        words += walked;
        busy += max(walked, 1);
        if (walked > 0) port += max(least, walked * interval) - walked;
      }
    }
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
    const projection = learned + n * t.LEARNED_BYTES;
    if (valid || load<i32>(projection, t.LP_FILTERED)) learn(projection, valid, key);
  }
}
