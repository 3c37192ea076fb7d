/** docs/results/runs.jsonl: one line a finished run, only ever appended to. */

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { canonicalJson, keyOf } from "./canonical.ts";
import type { RunResult } from "./result.ts";

export interface StoredRuns {
  /** In the order of the file; of two lines with one key the first. */
  readonly runs: readonly RunResult[];
  /** What is wrong with the file: lines that are torn, have another key than their contents, or repeat one. */
  readonly faults: readonly string[];
}

/**
 * Appends one run and waits until it is on the disk. The line is written in one call, so that lines of two processes do not mix. If the file
 * ends within a line, which a crash leaves behind, a new one is begun: the torn one stays and is passed over by `readRuns`.
 */
export function appendRun(path: string, run: RunResult): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, "a+");
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    if (size > 0) readSync(file, last, 0, 1, size - 1);
    const torn = size > 0 && last[0] !== 0x0a;
    const line = Buffer.from(`${torn ? "\n" : ""}${canonicalJson(run)}\n`);
    const written = writeSync(file, line);
    if (written !== line.length)
      throw new Error(`${path}: ${written} of ${line.length} B were written; is the disk full?`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The runs of a file; none when it is not there. A line counts only if its key is that of its contents. */
export function readRuns(path: string): StoredRuns {
  if (!existsSync(path)) return { runs: [], faults: [] };
  const lines = readFileSync(path, "utf8").split("\n");
  const runs = new Map<string, RunResult>();
  const faults: string[] = [];
  lines.forEach((line, n) => {
    if (line === "") return;
    const place = `${path}, line ${n + 1}`;
    const run = parse(line);
    if (run === undefined) {
      const last = n === lines.length - 1 ? "the last line is torn" : "the line is not whole JSON";
      faults.push(`${place}: ${last} and is passed over`);
    } else if (keyOf(run.decides) !== run.key) {
      faults.push(`${place}: key ${run.key.slice(0, 12)} of ${run.arm} is not that of its contents; it is passed over`);
    } else if (runs.has(run.key)) {
      faults.push(`${place}: ${run.arm} fold ${run.fold} stands here a second time; the first counts`);
    } else runs.set(run.key, run);
  });
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
