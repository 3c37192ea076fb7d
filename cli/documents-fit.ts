/** The JSON document of `mora fit`. */

import type { CompleteCore } from "../description/core.ts";
import type { Choices } from "../explore/axis.ts";
import type { CriterionName } from "../explore/fit/criterion.ts";
import type { Phase } from "../explore/fit/problem.ts";
import type { Accuracy } from "../statistics/interval.ts";
import type { PairedDifference } from "../statistics/paired.ts";

/** A design on samples, beside float64 on the same ones. */
export interface FitScore {
  readonly accuracy: Accuracy;
  /** Float64 first, the design second. */
  readonly loss: PairedDifference;
}

export interface FitDesign {
  readonly choices: Choices;
  /** Address of its line in the result file. */
  readonly key: string;
  readonly kept: boolean;
  /** Why it did not run; null: it ran. */
  readonly refusal: string | null;
  /** Bytes: total, registers, padding, learning, and each memory by its name. */
  readonly memory: Readonly<Record<string, number>> | null;
  /** Mean of an inference. */
  readonly cycles: number | null;
  readonly search: FitScore | null;
  readonly test: FitScore | null;
}

export interface FitStep {
  readonly phase: Phase;
  readonly quantity: string | null;
  readonly changes: readonly { readonly what: string; readonly from: Scalar | null; readonly to: Scalar | null }[];
  readonly memory: number;
  readonly score: FitScore | null;
  readonly kept: boolean;
  readonly accepted: boolean;
  readonly why: string;
}

type Scalar = number | string | boolean;

export interface FitDocument {
  readonly schema: "mora/fit/1";
  readonly network: string;
  readonly core: string;
  readonly data: string;
  readonly testData: string | null;
  /** Path of the result file. */
  readonly results: string;
  /** Share. */
  readonly maxLoss: number;
  readonly criterion: CriterionName;
  readonly keep: readonly string[];
  readonly float: { readonly search: Accuracy; readonly test: Accuracy | null };
  /** Null: no design keeps the accuracy. */
  readonly fitted: FitDesign | null;
  /** When none does: the one that loses least. */
  readonly nearest: FitDesign | null;
  readonly uniform: FitDesign | null;
  readonly weights: FitDesign | null;
  readonly given: FitDesign;
  /** Shares of memory saved over the three. */
  readonly saved: { readonly uniform: number | null; readonly weights: number | null; readonly given: number | null };
  /** Accuracy of the fitted design less that of the uniform one. */
  readonly overUniform: { readonly search: PairedDifference; readonly test: PairedDifference | null } | null;
  readonly budget: { readonly bytes: number; readonly fits: boolean; readonly left: number } | null;
  readonly found: CompleteCore | null;
  readonly excesses: readonly string[];
  readonly path: readonly FitStep[];
  readonly tried: number;
  readonly evaluated: number;
  readonly reused: number;
  readonly seconds: number;
}
