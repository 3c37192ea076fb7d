/** What learning needs: a network that learns, a core with an engine, labelled data in memory. */

import type { LearningIr, NetworkIr } from "../compiler/ir.ts";
import type { SampleRange } from "../datasets/sample.ts";
import type { CompleteCore } from "../description/core.ts";
import { counted, fixed } from "../report/numbers.ts";
import { type BinnedSet, collect } from "../training/binned-set.ts";
import type { DataUse } from "./documents.ts";
import { InputError } from "./errors.ts";
import type { Io } from "./io.ts";
import { type DataArguments, openData } from "./open-data.ts";
import { startProgress } from "./progress.ts";
import { type BinChoices, binOptionsFor, channelsWarning, dataUse } from "./stimulus.ts";

/** @throws InputError for a network that does not learn */
export function learningOf({ learning }: NetworkIr, path: string): LearningIr {
  if (learning !== undefined) return learning;
  throw new InputError(path, "describes no learning", "add learn: learn({ weights: { rate: 0.05 } }) to the network");
}

/**
 * @param otherwise what else would do, after the remedy
 * @throws InputError for a core that cannot learn
 */
export function checkEngine({ learning, decision }: CompleteCore, name: string, otherwise: string = ""): void {
  const remedy = `give --core learning, or put learning: {} into the core's description${otherwise}`;
  if (learning === "none") throw new InputError(`--core ${name}`, "has no learning engine", remedy);
  if (decision !== "none") return;
  throw new InputError(`--core ${name}`, "has no decision unit, whose error is learned from", "give a core with one");
}

export interface LoadedSet {
  readonly set: BinnedSet;
  readonly use: DataUse;
}

/** Samples of a data set, binned for a network. @throws DatasetError, InputError */
export async function loadSet(
  name: string,
  range: SampleRange,
  { timestepMs, populations }: NetworkIr,
  given: DataArguments & BinChoices & { readonly merge: boolean },
  io: Io,
): Promise<LoadedSet> {
  const { offset = 0, limit } = range;
  const channels = populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
  const dataset = await openData(name, { ...given, offset });
  try {
    const binning = binOptionsFor(dataset, { channels, timestepMs }, given, "burst");
    const warning = channelsWarning(dataset, channels, binning, given);
    if (warning !== undefined) io.stderr(`mora: warning: ${warning}\n`);
    const progress = startProgress(io, `reading ${name}`, Math.min(limit ?? dataset.size, dataset.size - offset));
    const set = await collect(dataset, binning, range, progress.update).finally(progress.stop);
    const { size: samples, merged, dropped } = set;
    return { set, use: dataUse(dataset, binning, { samples, merged, dropped }) };
  } finally {
    dataset.close();
  }
}

/** Says which classes have no sample: data that are sorted by class, cut by --limit, hold a few only, and any network learns these. */
export function warnOfAbsentClasses(
  { name, labels }: { readonly name: string; readonly labels: ArrayLike<number> & Iterable<number> },
  classes: number,
  io: Io,
): void {
  const present = new Set(labels);
  if (present.size >= classes) return;
  const found = [...present].sort((a, b) => a - b).join(", ");
  io.stderr(
    `mora: warning: ${name}: the labels of ${counted(labels.length, "sample")} are of ${present.size} of the ${classes} classes (${found}), so that an accuracy on them says little; take more samples, others with --offset, or shuffle a file that is sorted by class\n`,
  );
}

/** Rates are divided by T, which the description states: samples of another length learn at another rate. From 1.5 times on it is said. */
export function warnOfSteps({ name, steps }: BinnedSet, { errorSteps, meanSteps }: LearningIr, io: Io): void {
  if (errorSteps.kind !== "all" || steps.length === 0) return;
  const mean = steps.reduce((sum, n) => sum + n, 0) / steps.length;
  const ratio = mean / meanSteps;
  if (ratio < 1.5 && ratio > 1 / 1.5) return;
  io.stderr(
    `mora: warning: ${name}: samples have ${fixed(mean, 1)} steps on average, the network's learn has steps: ${meanSteps}, so that rates act as ${fixed(ratio, 2)} of what is written; set steps: ${Math.max(1, Math.round(mean))}, or cut samples with --steps\n`,
  );
}
