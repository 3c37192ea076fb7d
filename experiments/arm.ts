/** What is compared: an arm is plain data, a run is an arm on one fold with one seed. */

import type { ModelName } from "../training/learner.ts";
import type { DataName } from "./data-names.ts";
import type { Change } from "./rates.ts";

/** A network by what varies between arms; everything else of it is in rates.ts. */
export interface NetworkPlan {
  /** Hidden layers from the input on. */
  readonly hidden: readonly number[];
  /** SRNN: each hidden layer also projects to itself. */
  readonly recurrent: boolean;
  readonly delays: "none" | "synaptic" | "axonal";
  readonly start: "random" | "zero";
  /** What learns besides the readout's weights. */
  readonly learns: { readonly weights: boolean; readonly delays: boolean };
  /** Share of the pairs that have a synapse, in (0, 1], of all projections but the readout's. */
  readonly density: number;
}

/** A core by what varies between arms. */
export interface CorePlan {
  /** Used bits of a weight. */
  readonly weightBits: number;
  /** Bits below a learned weight, and below a learned delay. */
  readonly remainder: number;
  readonly fraction: number;
  readonly rounding: "nearest" | "stochastic" | "sign";
  /** Whether what an update rounds away stays in the change memory; absent: no. */
  readonly carry?: boolean;
  /** Largest used delay is below this; 2^b slots for delays of b bits. Absent: as rates.ts has it. */
  readonly slots?: number;
  /** Absent: as rates.ts has it. */
  readonly update?: "step" | "sample";
  /** Absent: as rates.ts has it. */
  readonly eligibility?: "trace" | "filtered";
}

export type Purpose = "tiny" | "learned" | "official" | "equal" | "density" | "offline" | "frontier" | "generated";

export interface Arm {
  /** Letters, digits and "-"; stands in runs.jsonl and in tables. */
  readonly name: string;
  /** What it is, in a table. */
  readonly title: string;
  readonly purpose: Purpose;
  /** Whether a key needs it; the others are run with --all. */
  readonly keyed: boolean;
  readonly data: DataName;
  readonly folds: readonly number[];
  readonly model: ModelName;
  readonly network: NetworkPlan;
  /** Core that learns, or on which what was learned offline runs. */
  readonly core: CorePlan;
  /** Numbers of its own in place of those of rates.ts. */
  readonly change?: Change;
  /** Absent: as rates.ts has it (bptt: until validation stalls). */
  readonly epochs?: number;
}

export interface Run {
  readonly arm: Arm;
  readonly fold: number;
  /** Of initial numbers, order, augmentation and the core: a new one each fold. */
  readonly seed: number;
}

/** Seed of a fold: the same for all arms, so that what is paired starts from the same numbers where it can. */
export function seedOf(fold: number): number {
  return 101 + fold;
}

export function runsOf(arm: Arm): readonly Run[] {
  return arm.folds.map((fold) => ({ arm, fold, seed: seedOf(fold) }));
}
