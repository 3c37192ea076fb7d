// Phase learn of the usual projection: dense, weights and synaptic delays below 32 steps both learn, no eligibilities, no taps.
// The same as learnRow (learn-row.ts) for every row, with what is the same for all rows loaded once, and without its branches.

import { rowDrawPlace } from "./draws";
import * as l from "./layout";
import * as t from "./learning-tables";
import { changeBits, rowDrawBytes, rowDraws, tapCount, updateEvery } from "./registers";
import { accumulate, rowBits, scratch, tallyOf } from "./update-unit";
import { gatherBoth } from "./windows";

/** Whether walkNear is for this projection. */
export function isNear(projection: i32): bool {
  return (
    tapCount == 0 &&
    load<i32>(projection, t.LP_DENSE) != 0 &&
    load<i32>(projection, t.LP_DELAY_KIND) == 1 &&
    load<i32>(projection, t.LP_WEIGHTS) != 0 &&
    load<i32>(projection, t.LP_DELAYS) != 0 &&
    load<i32>(projection, t.LP_FILTERED) == 0 &&
    load<i32>(projection, t.LP_LONGEST) < 32 &&
    load<i32>(projection, t.LP_FRACTION) <= 11
  );
}

/** All rows, between beginRows and endRows; n: shifts of U, `staged`: end of the list of signals. */
export function walkNear(projection: i32, nWeight: i32, nDelay: i32, staged: i32): void {
  const size = load<i32>(projection, t.LP_SOURCE_SIZE);
  const trace = load<i32>(projection, t.LP_TRACE);
  const entries = load<i32>(trace, t.TR_ENTRIES);
  const stride = load<i32>(trace, t.TR_STRIDE);
  const fraction = load<i32>(projection, t.LP_FRACTION);
  const remainder = load<i32>(projection, t.LP_REMAINDER);
  const bits = load<i32>(projection, t.LP_WEIGHT_BITS);
  const late = updateEvery != 0;
  const limit: i32 = 1 << (changeBits - 1);
  const weightLow = late ? -limit : load<i32>(projection, t.LP_WEIGHT_LOW);
  const weightHigh = late ? limit - 1 : load<i32>(projection, t.LP_WEIGHT_HIGH);
  const delayLow = late ? -limit : load<i32>(projection, t.LP_DELAY_LOW);
  const delayHigh = late ? limit - 1 : load<i32>(projection, t.LP_DELAY_HIGH);
  const x = scratch(t.SCRATCH_TRACE);
  const v = scratch(t.SCRATCH_V);
  const randomWeight = scratch(t.SCRATCH_RANDOM_WEIGHT);
  const randomDelay = scratch(t.SCRATCH_RANDOM_DELAY);
  let weightDraw = rowDraws + rowDrawPlace(l.DRAW_WEIGHT) * rowDrawBytes;
  let delayDraw = rowDraws + rowDrawPlace(l.DRAW_DELAY) * rowDrawBytes;
  let window =
    load<i32>(trace, t.TR_WINDOWS) + load<i32>(trace, t.TR_POSITION) + (load<i32>(projection, t.LP_OFFSET) << 1);
  let zeros = load<i32>(trace, t.TR_ZEROS);
  let row = load<i32>(projection, t.LP_ROWS);
  const end = row + size * t.ROW_BYTES;
  for (; row < end; row += t.ROW_BYTES) {
    const count = load<i32>(row, t.RW_COUNT);
    if (count != 0 && load<i32>(zeros) < entries) {
      const weight = load<i32>(row, t.RW_WEIGHT);
      const delay = load<i32>(row, t.RW_DELAY);
      gatherBoth(x, v, window, delay, fraction, weight, count, remainder, bits);
      const toWeight = late ? load<i32>(row, t.RW_WEIGHT_CHANGE) : weight;
      const toDelay = late ? load<i32>(row, t.RW_DELAY_CHANGE) : delay;
      const bitsWeight = rowBits(<i32>load<u16>(weightDraw), nWeight);
      const bitsDelay = rowBits(<i32>load<u16>(delayDraw), nDelay);
      const tallyWeight = tallyOf(true);
      const tallyDelay = tallyOf(false);
      const changed =
        i32(accumulate(toWeight, x, randomWeight, bitsWeight, nWeight, weightLow, weightHigh, staged, tallyWeight)) |
        i32(accumulate(toDelay, v, randomDelay, bitsDelay, nDelay, delayLow, delayHigh, staged, tallyDelay));
      if (!late && changed != 0) store<i32>(row, 1, t.RW_STALE);
    }
    weightDraw += 2;
    delayDraw += 2;
    zeros += 4;
    window += stride;
  }
}
