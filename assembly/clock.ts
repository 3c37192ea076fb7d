// Cycle accounting: the recurrences of docs/core.md, section 5.2, one call a request. Data moves elsewhere; this file only counts.
//
// Names are the specification's: S0 phase start, next, start, v (last word left stage S), w (last set), g (first
// cycle not yet attributed to work or a hold). v and w start two cycles before S0, where they bind nothing.

import * as l from "./layout";
import {
  accounting,
  hazardStall,
  ringSinglePort,
  spikeRingSinglePort,
  traceCapacity,
  traces,
  tracing,
} from "./registers";

/** First cycle after the last phase, from the sample's clear phase on. */
export let now: i32 = 0;
/** Address of the matrix of cycles that phases are booked in. */
export let matrix: i32 = 0;

export let next: i32 = 0;
export let start: i32 = 0;
let v: i32 = 0;
let w: i32 = 0;
let g: i32 = 0;
let S0: i32 = 0;
let row: i32 = 0; // address of the phase's row in the matrix
let busy: i32 = 0;
let port: i32 = 0;
let hazard: i32 = 0;
let output: i32 = 0;
let wait: i32 = 0;
let lastSetWord: i32 = -1;
/** Number of trace events written; the host empties the buffer. */
export let traced: i32 = 0;

export function trace(cycle: i32, kind: i32, value: i32): void {
  if (traced >= traceCapacity) return;
  const at = traces + traced * l.TRACE_BYTES;
  store<i32>(at, cycle);
  store<i32>(at, kind, 4);
  store<i32>(at, value, 8);
  traced++;
}

export function clearTrace(): void {
  traced = 0;
}

export function setNow(cycle: i32): void {
  now = cycle;
}

export function bookIn(address: i32): void {
  matrix = address;
}

/** Adds cycles to one cell of the matrix. */
export function book(phase: i32, cause: i32, cycles: i32): void {
  const at = matrix + ((phase * l.CAUSES + cause) << 2);
  store<i32>(at, load<i32>(at) + cycles);
}

export function beginPhase(phase: i32): void {
  if (tracing) trace(now, l.TRACE_PHASE, phase);
  if (!accounting) return;
  S0 = now;
  row = matrix + phase * (l.CAUSES << 2);
  next = S0;
  start = S0 - 1;
  v = S0 - 2;
  w = S0 - 2;
  g = S0;
  busy = 0;
  port = 0;
  hazard = 0;
  output = 0;
  wait = 0;
  lastSetWord = -1;
}

/** Ends a phase with requests: at the latest of `end` and what is still in the pipeline. */
export function endPhase(end: i32): void {
  if (!accounting) return;
  end = max(max(end, start + 1), max(v, w) + 2);
  const fetch = end - S0 - busy - port - hazard - output - wait;
  store<i32>(row, load<i32>(row) + busy);
  store<i32>(row, load<i32>(row, 4 * l.CAUSE_FETCH) + fetch, 4 * l.CAUSE_FETCH);
  store<i32>(row, load<i32>(row, 4 * l.CAUSE_PORT) + port, 4 * l.CAUSE_PORT);
  store<i32>(row, load<i32>(row, 4 * l.CAUSE_HAZARD) + hazard, 4 * l.CAUSE_HAZARD);
  store<i32>(row, load<i32>(row, 4 * l.CAUSE_OUTPUT) + output, 4 * l.CAUSE_OUTPUT);
  store<i32>(row, load<i32>(row, 4 * l.CAUSE_WAIT) + wait, 4 * l.CAUSE_WAIT);
  now = end;
}

/** The source stage waits for an input element that is visible from `visible` on; returns the cycle a in which it is taken. */
export function takeVisible(visible: i32): i32 {
  if (visible <= next) return next;
  wait += max(visible - max(next, g), 0);
  return visible;
}

/** A spike available from `avail` on also needs room in the output queue from `room` on. */
export function takeRoom(avail: i32, room: i32): i32 {
  const free = max(next, avail);
  const a = max(free, room);
  output += max(a - max(free, g), 0);
  return a;
}

/** The previous request of a circulation pushed and the queue has one port: the pop comes a cycle later. */
export function holdForQueue(): void {
  next += 1;
}

/** A row of `words` whose data is ready; `clash`: hazard of its first word with the word before. */
export function issueRow(ready: i32, words: i32, clash: bool): void {
  start = max(ready, v);
  next = start;
  if (words == 0) {
    busy += 1;
    g = start + 1;
    return;
  }
  busy += words;
  if (!ringSinglePort && !hazardStall) {
    // Nothing can hold a word in stage S: v_m = issue_m + 1.
    v = start + words;
    g = v;
    return;
  }
  const first = max(start + 1, v + 1 + i32(clash || ringSinglePort != 0));
  if (ringSinglePort) {
    port += first - start - 1 + words - 1;
    v = first + ((words - 1) << 1);
  } else {
    hazard += first - start - 1;
    v = first + words - 1;
  }
  g = v;
}

/** A set of a bit in spike-ring word `word`. */
export function issueSet(ready: i32, word: i32): void {
  const free = max(ready, v);
  const k = spikeRingSinglePort != 0 || (hazardStall != 0 && word == lastSetWord);
  start = max(free, w + 1 + i32(k));
  if (spikeRingSinglePort) port += start - free;
  else hazard += start - free;
  lastSetWord = word;
  w = start;
  next = start;
  busy += 1;
  g = start + 1;
}

/** A push into the delay queue. */
export function issuePush(ready: i32): void {
  start = max(ready, v);
  next = start;
  busy += 1;
  g = start + 1;
}

/** A source element without projections, taken in cycle a; the issue stage has no part in it. */
export function issueNone(a: i32): void {
  start = a;
  next = a + 1;
}
