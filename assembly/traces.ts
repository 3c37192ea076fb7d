// Phase trace (docs/core.md, sections 10.3 and 10.4): every trace decays, takes this step's spikes and moves up its window.
//
// A neuron's window lies in a longer stretch and moves down it one entry a step, so that entry 0 is written and nothing is
// shifted; at the stretch's start it is copied to the end.

import * as clock from "./clock";
import { fillDraws } from "./draws";
import * as l from "./layout";
import * as t from "./learning-tables";
import { round } from "./numbers";
import {
  accounting,
  decayBits,
  eventCounts,
  rowDraws,
  traceBits,
  traceRecordCount,
  traceRecords,
  traceRounding,
  traceSinglePort,
  tracing,
} from "./registers";

/** An event of a channel, for the input populations' traces. */
export function countEvent(channel: i32): void {
  const at = eventCounts + (channel << 1);
  store<u16>(at, <u16>min(<i32>load<u16>(at) + 1, 65535));
}

export function clearTraces(): void {
  for (let n = 0; n < traceRecordCount; n++) {
    const trace = traceRecords + n * t.TRACE_RECORD_BYTES;
    const size = load<i32>(trace, t.TR_SIZE);
    const entries = load<i32>(trace, t.TR_ENTRIES);
    memory.fill(load<i32>(trace, t.TR_WINDOWS), 0, size * load<i32>(trace, t.TR_STRIDE));
    store<i32>(trace, load<i32>(trace, t.TR_TURN), t.TR_POSITION);
    const zeros = load<i32>(trace, t.TR_ZEROS);
    for (let i = 0; i < size; i++) store<i32>(zeros + (i << 2), entries);
    if (load<i32>(trace, t.TR_INPUT)) memory.fill(load<i32>(trace, t.TR_SOURCE), 0, size << 1);
  }
}

/** Makes room for a new entry 0; returns the new position. */
function moveWindows(trace: i32): i32 {
  const position = load<i32>(trace, t.TR_POSITION);
  const turn = load<i32>(trace, t.TR_TURN);
  if (position > 0) {
    store<i32>(trace, position - 2, t.TR_POSITION);
    return position - 2;
  }
  const size = load<i32>(trace, t.TR_SIZE);
  const stride = load<i32>(trace, t.TR_STRIDE);
  const bytes = load<i32>(trace, t.TR_ENTRIES) << 1;
  let stretch = load<i32>(trace, t.TR_WINDOWS);
  for (let i = 0; i < size; i++) {
    memory.copy(stretch + turn, stretch, bytes);
    stretch += stride;
  }
  store<i32>(trace, turn - 2, t.TR_POSITION);
  return turn - 2;
}

function step(trace: i32, key: u32): void {
  const position = moveWindows(trace);
  const size = load<i32>(trace, t.TR_SIZE);
  const input = load<i32>(trace, t.TR_INPUT) != 0;
  const source = load<i32>(trace, t.TR_SOURCE);
  const cap = load<i32>(trace, t.TR_CAP);
  const decay = <i64>load<i32>(trace, t.TR_DECAY);
  const fraction = load<i32>(trace, t.TR_FRACTION);
  const base = load<i32>(trace, t.TR_BASE);
  const stride = load<i32>(trace, t.TR_STRIDE);
  const zeros = load<i32>(trace, t.TR_ZEROS);
  const most = (1 << traceBits) - 1;
  const random = traceRounding == l.ROUND_STOCHASTIC;
  if (random) fillDraws(rowDraws, l.DRAW_TRACE, base, size, key);
  let at = load<i32>(trace, t.TR_WINDOWS) + position;
  let saturated = 0;
  for (let i = 0; i < size; i++) {
    const count = input
      ? min(<i32>load<u16>(source + (i << 1)), cap)
      : (<i32>load<u8>(source + (i >> 3)) >> (i & 7)) & 1;
    const before = <i32>load<u16>(at, 2);
    let x = 0;
    if (before | count) {
      // round() takes the draw from the top of 32 bits, of which it needs at most 16.
      const bits: u32 = random ? (<u32>load<u16>(rowDraws + (i << 1))) << 16 : 0;
      const wide = <i32>round(<i64>before * decay, decayBits, traceRounding, bits) + (count << fraction);
      x = min(wide, most);
      saturated += i32(x != wide);
    }
    store<u16>(at, <u16>x);
    const zero = zeros + (i << 2);
    store<i32>(zero, x == 0 ? load<i32>(zero) + 1 : 0);
    at += stride;
  }
  store<i32>(trace, load<i32>(trace, t.TR_SATURATED) + saturated, t.TR_SATURATED);
}

/** Phase trace of every trace in order, then the event counters return to 0. */
export function traceAll(key: u32): void {
  for (let n = 0; n < traceRecordCount; n++) {
    const trace = traceRecords + n * t.TRACE_RECORD_BYTES;
    step(trace, key);
    if (!accounting) continue;
    if (tracing) clock.trace(clock.now, l.TRACE_PHASE, l.PHASE_TRACE);
    const size = load<i32>(trace, t.TR_SIZE);
    const stalls = traceSinglePort ? size - 1 : 0;
    clock.book(l.PHASE_TRACE, l.CAUSE_BUSY, size);
    clock.book(l.PHASE_TRACE, l.CAUSE_PORT, stalls);
    clock.book(l.PHASE_TRACE, l.CAUSE_FETCH, 2);
    clock.setNow(clock.now + size + stalls + 2);
  }
  for (let n = 0; n < traceRecordCount; n++) {
    const trace = traceRecords + n * t.TRACE_RECORD_BYTES;
    if (load<i32>(trace, t.TR_INPUT)) memory.fill(load<i32>(trace, t.TR_SOURCE), 0, load<i32>(trace, t.TR_SIZE) << 1);
  }
}

/** Address of neuron `i`'s entry 0; entries follow, newest first. */
export function windowOf(trace: i32, i: i32): i32 {
  return load<i32>(trace, t.TR_WINDOWS) + i * load<i32>(trace, t.TR_STRIDE) + load<i32>(trace, t.TR_POSITION);
}

/** Whether all entries of neuron `i` are 0. */
export function isSilent(trace: i32, i: i32): bool {
  return load<i32>(load<i32>(trace, t.TR_ZEROS) + (i << 2)) >= load<i32>(trace, t.TR_ENTRIES);
}
