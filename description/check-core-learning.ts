/** Validation of a core's learning engine (docs/core.md, section 10.1). */

import { checkSection, checkWhole } from "./check-section.ts";
import { checkOptionalBoolean, checkWord, report } from "./checks.ts";
import type { CompleteCore } from "./core.ts";
import type { Issue } from "./issues.ts";

/** Bits of a stored weight at most: used weight and remainder. */
export const MAX_STORED_WEIGHT_BITS = 16;

export function checkLearningEngine(issues: Issue[], path: string, value: unknown): void {
  if (value === "none") return;
  if (typeof value === "string") {
    report(issues, path, value, 'must be "none" or { ... }', "write {} for an engine with all defaults");
    return;
  }
  const bits = (min: number, max: number, usual: number) => (v: unknown, p: string) =>
    checkWhole(issues, p, v, min, max, `${usual} is usual`);
  const only = (key: string, min: number, max: number, usual: number) => (v: unknown, p: string) =>
    checkSection(issues, p, v, { [key]: bits(min, max, usual) });
  const flag = (v: unknown, p: string): void => checkOptionalBoolean(issues, p, v);
  checkSection(issues, path, value, {
    trace: (v, p) =>
      checkSection(issues, p, v, {
        bits: bits(4, 15, 12),
        rounding: (w, q) => checkWord(issues, q, w, ["floor", "nearest", "stochastic"]),
      }),
    error: only("bits", 4, 16, 12),
    surrogate: (v, p) => checkSection(issues, p, v, { bits: bits(2, 15, 8), entriesLog2: bits(2, 10, 6) }),
    signal: only("bits", 4, 16, 16),
    feedback: only("bits", 2, 16, 8),
    eligibility: only("bits", 8, 16, 16),
    change: (v, p) => checkSection(issues, p, v, { bits: bits(8, 16, 16), carry: flag }),
    remainder: bits(0, 8, 4),
    fraction: bits(0, 8, 5),
    rounding: (v, p) => checkWord(issues, p, v, ["nearest", "stochastic", "sign"]),
    skip: flag,
  });
}

/** The default weight format must leave room for the remainder; formats of single projections are checked where they learn. */
export function checkStoredWeights({ weights, learning }: CompleteCore, issues: Issue[]): void {
  if (learning === "none" || weights.bits + learning.remainder <= MAX_STORED_WEIGHT_BITS) return;
  const { remainder } = learning;
  issues.push({
    path: "weights.bits",
    value: weights.bits,
    problem: `with learning.remainder = ${remainder} a learned weight is stored in ${weights.bits + remainder} bits, more than ${MAX_STORED_WEIGHT_BITS}`,
    remedy: `use at most ${MAX_STORED_WEIGHT_BITS - remainder} bits, or a remainder of at most ${MAX_STORED_WEIGHT_BITS - weights.bits}`,
  });
}
