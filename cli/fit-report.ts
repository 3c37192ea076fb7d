/** What `mora fit` prints: the verdict, the designs side by side, their memories, the path. */

import { formatAccuracy } from "../report/interval.ts";
import { kilobytes } from "../report/memory.ts";
import { fixed, percent, whole } from "../report/numbers.ts";
import type { Table } from "../report/table.ts";
import type { PairedDifference } from "../statistics/paired.ts";
import type { FitDesign, FitDocument, FitStep } from "./documents-fit.ts";

/** "0.40 points (95 %: -0.30 to 1.10, n = 2,700)". */
export function formatLoss({ difference, low, high, n }: PairedDifference): string {
  const points = (share: number): string => fixed(100 * share, 2);
  return `${points(difference)} points (95 %: ${points(low)} to ${points(high)}, n = ${whole(n)})`;
}

export function fitHeadline(document: FitDocument): readonly string[] {
  const { float, maxLoss, criterion, fitted, nearest, saved, overUniform, budget, network, excesses } = document;
  const allowed = `${fixed(100 * maxLoss, 2)} points`;
  const counts = criterion === "bound" ? "the upper end of the 95 % interval counts" : "the estimate counts";
  const lines = [
    `Float64: ${formatAccuracy(float.search)} on ${document.data}${float.test === null ? "" : `, ${formatAccuracy(float.test)} on ${document.testData}`}`,
  ];
  if (fitted === null) {
    const { search, memory } = nearest!;
    const loses = search === null ? (nearest!.refusal ?? "it did not run") : `loses ${formatLoss(search.loss)}`;
    return [
      ...lines,
      `No design keeps ${network} within ${allowed} of float64 (${counts}).`,
      `Nearest: ${kilobytes(memory?.total ?? Number.NaN)} kB, ${loses}`,
    ];
  }
  lines.push(
    `Fitted: ${kilobytes(fitted.memory!.total!)} kB, loses ${formatLoss(fitted.search!.loss)}; ${allowed} were allowed (${counts})`,
  );
  if (saved.uniform !== null && overUniform !== null) {
    const { search, test } = overUniform;
    const tested = test === null ? "" : `, on the test samples ${formatLoss(test)}`;
    lines.push(
      `Saves ${percent(saved.uniform)} of the best uniform choice's memory. Accuracy above the uniform one's: ${formatLoss(search)}${tested}`,
    );
  }
  if (budget !== null) {
    const size = kilobytes(Math.abs(budget.left));
    lines.push(
      budget.fits
        ? `Fits ${kilobytes(budget.bytes)} kB, ${size} kB are left.`
        : `Does not fit ${kilobytes(budget.bytes)} kB: ${size} kB too many.`,
    );
  }
  return [...lines, ...excesses.map((text) => `Does not fit the core's memories: ${text}`)];
}

const columnsOf = (document: FitDocument): readonly (readonly [title: string, design: FitDesign | null])[] => [
  [document.fitted === null ? "nearest" : "fitted", document.fitted ?? document.nearest],
  ["uniform", document.uniform],
  ["one weight width", document.weights],
  ["as given", document.given],
];

export function fitTables(document: FitDocument): readonly Table[] {
  return [designs(document), memories(document), path(document)];
}

function designs(document: FitDocument): Table {
  const columns = columnsOf(document);
  const row = (title: string, of: (design: FitDesign) => string): readonly string[] => [
    title,
    ...columns.map(([, design]) => (design === null ? "-" : of(design))),
  ];
  const widths = [...new Set(columns.flatMap(([, design]) => Object.keys(design?.choices ?? {})))];
  const { n } = document.float.search;
  const tested = document.float.test?.n;
  return {
    title: "Designs",
    columns: [{ title: "", align: "left" }, ...columns.map(([title]) => ({ title }))],
    rows: [
      row("memory kB", ({ memory }) => (memory === null ? "-" : kilobytes(memory.total!))),
      row("keeps the accuracy", ({ kept }) => (kept ? "yes" : "no")),
      row("right %", ({ search }) => (search === null ? "-" : shareAndInterval(search.accuracy))),
      row("loss in points", ({ search }) => (search === null ? "-" : lossAndInterval(search.loss))),
      ...(tested === undefined
        ? []
        : [
            row("test: right %", ({ test }) => (test === null ? "-" : shareAndInterval(test.accuracy))),
            row("test: loss", ({ test }) => (test === null ? "-" : lossAndInterval(test.loss))),
          ]),
      row("cycles", ({ cycles }) => (cycles === null ? "-" : whole(cycles))),
      ...widths.map((name) => row(name, ({ choices }) => String(choices[name] ?? ""))),
    ],
    notes: [
      `Accuracy and paired loss with 95 % intervals on the ${whole(n)} samples of the search${tested === undefined ? "" : `, test on ${whole(tested)} others`}. Widths in bits; exponent table: log2 of its entries; queue: entries.`,
      "A search compares many designs on the same samples and keeps lucky ones: what its winner loses there is too good.",
      tested === undefined
        ? "Give --test FILE with other samples to score the chosen designs once."
        : "The test samples have seen the chosen designs only.",
    ],
  };
}

function memories(document: FitDocument): Table {
  const columns = columnsOf(document);
  const names = [...new Set(columns.flatMap(([, design]) => Object.keys(design?.memory ?? {})))].filter(
    (name) => !["total", "padding", "learning", "registers"].includes(name),
  );
  const row = (name: string): readonly string[] => [
    name,
    ...columns.map(([, design]) => (design?.memory == null ? "-" : kilobytes(design.memory[name] ?? 0))),
  ];
  return {
    title: "Memory in kB",
    columns: [{ title: "structure", align: "left" }, ...columns.map(([title]) => ({ title }))],
    rows: [...names, "registers", "total"].map(row),
  };
}

/** Steps that were taken, then for each quantity the last one that was not. */
function path(document: FitDocument): Table {
  const { path: steps } = document;
  const last = steps.findLastIndex(({ accepted }) => accepted);
  const refused = new Map(
    steps.slice(last + 1).map((step) => [step.quantity ?? JSON.stringify(step.changes), step] as const),
  );
  const shown = [...steps.filter(({ accepted }) => accepted), ...refused.values()];
  return {
    title: "Path",
    columns: [
      { title: "step", align: "left" },
      { title: "changed", align: "left" },
      { title: "kB" },
      { title: "right %" },
      { title: "loss in points" },
      { title: "", align: "left" },
    ],
    rows: shown.flatMap(stepRows),
    notes: [`Steps that were taken, and the last that were not; --json has all ${steps.length} of this search.`],
  };
}

/** The first of a step's changes beside its numbers, each further one in a row of its own. */
function stepRows(step: FitStep): readonly (readonly string[])[] {
  const [first = "", ...more] = changeTexts(step);
  const { phase, memory, score, why } = step;
  const right = score === null ? "-" : fixed(100 * (score.accuracy.accuracy ?? Number.NaN), 1);
  const loss = score === null ? "-" : lossAndInterval(score.loss);
  return [
    [phase, first, kilobytes(memory), right, loss, why],
    ...more.map((text): readonly string[] => ["", text, "", "", "", ""]),
  ];
}

function changeTexts({ changes, phase }: FitStep): readonly string[] {
  if (phase === "start" && changes.length === 0) return ["the core that it starts from"];
  return changes.map(({ what, from, to }) => `${what} ${from ?? "-"} > ${to ?? "-"}`);
}

function shareAndInterval({ accuracy, low, high }: { accuracy: number | null; low: number; high: number }): string {
  return accuracy === null ? "-" : `${fixed(100 * accuracy, 1)} (${fixed(100 * low, 1)} to ${fixed(100 * high, 1)})`;
}

function lossAndInterval({ difference, low, high }: PairedDifference): string {
  return `${fixed(100 * difference, 2)} (${fixed(100 * low, 2)} to ${fixed(100 * high, 2)})`;
}
