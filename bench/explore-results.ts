/** docs/results/explore*: what is kept of the published sweeps, and the numbers that are read off it. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { type DesignResult, designResults, frontOf } from "../explore/front.ts";
import { parseResultLine, type ResultLine } from "../explore/result-line.ts";
import { keyOf } from "../formats/canonical.ts";

const ROOT = join(import.meta.dirname, "..");
export const RESULTS: string = join(ROOT, "docs", "results");
export const OBJECTIVES = { accuracy: "max", memory: "min", cycles: "min" } as const;

/** A published sweep: its space, where it works, and what is kept of it. */
export interface Published {
  readonly space: string;
  readonly working: string;
  readonly kept: string;
}

export const DESIGNS: Published = {
  space: join(ROOT, "examples", "digits-space.ts"),
  working: join(ROOT, "build", "explore.jsonl"),
  kept: join(RESULTS, "explore.jsonl.gz"),
};
export const LEARNING: Published = {
  space: join(ROOT, "examples", "learned-digits-space.ts"),
  working: join(ROOT, "build", "learned.jsonl"),
  kept: join(RESULTS, "explore-learning.jsonl.gz"),
};

/** Puts what is kept where a sweep goes on from it, unless there is a file already. */
export function unpack({ working, kept }: Published): void {
  if (existsSync(working) || !existsSync(kept)) return;
  mkdirSync(dirname(working), { recursive: true });
  writeFileSync(working, gunzipSync(readFileSync(kept)));
}

/** Keeps these lines, in the order of the search, so that the same results are the same bytes. */
export function pack({ kept }: Published, lines: readonly ResultLine[]): void {
  mkdirSync(dirname(kept), { recursive: true });
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  // 8 MB without: cores and names repeat on every line.
  writeFileSync(kept, gzipSync(text, { level: 9 }));
}

/** @throws Error for a line that is none: the file is written by `pack` */
export function readKept({ kept }: Published): readonly ResultLine[] {
  const texts = gunzipSync(readFileSync(kept)).toString("utf8").trimEnd().split("\n");
  return texts.map((text, n) => {
    const line = parseResultLine(text);
    if (line === undefined) throw new Error(`${kept}, line ${n + 1}: is no result line, or was changed`);
    return line;
  });
}

/** Of which designs something was said; the same designs have the same results. */
export function digestOf(lines: readonly ResultLine[]): string {
  return keyOf(lines.map(({ key }) => key).toSorted()).slice(0, 16);
}

export interface FrontPoint {
  readonly choices: DesignResult["choices"];
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
  readonly memory: number;
  readonly cycles: number;
}

export interface SweepKeys {
  readonly points: number;
  readonly infeasible: number;
  readonly failed: number;
  /** Samples that score a design. */
  readonly samples: number;
  readonly front: readonly FrontPoint[];
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export function sweepKeys(lines: readonly ResultLine[]): SweepKeys {
  const of = (status: ResultLine["status"]): number => lines.filter((line) => line.status === status).length;
  const scored = lines.find(({ measures }) => measures?.accuracy != null);
  return {
    points: lines.length,
    infeasible: of("infeasible"),
    failed: of("failed"),
    samples: scored?.measures?.accuracy?.n ?? 0,
    front: frontDesigns(lines, OBJECTIVES).map(({ choices, lines: [line], values }) => ({
      choices,
      accuracy: rounded(values.accuracy!, 4),
      low: rounded(line!.measures!.accuracy!.low, 4),
      high: rounded(line!.measures!.accuracy!.high, 4),
      memory: rounded(values.memory!, 1),
      cycles: rounded(values.cycles!, 1),
    })),
  };
}

export function frontDesigns(
  lines: readonly ResultLine[],
  objectives: Readonly<Record<string, "min" | "max">>,
): readonly DesignResult[] {
  return frontOf(designResults(lines, Object.keys(objectives)), objectives);
}

/** `fit_memory_saved` of fit.json, which npm run results:fit writes; null where that has not been run. */
export function fitMemorySaved(folder: string = RESULTS): number | null {
  const path = join(folder, "fit.json");
  if (!existsSync(path)) return null;
  const { fit_memory_saved: saved } = JSON.parse(readFileSync(path, "utf8")) as { fit_memory_saved?: unknown };
  if (typeof saved !== "number") throw new Error(`${path}: has no number fit_memory_saved; run npm run results:fit`);
  return saved;
}
