/** Which width of the core description serves a quantity: its path, its value, the most it can be. */

import { MAX_STORED_WEIGHT_BITS } from "../description/check-core-learning.ts";
import type { CompleteCore, CoreLearning } from "../description/core.ts";
import type { ParameterKind, Quantity } from "./quantities.ts";
import type { RangeParts, StageParts } from "./stage-parts.ts";

/** Paths of widths with the most that each can be (docs/core.md, sections 8 and 10.1). */
const MOST = {
  "learning.trace.bits": 15,
  "learning.surrogate.bits": 15,
  "learning.surrogate.entriesLog2": 10,
  "decision.table.bits": 16,
  "decision.table.entriesLog2": 12,
  "learning.error.bits": 16,
  "learning.signal.bits": 16,
  "learning.eligibility.bits": 16,
  "learning.change.bits": 16,
  "learning.remainder": 8,
  "learning.fraction": 8,
  "weights.bits": 16,
} as const;
export type WidthPath = keyof typeof MOST;
export const WIDTH_PATHS = Object.keys(MOST) as readonly WidthPath[];

export function widthOf(path: WidthPath, { learning, decision, weights }: CompleteCore): number {
  const engine = learning as CoreLearning;
  const table = decision === "none" ? { bits: 0, entriesLog2: 0 } : decision.table;
  switch (path) {
    case "learning.trace.bits":
      return engine.trace.bits;
    case "learning.surrogate.bits":
      return engine.surrogate.bits;
    case "learning.surrogate.entriesLog2":
      return engine.surrogate.entriesLog2;
    case "decision.table.bits":
      return table.bits;
    case "decision.table.entriesLog2":
      return table.entriesLog2;
    case "learning.error.bits":
      return engine.error.bits;
    case "learning.signal.bits":
      return engine.signal.bits;
    case "learning.eligibility.bits":
      return engine.eligibility.bits;
    case "learning.change.bits":
      return engine.change.bits;
    case "learning.remainder":
      return engine.remainder;
    case "learning.fraction":
      return engine.fraction;
    case "weights.bits":
      return weights.bits;
  }
}

/** The first of the paths that can still be raised. */
function firstBelowMost(core: CompleteCore, ...paths: readonly WidthPath[]): WidthPath | null {
  return paths.find((path) => widthOf(path, core) < MOST[path]) ?? null;
}

/** Stored parameters: bits below the used ones first, since they widen nothing that inference reads. */
function storedPath(parameter: ParameterKind, core: CompleteCore): WidthPath | null {
  if (parameter === "delays") return firstBelowMost(core, "learning.fraction");
  const stored = core.weights.bits + (core.learning as CoreLearning).remainder;
  return stored >= MAX_STORED_WEIGHT_BITS ? null : firstBelowMost(core, "learning.remainder", "weights.bits");
}

export function isSaturation({ rounding, saturation }: RangeParts): boolean {
  return saturation > rounding;
}

/**
 * The width to raise for a quantity, of several the one whose part of the squared error is largest; null where none can be
 * raised, or where values beyond a range that no width extends make most of the error.
 *
 * @param updateKeeps whether the stored width by itself leaves the changes as they should be
 */
export function widthFor(
  quantity: Quantity,
  { parameter, changeParts }: { readonly parameter: ParameterKind; readonly changeParts: RangeParts },
  parts: StageParts,
  core: CompleteCore,
  updateKeeps: boolean,
): { readonly path: WidthPath | null; readonly saturated: boolean } {
  const fixedRange = (of: RangeParts, path: WidthPath) => {
    const saturated = isSaturation(of);
    return { path: saturated ? null : firstBelowMost(core, path), saturated };
  };
  const finer = (...by: readonly (readonly [WidthPath, number])[]) => {
    const [path] = by.reduce((most, of) => (of[1] > most[1] ? of : most));
    return { path: firstBelowMost(core, path), saturated: false };
  };
  switch (quantity) {
    case "trace":
      return fixedRange(parts.trace, "learning.trace.bits");
    case "surrogate": {
      const { bins, codes } = parts.surrogate;
      return finer(["learning.surrogate.bits", codes], ["learning.surrogate.entriesLog2", bins]);
    }
    case "error": {
      const { entries, exponents, codes } = parts.error;
      return finer(
        ["learning.error.bits", codes],
        ["decision.table.bits", exponents],
        ["decision.table.entriesLog2", entries],
      );
    }
    case "learning signal":
      return fixedRange(parts.signal, "learning.signal.bits");
    case "eligibility":
      return fixedRange(parts.eligibility, "learning.eligibility.bits");
    case "change": {
      // The LSB of a change is a fixed share of the stored one: bits there make both finer.
      const saturated = isSaturation(changeParts);
      const own = saturated || updateKeeps ? firstBelowMost(core, "learning.change.bits") : null;
      return { path: own ?? (saturated ? null : storedPath(parameter, core)), saturated };
    }
    case "update":
      return { path: storedPath(parameter, core), saturated: false };
  }
}
