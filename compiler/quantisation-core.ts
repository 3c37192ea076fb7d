/** What of a core decides the numbers of a quantised network; the rest decides only where they lie and how long they take. */

import type { CompleteCore, CoreDelays } from "../description/core.ts";

type Formats = "weights" | "accumulator" | "membrane" | "decay" | "decision" | "learning";

/** Quantising takes no more of a core than this, so that cores alike in it share the quantised network. */
export interface QuantisationCore extends Pick<CompleteCore, Formats> {
  /** Which delays can learn, and how often a bucket may be added to a slot. */
  readonly delays: Pick<CoreDelays, "scheme" | "overflow">;
}

/** Those fields and no others, for a key. */
export function quantisationCore({ delays, ...core }: QuantisationCore): QuantisationCore {
  const { weights, accumulator, membrane, decay, decision, learning } = core;
  const { scheme, overflow } = delays;
  return { weights, accumulator, membrane, decay, decision, learning, delays: { scheme, overflow } };
}
