/** What goes between a search and whoever evaluates for it. */

import type { Choices } from "./axis.ts";

export interface Candidate {
  readonly choices: Choices;
  /** Null: as many as the space says. */
  readonly samples: number | null;
}

/** What a candidate is worth. */
export interface Verdict {
  /** All to be made small: a measure that is to be large comes with its sign changed. Infinity where there is no number. */
  readonly objectives: readonly number[];
  /** 0: feasible; else the shares of the limits by which they are exceeded, added up (verdict.ts); Infinity for what cannot be said so. */
  readonly violation: number;
}

export type Search = Generator<readonly Candidate[], void, readonly Verdict[]>;
