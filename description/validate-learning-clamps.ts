/** Checks of the clamps of learned delays against the delays that projections declare. */

import { LONGEST_DELAY } from "./array-entries.ts";
import { report } from "./checks.ts";
import { at, type Issue } from "./issues.ts";
import type { LearningScope } from "./learning-scope.ts";
import type { NetworkDescription } from "./network.ts";
import { type Duration, inSteps } from "./units.ts";

/** 0 <= min <= max <= the projection's largest delay. A mistake of the network's clamp is reported for the first projection. */
export function checkClamps(
  issues: Issue[],
  { projections }: NetworkDescription,
  scope: LearningScope,
  timestepMs: number | undefined,
): undefined {
  const reported = new Set<string>();
  for (const { index, delays } of scope.projections) {
    const { from, to, delays: declared, learn } = projections[index]!;
    const largest = stepsOf(declared?.max, timestepMs);
    if (delays === null || largest === undefined) continue;
    const own = (learn as { readonly delays?: object } | undefined)?.delays;
    const place = (key: "min" | "max"): string => {
      const isOwn = typeof own === "object" && own !== null && (own as Record<string, unknown>)[key] !== undefined;
      return `${isOwn ? at(at("projections", index), "learn") : "learn"}.delays.${key}`;
    };
    const once = (key: "min" | "max", problem: string, remedy: string): undefined => {
      const path = place(key);
      if (reported.has(path)) return;
      reported.add(path);
      report(issues, path, delays[key], problem, remedy);
    };
    const max = delays.max === undefined ? largest : stepsOf(delays.max, timestepMs);
    const min = delays.min === undefined ? 0 : stepsOf(delays.min, timestepMs);
    const declares = `the largest delay of ${from} -> ${to}, ${largest} steps`;
    const remedy = `clamp to at most steps(${largest}), or raise max of the projection's delays`;
    if (max !== undefined && max > largest) once("max", `is beyond ${declares}`, remedy);
    if (min === undefined || max === undefined) continue;
    if (min > largest) once("min", `is beyond ${declares}`, remedy);
    else if (min > max) once("min", `is greater than max, ${max} steps`, "give min below max");
  }
}

/** Whole steps; undefined for what is not a duration of 0..255 whole steps, which is reported elsewhere. */
function stepsOf(value: unknown, timestepMs: number | undefined): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { ms, steps } = value as { readonly ms?: unknown; readonly steps?: unknown };
  const known = typeof steps === "number" ? ms === undefined : typeof ms === "number" && timestepMs !== undefined;
  if (!known) return undefined;
  const count = inSteps(value as Duration, timestepMs ?? 1);
  return Number.isInteger(count) && count >= 0 && count <= LONGEST_DELAY ? count : undefined;
}
