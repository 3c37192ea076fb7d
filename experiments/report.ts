/** docs/results/reproduce.md: every comparison as a table, in plain words what is met and what is not. */

import { renderTable, type Table } from "../report/table.ts";
import type { Arm, Purpose } from "./arm.ts";
import { ARMS } from "./arms.ts";
import type { Runs } from "./comparison.ts";
import { isMet, type Key, type Target } from "./keys.ts";
import { METHOD } from "./method.ts";
import { armTable, engineTable, frontierTable, frontTable, interval, pairTable, searchText } from "./report-tables.ts";
import type { TrialResult } from "./trial.ts";
import { tuningTable } from "./tuning.ts";

export interface ReportOrigin {
  readonly date: string;
  readonly machine: string;
  readonly commit: string;
}

/**
 * @param plots names of the SVG files that were made, with what they show
 * @param trials those that chose the rates, by key
 */
export function renderReport(
  runs: Runs,
  keys: readonly Key[],
  origin: ReportOrigin,
  plots: readonly { readonly file: string; readonly title: string }[],
  trials: ReadonlyMap<string, TrialResult>,
): string {
  const section = (title: string, ...parts: readonly string[]): string => [`## ${title}`, "", ...parts].join("\n");
  const pictures = (...names: readonly string[]): readonly string[] =>
    plots.filter(({ file }) => names.includes(file)).map(({ file, title }) => `![${title}](${file})\n`);
  const of = (purpose: Purpose, title: string, notes: readonly string[] = []): string =>
    renderTable(armTable(title, armsOf(purpose), runs, notes), "markdown");
  return [
    "# What learning delays on the core brings\n",
    `Written by \`npm run -s reproduce\` on ${origin.date.slice(0, 10)} (commit ${origin.commit}${origin.commit.endsWith("+") ? ", where + says that the tree had changes on it: results are committed after they are made" : ""}; ${origin.machine}). Do not edit: the runs are in runs.jsonl.\n`,
    section("Targets", verdicts(keys), renderTable(keyTable(keys), "markdown"), missingText(keys)),
    METHOD,
    renderTable(tuningTable(trials), "markdown"),
    section(
      "1. Learning on the core",
      ...pictures("learned.svg"),
      of("learned", "Accuracy of the last epoch"),
      renderTable(pairTable(runs), "markdown"),
      of("official", "The official split of the data set"),
    ),
    section("2. Similar parameter count", of("equal", "Wider networks with weights only")),
    section("3. Density", ...pictures("density.svg"), of("density", "Fold 0; at 100 % the arms of experiment 1")),
    section(
      "4. Against offline back-propagation",
      ...pictures("front.svg"),
      renderTable(frontTable(runs), "markdown"),
      of("offline", "All networks of this comparison"),
      searchText(runs),
    ),
    section(
      "5. The frontier: bits, memory, cycles",
      ...pictures("frontier.svg"),
      renderTable(frontierTable(runs), "markdown"),
      renderTable(engineTable(runs), "markdown"),
    ),
    section("6. Yin-Yang and Randman", of("generated", "Generated data, one seed")),
  ].join("\n");
}

const armsOf = (purpose: Purpose): readonly Arm[] => ARMS.filter((arm) => arm.purpose === purpose);

export function targetText(target: Target): string {
  if (target === null) return "reported";
  if (target === "positive") return "interval above 0";
  return "least" in target ? `at least ${target.least}` : `at most ${target.most}`;
}

function verdicts(keys: readonly Key[]): string {
  const named = (met: boolean | null, open: boolean): string[] =>
    keys
      .filter((key) => key.target !== null && isMet(key) === met && (key.value === null) === open)
      .map(({ name }) => name);
  const line = (what: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${what}: ${names.map((name) => `\`${name}\``).join(", ")}.\n`];
  return [
    ...line("Met", named(true, false)),
    ...line("Missed", named(false, false)),
    ...line("Not known yet, runs are missing", named(null, true)),
  ].join("\n");
}

function keyTable(keys: readonly Key[]): Table {
  return {
    title: "Keys of reproduce.json",
    columns: [
      { title: "key", align: "left" },
      { title: "value" },
      { title: "95 % interval" },
      { title: "target", align: "left" },
      { title: "", align: "left" },
      { title: "what", align: "left" },
    ],
    rows: keys.map((key) => {
      const met = isMet(key);
      const verdict = met === null ? (key.value === null ? "runs missing" : "") : met ? "met" : "missed";
      return [
        key.name,
        key.value === null ? "-" : String(key.value),
        interval(key),
        targetText(key.target),
        verdict,
        key.what,
      ];
    }),
    notes: [
      "gain_over_random and gain_over_random_16: the lower end of the interval has to be above 0 in at least one of the two.",
    ],
  };
}

function missingText(keys: readonly Key[]): string {
  const missing = [...new Set(keys.flatMap((key) => key.missing))];
  return missing.length === 0 ? "" : `Runs that keys wait for: ${missing.join(", ")}.\n`;
}
