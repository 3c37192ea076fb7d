/** Reports of one sample, step by step, with what was reported in between. */

import type { Report, ReportReader } from "./stream.ts";

export type ReportOf<K extends Report["kind"]> = Extract<Report, { readonly kind: K }>;

export interface SampleReports {
  /** The next step, the sample's end (again and again), or where the core stands still. */
  next(): ReportOf<"step"> | ReportOf<"sampleEnd"> | ReportOf<"stuck">;
  /** So far. */
  readonly outputs: readonly ReportOf<"output">[];
  decided(): ReportOf<"decided"> | null;
}

/** @throws Error when the run ends within the sample */
export function sampleReports(reader: ReportReader): SampleReports {
  const outputs: ReportOf<"output">[] = [];
  let decided: ReportOf<"decided"> | null = null;
  let last: ReportOf<"sampleEnd"> | ReportOf<"stuck"> | null = null;
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
            last = report;
            break;
          case "read":
          case "runEnd":
            throw new Error("report of the test bench: the run ends within a sample; build it again");
        }
      }
      return last;
    },
  };
}
