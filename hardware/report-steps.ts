/** Reports of one sample, step by step, with what was reported in between. */

import { SimulationError } from "./simulation-error.ts";
import type { Report, ReportReader } from "./stream.ts";

export type ReportOf<K extends Report["kind"]> = Extract<Report, { readonly kind: K }>;

/** The run ends here, within the sample. */
export type BrokenOff = ReportOf<"stuck"> | ReportOf<"assertion"> | ReportOf<"untimely">;

export interface SampleReports {
  /** The next step, or (again and again) the sample's end or where the run broke off. */
  next(): ReportOf<"step"> | ReportOf<"sampleEnd"> | BrokenOff;
  /** So far. */
  readonly outputs: readonly ReportOf<"output">[];
  decided(): ReportOf<"decided"> | null;
}

/** @throws SimulationError when the run ends within the sample */
export function sampleReports(reader: ReportReader): SampleReports {
  const outputs: ReportOf<"output">[] = [];
  let decided: ReportOf<"decided"> | null = null;
  let last: ReportOf<"sampleEnd"> | BrokenOff | null = null;
  return {
    outputs,
    decided: () => decided,
    next() {
      while (last === null) {
        const report = reader.next();
        switch (report.kind) {
          case "output":
            outputs.push(report);
            break;
          case "decided":
            decided = report;
            break;
          case "step":
            return report;
          case "sampleEnd":
          case "stuck":
          case "assertion":
          case "untimely":
            last = report;
            break;
          case "read":
          case "runEnd":
            throw new SimulationError("report of the test bench", "the run ends within a sample", "build it again");
        }
      }
      return last;
    },
  };
}
