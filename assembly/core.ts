// The mora core (docs/core.md): samples, ticks and time steps. The host writes registers and tables, copies a stimulus in,
// calls beginSample, runTicks until the sample is over, endSample, and reads records, outputs and counters.

import { apply } from "./apply";
import * as clock from "./clock";
import { clearDecision, decide, takeLeader } from "./decide";
import { circulate, clearQueue, count, forgetLanes, queueLength } from "./deliver";
import * as l from "./layout";
import { learnAll } from "./learn";
import { hash } from "./numbers";
import {
  accounting,
  arrival,
  clearCycles,
  decideRule,
  decideStop,
  errorLast,
  errorMask,
  errorSteps,
  eventStart,
  filtered,
  inputPopulations,
  label,
  learning,
  learningOn,
  overrun,
  period,
  populationCount,
  populations,
  projectionCount,
  projections,
  queueSinglePort,
  recordBytes,
  recordCapacity,
  records,
  rounding,
  scheme,
  seed,
} from "./registers";
import { error, signalAll } from "./signal";
import { beginQueues, clearOutputs, lastOutputCycle, scan, send, takeInput } from "./sources";
import { clearTraces, traceAll } from "./traces";
import { update } from "./update";

export { pending, setPending } from "./apply";
export { isSound } from "./check";
export { clearTrace, now, traced } from "./clock";
export { decidedClass, decidedCycle, decidedStep } from "./decide";
export { queueFirst, queueLength } from "./deliver";
export * from "./registers";
export { lastInputCycle, outputsWritten } from "./sources";

let sampleKey: u32 = 0;
let firstTickCycle: i32 = 0;
let ticks: i32 = 0;
let tick: i32 = 0;
let step: i32 = 0;
let over: bool = false;
// Merged ticks whose events wait for the next one: first event, or -1.
let heldFrom: i32 = -1;
export let recordsWritten: i32 = 0;

/** Starts sample `sample` of `tickCount` ticks. The host has zeroed the other memories that a clear zeroes. */
export function beginSample(sample: i32, tickCount: i32): void {
  sampleKey = hash(<u32>(seed + sample));
  ticks = tickCount;
  tick = 0;
  step = 0;
  over = false;
  heldFrom = -1;
  clearDecision();
  clearQueue();
  beginQueues();
  clock.setNow(accounting ? clearCycles : 0);
  firstTickCycle = clock.now;
  for (let p = 0; p < populationCount; p++) {
    const population = populations + p * l.POP_BYTES;
    // Only the slots from the head on can hold anything (update.ts, advance).
    const slotBytes = load<i32>(population, l.POP_SLOT_BYTES);
    if (p >= inputPopulations)
      memory.fill(load<i32>(population, l.POP_SLOT), 0, load<i32>(population, l.POP_SLOTS) * slotBytes);
    store<i32>(population, 0, l.POP_HEAD);
    store<i32>(population, load<i32>(population, l.POP_RING), l.POP_SLOT);
  }
  for (let q = 0; q < projectionCount; q++) store<i32>(projections + q * l.PROJ_BYTES, 0, l.PROJ_RING_HEAD);
  if (learning) clearTraces();
}

/** Whether a step at tick t has an error to learn from. */
function isValid(t: i32): bool {
  if (label < 0) return false;
  if (errorSteps == l.ERROR_STEPS_LAST) return t >= ticks - errorLast;
  if (errorSteps == l.ERROR_STEPS_MASK) return load<u8>(errorMask + t) != 0;
  return true;
}

/** The learning engine's part of a step at tick t. */
function learnStep(t: i32): void {
  const key = hash(sampleKey + step);
  const valid = isValid(t);
  traceAll(key);
  if (valid) error(key);
  if (valid || filtered != 0) {
    signalAll(valid, key);
    learnAll(valid, key);
  }
}

/** Slots of spike rings that have come up for a population's delayed projections. */
function scanAll(population: i32): void {
  if (scheme != l.SCHEME_SPIKE_RING) return;
  const fanOut = load<i32>(population, l.POP_PROJECTIONS);
  let projection = projections + load<i32>(population, l.POP_FIRST_PROJECTION) * l.PROJ_BYTES;
  for (let q = 0; q < fanOut; q++) {
    if (load<i32>(projection, l.PROJ_RING) != 0) scan(projection);
    projection += l.PROJ_BYTES;
  }
}

/** One executed step: events [first, end) at tick `t`; books its record. */
function runStep(t: i32, first: i32, end: i32, tickCycle: i32): void {
  const record = records + recordsWritten * recordBytes;
  recordsWritten++;
  for (let at = record; at < record + recordBytes; at += 8) store<i64>(at, 0);
  store<i32>(record, t, l.RECORD_TICK);
  store<i32>(record, clock.now, l.RECORD_ENTER);
  store<i32>(record, tickCycle, l.RECORD_TICK_CYCLE);
  clock.bookIn(record + l.RECORD_CYCLES);
  if (accounting && tickCycle > clock.now) {
    clock.book(l.PHASE_IDLE, l.CAUSE_WAIT, tickCycle - clock.now);
    clock.setNow(tickCycle);
  }
  const key = rounding == l.ROUND_STOCHASTIC ? hash(sampleKey + step) : 0;
  if (scheme == l.SCHEME_QUEUE && queueLength() > 0) {
    clock.beginPhase(l.PHASE_CIRCULATE);
    forgetLanes();
    circulate(queueSinglePort != 0);
    clock.endPhase(0);
  }
  takeInput(first, end, tickCycle);
  let population = populations;
  for (let p = 0; p < inputPopulations; p++) {
    scanAll(population);
    population += l.POP_BYTES;
  }
  for (let p = inputPopulations; p < populationCount; p++) {
    update(population, key);
    if (load<i32>(population, l.POP_KIND) == l.KIND_LIF) {
      send(population, step);
      scanAll(population);
    }
    population += l.POP_BYTES;
  }
  if (decideRule != l.DECIDE_NONE) {
    if (decide(step, t == ticks - 1) && decideStop) over = true;
  }
  if (learning != 0 && learningOn != 0) learnStep(t);
  step++;
  store<i32>(record, clock.now, l.RECORD_DONE);
  if (accounting && period > 0) {
    const deadline = tickCycle + (arrival == l.ARRIVAL_TIMED ? 2 * period : period);
    if (clock.now > deadline) count(l.COUNT_DEADLINE_MISSES, 1);
  }
}

function firstEvent(t: i32): i32 {
  return load<i32>(eventStart + (t << 2));
}

/** Runs up to `limit` ticks, as far as records have room; returns false once the sample is over. */
export function runTicks(limit: i32): bool {
  recordsWritten = 0;
  clearOutputs();
  for (let n = 0; n < limit && tick < ticks && !over && recordsWritten < recordCapacity; n++) {
    const tickCycle = firstTickCycle + tick * period;
    const late =
      accounting != 0 &&
      overrun != l.OVERRUN_QUEUE &&
      arrival == l.ARRIVAL_BURST &&
      period > 0 &&
      clock.now > tickCycle;
    if (late && overrun == l.OVERRUN_SKIP) {
      count(l.COUNT_TICKS_SKIPPED, 1);
      count(l.COUNT_INPUT_DROPPED, firstEvent(tick + 1) - firstEvent(tick));
    } else if (late) {
      count(l.COUNT_TICKS_MERGED, 1);
      if (heldFrom < 0) heldFrom = firstEvent(tick);
    } else {
      const first = heldFrom < 0 ? firstEvent(tick) : heldFrom;
      heldFrom = -1;
      runStep(tick, first, firstEvent(tick + 1), tickCycle);
    }
    tick++;
  }
  if (tick == ticks && heldFrom >= 0) {
    count(l.COUNT_INPUT_DROPPED, firstEvent(ticks) - heldFrom);
    heldFrom = -1;
  }
  return tick < ticks && !over;
}

/** First cycle after the drain of the output queue. */
export function endSample(): i32 {
  takeLeader();
  if (learning != 0 && learningOn != 0 && step > 0) apply(hash(sampleKey + step));
  const end = max(clock.now, lastOutputCycle() + 1);
  if (accounting) clock.setNow(end);
  return end;
}
