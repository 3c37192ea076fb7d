/** What every phase of the core offers to the clock: one cycle at a time, each with its cause (docs/core.md, section 5). */

import { CAUSE_BUSY, CAUSE_FETCH } from "../../assembly/layout.ts";

/** A CAUSE_* code. */
export type Cause = number;

export interface Phase {
  /** PHASE_* code under which its cycles are counted. */
  readonly code: number;
  /** True when its registers hold no more work: the cycle belongs to the next phase. */
  done(): boolean;
  /** One cycle. */
  clock(): Cause;
  /** After the last cycle: heads advance. */
  finish?(): void;
}

/** What was seen in one cycle of the stages. */
export interface Observation {
  readonly worked: boolean;
  /** Why stage S or a set is held: port or hazard. */
  readonly held: Cause | null;
  /** Why the source stage, free to make a request, made none: wait, output or port. */
  readonly blocked: Cause | null;
}

/** The one cause of a cycle: the first that applies. */
export function attribute(seen: Observation): Cause {
  if (seen.worked) return CAUSE_BUSY;
  return seen.held ?? seen.blocked ?? CAUSE_FETCH;
}
