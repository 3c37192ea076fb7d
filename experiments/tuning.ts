/** Which trials decide the factors on rates: for each family of arms as many, of as many epochs. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keyOf } from "../formats/canonical.ts";
import { fixed } from "../report/numbers.ts";
import type { Table } from "../report/table.ts";
import { armOf } from "./arms.ts";
import { FAMILIES, type Factors, type Family, TRIED } from "./rates.ts";
import { type Trial, type TrialResult, trialDecides } from "./trial.ts";

export const tuningFile = (folder: string): string => join(folder, "tuning.jsonl");

/** Fewer than the runs have, since a trial only has to rank; the schedule falls over these as over those. */
const EPOCHS = 8;
const SEED = 7;

export const FAMILY_NAMES: readonly Family[] = (["snn", "srnn"] as const).flatMap((kind) =>
  FAMILIES.map((what): Family => `${kind}-${what}`),
);

/** The trials of a family, by the factors that each tries. */
export function trialsOf(family: Family): readonly { readonly factors: Factors; readonly trial: Trial }[] {
  return TRIED[family].map((factors) => ({
    factors,
    trial: { arm: armOf(family), change: { factors: { [family]: factors } }, epochs: EPOCHS, seed: SEED },
  }));
}

/** By key. @throws SyntaxError for a line that is not JSON */
export function readTrials(folder: string): ReadonlyMap<string, TrialResult> {
  if (!existsSync(tuningFile(folder))) return new Map();
  const lines = readFileSync(tuningFile(folder), "utf8").split("\n");
  const results = lines.flatMap((line) => (line === "" ? [] : [JSON.parse(line) as TrialResult]));
  return new Map(results.map((result) => [result.key, result]));
}

export const trialKey = (trial: Trial): string => keyOf(trialDecides(trial));

/** The factors whose trial had most right, of equal ones the first; null while a trial is missing. */
export function bestOf(family: Family, results: ReadonlyMap<string, TrialResult>): Factors | null {
  const scored = trialsOf(family).map(({ factors, trial }) => ({ factors, result: results.get(trialKey(trial)) }));
  if (scored.some(({ result }) => result === undefined)) return null;
  return scored.reduce((best, next) => (next.result!.correct > best.result!.correct ? next : best)).factors;
}

/** One row a family: validation accuracy of each trial in percent, the chosen one marked. */
export function tuningTable(results: ReadonlyMap<string, TrialResult>): Table {
  const most = Math.max(...FAMILY_NAMES.map((family) => TRIED[family].length));
  const factorText = ({ weights, recurrent, delays }: Factors): string => `${weights} / ${recurrent} / ${delays}`;
  return {
    title: "Factors on the rates, and what they gave on the validation part",
    columns: [
      { title: "family", align: "left" },
      ...Array.from({ length: most }, (_, n) => ({ title: `trial ${n + 1}` })),
    ],
    rows: FAMILY_NAMES.map((family) => {
      const best = bestOf(family, results);
      return [
        family,
        ...trialsOf(family).map(({ factors, trial }) => {
          const result = results.get(trialKey(trial));
          const share = result === undefined ? "-" : `${fixed((100 * result.correct) / result.n, 1)} %`;
          return `${factorText(factors)}: ${share}${factors === best ? " *" : ""}`;
        }),
      ];
    }),
    notes: [
      `Factors on the rates of weights / of recurrent weights besides / of delays; ${EPOCHS} epochs, one seed, 540 recordings: one point is 5 recordings, the standard error 2 points. * chosen.`,
    ],
  };
}
