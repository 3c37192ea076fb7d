/** From verdicts to the result: which mutants count, which are explained, and the tables. */

import { renderTables, type Table } from "../../report/table.ts";
import type { Fault } from "./faults.ts";
import type { Verdict } from "./judge.ts";
import type { Mutant } from "./mutate.ts";

/** Share of the behaviour-changing mutants that must be caught. */
const LEAST_CAUGHT = 0.95;

/**
 * caught: told from the clock-by-clock model by the corpus. equivalent: explained as no change of behaviour. missed:
 * explained as a change that the corpus does not show. unexplained: survived without an entry in survivors.json.
 */
const CLASSES = ["caught", "equivalent", "missed", "unexplained"] as const;
export type Class = (typeof CLASSES)[number];

export interface Outcome {
  readonly id: string;
  readonly expression: string;
  readonly class: Class;
  readonly verdict: Verdict;
  readonly why: string;
}

/** Why a mutant survives, by id; `expression` must be what is changed now, else the entry is of another core. */
export interface Survivor {
  readonly id: string;
  readonly expression: string;
  readonly class: "equivalent" | "missed";
  readonly why: string;
}

export function readSurvivors(text: string): readonly Survivor[] {
  const survivors = JSON.parse(text) as Survivor[];
  for (const { id, class: kind, why } of survivors) {
    if ((kind !== "equivalent" && kind !== "missed") || why.length < 20) {
      throw new Error(`survivors.json: "${id}" needs a class (equivalent, missed) and a reason`);
    }
  }
  return survivors;
}

export function judgements(
  mutants: readonly Mutant[],
  verdicts: readonly Verdict[],
  original: Uint8Array,
  survivors: readonly Survivor[],
): Outcome[] {
  return mutants.map(({ id, expression, module }, n) => {
    const verdict = verdicts[n]!;
    const common = { id, expression, verdict };
    const explained = survivors.find((one) => one.id === id && one.expression === expression);
    if (verdict.outcome !== "survives") {
      if (explained?.class === "equivalent") {
        throw new Error(`survivors.json: "${id}" is said to be equivalent, but the corpus tells it: strike the entry`);
      }
      return { ...common, class: "caught", why: "" };
    }
    if (Buffer.compare(module, original) === 0) return { ...common, class: "equivalent", why: "the same bytes" };
    if (explained === undefined) return { ...common, class: "unexplained", why: "" };
    return { ...common, class: explained.class, why: explained.why };
  });
}

const byWhat = (verdict: Verdict): string =>
  verdict.outcome === "differs" ? verdict.kinds.join(", ") : verdict.outcome;

export interface Summary {
  readonly passed: boolean;
  readonly text: string;
  readonly document: Readonly<Record<string, unknown>>;
}

export function summarise(
  faults: readonly Fault[],
  faultVerdicts: readonly Verdict[],
  outcomes: readonly Outcome[],
): Summary {
  const number = (kind: Class): number => outcomes.filter((outcome) => outcome.class === kind).length;
  const changing = outcomes.length - number("equivalent");
  const share = changing === 0 ? 0 : number("caught") / changing;
  const survivingFaults = faults.filter((_, n) => faultVerdicts[n]!.outcome === "survives").map(({ name }) => name);
  const passed = survivingFaults.length === 0 && share >= LEAST_CAUGHT && number("unexplained") === 0;
  const caughtBy = new Map<string, number>();
  for (const { class: kind, verdict } of outcomes) {
    if (kind === "caught") caughtBy.set(byWhat(verdict), (caughtBy.get(byWhat(verdict)) ?? 0) + 1);
  }
  const after = (verdict: Verdict): string => (verdict.outcome === "survives" ? "SURVIVES" : String(verdict.cases));
  const unfit = outcomes.filter((outcome) => outcome.class === "missed" || outcome.class === "unexplained");
  const tables: Table[] = [
    {
      title: "Named faults",
      columns: [{ title: "fault", align: "left" }, { title: "cases" }, { title: "differs in", align: "left" }],
      rows: faults.map(({ name }, n) => [name, after(faultVerdicts[n]!), byWhat(faultVerdicts[n]!)]),
      notes: ["cases: how many of the corpus ran until the fault showed, with the one that showed it"],
    },
    {
      title: "Random mutants",
      columns: [{ title: "class", align: "left" }, { title: "mutants" }],
      rows: [
        ...CLASSES.map((kind) => [kind, String(number(kind))]),
        ...[...caughtBy].sort((a, b) => b[1] - a[1]).map(([what, n]) => [`  caught by: ${what}`, String(n)]),
      ],
      notes: [
        `caught of those that change behaviour: ${number("caught")} of ${changing}, ${(100 * share).toFixed(1)} % (least ${100 * LEAST_CAUGHT} %)`,
        ...unfit.map(({ id, class: kind, expression, why }) => `${kind}: ${id} | ${expression}${why && ` | ${why}`}`),
      ],
    },
  ];
  const document = {
    passed,
    faults: faults.map(({ name }, n) => ({ name, ...faultVerdicts[n]! })),
    survivingFaults,
    mutants: outcomes.length,
    changing,
    share,
    classes: Object.fromEntries(CLASSES.map((kind) => [kind, number(kind)])),
    caughtBy: Object.fromEntries(caughtBy),
    outcomes,
  };
  return { passed, text: renderTables(tables, "text"), document };
}
