/** docs/results/runs.jsonl: one line a finished run, only ever appended to. */

import { canonicalJson, keyOf } from "../formats/canonical.ts";
import { appendLine, readLines } from "../formats/json-lines.ts";
import type { RunResult } from "./result.ts";

export interface StoredRuns {
  /** In the order of the file; of two lines with one key the first. */
  readonly runs: readonly RunResult[];
  /** What is wrong with the file: lines that are torn, have another key than their contents, or repeat one. */
  readonly faults: readonly string[];
}

/** Appends one run and waits until it is on the disk; a line that a crash has torn stays, and is passed over by `readRuns`. */
export function appendRun(path: string, run: RunResult): void {
  appendLine(path, canonicalJson(run));
}

/** The runs of a file; none when it is not there. A line counts only if its key is that of its contents. */
export function readRuns(path: string): StoredRuns {
  const runs = new Map<string, RunResult>();
  const faults: string[] = [];
  for (const { number, text, torn } of readLines(path)) {
    const place = `${path}, line ${number}`;
    const run = parse(text);
    if (run === undefined) {
      const last = torn ? "the last line is torn" : "the line is not whole JSON";
      faults.push(`${place}: ${last} and is passed over`);
    } else if (keyOf(run.decides) !== run.key) {
      faults.push(`${place}: key ${run.key.slice(0, 12)} of ${run.arm} is not that of its contents; it is passed over`);
    } else if (runs.has(run.key)) {
      faults.push(`${place}: ${run.arm} fold ${run.fold} stands here a second time; the first counts`);
    } else runs.set(run.key, run);
  }
  return { runs: [...runs.values()], faults };
}

function parse(line: string): RunResult | undefined {
  try {
    const value = JSON.parse(line) as RunResult | null;
    return typeof value?.key === "string" && value.decides !== undefined ? value : undefined;
  } catch {
    // Torn by a crash; readRuns reports it with its place.
    return undefined;
  }
}
