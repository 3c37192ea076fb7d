// One pass over a stimulus before a sample runs, so that the kernels can trust it. What exactly is wrong, the host then finds at
// leisure; a pass in JavaScript took 1.3 to 2.7 ns an event more, which a small network would feel.

import { channels, eventStart, offsets, stamps } from "./registers";

/**
 * Whether ticks follow each other, channels are below `limit`, no channel comes twice in a tick (unless `repeats`) and offsets do not
 * fall within a tick (if `timed`). A repeated channel may still be allowed: then the host counts.
 */
export function isSound(ticks: i32, limit: u32, repeats: bool, timed: bool): bool {
  memory.fill(stamps, 0xff, (<i32>limit) << 2);
  let n = 0;
  for (let t = 0; t < ticks; t++) {
    const end = load<i32>(eventStart + ((t + 1) << 2));
    if (end < n) return false;
    for (const first = n; n < end; n++) {
      const channel = load<u32>(channels + (n << 2));
      if (channel >= limit) return false;
      const stamp = stamps + (channel << 2);
      if (!repeats && load<i32>(stamp) == t) return false;
      store<i32>(stamp, t);
      if (timed && n > first && load<u32>(offsets + (n << 2)) < load<u32>(offsets + ((n - 1) << 2))) return false;
    }
  }
  return true;
}
