/** Cores that starve one quantity each, in two severities, with the widths that a right verdict may name; and healthy ones. */

import type { CoreDescription, PartialLearning } from "../../description/core.ts";
import type { WidthPath } from "../../validation/widths.ts";
import { learningCore } from "./networks.ts";

export interface Case {
  readonly kind: string;
  readonly severity: "mild" | "severe";
  readonly core: CoreDescription;
  readonly paths: readonly WidthPath[];
}

function starved(
  kind: string,
  severity: Case["severity"],
  paths: readonly WidthPath[],
  learning: PartialLearning,
  more: CoreDescription = {},
): Case {
  return { kind, severity, core: learningCore(learning, more), paths };
}

/** Rounded to nearest, stored weights of few bits lose what is less than half an LSB. */
const NEAREST = { remainder: 0, rounding: "nearest" } as const;
const SURROGATE = ["learning.surrogate.bits", "learning.surrogate.entriesLog2"] as const;

export const STARVED: readonly Case[] = [
  starved("traces", "mild", ["learning.trace.bits"], { trace: { bits: 8 } }),
  starved("traces", "severe", ["learning.trace.bits"], { trace: { bits: 5 } }),
  starved("learning signal", "mild", ["learning.signal.bits"], { signal: { bits: 5 } }),
  starved("learning signal", "severe", ["learning.signal.bits"], { signal: { bits: 4 } }),
  starved("weights", "mild", ["learning.remainder"], NEAREST),
  starved("weights", "severe", ["learning.remainder"], NEAREST, { weights: { bits: 6 } }),
  starved("delays' fraction", "mild", ["learning.fraction"], { fraction: 1 }),
  starved("delays' fraction", "severe", ["learning.fraction"], { fraction: 0, rounding: "nearest", remainder: 5 }),
  starved("surrogate table", "mild", ["learning.surrogate.bits"], { surrogate: { bits: 2 } }),
  starved("surrogate table", "severe", SURROGATE, { surrogate: { bits: 2, entriesLog2: 2 } }),
  // An error cannot be wider than a probability and its sign.
  starved(
    "output error",
    "mild",
    ["decision.table.bits"],
    { error: { bits: 7 } },
    { decision: { table: { bits: 6 } } },
  ),
  starved("output error", "severe", ["learning.error.bits"], { error: { bits: 4 } }),
];

export const HEALTHY: readonly { readonly name: string; readonly core: CoreDescription }[] = [
  { name: "the preset learning", core: learningCore({}) },
  {
    name: "widths above it",
    core: learningCore({
      trace: { bits: 14 },
      error: { bits: 13 },
      surrogate: { bits: 12, entriesLog2: 8 },
      fraction: 6,
    }),
  },
];
