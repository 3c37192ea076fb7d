/** What became of a point. */

import { type Excess, formatExcess } from "../compiler/capacity.ts";
import { CompileError } from "../compiler/compile-error.ts";
import { DescriptionError, formatIssue, type Issue } from "../description/issues.ts";
import { isStatic, measureOf } from "./measure-names.ts";
import type { Measures } from "./measures.ts";
import type { Bounds } from "./space.ts";

/** Why a design cannot be, one of possibly several reasons. */
export interface Reason {
  readonly kind: "capacity" | "compile" | "description" | "constraint";
  /** Memory, measure, or place in the description. */
  readonly what: string;
  /** Needed, found, and by how much the one is beyond the other, > 0; null where there is no such number. */
  readonly value: number | null;
  readonly limit: number | null;
  readonly by: number | null;
  readonly text: string;
}

/** What evaluation returns. Everything but the seconds is a function of the point. */
export interface Outcome {
  /** Empty: the point ran. Of these kinds: capacity, compile, description, and constraint on what is known without a run. */
  readonly reasons: readonly Reason[];
  /** Null when there is no image to measure; of an infeasible point, what is known without a run. */
  readonly measures: Measures | null;
  /** "1" for each sample that was answered rightly and "0" for the others, in order; null without labels, decision or run. */
  readonly right: string | null;
  /** On the clock: all of it, and in the emulator or training alone. */
  readonly seconds: number;
  readonly emulationSeconds: number;
}

/** A point that has no outcome: evaluation threw, or its process died. */
export interface Failure {
  readonly error: string;
}

export function capacityReason(excess: Excess): Reason {
  const { memory, needsBytes, capacityBytes } = excess;
  return {
    kind: "capacity",
    what: memory,
    value: needsBytes,
    limit: capacityBytes,
    by: needsBytes - capacityBytes,
    text: formatExcess(excess),
  };
}

/** Reasons from what the compiler and the validators throw; undefined for any other error. */
export function refusalReasons(error: unknown): readonly Reason[] | undefined {
  if (error instanceof CompileError) return error.issues.map((issue) => issueReason("compile", issue));
  if (error instanceof DescriptionError) return error.issues.map((issue) => issueReason("description", issue));
  return undefined;
}

function issueReason(kind: "compile" | "description", issue: Issue): Reason {
  const value = typeof issue.value === "number" && Number.isFinite(issue.value) ? issue.value : null;
  return { kind, what: issue.path, value, limit: null, by: null, text: formatIssue(issue) };
}

/**
 * Limits that a design breaks. A measure that it does not have (accuracy without labels) keeps no limit.
 *
 * @param known "static": only what is known without a run
 */
export function brokenConstraints(
  measures: Measures | null,
  constraints: Readonly<Record<string, Bounds>>,
  known: "static" | "all",
): readonly Reason[] {
  return Object.entries(constraints).flatMap(([name, { min, max }]): Reason[] => {
    const value = measureOf(measures, name);
    if (value === null || (known === "static" && !isStatic(name))) return [];
    const broken = (limit: number, by: number, side: string): Reason[] =>
      by <= 0
        ? []
        : [{ kind: "constraint", what: name, value, limit, by, text: `${name} is ${value}, ${side} ${limit}` }];
    return [
      ...(max === undefined ? [] : broken(max, value - max, "the space wants at most")),
      ...(min === undefined ? [] : broken(min, min - value, "the space wants at least")),
    ];
  });
}
