/** A worker's answer as a sweep may take it, whose limits need not be those of the sweep that asked first. */

import { brokenConstraints, type Failure, type Outcome } from "../outcome.ts";
import type { Bounds } from "../space.ts";

/**
 * The answer under these limits; undefined when the point was spared its run by limits that are none of these, so that it has to be asked
 * for again. One that ran answers for everybody.
 */
export function answerUnder(
  answer: Outcome | Failure,
  constraints: Readonly<Record<string, Bounds>>,
): Outcome | Failure | undefined {
  if ("error" in answer || answer.reasons.length === 0) return answer;
  const reasons = [
    ...answer.reasons.filter(({ kind }) => kind !== "constraint"),
    ...brokenConstraints(answer.measures, constraints, "static"),
  ];
  return reasons.length === 0 ? undefined : { ...answer, reasons };
}
