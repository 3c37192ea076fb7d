// Requests: a source element (input event, spike, ring bit, queue event) on its way along one projection
// (docs/core.md, sections 3 and 4). Moves the data and tells clock.ts what it cost.

import * as clock from "./clock";
import { refresh } from "./fold";
import * as l from "./layout";
import {
  accounting,
  accumulatorWide,
  counters,
  delayQueue,
  hazardStall,
  lanes,
  lanesBefore,
  lanesNow,
  learning,
  queueBase,
  queueDeliver,
  ringSinglePort,
  scheme,
  spikeWord,
  tracing,
} from "./registers";
import { scatter } from "./scatter";

let queueHead: i32 = 0;
let queueCount: i32 = 0;

export function queueLength(): i32 {
  return queueCount;
}

export function queueFirst(): i32 {
  return queueHead;
}

export function clearQueue(): void {
  queueHead = 0;
  queueCount = 0;
}

export function count(counter: i32, amount: i32): void {
  const at = counters + (counter << 2);
  store<i32>(at, load<i32>(at) + amount);
}

/** Before the first word of a phase no lane has an address to clash with. */
export function forgetLanes(): void {
  if (hazardStall) memory.fill(lanesBefore, 0xff, lanes << 2);
}

/**
 * Hazard of a row's first word with the word before it, and the addresses of its last word for the next row. Only
 * "stall" cores with two ports come here, so it may walk the row: the lanes' words are counted synapse by synapse.
 */
function clashes(projection: i32, target: i32, row: i32, synapses: i32, words: i32, slotOfRow: i32): bool {
  const kernel = load<i32>(projection, l.PROJ_KERNEL);
  const slotBytes = load<i32>(target, l.POP_SLOT_BYTES);
  const slotSize = slotBytes >> (accumulatorWide ? 2 : 1);
  const firstSlot = (slotOfRow - load<i32>(target, l.POP_RING)) / slotBytes;
  const slots = load<i32>(target, l.POP_SLOTS);
  const groups = load<i32>(target, l.POP_GROUPS);
  const base = load<i32>(target, l.POP_RING_BASE);
  const counts = lanesNow + (lanes << 2);
  memory.fill(lanesNow, 0xff, lanes << 2);
  memory.fill(counts, 0, lanes << 2);
  let clash = false;
  for (let s = 0; s < synapses; s++) {
    let place = s;
    if (kernel == l.KERNEL_NEAR) place = <i32>load<u16>(row + (s << 2));
    else if (kernel == l.KERNEL_FAR) place = load<i32>(row + (s << 3));
    const post = place % slotSize;
    const slot = (firstSlot + place / slotSize) % slots;
    const lane = (post & (lanes - 1)) << 2;
    const address = base + slot * groups + post / lanes;
    const nth = load<i32>(counts + lane);
    if (nth == 0 && load<i32>(lanesBefore + lane) == address) clash = true;
    if (nth == words - 1) store<i32>(lanesNow + lane, address);
    store<i32>(counts + lane, nth + 1);
  }
  memory.copy(lanesBefore, lanesNow, lanes << 2);
  return clash;
}

/** Walks a row of a projection into its target's ring, `offset` bytes of slots ahead. */
function walk(projection: i32, row: i32, synapses: i32, words: i32, offset: i32, ready: i32): void {
  const target = load<i32>(projection, l.PROJ_TO);
  if (learning) {
    const stored = load<i32>(row - 16);
    if (stored) refresh(stored);
  }
  const slot = load<i32>(target, l.POP_SLOT) + offset;
  const clash =
    accounting != 0 && hazardStall != 0 && ringSinglePort == 0 && words != 0
      ? clashes(projection, target, row, synapses, words, slot)
      : false;
  scatter(projection, target, row, synapses, slot);
  if (accounting) {
    clock.issueRow(ready, words, clash);
    store<i32>(counters, load<i32>(counters, 4 * l.COUNT_ROWS) + 1, 4 * l.COUNT_ROWS);
    store<i32>(counters, load<i32>(counters, 4 * l.COUNT_WORDS) + words, 4 * l.COUNT_WORDS);
    store<i32>(counters, load<i32>(counters, 4 * l.COUNT_SYNAPTIC_OPS) + synapses, 4 * l.COUNT_SYNAPTIC_OPS);
  }
}

/** Sets bit `source` in the slot `delay` ahead of a projection's spike ring. */
function set(projection: i32, source: i32, delay: i32, ready: i32): void {
  let slot = load<i32>(projection, l.PROJ_RING_HEAD) + delay;
  const slots = load<i32>(projection, l.PROJ_RING_SLOTS);
  if (slot >= slots) slot -= slots;
  const at =
    load<i32>(projection, l.PROJ_RING) + slot * load<i32>(projection, l.PROJ_RING_SLOT_BYTES) + ((source >> 5) << 2);
  const word = load<u32>(at);
  const bit = (<u32>1) << (source & 31);
  if (word & bit) {
    store<i32>(projection, load<i32>(projection, l.PROJ_COUNT_MERGED) + 1, l.PROJ_COUNT_MERGED);
  }
  store<u32>(at, word | bit);
  count(l.COUNT_SETS, 1);
  // Words of different projections have different addresses, so their records tell them apart.
  if (accounting) clock.issueSet(ready, at * 4 + (source & 31) / spikeWord);
}

/** Puts an event into the delay queue; false if it is full and nothing was done. */
function enqueue(bucket: i32, wait: i32): bool {
  if (queueCount >= delayQueue) return false;
  let at = queueHead + queueCount;
  if (at >= delayQueue) at -= delayQueue;
  store<i32>(queueBase + (at << 3), bucket);
  store<i32>(queueBase + (at << 3), wait, 4);
  queueCount += 1;
  count(l.COUNT_PUSHES, 1);
  const peak = counters + (l.COUNT_QUEUE_PEAK << 2);
  store<i32>(peak, max(load<i32>(peak), queueCount));
  return true;
}

/** Delivers a bucket and pushes what follows it; with overflow "deliver", what finds the queue full follows at once. */
function deliverBucket(bucket: i32, ready: i32): bool {
  let pushed = false;
  while (true) {
    walk(
      load<i32>(bucket, l.BUCKET_PROJECTION),
      load<i32>(bucket, l.BUCKET_ROW),
      load<i32>(bucket, l.BUCKET_SYNAPSES),
      load<i32>(bucket, l.BUCKET_WORDS),
      0,
      ready,
    );
    const gap = load<i32>(bucket, l.BUCKET_GAP);
    if (gap == 0) break;
    bucket += l.BUCKET_BYTES;
    if (enqueue(bucket, gap - 1)) {
      pushed = true;
      break;
    }
    if (!queueDeliver) {
      count(l.COUNT_QUEUE_DROPPED, 1);
      break;
    }
    count(l.COUNT_QUEUE_EARLY, 1);
    // The bucket table is read in the cycle in which the push was refused.
    ready = clock.start + 1;
  }
  return pushed;
}

/** One request: source neuron `source` along `projection`, its axon table read in cycle a. */
export function request(projection: i32, source: i32, a: i32): void {
  const axon = load<i32>(projection, l.PROJ_AXONS) + source * l.AXON_BYTES;
  const delay = load<i32>(axon, l.AXON_DELAY);
  const row = load<i32>(axon, l.AXON_ROW);
  if (tracing) clock.trace(a, l.TRACE_ROW, (load<i32>(projection, l.PROJ_INDEX) << 16) | source);
  if (scheme == l.SCHEME_QUEUE) {
    requestQueued(projection, row, delay, a);
    return;
  }
  if (scheme == l.SCHEME_SPIKE_RING && load<i32>(projection, l.PROJ_RING) != 0) {
    set(projection, source, delay, a + 1);
    return;
  }
  walk(projection, row, load<i32>(axon, l.AXON_SYNAPSES), load<i32>(axon, l.AXON_WORDS), delay, a + 1);
}

function requestQueued(projection: i32, bucket: i32, delay: i32, a: i32): void {
  let wait = 0;
  if (load<i32>(projection, l.PROJ_DELAYED)) {
    const recurrent = load<i32>(projection, l.PROJ_RECURRENT);
    if (recurrent || delay > 0) {
      wait = recurrent ? delay : delay - 1;
      if (enqueue(bucket, wait)) {
        if (accounting) clock.issuePush(a + 1);
        return;
      }
      if (!queueDeliver) {
        count(l.COUNT_QUEUE_DROPPED, 1);
        if (accounting) clock.issuePush(a + 1);
        return;
      }
      count(l.COUNT_QUEUE_EARLY, 1);
    }
  }
  deliverBucket(bucket, a + 2);
}

/** A bit of a spike ring's slot: walks the axon's row. */
export function requestRow(projection: i32, source: i32, a: i32): void {
  const axon = load<i32>(projection, l.PROJ_AXONS) + source * l.AXON_BYTES;
  if (tracing) clock.trace(a, l.TRACE_ROW, (load<i32>(projection, l.PROJ_INDEX) << 16) | source);
  walk(
    projection,
    load<i32>(axon, l.AXON_ROW),
    load<i32>(axon, l.AXON_SYNAPSES),
    load<i32>(axon, l.AXON_WORDS),
    0,
    a + 1,
  );
}

/** Lets every event that is in the delay queue go round once (phase circulate). */
export function circulate(singlePort: bool): void {
  const events = queueCount;
  let pushed = false;
  for (let n = 0; n < events; n++) {
    if (accounting && singlePort && pushed) clock.holdForQueue();
    const a = clock.next;
    const at = queueBase + (queueHead << 3);
    const bucket = load<i32>(at);
    const wait = load<i32>(at, 4);
    queueHead += 1;
    if (queueHead >= delayQueue) queueHead = 0;
    queueCount -= 1;
    if (wait > 0) {
      enqueue(bucket, wait - 1);
      pushed = true;
      if (accounting) clock.issuePush(a + 1);
    } else {
      if (tracing)
        clock.trace(a, l.TRACE_ROW, (load<i32>(load<i32>(bucket, l.BUCKET_PROJECTION), l.PROJ_INDEX) << 16) | 0xffff);
      pushed = deliverBucket(bucket, a + 2);
    }
  }
}
