/** docs/results/fit.json and fit.md: what the fits of the trained networks have come to. */

import type { FitDesign, FitDocument } from "../cli/documents-fit.ts";
import type { Fit } from "../explore/fit/fit.ts";
import { kilobytes } from "../report/memory.ts";
import { fixed, percent } from "../report/numbers.ts";
import { renderTable, type Table } from "../report/table.ts";
import { type AccuracyDifference, pairedBootstrap } from "../statistics/bootstrap.ts";
import type { Accuracy } from "../statistics/interval.ts";
import type { PairedDifference } from "../statistics/paired.ts";

/** Memory that a fit must save over the best uniform choice, as a share. */
export const TARGET = 0.2;

export interface Fitted {
  readonly document: FitDocument;
  readonly fit: Fit;
}

export interface Origin {
  readonly date: string;
  readonly machine: string;
  readonly commit: string;
}

type Flat = Record<string, string | number | boolean | null>;

/** One level of keys; shares are shares, losses are in points. */
export function fitResults(all: readonly Fitted[], origin: Origin): Flat {
  const saved = (of: (document: FitDocument) => number | null): readonly number[] =>
    all.map(({ document }) => of(document) ?? 0);
  const uniform = saved((document) => document.saved.uniform);
  const { maxLoss, criterion, float } = all[0]!.document;
  return {
    ...origin,
    networks: all.length,
    search_samples: float.search.n,
    test_samples: float.test!.n,
    max_loss_points: points(maxLoss),
    criterion,
    fit_memory_saved: share(mean(uniform)),
    fit_memory_saved_worst: share(Math.min(...uniform)),
    fit_memory_saved_target: TARGET,
    fit_memory_saved_target_met: mean(uniform) >= TARGET,
    fit_memory_saved_over_weights: share(mean(saved((document) => document.saved.weights))),
    fit_memory_saved_over_given: share(mean(all.map(({ document }) => overGiven(document)))),
    ...keysOf("test_loss_fitted", pooled(all, "float", "each")),
    ...keysOf("test_loss_uniform", pooled(all, "float", "uniform")),
    ...keysOf("test_loss_given", pooled(all, "float", "given")),
    ...keysOf("test_fitted_over_uniform", pooled(all, "each", "uniform")),
    designs_tried: all.reduce((sum, { document }) => sum + document.tried, 0),
    ...Object.assign({}, ...all.map(({ document }) => networkKeys(document))),
  };
}

/** Of the default core, whether or not it keeps the accuracy. */
function overGiven({ fitted, given }: FitDocument): number {
  return fitted === null ? 0 : 1 - fitted.memory!.total! / given.memory!.total!;
}

function networkKeys(document: FitDocument): Flat {
  const { network, float, fitted, uniform, weights, given, saved, overUniform } = document;
  const named = { fitted, uniform, weights, given };
  const designs = Object.entries(named).map(([name, design]) => designKeys(`${network}_${name}`, design));
  return {
    ...accuracyKeys(`${network}_float_search`, float.search),
    ...accuracyKeys(`${network}_float_test`, float.test!),
    [`${network}_saved`]: saved.uniform === null ? null : share(saved.uniform),
    ...Object.assign({}, ...designs),
    ...pairedKeys(`${network}_over_uniform_search`, overUniform?.search),
    ...pairedKeys(`${network}_over_uniform_test`, overUniform?.test),
    [`${network}_tried`]: document.tried,
  };
}

function designKeys(name: string, design: FitDesign | null): Flat {
  if (design === null) return { [`${name}_memory`]: null };
  return {
    [`${name}_memory`]: design.memory!.total!,
    [`${name}_keeps`]: design.kept,
    [`${name}_cycles`]: Math.round(design.cycles!),
    ...accuracyKeys(`${name}_search`, design.search!.accuracy),
    ...pairedKeys(`${name}_search_loss`, design.search!.loss),
    ...accuracyKeys(`${name}_test`, design.test!.accuracy),
    ...pairedKeys(`${name}_test_loss`, design.test!.loss),
  };
}

function accuracyKeys(name: string, { accuracy, n, low, high }: Accuracy): Flat {
  return {
    [`${name}_accuracy`]: share(accuracy!),
    [`${name}_accuracy_low`]: share(low),
    [`${name}_accuracy_high`]: share(high),
    [`${name}_n`]: n,
  };
}

function pairedKeys(name: string, paired: PairedDifference | null | undefined): Flat {
  if (paired == null) return {};
  return {
    [name]: points(paired.difference),
    [`${name}_low`]: points(paired.low),
    [`${name}_high`]: points(paired.high),
  };
}

function keysOf(name: string, { difference, low, high }: AccuracyDifference): Flat {
  return { [name]: points(difference), [`${name}_low`]: points(low), [`${name}_high`]: points(high) };
}

type Who = "float" | "each" | "uniform" | "given";

/** First less second on the test recordings; of each recording the share of networks that is right, since networks share recordings. */
export function pooled(all: readonly Fitted[], first: Who, second: Who): AccuracyDifference {
  const rightOf = ({ fit }: Fitted, who: Who): string =>
    (who === "float" ? fit.float.test : who === "given" ? fit.given.test?.right : fit[who].chosen?.test?.right)!;
  const shares = (who: Who): readonly number[] => {
    const answers = all.map((one) => rightOf(one, who));
    return Array.from(answers[0]!, (_, n) => mean(answers.map((right) => Number(right[n]))));
  };
  return pairedBootstrap(shares(first), shares(second));
}

export function sizeTable(all: readonly Fitted[]): Table {
  return {
    title: "Memory in kB, and what is lost of float64's accuracy on the samples of the search",
    columns: [
      { title: "network", align: "left" },
      ...[
        "default core",
        "one weight width",
        "uniform",
        "fitted",
        "saved over uniform",
        "loss of fitted in points",
      ].map((title) => ({ title })),
    ],
    rows: all.map(({ document: { network, given, weights, uniform, fitted, saved } }) => [
      network,
      `${size(given)}${given.kept ? "" : " *"}`,
      size(weights),
      size(uniform),
      size(fitted),
      saved.uniform === null ? "-" : percent(saved.uniform),
      fitted === null ? "-" : interval(fitted.search!.loss),
    ]),
    notes: ["* may lose more than was allowed, by the same criterion."],
  };
}

export function testTable(all: readonly Fitted[]): Table {
  return {
    title: "Right on the 300 test samples, which have seen no other design, in %; differences in points, paired",
    columns: [
      { title: "network", align: "left" },
      ...["float64", "uniform", "fitted", "float64 less fitted", "fitted less uniform"].map((title) => ({ title })),
    ],
    rows: all.map(({ document: { network, float, uniform, fitted, overUniform } }) => [
      network,
      right(float.test!),
      uniform === null ? "-" : right(uniform.test!.accuracy),
      fitted === null ? "-" : right(fitted.test!.accuracy),
      fitted === null ? "-" : interval(fitted.test!.loss),
      overUniform?.test == null ? "-" : interval(overUniform.test),
    ]),
  };
}

export function widthTable(all: readonly Fitted[]): Table {
  const names = [...new Set(all.flatMap(({ document }) => Object.keys(document.fitted?.choices ?? {})))];
  return {
    title: "The fitted widths in bits (exponent table: log2 of its entries), and the one width of the uniform choice",
    columns: [{ title: "quantity", align: "left" }, ...all.map(({ document }) => ({ title: document.network }))],
    rows: [...names, "uniform: width"].map((name) => [
      name,
      ...all.map(({ document }) => {
        const choice = name.startsWith("uniform") ? document.uniform?.choices.width : document.fitted?.choices[name];
        return String(choice ?? "-");
      }),
    ]),
  };
}

export function tables(all: readonly Fitted[]): readonly string[] {
  return [sizeTable(all), testTable(all), widthTable(all)].map((table) => renderTable(table, "markdown"));
}

/** "0.44 (-0.20 to 0.91)", in points. */
export function interval({ difference, low, high }: Pick<AccuracyDifference, "difference" | "low" | "high">): string {
  return `${fixed(100 * difference, 2)} (${fixed(100 * low, 2)} to ${fixed(100 * high, 2)})`;
}

function right({ accuracy, low, high }: Accuracy): string {
  return `${fixed(100 * accuracy!, 1)} (${fixed(100 * low, 1)} to ${fixed(100 * high, 1)})`;
}

function size(design: FitDesign | null): string {
  return design === null ? "-" : kilobytes(design.memory!.total!);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const points = (value: number): number => Number((100 * value).toFixed(2));
const share = (value: number): number => Number(value.toFixed(4));
