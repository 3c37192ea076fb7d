/** From the lines of a result file to the page's data. */

import { comparableLines } from "../explore/comparable.ts";
import { type DesignResult, designResults } from "../explore/front.ts";
import type { ResultLine } from "../explore/result-line.ts";
import { whole } from "../report/numbers.ts";
import { measureColumn } from "./measure-units.ts";
import { dateText, type Fact, type Making, type PageHead, sourceText } from "./page-head.ts";
import { type AxisColumn, type DesignReason, STATUSES, type SweepPage } from "./sweep-page.ts";

/** The member of a group that the group's name alone means (explore/measure-names.ts). */
const WHOLE: Readonly<Record<string, string>> = { accuracy: "accuracy", memory: "total", cycles: "mean" };
/** Kept beside the accuracy. */
const BESIDE: readonly string[] = ["accuracy.low", "accuracy.high", "accuracy.correct", "accuracy.n"];
/** What a page is about comes first, in selections and tables. */
const FIRST: readonly string[] = ["accuracy", "memory", "cycles", "microseconds", "loss"];
/** Significant digits that a page keeps: more than it shows. */
const DIGITS = 8;

export interface SweepReport {
  readonly head: PageHead;
  readonly data: SweepPage;
}

/**
 * Designs as `mora pareto` has them: lines that may stand beside each other, seeds of a design as one.
 *
 * @param lines all that count
 */
export function sweepReport(
  name: string,
  lines: readonly ResultLine[],
  notes: readonly string[],
  making: Making,
): SweepReport {
  const compared = comparableLines(lines);
  const designs = designResults(compared, []);
  const flat = designs.map((design) => meansOf(design.lines.map(flatten)));
  const names = measureNames(flat);
  const axes = axesOf(designs);
  const places = axes.map(({ values }) => new Map(values.map((value, n) => [value, n])));
  const data: SweepPage = {
    kind: "sweep",
    axes,
    measures: names.map(measureColumn),
    choices: designs.map(({ choices }) =>
      axes.map((axis, a) => (Object.hasOwn(choices, axis.name) ? places[a]!.get(choices[axis.name]!)! : -1)),
    ),
    status: designs.map(({ status }) => STATUSES.indexOf(status)),
    values: flat.map((values) => names.map((measure) => values.get(measure) ?? null)),
    right: designs.map(rightOf),
    seeds: designs.map((design) => design.lines.length),
    keys: designs.map((design) => design.lines[0]!.key.slice(0, 12)),
    reasons: Object.fromEntries(
      designs.flatMap((design, d) => (design.status === "done" ? [] : [[d, design.lines.flatMap(reasonsOf)] as const])),
    ),
  };
  return { head: headOf(name, compared, designs, lines.length - compared.length, notes, making), data };
}

/** Every number that a line measured, by its name. */
function flatten({ measures }: ResultLine): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (name: string, value: unknown): void => {
    if (typeof value === "number" && Number.isFinite(value) && !BESIDE.includes(name)) found.set(name, value);
  };
  for (const [group, content] of Object.entries(measures ?? {})) {
    if (typeof content !== "object" || content === null) add(group, content);
    else
      for (const [member, value] of Object.entries(content))
        add(group === "counters" ? member : member === WHOLE[group] ? group : `${group}.${member}`, value);
  }
  return found;
}

/** Of what every seed has measured. */
function meansOf(seeds: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const [first, ...rest] = seeds;
  const common = [...first!].filter(([name]) => rest.every((seed) => seed.has(name)));
  return new Map(
    common.map(([name]) => {
      const sum = seeds.reduce((total, seed) => total + seed.get(name)!, 0);
      return [name, Number((sum / seeds.length).toPrecision(DIGITS))];
    }),
  );
}

/** Measures that say something: not 0 for every design. */
function measureNames(flat: readonly ReadonlyMap<string, number>[]): readonly string[] {
  const found = new Set(FIRST.filter((name) => flat.some((values) => values.has(name))));
  for (const values of flat) for (const [name, value] of values) if (value !== 0) found.add(name);
  return [...found];
}

function axesOf(designs: readonly DesignResult[]): readonly AxisColumn[] {
  const found = new Map<string, Set<number | string | boolean>>();
  for (const { choices } of designs) {
    for (const [axis, value] of Object.entries(choices)) {
      if (!found.has(axis)) found.set(axis, new Set());
      found.get(axis)!.add(value);
    }
  }
  return [...found].map(([name, set]) => {
    const values = [...set];
    const numeric = values.every((value) => typeof value === "number");
    return { name, values: numeric ? (values as number[]).sort((a, b) => a - b) : values, numeric };
  });
}

function rightOf({ lines }: DesignResult): readonly [number, number] | null {
  const accuracies = lines.flatMap(({ measures }) => measures?.accuracy ?? []);
  if (accuracies.length < lines.length) return null;
  const sum = (of: (accuracy: (typeof accuracies)[number]) => number): number =>
    accuracies.reduce((total, accuracy) => total + of(accuracy), 0);
  return [sum(({ correct }) => correct), sum(({ n }) => n)];
}

function reasonsOf({ status, reasons, error }: ResultLine): readonly DesignReason[] {
  if (status === "failed")
    return [{ kind: "failed", what: "evaluation", by: null, text: (error ?? "").split("\n")[0]! }];
  return reasons.map(({ kind, what, by, text }) => ({ kind, what, by, text }));
}

function headOf(
  name: string,
  compared: readonly ResultLine[],
  designs: readonly DesignResult[],
  leftOut: number,
  notes: readonly string[],
  { mora, date }: Making,
): PageHead {
  const { data, version, training } = compared[0]!.identity;
  const of = (status: DesignResult["status"]): string =>
    whole(designs.filter((design) => design.status === status).length);
  const versions = [...new Set(compared.map((line) => line.mora))].join(", ");
  const cut = [
    data.steps === null ? [] : [`${whole(data.steps)} steps`],
    data.group === null ? [] : [`${data.group} channels to one`],
    data.timestepMs === null ? [] : [`${data.timestepMs} ms a step`],
  ].flat();
  const facts: Fact[] = [
    { label: "Page made", text: `${dateText(date)} by mora ${mora}` },
    { label: "Results made by", text: `mora ${versions}, version ${version} of what descriptions mean` },
    { label: "Data", text: [sourceText(data.source), ...cut].join(", ") },
    { label: "Samples a design", text: samplesText(compared) },
    ...(training === null ? [] : [{ label: "Trained", text: `${training.model}, ${whole(training.epochs)} epochs` }]),
    {
      label: "Designs",
      text: `${whole(designs.length)}: ${of("done")} done, ${of("infeasible")} infeasible, ${of("failed")} failed`,
    },
  ];
  const left = leftOut === 0 ? [] : [`${whole(leftOut)} lines of other data, versions or budgets are left out`];
  return {
    title: `Designs of ${name}`,
    subject: "A sweep of the design space: every point is a core and a network that were compiled and run.",
    facts,
    notes: [...left, ...notes],
  };
}

/** What was run, where it is known; else what was asked for. */
function samplesText(lines: readonly ResultLine[]): string {
  const ran = lines.flatMap(({ measures }) => measures?.accuracy?.n ?? []);
  const [least, most] = [Math.min(...ran), Math.max(...ran)];
  if (ran.length > 0) return least === most ? `n = ${whole(most)}` : `n = ${whole(least)} to ${whole(most)}`;
  const { samples } = lines[0]!;
  return samples === null ? "all of the data" : whole(samples);
}
