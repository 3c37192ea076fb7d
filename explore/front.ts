/** The designs of which none is better in everything: the front of a set of results. */

import { canonicalJson } from "../formats/canonical.ts";
import type { Choices } from "./axis.ts";
import { firstFront } from "./first-front.ts";
import { measureOf } from "./measure-names.ts";
import type { ResultLine } from "./result-line.ts";
import { verdictOf } from "./verdict.ts";

/** A design with the lines of its seeds. */
export interface DesignResult {
  readonly choices: Choices;
  readonly lines: readonly ResultLine[];
  readonly status: ResultLine["status"];
  /** By objective: the mean over the lines; null where one has none. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** Groups lines by what was chosen and by budget, in the order of their first ones. */
export function designResults(lines: Iterable<ResultLine>, measures: readonly string[]): readonly DesignResult[] {
  const groups = new Map<string, ResultLine[]>();
  for (const line of lines) {
    const key = canonicalJson([line.choices, line.samples]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else group.push(line);
  }
  return [...groups.values()].map((group) => {
    const statuses = group.map(({ status }) => status);
    const status = statuses.includes("failed") ? "failed" : statuses.includes("infeasible") ? "infeasible" : "done";
    const values = measures.map((name) => [name, meanOf(group.map((line) => measureOf(line.measures, name)))] as const);
    return { choices: group[0]!.choices, lines: group, status, values: Object.fromEntries(values) };
  });
}

function meanOf(values: readonly (number | null)[]): number | null {
  if (values.includes(null)) return null;
  return (values as readonly number[]).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Feasible designs that none dominates, sorted by the first objective's value, the better first. */
export function frontOf(
  designs: readonly DesignResult[],
  objectives: Readonly<Record<string, "min" | "max">>,
): readonly DesignResult[] {
  const names = Object.keys(objectives);
  const possible = designs.filter(
    ({ status, values }) => status === "done" && names.every((name) => values[name] !== null),
  );
  // Feasible all of them: what counts is the objectives. Of equal ones the first stands first.
  const front = firstFront(possible.map(({ lines }) => verdictOf(lines, objectives).objectives)).toSorted(
    (a, b) => a - b,
  );
  const [first] = names;
  const sign = objectives[first!] === "max" ? -1 : 1;
  return front.map((n) => possible[n]!).sort((a, b) => sign * (a.values[first!]! - b.values[first!]!));
}
