/** What `mora train` prints: a line an epoch, tables, the document's parts. */

import { formatAccuracy } from "../report/interval.ts";
import { fixed, percent, whole } from "../report/numbers.ts";
import type { Table } from "../report/table.ts";
import { type Accuracy, accuracyOf } from "../statistics/interval.ts";
import type { ProjectionUpdates, UpdateCounts, UpdateReport } from "../training/learner.ts";
import type { EpochRecord, ScoredClasses } from "../training/loop.ts";
import type { Score } from "../training/score.ts";

/** A score with its interval. */
export interface ScoreDocument {
  readonly accuracy: Accuracy;
  /** Mean cross-entropy in nats; null where the model gives no probabilities. */
  readonly loss: number | null;
  /** Mean spikes a sample of each hidden population. */
  readonly spikes: readonly { readonly population: string; readonly mean: number }[];
}

export interface ConfusionDocument extends ScoreDocument {
  /** Samples, row-major [label][answer]. */
  readonly confusion: readonly (readonly number[])[];
}

export interface EpochDocument {
  /** From 1. */
  readonly epoch: number;
  readonly rateFactor: number;
  readonly training: ScoreDocument;
  readonly validation: ScoreDocument | null;
  readonly updates: UpdateReport | null;
}

export function scoreDocument({ n, correct, loss, spikes }: Score, hidden: readonly string[]): ScoreDocument {
  return {
    accuracy: accuracyOf(correct, n),
    loss,
    spikes: hidden.map((population, p) => ({ population, mean: spikes[p]! })),
  };
}

export function confusionDocument(score: ScoredClasses, hidden: readonly string[]): ConfusionDocument {
  return { ...scoreDocument(score, hidden), confusion: score.confusion };
}

export function epochDocument(record: EpochRecord, hidden: readonly string[]): EpochDocument {
  const { epoch, rateFactor, training, validation, updates } = record;
  return {
    epoch: epoch + 1,
    rateFactor,
    training: scoreDocument(training, hidden),
    validation: validation === null ? null : scoreDocument(validation, hidden),
    updates,
  };
}

/** Shares over all projections and parameters of an epoch. */
export interface UpdateShares {
  /** Of the updates that would change a parameter in real numbers: rounded to no change. */
  readonly zero: number;
  /** Of the updates that changed a parameter: clipped by its clamp. */
  readonly clamped: number;
  /** Changes and eligibilities that saturated. */
  readonly saturated: number;
  /** Relative bias of the projection and parameter that has the largest; null where none was measured. */
  readonly bias: number | null;
}

export function updateShares({ projections }: UpdateReport): UpdateShares {
  const kinds = projections.flatMap(({ weights, delays }) => [weights, delays]).filter((kind) => kind !== null);
  const sum = (of: (kind: UpdateCounts) => number): number => kinds.reduce((total, kind) => total + of(kind), 0);
  const changed = sum((kind) => kind.changed);
  const zero = sum((kind) => kind.zero);
  return {
    zero: changed + zero === 0 ? 0 : zero / (changed + zero),
    clamped: changed === 0 ? 0 : sum((kind) => kind.clamped) / changed,
    saturated: projections.reduce((total, p) => total + p.changeSaturated + p.eligibilitySaturated, 0),
    bias: largest(kinds.flatMap((kind) => shownBias(kind) ?? [])),
  };
}

/**
 * Least sum of changes asked for, in stored LSB, over which a bias is shown: random rounding of parts of an LSB makes a noise of at most
 * 1 / sqrt(that sum), here 10 points. Below, figures such as +240 % would be noise.
 */
const LEAST_ASKED = 100;

function shownBias({ bias, biasOver }: UpdateCounts): number | null {
  return biasOver >= LEAST_ASKED ? bias : null;
}

function largest(biases: readonly number[]): number | null {
  return biases.length === 0 ? null : biases.reduce((most, bias) => (Math.abs(bias) > Math.abs(most) ? bias : most));
}

/** "+0.4 %"; "-" without one. */
function biasText(bias: number | null): string {
  return bias === null ? "-" : `${bias < 0 ? "" : "+"}${percent(bias)}`;
}

/** Three decimals; of a run that diverges, powers of ten. */
export function lossText(loss: number | null): string {
  if (loss === null) return "-";
  return Math.abs(loss) < 1e5 ? fixed(loss, 3) : loss.toExponential(2);
}

/** "12:31" or "1:02:03". */
export function duration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (n: number): string => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** One epoch as it ends. @param left seconds to go; null when unknown */
export function epochLine(record: EpochRecord, epochs: number, left: number | null): string {
  const { epoch, training, validation, updates } = record;
  const scored = (what: string, score: Score): string =>
    `${what} ${formatAccuracy(accuracyOf(score.correct, score.n))} loss ${lossText(score.loss)}`;
  const parts = [`epoch ${epoch + 1}/${epochs}`, scored("training", training)];
  if (validation !== null) parts.push(scored("validation", validation));
  if (updates !== null) {
    const { zero, clamped, saturated, bias } = updateShares(updates);
    parts.push(
      `updates: bias ${biasText(bias)}, to zero ${percent(zero)}, clamped ${percent(clamped)}, saturated ${whole(saturated)}`,
    );
  }
  if (left !== null) parts.push(`${duration(left)} left`);
  return parts.join(" | ");
}

/** A row an epoch. */
export function historyTable(records: readonly EpochRecord[]): Table {
  const accuracy = (score: Score | null): string =>
    score === null ? "-" : formatAccuracy(accuracyOf(score.correct, score.n));
  return {
    title: "Training",
    columns: [
      { title: "epoch" },
      { title: "rate" },
      { title: "training", align: "left" },
      { title: "loss" },
      { title: "validation", align: "left" },
      { title: "loss" },
    ],
    rows: records.map(({ epoch, rateFactor, training, validation }) => [
      String(epoch + 1),
      fixed(rateFactor, 3),
      accuracy(training),
      lossText(training.loss),
      accuracy(validation),
      lossText(validation?.loss ?? null),
    ]),
    notes: [
      "Training: each sample before its own update, with augmentation. Loss: cross-entropy in nats under the model's own probabilities.",
    ],
  };
}

/** What fixed point did to the updates, over all epochs; undefined for a model that rounds nothing. */
export function updatesTable(records: readonly EpochRecord[]): Table | undefined {
  const reports = records.flatMap(({ updates }) => updates ?? []);
  if (reports.length === 0) return undefined;
  const rows = reports[0]!.projections.flatMap(({ projection, weights, delays }, p) => {
    const all = reports.map(({ projections }) => projections[p]!);
    return [
      ...(weights === null ? [] : [updatesRow(projection, "weights", all, ({ weights: counts }) => counts!)]),
      ...(delays === null ? [] : [updatesRow(projection, "delays", all, ({ delays: counts }) => counts!)]),
    ];
  });
  const sum = (of: (report: UpdateReport) => number): string => whole(reports.reduce((s, report) => s + of(report), 0));
  return {
    title: "Updates",
    columns: [
      { title: "projection", align: "left" },
      { title: "parameter", align: "left" },
      { title: "changed" },
      { title: "to zero" },
      { title: "share" },
      { title: "bias at last" },
      { title: "clamped" },
      { title: "saturated" },
    ],
    rows,
    notes: [
      "To zero: the update was not 0 and was rounded to no change (stochastic rounding keeps the mean all the same). Saturated: changes and eligibilities of the projection.",
      "Bias at last: in the last epoch, what parameters moved by less what their changes asked for, over the latter; the first and every 128th sample are measured, updates at every step are not; - where they ask for less than 100 stored LSB together, too little to tell.",
      `Saturated besides: traces ${sum((r) => r.traceSaturated)}, learning signals ${sum((r) => r.signalSaturated)}, errors ${sum((r) => r.errorSaturated)}.`,
    ],
  };
}

function updatesRow(
  projection: string,
  parameter: string,
  epochs: readonly ProjectionUpdates[],
  of: (updates: ProjectionUpdates) => UpdateCounts,
): string[] {
  const sum = (pick: (updates: ProjectionUpdates) => number): number => epochs.reduce((s, e) => s + pick(e), 0);
  const changed = sum((e) => of(e).changed);
  const zero = sum((e) => of(e).zero);
  return [
    projection,
    parameter,
    whole(changed),
    whole(zero),
    changed + zero === 0 ? "-" : percent(zero / (changed + zero)),
    biasText(epochs.at(-1) === undefined ? null : shownBias(of(epochs.at(-1)!))),
    whole(sum((e) => of(e).clamped)),
    whole(sum((e) => e.changeSaturated + e.eligibilitySaturated)),
  ];
}
