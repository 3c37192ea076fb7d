/** Outputs of the core that say what a counter says too (docs/core.md, section 7): `miss` beside `done`, `overflow`. */

import * as layout from "../assembly/layout.ts";
import type { Counters } from "../emulator/record.ts";
import type { Found } from "./difference.ts";
import type { ReportOf } from "./report-steps.ts";

export interface PinComparison {
  /** After each step. @param counters with the deadline misses that the core judges */
  compare(counters: Counters, step: ReportOf<"step">): Found | null;
}

/** @param before counters at the sample's start */
export function pinComparison(before: Counters): PinComparison {
  const { core } = before;
  const lost = (counters: Uint32Array): number =>
    (counters[layout.COUNT_QUEUE_DROPPED]! + counters[layout.COUNT_QUEUE_EARLY]!) >>> 0;
  const lostBefore = lost(core);
  let misses = core[layout.COUNT_DEADLINE_MISSES]!;
  return {
    compare({ core: now }, { miss, lostEvents }) {
      const late = now[layout.COUNT_DEADLINE_MISSES]! > misses;
      misses = now[layout.COUNT_DEADLINE_MISSES]!;
      return (
        unlike("miss_o at the step's end", "u_controller", Number(late), Number(miss)) ??
        unlike("cycles with overflow_o", "mora_core", (lost(now) - lostBefore) >>> 0, lostEvents)
      );
    },
  };
}

function unlike(what: string, module: string, emulator: number, rtl: number): Found | null {
  return emulator === rtl ? null : { what, module, address: "", emulator, rtl };
}
