/** Augmentation of binned samples. */

import type { BinnedSample } from "./sample.ts";

/**
 * All channels of a sample moved together by `shift` (channel c goes to c + shift); events that leave 0 .. channels - 1 are
 * dropped and counted in `dropped`. The sample itself for a shift of 0.
 */
export function shiftChannels(sample: BinnedSample, shift: number, channels: number): BinnedSample {
  if (shift === 0) return sample;
  const { steps, stepStart, channel, offset } = sample;
  const stays = (e: number): boolean => channel[e]! + shift >= 0 && channel[e]! + shift < channels;
  const starts = new Uint32Array(steps + 1);
  const moved = new Uint16Array(channel.length);
  const offsets = new Float64Array(offset.length);
  let kept = 0;
  for (let t = 0; t < steps; t++) {
    for (let e = stepStart[t]!; e < stepStart[t + 1]!; e++) {
      if (!stays(e)) continue;
      moved[kept] = channel[e]! + shift;
      if (offset.length > 0) offsets[kept] = offset[e]!;
      kept += 1;
    }
    starts[t + 1] = kept;
  }
  return {
    ...sample,
    stepStart: starts,
    channel: moved.subarray(0, kept),
    offset: offset.length > 0 ? offsets.subarray(0, kept) : offset,
    dropped: sample.dropped + channel.length - kept,
  };
}
