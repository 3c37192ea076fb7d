/** The phases in which no stage works on events: clear, idle, drain (docs/core.md, section 5.5). */

import { CAUSE_BUSY, CAUSE_OUTPUT, CAUSE_WAIT, PHASE_CLEAR, PHASE_DRAIN, PHASE_IDLE } from "../../assembly/layout.ts";
import type { CoreParts } from "./core-parts.ts";
import type { Phase } from "./phase.ts";

/** Empties what a sample must not inherit: a sweep of all macros in parallel, or the reset of all valid bits. */
export function clearPhase(core: CoreParts): Phase {
  const macros: Pick<typeof core.scores, "words" | "sweep" | "invalidate">[] = [
    ...core.ring,
    core.neurons,
    core.spikeRing,
    core.scores,
  ];
  if (core.learning !== null) macros.push(core.learning.traces, core.learning.eligibilities);
  const valid = core.manifest.core.clear === "valid";
  let address = 0;
  let started = false;
  return {
    code: PHASE_CLEAR,
    done: () => started && (valid || macros.every((macro) => address >= macro.words)),
    clock: () => {
      started = true;
      for (const macro of macros) {
        if (valid) macro.invalidate();
        else macro.sweep(address);
      }
      address++;
      return CAUSE_BUSY;
    },
    finish: () => {
      core.heads.fill(0);
      core.spikeRingHeads.fill(0);
      core.delayQueue.clear();
      core.inputQueue.clear();
      core.step = 0;
      for (const counts of core.learning?.eventCounts ?? []) counts.fill(0);
    },
  };
}

export function idlePhase(core: CoreParts, until: number): Phase {
  return { code: PHASE_IDLE, done: () => core.cycle >= until, clock: () => CAUSE_WAIT };
}

export function drainPhase(core: CoreParts): Phase {
  return { code: PHASE_DRAIN, done: () => core.outputQueue.empty, clock: () => CAUSE_OUTPUT };
}
