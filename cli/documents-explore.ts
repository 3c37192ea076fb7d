/** The JSON documents of the commands that explore designs. */

import type { Choices } from "../explore/axis.ts";

export interface DesignDocument {
  readonly choices: Choices;
  readonly status: "done" | "infeasible" | "failed";
  /** By measure; the mean over seeds. */
  readonly values: Readonly<Record<string, number | null>>;
  /** Of its lines in the result file, one a seed. */
  readonly keys: readonly string[];
}

export interface SweepDocument {
  readonly schema: "mora/sweep/1";
  readonly space: string;
  /** Path of the result file. */
  readonly results: string;
  readonly search: string;
  /** Processes; of a queue, the most that were there at once. */
  readonly workers: number;
  readonly designs: number;
  /** Designs times seeds. */
  readonly points: number;
  readonly evaluated: number;
  readonly reused: number;
  readonly infeasible: number;
  readonly failed: number;
  readonly seconds: number;
  readonly objectives: Readonly<Record<string, "min" | "max">>;
  readonly front: readonly DesignDocument[];
  readonly failures: readonly { readonly choices: Choices; readonly error: string }[];
}

export interface ParetoDocument {
  readonly schema: "mora/pareto/1";
  readonly results: string;
  readonly objectives: Readonly<Record<string, "min" | "max">>;
  /** Designs that were compared, and lines of the file that were not. */
  readonly designs: number;
  readonly leftOut: number;
  readonly infeasible: number;
  readonly failed: number;
  readonly front: readonly DesignDocument[];
}

export interface ReportDocument {
  readonly schema: "mora/report/1";
  /** Path of the results or the run. */
  readonly input: string;
  readonly kind: "sweep" | "run";
  /** Designs of a sweep; recorded samples of a run. */
  readonly points: number;
  /** What was left out or mended, as the page says it. */
  readonly notes: readonly string[];
  readonly page: string;
  readonly bytes: number;
}
