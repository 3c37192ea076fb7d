/**
 * Deadline misses as the RTL counts them. With ticks from the host a core knows no period and judges no deadline (docs/core.md,
 * section 7), where the emulator, which knows no such host, goes on counting.
 */

import { COUNT_DEADLINE_MISSES } from "../assembly/layout.ts";
import type { Emulator } from "../emulator/emulator.ts";
import type { Counters } from "../emulator/record.ts";

export interface DeadlineCounter {
  /** A sample begins. @param judged whether the core judges deadlines in it @param cleared whether all counters have been */
  begin(judged: boolean, cleared: boolean): void;
  /** The emulator's counters with the misses that the core counts. */
  judged(counters: Counters): Counters;
}

export function deadlineCounter(emulator: Emulator): DeadlineCounter {
  let judging = true;
  // Of the emulator at the sample's start, and of the core.
  let before = 0;
  let counted = 0;
  const misses = (): number => emulator.counters().core[COUNT_DEADLINE_MISSES]!;
  return {
    begin(judged, cleared) {
      const now = misses();
      counted = cleared ? 0 : counted + (judging ? now - before : 0);
      before = now;
      judging = judged;
    },
    judged(counters) {
      const core = counters.core.slice();
      core[COUNT_DEADLINE_MISSES] = counted + (judging ? core[COUNT_DEADLINE_MISSES]! - before : 0);
      return { ...counters, core };
    },
  };
}
