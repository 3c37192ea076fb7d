/** docs/results/explore.md: fronts, what each axis does, and with which error. */

import type { DesignResult } from "../explore/front.ts";
import { measureOf } from "../explore/measure-names.ts";
import type { ResultLine } from "../explore/result-line.ts";
import { formatAccuracy } from "../report/interval.ts";
import { fixed, percent, whole } from "../report/numbers.ts";
import { renderTable, type Table } from "../report/table.ts";
import { pairedBootstrap } from "../statistics/bootstrap.ts";
import { axisEffects, RESAMPLES, rightShares } from "./explore-effects.ts";
import { LESSONS } from "./explore-lessons.ts";
import { digestOf, frontDesigns, sweepKeys } from "./explore-results.ts";
import { mainEffects } from "./main-effects.ts";

export interface Origin {
  readonly date: string;
  readonly machine: string;
  readonly commit: string;
}

/** What values of an axis are compared with: the core as it is by default, or what most designs want. */
export const AGAINST = {
  network: "snn_syn",
  scheme: "ring",
  bits: 8,
  clipping: "mse",
  ring: "16",
  membrane: 16,
  lanes: 8,
} as const;
/** Axes of which the effect is shown for each value of another one. */
const TOGETHER: readonly (readonly [axis: keyof typeof AGAINST, within: keyof typeof AGAINST])[] = [
  ["bits", "network"],
  ["bits", "clipping"],
  ["clipping", "bits"],
  ["ring", "membrane"],
  ["ring", "bits"],
];
export const LEARNING_AGAINST = {
  learns: "weights",
  bits: 8,
  remainder: 4,
  fraction: 5,
  delay: 23,
  update: "sample",
  hidden: "64",
  density: "1",
} as const;

const points = (share: number): string => `${share >= 0 ? "+" : ""}${fixed(100 * share, 1)}`;
const factor = (ratio: number): string => `x ${fixed(ratio, 2)}`;

export function renderExplore(
  designs: readonly ResultLine[],
  learning: readonly ResultLine[],
  saved: number | null,
  { date, machine, commit }: Origin,
): string {
  const blocks = [
    "# What exploring designs shows",
    `Written by \`npm run -s results:explore\` on ${date.slice(0, 10)} (commit ${commit}, ${machine}). Do not edit: results are in explore.jsonl.gz and explore-learning.jsonl.gz, numbers in explore.json.`,
    ...designBlocks(designs),
    ...learningBlocks(learning),
    "## What narrowing each width saves",
    saved === null
      ? "`fit_memory_saved`: not measured yet (docs/results/fit.json is written by `npm run -s results:fit`)."
      : `\`fit_memory_saved\`: ${percent(saved)} of memory at equal accuracy, over the best design with one width for every quantity (docs/results/fit.json).`,
  ];
  return `${blocks.map((block) => block.trimEnd()).join("\n\n")}\n`;
}

export function designBlocks(lines: readonly ResultLine[]): readonly string[] {
  const { points: count, infeasible, failed, samples } = sweepKeys(lines);
  return [
    "## Cores for five trained networks",
    `\`examples/digits-space.ts\`: ${whole(count)} designs, ${whole(infeasible)} of them infeasible, ${whole(failed)} failed; each on the ${samples} test samples of FSDD-cochlea. Memory is all of a core's memories and registers, in words of any width; cycles are the mean from an inference's start to its class.`,
    lessons("designs", lines),
    renderTable(frontTable(lines, Object.keys(AGAINST)), "markdown"),
    renderTable(effectTable(lines), "markdown"),
    renderTable(togetherTable(lines), "markdown"),
    renderTable(infeasibleTable(lines), "markdown"),
  ];
}

export function learningBlocks(lines: readonly ResultLine[]): readonly string[] {
  const { points: count, infeasible, failed, samples } = sweepKeys(lines);
  const { data, training } = lines[0]!.identity;
  return [
    "## Learning on the core",
    `\`examples/learned-digits-space.ts\`: ${whole(count)} designs by a Sobol sequence, ${whole(infeasible)} infeasible, ${whole(failed)} failed. Each learns for ${training!.epochs} epochs on ${whole(data.samples! - samples)} samples of the training file and is scored on ${samples} others of it, one seed; the test file is not touched. So few epochs on so few samples say which set-up gets on faster, not where it ends: docs/results/reproduce.md has 20 epochs of 2,400. Memory is that of the core with its learning engine.`,
    lessons("learning", lines),
    renderTable(frontTable(lines, Object.keys(LEARNING_AGAINST)), "markdown"),
    renderTable(mainEffectTable(lines), "markdown"),
    renderTable(infeasibleTable(lines), "markdown"),
  ];
}

/** What was read off the tables by people; left out when the designs are others than they read. */
function lessons(name: keyof typeof LESSONS, lines: readonly ResultLine[]): string {
  const { of, text } = LESSONS[name];
  if (of === digestOf(lines)) return text;
  return "(The designs have changed since somebody wrote down what they teach.)";
}

/** Least memory for each accuracy; each against the most accurate one, on the same samples. */
function frontTable(lines: readonly ResultLine[], axes: readonly string[]): Table {
  const front = distinct(frontDesigns(lines, { memory: "min", accuracy: "max" }));
  const best = front.at(-1)!.lines;
  const rows = front.map(({ choices, lines: own }) => {
    const [line] = own;
    const { accuracy } = line!.measures!;
    const { difference, low, high } = pairedBootstrap(rightShares(own), rightShares(best), { resamples: RESAMPLES });
    return [
      ...axes.map((axis) => String(choices[axis] ?? "")),
      whole(Math.round(measureOf(line!.measures, "memory")!)),
      formatAccuracy(accuracy!),
      own === best ? "" : `${points(difference)} (${points(low)} to ${points(high)})`,
      whole(Math.round(measureOf(line!.measures, "cycles")!)),
    ];
  });
  return {
    title: "The least memory for each accuracy",
    columns: [
      ...axes.map((title) => ({ title, align: "left" as const })),
      { title: "bytes" },
      { title: "accuracy" },
      { title: "against the last, points (95 %)" },
      { title: "cycles" },
    ],
    rows,
    notes: [
      "Of designs with the same numbers one is shown.",
      `With cycles as a third objective the front has ${sweepKeys(lines).front.length} designs: explore.json.`,
      "Differences are paired, sample by sample (bootstrap). The most accurate of many designs owes some of its accuracy to these samples; an interval that holds 0 says that nothing was seen to be lost.",
    ],
  };
}

/** Of designs with the same memory and accuracy the fastest: a scheme or a clipping that changes neither. */
function distinct(front: readonly DesignResult[]): readonly DesignResult[] {
  const cycles = ({ lines }: DesignResult): number => measureOf(lines[0]!.measures, "cycles")!;
  const best = new Map<string, DesignResult>();
  for (const design of front) {
    const key = JSON.stringify(design.values);
    const other = best.get(key);
    if (other === undefined || cycles(design) < cycles(other)) best.set(key, design);
  }
  return [...best.values()];
}

/** Without the saturating ring, whose losses would be put down to whatever makes codes large: it is an axis of its own. */
function wideRings(lines: readonly ResultLine[]): readonly ResultLine[] {
  return lines.filter(({ choices }) => choices.ring !== "8 saturating");
}

function effectTable(lines: readonly ResultLine[]): Table {
  const { ring, ...others } = AGAINST;
  const effects = [...axisEffects(wideRings(lines), others), ...axisEffects(lines, { ring })];
  return {
    title: "What each axis does, all else equal",
    columns: [
      { title: "axis", align: "left" },
      { title: "value", align: "left" },
      { title: "against", align: "left" },
      { title: "pairs" },
      { title: "accuracy, points (95 %)" },
      { title: "memory" },
      { title: "cycles" },
    ],
    rows: effects.map(({ axis, value, against, pairs, accuracy, memory, cycles }) => [
      axis,
      value,
      against,
      whole(pairs),
      `${points(accuracy.difference)} (${points(accuracy.low)} to ${points(accuracy.high)})`,
      factor(memory),
      factor(cycles),
    ]),
    notes: [
      "All axes but the ring: of designs whose ring is wide enough for every sum.",
      "Means over all pairs of designs that differ in this axis alone and both ran. Intervals are over samples (paired bootstrap), for these designs: a mean over pairs of which some lose much and most nothing is what it is.",
    ],
  };
}

/** Accuracy alone. */
function togetherTable(lines: readonly ResultLine[]): Table {
  const rows = TOGETHER.flatMap(([axis, within]) => {
    const values = [...new Set(lines.map(({ choices }) => choices[within]!))];
    return values.flatMap((value) =>
      axisEffects(
        (axis === "ring" ? lines : wideRings(lines)).filter(({ choices }) => choices[within] === value),
        { [axis]: AGAINST[axis] },
      ).map((effect) => [
        axis,
        effect.value,
        effect.against,
        `${within} ${value}`,
        whole(effect.pairs),
        `${points(effect.accuracy.difference)} (${points(effect.accuracy.low)} to ${points(effect.accuracy.high)})`,
      ]),
    );
  });
  return {
    title: "Where it depends on another axis",
    columns: [
      { title: "axis", align: "left" },
      { title: "value", align: "left" },
      { title: "against", align: "left" },
      { title: "where", align: "left" },
      { title: "pairs" },
      { title: "accuracy, points (95 %)" },
    ],
    rows,
  };
}

function infeasibleTable(lines: readonly ResultLine[]): Table {
  const counts = new Map<string, number>();
  for (const { status, reasons } of lines) {
    if (status !== "infeasible") continue;
    const [{ kind, what }] = reasons as readonly [ResultLine["reasons"][number]];
    const reason = `${kind}: ${what}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return {
    title: "Infeasible designs by their first reason",
    columns: [{ title: "reason", align: "left" }, { title: "designs" }],
    rows: [...counts].sort(([, a], [, b]) => b - a).map(([reason, count]) => [reason, whole(count)]),
    notes: counts.size === 0 ? ["None."] : [],
  };
}

function mainEffectTable(lines: readonly ResultLine[]): Table {
  const done = lines.filter(({ status }) => status === "done");
  const designs = done.map(({ choices, measures }) => ({ choices, value: measureOf(measures, "accuracy")! }));
  const memory = done.map(({ choices, measures }) => ({ choices, value: Math.log(measureOf(measures, "memory")!) }));
  const { effects, residual } = mainEffects(designs, LEARNING_AGAINST);
  const ratios = mainEffects(memory, LEARNING_AGAINST).effects;
  return {
    title: "Main effects on accuracy and memory",
    columns: [
      { title: "axis", align: "left" },
      { title: "value", align: "left" },
      { title: "against", align: "left" },
      { title: "designs" },
      { title: "accuracy, points (standard error)" },
      { title: "memory" },
    ],
    rows: effects.map(({ axis, level, against, designs: count, effect, error }, n) => [
      axis,
      level,
      against,
      whole(count),
      `${points(effect)} (${fixed(100 * error, 1)})`,
      factor(Math.exp(ratios[n]!.effect)),
    ]),
    notes: [
      `Least squares over all designs; of memory the logarithm. Designs lie ${fixed(100 * residual, 1)} points about the fit (standard deviation): samples (2 to 3 points), seeds, and what axes do together. An effect below two standard errors is none that was seen.`,
    ],
  };
}
