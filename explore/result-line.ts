/** One line of a result file: a point and what became of it. docs/explore.md documents every field. */

import type { Choices } from "./axis.ts";
import type { Design } from "./design.ts";
import type { Measures } from "./measures.ts";
import { brokenConstraints, type Failure, type Outcome, type Reason } from "./outcome.ts";
import { keyOfIdentity, type PointIdentity } from "./point.ts";
import type { Bounds } from "./space.ts";

export interface ResultLine {
  readonly schema: "mora/result/1";
  /** SHA-256 of the point's identity; a line whose key is another's does not count. */
  readonly key: string;
  readonly status: "done" | "infeasible" | "failed";
  readonly choices: Choices;
  readonly seed: number | null;
  /** Budget that was asked for; null: all. `measures.accuracy.n` has what was run. */
  readonly samples: number | null;
  readonly measures: Measures | null;
  readonly reasons: readonly Reason[];
  /** Of a failed point. */
  readonly error: string | null;
  /** Whether the network ran: of an infeasible point only if the limit that it breaks is on what a run shows. */
  readonly emulated: boolean;
  readonly right: string | null;
  readonly seconds: number;
  readonly emulationSeconds: number;
  readonly identity: PointIdentity;
  /** Version of the program that made the line; `identity.version` is that of what descriptions mean. */
  readonly mora: string;
}

/** Milliseconds are enough, and keep lines short. */
const rounded = (seconds: number): number => Number(seconds.toFixed(4));

export function resultLine(
  { key, choices, seed, point, identity }: Design,
  outcome: Outcome | Failure,
  constraints: Readonly<Record<string, Bounds>>,
  mora: string,
): ResultLine {
  const about = { schema: "mora/result/1", key, choices, seed, samples: point.data.samples } as const;
  const failed = "error" in outcome;
  const { reasons, measures, right, seconds, emulationSeconds }: Outcome = failed
    ? { reasons: [], measures: null, right: null, seconds: 0, emulationSeconds: 0 }
    : outcome;
  const emulated = !failed && reasons.length === 0;
  const broken = emulated ? brokenConstraints(measures, constraints, "all") : reasons;
  return {
    ...about,
    status: failed ? "failed" : broken.length > 0 ? "infeasible" : "done",
    measures,
    reasons: broken,
    error: failed ? outcome.error : null,
    emulated,
    right,
    seconds: rounded(seconds),
    emulationSeconds: rounded(emulationSeconds),
    identity,
    mora,
  };
}

/** The line as the limits of now judge it: they are no part of a point, and may be others than when it was written. */
export function judged(line: ResultLine, constraints: Readonly<Record<string, Bounds>>): ResultLine {
  if (line.status === "failed" || line.measures === null) return line;
  const others = line.reasons.filter(({ kind }) => kind !== "constraint");
  const reasons = [...others, ...brokenConstraints(line.measures, constraints, line.emulated ? "all" : "static")];
  return { ...line, reasons, status: reasons.length > 0 ? "infeasible" : "done" };
}

/** Whether a line answers for its point under these limits: not if it was spared a run by a limit that is gone. */
export function answers(line: ResultLine, constraints: Readonly<Record<string, Bounds>>): boolean {
  return line.emulated || line.status === "failed" || judged(line, constraints).reasons.length > 0;
}

/** @returns undefined for a text that is no whole line of this schema, or was changed */
export function parseResultLine(text: string): ResultLine | undefined {
  let value: ResultLine | null;
  try {
    value = JSON.parse(text) as ResultLine | null;
  } catch {
    // Torn by a crash, or no JSON at all; the reader reports it with its place.
    return undefined;
  }
  if (value?.schema !== "mora/result/1" || typeof value.identity?.core !== "object") return undefined;
  return keyOfIdentity(value.identity) === value.key && agrees(value) ? value : undefined;
}

/** What a line says twice. The key covers the identity alone: other measures, the axes' names and values are taken as they stand. */
function agrees({ samples, identity, measures, right }: ResultLine): boolean {
  if (samples !== identity.data.samples) return false;
  const accuracy = measures?.accuracy ?? null;
  if (accuracy === null) return right === null;
  const { correct, n } = accuracy;
  if (accuracy.accuracy !== (n === 0 ? null : correct / n)) return false;
  return right === null || (right.length === n && right.split("1").length - 1 === correct);
}
