// Adding one synapse row to the ring of its target: acc[slot][post] += w << weightShift (docs/core.md, sections 1 and 3).
//
// The host has folded everything constant into a synapse: its place, (delay * padded size + post) accumulators from the slot
// of delay 0, and its weight, already shifted. A ring lies in memory twice as long as it is, so that head + delay never wraps
// (update.ts moves the upper half down when the head does). Five instructions a synapse then remain.
// Measured against slot tables, masks and 16-bit weight-delay pairs (nanoseconds a synapse, 128 / 512 neurons, C 0.69 / 0.80):
// slot table 1.41 / 1.40, mask and multiply 1.04 / 1.05, places with 16-bit weights 0.72 / 0.85, four a turn.
//
// A is the accumulator's storage (i16, or i32 above 16 bits); S is i32 where each add saturates and u32 where the
// compiler has proved that no sum can wrap. Rows are padded to four synapses with weight 0 at place 0, which change nothing.

import * as l from "./layout";
import { accumulatorBits, accumulatorWide, saturateAdd } from "./registers";

/** Saturated adds of the row just scattered; the caller takes it to the population's counter. */
let saturated: i32 = 0;

function deposit<A, S>(address: i32, weight: i32, low: i32, high: i32): void {
  if (isSigned<S>()) {
    const sum = <i64>load<A>(address) + <i64>weight;
    const clipped = min(max(sum, <i64>low), <i64>high);
    saturated += i32(clipped != sum);
    store<A>(address, <A>clipped);
  } else {
    store<A>(address, <A>(<i32>load<A>(address) + weight));
  }
}

/** Dense rows without synaptic delays: i16 weights, slot by slot, eight at a time where nothing saturates. */
function plain<A, S>(row: i32, count: i32, slot: i32): void {
  if (sizeof<A>() == 2 && !isSigned<S>()) {
    // Rows and slots are padded to 16 bytes, so the last vector may run over the population's end, into padding.
    const end = row + (count << 1);
    for (; row < end; row += 16) {
      v128.store(slot, i16x8.add(v128.load(slot), v128.load(row)));
      slot += 16;
    }
    return;
  }
  const high = i32(((<i64>1) << (<i64>(accumulatorBits - 1))) - 1);
  for (let post = 0; post < count; post++) {
    deposit<A, S>(slot + post * sizeof<A>(), <i32>load<i16>(row + (post << 1)), ~high, high);
  }
}

/** u16 place, i16 weight. */
function near<A, S>(row: i32, count: i32, slot: i32): void {
  const high = i32(((<i64>1) << (<i64>(accumulatorBits - 1))) - 1);
  const low = ~high;
  const end = row + (count << 2);
  while (row < end) {
    deposit<A, S>(slot + <i32>load<u16>(row) * sizeof<A>(), <i32>load<i16>(row, 2), low, high);
    deposit<A, S>(slot + <i32>load<u16>(row, 4) * sizeof<A>(), <i32>load<i16>(row, 6), low, high);
    deposit<A, S>(slot + <i32>load<u16>(row, 8) * sizeof<A>(), <i32>load<i16>(row, 10), low, high);
    deposit<A, S>(slot + <i32>load<u16>(row, 12) * sizeof<A>(), <i32>load<i16>(row, 14), low, high);
    row += 16;
  }
}

/** u32 place, i32 weight: for rings or weights that are too large for `near`. */
function far<A, S>(row: i32, count: i32, slot: i32): void {
  const high = i32(((<i64>1) << (<i64>(accumulatorBits - 1))) - 1);
  const end = row + (count << 3);
  for (; row < end; row += 8) {
    deposit<A, S>(slot + load<i32>(row) * sizeof<A>(), load<i32>(row, 4), ~high, high);
  }
}

function byKernel<A, S>(kernel: i32, row: i32, count: i32, slot: i32): void {
  if (kernel == l.KERNEL_NEAR) near<A, S>(row, count, slot);
  else if (kernel == l.KERNEL_PLAIN) plain<A, S>(row, count, slot);
  else far<A, S>(row, count, slot);
}

/** Adds a row of `count` synapses to `target`; `slot` is the address of the slot of delay 0. */
export function scatter(projection: i32, target: i32, row: i32, count: i32, slot: i32): void {
  const kernel = load<i32>(projection, l.PROJ_KERNEL);
  if (saturateAdd) {
    saturated = 0;
    if (accumulatorWide) byKernel<i32, i32>(kernel, row, count, slot);
    else byKernel<i16, i32>(kernel, row, count, slot);
    store<i32>(target, load<i32>(target, l.POP_COUNT_ACCUMULATOR) + saturated, l.POP_COUNT_ACCUMULATOR);
  } else {
    if (accumulatorWide) byKernel<i32, u32>(kernel, row, count, slot);
    else byKernel<i16, u32>(kernel, row, count, slot);
  }
}
