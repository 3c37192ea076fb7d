// Where requests come from: the input queue, spike memory, spike rings; and the output queue that spikes leave by
// (docs/core.md, sections 4 and 5.3).

import * as clock from "./clock";
import { count, forgetLanes, request, requestRow } from "./deliver";
import * as l from "./layout";
import { hash } from "./numbers";
import {
  accounting,
  arrival,
  channels,
  inputPopulations,
  inputQueue,
  learning,
  learningOn,
  leaveTimes,
  offsets,
  outputQueue,
  outputs,
  period,
  populations,
  projections,
  readiness,
  receiverSeed,
  spikeWord,
  tracing,
} from "./registers";
import { countEvent } from "./traces";

// Input queue: the sender's last accept, as if the queue were never full, and the last pop.
let lastAccept: i32 = -1;
let lastPop: i32 = -1;
export let lastInputCycle: i32 = -1;

// Output queue: events are numbered within a sample; leaveTimes holds the last `outputQueue` leaves.
let outputEvent: i32 = 0;
let lastLeave: i32 = -1;
/** Output events written for the host since it last took them. */
export let outputsWritten: i32 = 0;

export function beginQueues(): void {
  lastAccept = -1;
  lastPop = -1;
  lastInputCycle = -1;
  outputEvent = 0;
  lastLeave = -1;
}

export function clearOutputs(): void {
  outputsWritten = 0;
}

export function lastOutputCycle(): i32 {
  return lastLeave;
}

/**
 * Cycle from which an element offered at `offer` is visible at the head of the input queue.
 *
 * A queue of two or more never holds the core up, so that its back-pressure needs no bookkeeping: an element that waited for a place
 * is accepted at most in pop_(n-2) + 1 and visible in pop_(n-2) + 2 <= pop_(n-1) + 1 <= start_(n-1) = next_n, and so are, by
 * induction, those that wait behind it. A queue of one does hold it up: accept_n >= pop_(n-1) + 1.
 */
function visible(offer: i32): i32 {
  lastAccept = max(offer, lastAccept + 1);
  if (inputQueue == 1) lastAccept = max(lastAccept, lastPop + 1);
  return lastAccept + 1;
}

function popped(cycle: i32): void {
  if (inputQueue == 1) lastPop = cycle;
}

/** Phase input: events [first, end) of the stimulus, then the marker. */
export function takeInput(first: i32, end: i32, tickCycle: i32): void {
  clock.beginPhase(l.PHASE_INPUT);
  forgetLanes();
  const timed = arrival == l.ARRIVAL_TIMED;
  let population = populations;
  let base = 0;
  let limit = load<i32>(population, l.POP_SIZE);
  for (let n = first; n < end; n++) {
    const channel = load<i32>(channels + (n << 2));
    if (channel < base || channel >= limit) {
      population = populations;
      for (let p = 1; p < inputPopulations; p++) {
        if (channel >= load<i32>(population + l.POP_BYTES, l.POP_CHANNEL_BASE)) population += l.POP_BYTES;
      }
      base = load<i32>(population, l.POP_CHANNEL_BASE);
      limit = base + load<i32>(population, l.POP_SIZE);
    }
    let a = 0;
    if (accounting) {
      const offer = timed ? tickCycle + min(load<i32>(offsets + (n << 2)), period - 1) : tickCycle;
      a = clock.takeVisible(visible(offer));
      if (tracing) clock.trace(a, l.TRACE_INPUT, channel);
    }
    if (learning != 0 && learningOn != 0) countEvent(channel);
    const fanOut = load<i32>(population, l.POP_PROJECTIONS);
    let projection = projections + load<i32>(population, l.POP_FIRST_PROJECTION) * l.PROJ_BYTES;
    if (fanOut == 0) clock.issueNone(a);
    for (let q = 0; q < fanOut; q++) {
      if (q > 0) a = clock.next;
      request(projection, channel - base, a);
      projection += l.PROJ_BYTES;
    }
    if (accounting) {
      popped(a);
      lastInputCycle = a;
    }
  }
  count(l.COUNT_INPUT_EVENTS, end - first);
  let marker = 0;
  if (accounting) {
    marker = clock.takeVisible(visible(timed ? tickCycle + period : tickCycle));
    popped(marker);
  }
  clock.endPhase(marker + 1);
}

function wordOf(bits: i32, index: i32): u32 {
  if (spikeWord == 32) return load<u32>(bits + (index << 2));
  if (spikeWord == 16) return <u32>load<u16>(bits + (index << 1));
  return <u32>load<u8>(bits + index);
}

/** Cycle in which an output event pushed in cycle a leaves: the receiver is ready always or by a seeded pattern. */
function leave(a: i32): i32 {
  let cycle = max(a + 1, lastLeave + 1);
  if (readiness < 256) {
    while (<i32>(hash(<u32>(receiverSeed + cycle)) >> 24) >= readiness) cycle++;
  }
  return cycle;
}

function emit(population: i32, neuron: i32, step: i32, a: i32): void {
  const cycle = leave(a);
  lastLeave = cycle;
  store<i32>(leaveTimes + ((outputEvent % outputQueue) << 2), cycle);
  outputEvent++;
  const at = outputs + outputsWritten * l.OUTPUT_BYTES;
  store<i32>(at, step);
  store<i32>(at, (population - populations) / l.POP_BYTES, 4);
  store<i32>(at, neuron, 8);
  store<i32>(at, cycle, 12);
  outputsWritten++;
  count(l.COUNT_OUTPUT_EVENTS, 1);
  if (tracing) clock.trace(cycle, l.TRACE_OUTPUT, neuron);
}

/** Phase deliver: the spikes of a population go out along all its projections (send). */
export function send(population: i32, step: i32): void {
  const fanOut = load<i32>(population, l.POP_PROJECTIONS);
  const isOutput = load<i32>(population, l.POP_OUTPUT) != 0;
  if (fanOut == 0 && !isOutput) return;
  clock.beginPhase(l.PHASE_DELIVER);
  forgetLanes();
  const bits = load<i32>(population, l.POP_SPIKES);
  const words = (load<i32>(population, l.POP_SIZE) + spikeWord - 1) / spikeWord;
  const firstProjection = projections + load<i32>(population, l.POP_FIRST_PROJECTION) * l.PROJ_BYTES;
  let loaded = clock.now + 1;
  for (let i = 0; i < words; i++) {
    let word = wordOf(bits, i);
    let last = loaded;
    while (word) {
      const neuron = i * spikeWord + <i32>ctz(word);
      word &= word - 1;
      let a = max(clock.next, loaded + 1);
      if (isOutput) {
        if (accounting && outputEvent >= outputQueue) {
          a = clock.takeRoom(loaded + 1, load<i32>(leaveTimes + ((outputEvent % outputQueue) << 2)) + 1);
        }
        emit(population, neuron, step, a);
      }
      if (fanOut == 0) clock.issueNone(a);
      let projection = firstProjection;
      for (let q = 0; q < fanOut; q++) {
        if (q > 0) a = clock.next;
        request(projection, neuron, a);
        projection += l.PROJ_BYTES;
      }
      last = a;
    }
    loaded = last + 1;
  }
  clock.endPhase(loaded);
}

/** Phase deliver: the slot of a spike ring that has come up is walked and cleared (scan). */
export function scan(projection: i32): void {
  clock.beginPhase(l.PHASE_DELIVER);
  forgetLanes();
  const head = load<i32>(projection, l.PROJ_RING_HEAD);
  const slots = load<i32>(projection, l.PROJ_RING_SLOTS);
  const slotBytes = load<i32>(projection, l.PROJ_RING_SLOT_BYTES);
  const bits = load<i32>(projection, l.PROJ_RING) + head * slotBytes;
  const words = (load<i32>(projection, l.PROJ_SOURCE_SIZE) + spikeWord - 1) / spikeWord;
  let loaded = clock.now + 1;
  for (let i = 0; i < words; i++) {
    let word = wordOf(bits, i);
    let last = loaded;
    while (word) {
      const source = i * spikeWord + <i32>ctz(word);
      word &= word - 1;
      last = max(clock.next, loaded + 1);
      requestRow(projection, source, last);
    }
    loaded = last + 1;
  }
  memory.fill(bits, 0, slotBytes);
  store<i32>(projection, head + 1 == slots ? 0 : head + 1, l.PROJ_RING_HEAD);
  clock.endPhase(loaded);
}
