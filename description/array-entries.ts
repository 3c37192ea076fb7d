/** The rules for single weights and delays, shared by the validator (arrays in the description) and resolve (arrays in files). */

import type { InitialiserUnit } from "./initialisers.ts";
import { msToSteps } from "./units.ts";
import { LARGEST_VOLTAGE } from "./validate-durations.ts";

/** Longest delay: 255 steps, so that a delay has at most 8 bits. */
export const LONGEST_DELAY = 255;

/** The first entry that breaks a rule, and how many do. */
export interface BadEntry {
  readonly index: number;
  readonly problem: string;
  readonly count: number;
}

/** What a delay is judged by. */
export interface DelayRule {
  readonly unit: InitialiserUnit | undefined;
  readonly timestepMs: number;
  /** Largest delay in steps. */
  readonly max: number;
}

export function weightProblem(weight: number): string | undefined {
  if (!Number.isFinite(weight)) return `a weight must be finite, found ${weight}`;
  if (Math.abs(weight) > LARGEST_VOLTAGE) return `a weight must be within ±${LARGEST_VOLTAGE}, found ${weight}`;
  return undefined;
}

/** A delay in its unit to steps; not whole where the delay is not. */
export function delaySteps(delay: number, { unit, timestepMs }: DelayRule): number {
  if (unit !== "ms" && Number.isInteger(delay)) return delay;
  return msToSteps(delay, unit === "ms" ? timestepMs : 1);
}

export function delayProblem(delay: number, rule: DelayRule): string | undefined {
  const steps = delaySteps(delay, rule);
  if (Number.isInteger(steps) && steps >= 0 && steps <= rule.max) return undefined;
  const found = rule.unit === "ms" ? `found ${delay} ms (${steps} steps of ${rule.timestepMs} ms)` : `found ${delay}`;
  if (!Number.isFinite(steps)) return `a delay must be finite, ${found}`;
  if (steps < 0) return `a delay must not be negative, ${found}`;
  if (steps > rule.max) return `a delay must be at most max, ${rule.max} steps, ${found}`;
  return `a delay must be a whole number of steps, ${found}`;
}

/** Applies a rule to every entry. */
export function findBadEntry(
  data: Float64Array,
  problemOf: (value: number) => string | undefined,
): BadEntry | undefined {
  let first: { index: number; problem: string } | undefined;
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    const problem = problemOf(data[i]!);
    if (problem === undefined) continue;
    first ??= { index: i, problem };
    count++;
  }
  return first && { ...first, count };
}

/** " (and 12 more in this array)", or nothing for a single one. */
export function others(count: number): string {
  return count > 1 ? ` (and ${count - 1} more in this array)` : "";
}
