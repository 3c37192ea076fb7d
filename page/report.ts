/** A file of results or of a run as a page. */

import { basename } from "node:path";
import { readAssets } from "./assets.ts";
import { pageHtml } from "./html.ts";
import type { Making } from "./page-head.ts";
import { readSweepResults } from "./read-results.ts";
import { runReport } from "./run-data.ts";
import type { RunReading } from "./run-page.ts";
import { sweepReport } from "./sweep-data.ts";

export interface Report {
  readonly kind: "sweep" | "run";
  /** Designs of a sweep; recorded samples of a run. */
  readonly points: number;
  readonly notes: readonly string[];
  readonly html: string;
}

/** The page of a run or a training. */
export function reportOfRun(path: string, reading: RunReading, making: Making): Report {
  const { head, data } = runReport(basename(path), reading, making);
  const html = pageHtml({ head, data, ...readAssets() });
  return { kind: "run", points: data.samples.length, notes: head.notes, html };
}

/** The page of a result file. @throws PageError */
export function reportOfResults(path: string, making: Making): Report {
  const { lines, notes } = readSweepResults(path);
  const { head, data } = sweepReport(basename(path), [...lines.values()], notes, making);
  return {
    kind: "sweep",
    points: data.status.length,
    notes: head.notes,
    html: pageHtml({ head, data, ...readAssets() }),
  };
}
