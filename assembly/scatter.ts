// Adding one synapse row to the ring of its target: acc[slot][post] += w << weightShift (docs/core.md, sections 1 and 3).
//
// A is the accumulator's storage (i16, or i32 above 16 bits); S is i32 where each add saturates and u32 where the
// compiler has proved that no sum can wrap. `slotTable` holds slot addresses from the slot of delay 0 on, so that
// any ring length costs one load a synapse and no modulo.
// Two synapses a 32-bit load gain 1.1 to 1.2 times over one (dense narrow, 128 and 512 neurons).

import * as l from "./layout";
import { accumulatorBits, accumulatorWide, saturateAdd } from "./registers";

/** Saturated adds of the row just scattered; the caller takes it to the population's counter. */
let saturated: i32 = 0;

function deposit<A, S>(address: i32, weight: i32, high: i32): void {
  const sum = <i32>load<A>(address) + weight;
  if (isSigned<S>()) {
    const clipped = min(max(sum, ~high), high);
    saturated += i32(clipped != sum);
    store<A>(address, <A>clipped);
  } else {
    store<A>(address, <A>sum);
  }
}

function slotOf(slotTable: i32, delay: i32): i32 {
  return load<i32>(slotTable + (delay << 2));
}

function densePlain<A, S>(row: i32, count: i32, slot: i32, shift: i32): void {
  const high = i32(((<i64>1) << (<i64>(accumulatorBits - 1))) - 1);
  let post = 0;
  if (sizeof<A>() == 2 && !isSigned<S>()) {
    // Rows and slots are padded to 16 bytes, so the last vector may run over the population's end, into padding.
    for (; post < count; post += 8) {
      const at = slot + (post << 1);
      v128.store(at, i16x8.add(v128.load(at), i16x8.shl(v128.load(row + (post << 1)), shift)));
    }
    return;
  }
  for (; post < count; post++) {
    deposit<A, S>(slot + post * sizeof<A>(), (<i32>load<i16>(row + (post << 1))) << shift, high);
  }
}

function denseNarrow<A, S>(row: i32, count: i32, slotTable: i32, shift: i32, delayBits: i32): void {
  const high = i32(((<i64>1) << (<i64>(accumulatorBits - 1))) - 1);
  const mask = (1 << delayBits) - 1;
  const end = row + (count << 1);
  const pairs = row + ((count & ~1) << 1);
  let post = 0;
  while (row < pairs) {
    const both = load<i32>(row);
    deposit<A, S>(slotOf(slotTable, both & mask) + post, ((both << 16) >> (16 + delayBits)) << shift, high);
    deposit<A, S>(
      slotOf(slotTable, (both >> 16) & mask) + post + sizeof<A>(),
      (both >> (16 + delayBits)) << shift,
      high,
    );
    row += 4;
    post += 2 * sizeof<A>();
  }
  if (row < end) {
    const one = <i32>load<i16>(row);
    deposit<A, S>(slotOf(slotTable, one & mask) + post, (one >> delayBits) << shift, high);
  }
}

function denseWide<A, S>(row: i32, count: i32, slotTable: i32, shift: i32): void {
  const high = i32(((<i64>1) << (<i64>(accumulatorBits - 1))) - 1);
  for (let post = 0; post < count; post++) {
    const one = load<i32>(row + (post << 2));
    deposit<A, S>(slotOf(slotTable, one & 0xff) + post * sizeof<A>(), (one >> 8) << shift, high);
  }
}

function sparseNarrow<A, S>(row: i32, count: i32, slotTable: i32, shift: i32, delayBits: i32): void {
  const high = i32(((<i64>1) << (<i64>(accumulatorBits - 1))) - 1);
  const mask = (1 << delayBits) - 1;
  const end = row + (count << 2);
  for (; row < end; row += 4) {
    const one = load<i32>(row);
    const post = <i32>(<u32>one >> 16);
    deposit<A, S>(slotOf(slotTable, one & mask) + post * sizeof<A>(), ((one << 16) >> (16 + delayBits)) << shift, high);
  }
}

function sparseWide<A, S>(row: i32, count: i32, slotTable: i32, shift: i32): void {
  const high = i32(((<i64>1) << (<i64>(accumulatorBits - 1))) - 1);
  const end = row + (count << 3);
  for (; row < end; row += 8) {
    const one = load<i32>(row, 4);
    deposit<A, S>(slotOf(slotTable, one & 0xff) + load<i32>(row) * sizeof<A>(), (one >> 8) << shift, high);
  }
}

function byKernel<A, S>(projection: i32, row: i32, count: i32, slotTable: i32): void {
  const kernel = load<i32>(projection, l.PROJ_KERNEL);
  const shift = load<i32>(projection, l.PROJ_WEIGHT_SHIFT);
  const delayBits = load<i32>(projection, l.PROJ_DELAY_BITS);
  if (kernel == l.KERNEL_DENSE_NARROW) denseNarrow<A, S>(row, count, slotTable, shift, delayBits);
  else if (kernel == l.KERNEL_SPARSE_NARROW) sparseNarrow<A, S>(row, count, slotTable, shift, delayBits);
  else if (kernel == l.KERNEL_DENSE_PLAIN) densePlain<A, S>(row, count, load<i32>(slotTable), shift);
  else if (kernel == l.KERNEL_DENSE_WIDE) denseWide<A, S>(row, count, slotTable, shift);
  else sparseWide<A, S>(row, count, slotTable, shift);
}

/** Adds a row of `count` synapses to `target`; slotTable stands at the slot of delay 0. */
export function scatter(projection: i32, target: i32, row: i32, count: i32, slotTable: i32): void {
  if (saturateAdd) {
    saturated = 0;
    if (accumulatorWide) byKernel<i32, i32>(projection, row, count, slotTable);
    else byKernel<i16, i32>(projection, row, count, slotTable);
    store<i32>(target, load<i32>(target, l.POP_COUNT_ACCUMULATOR) + saturated, l.POP_COUNT_ACCUMULATOR);
  } else {
    if (accumulatorWide) byKernel<i32, u32>(projection, row, count, slotTable);
    else byKernel<i16, u32>(projection, row, count, slotTable);
  }
}
