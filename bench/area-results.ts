/** docs/results/area.jsonl: the synthesised design points, a line each. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Area } from "../synthesis/area.ts";
import type { FamilyTarget } from "../synthesis/block-memories.ts";

export const AREA_RESULTS: string = join(import.meta.dirname, "..", "docs", "results", "area.jsonl");

export interface AreaResult {
  readonly point: string;
  readonly target: FamilyTarget;
  readonly tool: string;
  readonly area: Area;
}

export function readAreaResults(): readonly AreaResult[] {
  if (!existsSync(AREA_RESULTS)) return [];
  return readFileSync(AREA_RESULTS, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as AreaResult);
}
