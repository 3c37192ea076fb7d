/** docs/results/: what is read, what is written. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Arm } from "./arm.ts";
import { seedOf } from "./arm.ts";
import { createRuns, type Runs } from "./comparison.ts";
import { runKey } from "./decides.ts";
import type { Origin } from "./execute.ts";
import { computeKeys, flatKeys } from "./keys.ts";
import { drawPlots } from "./plots.ts";
import { renderReport } from "./report.ts";
import type { RunResult } from "./result.ts";
import { readRuns, type StoredRuns } from "./run-store.ts";
import { readTrials } from "./tuning.ts";

export const RESULTS: string = fileURLToPath(new URL("../docs/results", import.meta.url));
export const runsFile = (folder: string = RESULTS): string => join(folder, "runs.jsonl");
const keysFile = (folder: string): string => join(folder, "reproduce.json");

export function origin(): Origin {
  return {
    machine: `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores, Node ${process.versions.node}`,
    commit: commitOf(),
  };
}

/** Short hash, with "+" when the checkout has changes; "unknown" outside of one. */
function commitOf(): string {
  const git = (...args: string[]): string =>
    execFileSync("git", args, {
      cwd: RESULTS.replace(/docs.results$/, ""),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
    return git("rev-parse", "--short", "HEAD") + (changed ? "+" : "");
  } catch {
    // A package or an archive without git: results do not depend on it.
    return "unknown";
  }
}

/** The stored runs by today's arms: one whose rates or semantics have changed since is not found. */
export function currentRuns({ runs }: StoredRuns): Runs {
  const byKey = new Map(runs.map((run) => [run.key, run]));
  const keys = new Map<string, string>();
  return createRuns((arm: Arm, fold: number): RunResult | undefined => {
    const id = `${arm.name} ${fold}`;
    const key = keys.get(id) ?? runKey({ arm, fold, seed: seedOf(fold) });
    keys.set(id, key);
    return byKey.get(key);
  });
}

type Flat = Record<string, unknown>;

/** Keys as the runs give them, without date, machine and commit. */
export function keysOfRuns(stored: StoredRuns): Flat {
  return flatKeys(computeKeys(currentRuns(stored)));
}

/** Names of the keys of which reproduce.json is not what its runs give; ["reproduce.json"] when there is no file. */
export function staleKeys(folder: string = RESULTS): readonly string[] {
  if (!existsSync(keysFile(folder))) return ["reproduce.json"];
  const { date: _, machine: __, commit: ___, ...written } = JSON.parse(readFileSync(keysFile(folder), "utf8")) as Flat;
  const now = keysOfRuns(readRuns(runsFile(folder)));
  const names = [...new Set([...Object.keys(written), ...Object.keys(now)])];
  return names.filter((name) => JSON.stringify(written[name]) !== JSON.stringify(now[name]));
}

/** Writes reproduce.json, reproduce.md and the plots. */
export function publish(folder: string = RESULTS): void {
  mkdirSync(folder, { recursive: true });
  const runs = currentRuns(readRuns(runsFile(folder)));
  const keys = computeKeys(runs);
  const from = { date: new Date().toISOString(), ...origin() };
  const plots = drawPlots(runs);
  for (const { file, svg } of plots) writeFileSync(join(folder, file), svg);
  writeFileSync(join(folder, "reproduce.md"), renderReport(runs, keys, from, plots, readTrials(folder)));
  writeFileSync(keysFile(folder), `${JSON.stringify({ ...from, ...flatKeys(keys) }, null, 2)}\n`);
}
