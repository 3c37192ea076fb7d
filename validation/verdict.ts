/** The verdict: which quantity limits learning, and which width of the core description to raise first. */

import type { CompleteCore } from "../description/core.ts";
import type { ChangeMeasure, Finding, Verdict } from "./result.ts";
import type { StageParts } from "./stage-parts.ts";
import { verdictText } from "./verdict-text.ts";
import { widthFor } from "./widths.ts";

/**
 * A quantity limits when with it alone in the core's form, all else float64, the accumulated change keeps less than this
 * fidelity (measures.ts). docs/decisions/0006-validate-verdict.md has the calibration.
 */
export const FIDELITY_BOUND = 0.95;

/** @param changes over the whole run */
export function decide(changes: readonly ChangeMeasure[], parts: StageParts, core: CompleteCore): Verdict {
  const findings = worstPlaces(changes, parts, core).sort((a, b) => a.fidelity - b.fidelity);
  const first = findings[0];
  const limits = first !== undefined && first.fidelity < FIDELITY_BOUND ? first : null;
  return { limits, findings, text: verdictText(first ?? null, limits !== null, core) };
}

/** Each quantity where it does most harm; what is kept of a parameter, for weights and delays apart. */
function worstPlaces(changes: readonly ChangeMeasure[], parts: StageParts, core: CompleteCore): Finding[] {
  const worst = new Map<string, Finding>();
  for (const change of changes) {
    const { projection, parameter, contributions } = change;
    const update = contributions.find(({ quantity }) => quantity === "update")?.fidelity ?? 1;
    for (const { quantity, fidelity, cosine, gain } of contributions) {
      if (fidelity === null || cosine === null || gain === null) continue;
      const stored = quantity === "update" || quantity === "change";
      const key = stored ? `${quantity} ${parameter}` : quantity;
      if ((worst.get(key)?.fidelity ?? Number.POSITIVE_INFINITY) <= fidelity) continue;
      const width = widthFor(quantity, change, parts, core, update >= FIDELITY_BOUND);
      worst.set(key, { quantity, projection, parameter, fidelity, cosine, gain, ...width });
    }
  }
  return [...worst.values()];
}
