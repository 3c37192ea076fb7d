/** What a validation gives: measures by epoch, over the run, and the verdict. */

import type { Accuracy } from "../statistics/interval.ts";
import type { Divergence } from "./divergence.ts";
import type { Comparison } from "./measures.ts";
import type { NoiseMeasure } from "./noise.ts";
import type { ParameterKind, Quantity } from "./quantities.ts";
import type { Saturation, UpdateCounts } from "./saturation.ts";
import type { RangeParts, StageParts } from "./stage-parts.ts";
import type { WidthPath } from "./widths.ts";

/** What one quantity alone does to the change of one parameter. */
export interface Contribution extends Comparison {
  readonly quantity: Quantity;
  /** `fidelity` of measures.ts; null where nothing was intended. */
  readonly fidelity: number | null;
}

export interface ChangeMeasure extends Comparison {
  readonly projection: string;
  readonly parameter: ParameterKind;
  readonly updates: UpdateCounts;
  /** Updates after which a parameter stood at its clamp: left out of the comparison. */
  readonly atClamp: number;
  /** Of the changes kept between updates, squared, in the parameter's unit; 0 with updates at every step. */
  readonly changeParts: RangeParts;
  readonly contributions: readonly Contribution[];
}

export interface EpochValidation {
  /** From 0. */
  readonly epoch: number;
  readonly noise: readonly NoiseMeasure[];
  readonly changes: readonly ChangeMeasure[];
  readonly saturation: readonly Saturation[];
  /** Each sample before its own update. */
  readonly core: Accuracy;
  readonly float: Accuracy;
  readonly divergence: Divergence;
}

export interface ValidationResult {
  /** What the compiler warns of. */
  readonly warnings: readonly string[];
  readonly epochs: readonly EpochValidation[];
  /** Over all epochs together. */
  readonly total: readonly ChangeMeasure[];
  readonly parts: StageParts;
  readonly verdict: Verdict;
}

/** One quantity at the place where it does most harm. */
export interface Finding {
  readonly quantity: Quantity;
  readonly projection: string;
  readonly parameter: ParameterKind;
  readonly fidelity: number;
  readonly cosine: number;
  readonly gain: number;
  /** Path in the core description that gives this quantity more bits, "learning.trace.bits"; null: no width helps. */
  readonly path: WidthPath | null;
  /** Most of the squared error is of values beyond the range. */
  readonly saturated: boolean;
}

export interface Verdict {
  /** The quantity to give bits to first; null: nothing limits. */
  readonly limits: Finding | null;
  /** Every quantity at its worst place, the most harmful first. */
  readonly findings: readonly Finding[];
  readonly text: string;
}
