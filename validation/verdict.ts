/** The verdict: which quantity limits learning, and which width of the core description to raise first. */

import type { CompleteCore } from "../description/core.ts";
import type { ParameterKind } from "./accumulate.ts";
import type { Quantity } from "./changes.ts";
import type { ChangeMeasure, Finding, StageParts, Verdict } from "./result.ts";

/**
 * A quantity limits when with it alone in the core's form, all else float64, the accumulated change keeps less than this
 * fidelity (measures.ts). docs/decisions/0006-validate-verdict.md has the calibration.
 */
export const FIDELITY_BOUND = 0.95;

/** @param changes over the whole run */
export function decide(changes: readonly ChangeMeasure[], parts: StageParts, core: CompleteCore): Verdict {
  const worst = new Map<string, Finding>();
  for (const { projection, parameter, contributions } of changes) {
    for (const { quantity, fidelity, cosine, gain } of contributions) {
      if (fidelity === null || cosine === null || gain === null) continue;
      const key = quantity === "update" ? `${quantity} ${parameter}` : quantity;
      const path = pathOf(quantity, parameter, parts, core);
      const known = worst.get(key);
      if (known !== undefined && known.fidelity <= fidelity) continue;
      worst.set(key, { quantity, projection, parameter, fidelity, cosine, gain, path });
    }
  }
  const findings = [...worst.values()].sort((a, b) => a.fidelity - b.fidelity);
  const first = findings[0];
  if (first === undefined) {
    return {
      limits: null,
      findings,
      text: "Nothing was intended: no parameter had a gradient, so nothing can be said.",
    };
  }
  const limits = first.fidelity < FIDELITY_BOUND ? first : null;
  return { limits, findings, text: limits === null ? nothing(first) : textOf(limits, core) };
}

/** The width that serves a quantity; of two, the one whose part of the squared error is larger. */
function pathOf(quantity: Quantity, parameter: ParameterKind, parts: StageParts, core: CompleteCore): string {
  switch (quantity) {
    case "trace":
      return "learning.trace.bits";
    case "surrogate":
      return parts.surrogateBins > parts.surrogateCodes ? "learning.surrogate.entriesLog2" : "learning.surrogate.bits";
    case "error":
      return parts.decisionTable > parts.errorCodes ? "decision.table.bits" : "learning.error.bits";
    case "learning signal":
      return "learning.signal.bits";
    case "eligibility":
      return "learning.eligibility.bits";
    case "change":
      return "learning.change.bits";
    case "update": {
      if (parameter === "delays") return "learning.fraction";
      const full = core.learning !== "none" && core.learning.remainder >= 8;
      return full ? "weights.bits" : "learning.remainder";
    }
  }
}

const NAMES: Readonly<Record<Quantity, string>> = {
  trace: "The presynaptic traces",
  surrogate: "The surrogate table",
  error: "The output error",
  "learning signal": "The learning signal",
  eligibility: "The filtered eligibilities",
  change: "The changes kept between updates",
  update: "The stored",
};

function place({ projection, parameter, cosine, gain }: Finding): string {
  return `they alone turn the change of ${parameter} of ${projection} to a cosine of ${cosine.toFixed(2)} and a gain of ${gain.toFixed(2)}`;
}

function textOf(finding: Finding, core: CompleteCore): string {
  const { quantity, parameter, path } = finding;
  const who = quantity === "update" ? `${NAMES.update} ${parameter}` : NAMES[quantity];
  const nearest = quantity === "update" && core.learning !== "none" && core.learning.rounding === "nearest";
  const rounding = quantity === "trace" && core.learning !== "none" && core.learning.trace.rounding !== "stochastic";
  const instead = nearest
    ? ' (or take learning.rounding "stochastic", which costs no bit)'
    : rounding
      ? ' (or take learning.trace.rounding "stochastic", which costs no bit)'
      : "";
  return `${who} limit learning: ${place(finding)}. Raise ${path} first${instead}.`.replace(
    /^The (surrogate table|output error|learning signal) limit/,
    "The $1 limits",
  );
}

function nothing(first: Finding): string {
  return `Nothing limits: the most harmful quantity, the ${first.quantity}${first.quantity === "update" ? ` of ${first.parameter}` : ""}, alone leaves a cosine of ${first.cosine.toFixed(2)} and a gain of ${first.gain.toFixed(2)} (${first.parameter} of ${first.projection}).`;
}
