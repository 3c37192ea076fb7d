/** Which samples are trained on, validated on and tested on: functions of the data set and a seed. */

import { randomStream, shuffled } from "../formats/random.ts";
import { DatasetError } from "./dataset-error.ts";
import type { Dataset, RawSample } from "./sample.ts";

/** What a split may go by. */
export interface SampleKey {
  readonly label: number | undefined;
  readonly meta: NonNullable<RawSample["meta"]>;
}

/** Label and meta of every sample in order. Reads the whole data set once. @throws DatasetError as the reader does */
export async function readKeys(dataset: Dataset): Promise<SampleKey[]> {
  const keys: SampleKey[] = [];
  for await (const { label, meta = {} } of dataset.samples()) keys.push({ label, meta });
  return keys;
}

export interface FoldOptions {
  /** Field of `meta` that numbers the recordings. Default "take". */
  readonly field?: string;
  /** Number of folds. Default 5. */
  readonly folds?: number;
  /** The data set's name, for errors. */
  readonly file?: string;
}

/**
 * Fold of each sample: the number of its recording (by default `take`, of FSDD 0..49 for each speaker and digit) mod the
 * number of folds. Every fold has each speaker and class equally often where the takes are complete; with 5 folds the ten
 * recordings of a speaker and digit in a fold are those of takes k, k + 5, k + 10, ..
 *
 * @throws DatasetError for a sample whose meta has no such whole number from 0
 */
export function foldsOf(keys: readonly SampleKey[], options: FoldOptions = {}): Uint32Array {
  const { field = "take", folds = 5, file = "folds" } = options;
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= 65536)) {
    throw new DatasetError({
      code: "option-range",
      file,
      place: { field: "folds" },
      value: folds,
      what: `${folds} is out of range`,
      remedy: "give a whole number from 2 to 65536",
    });
  }
  return Uint32Array.from(keys, ({ meta }, sample) => {
    const number = meta[field];
    if (typeof number === "number" && Number.isInteger(number) && number >= 0) return number % folds;
    throw new DatasetError({
      code: number === undefined ? "missing-dataset" : "not-a-number",
      file,
      place: { sample, field },
      ...(number !== undefined && { value: number }),
      what: number === undefined ? `the sample has no ${field}` : `${number} is not a whole number from 0`,
      remedy: `give a field that numbers the recordings; this sample has ${Object.keys(meta).join(", ") || "none"}`,
    });
  });
}

/** Positions of the items that match and of the others, both ascending: splitWhere(folds, (fold) => fold === 0). */
export function splitWhere<T>(
  items: ArrayLike<T>,
  matches: (item: T, position: number) => boolean,
): { readonly matching: Uint32Array; readonly rest: Uint32Array } {
  const matching: number[] = [];
  const rest: number[] = [];
  for (let n = 0; n < items.length; n++) (matches(items[n]!, n) ? matching : rest).push(n);
  return { matching: Uint32Array.from(matching), rest: Uint32Array.from(rest) };
}

/** Positions in a data set, ascending. */
export interface Split {
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Puts round(share n) samples aside for validation, drawn with the seed and spread evenly over the strata: a stratum of c
 * samples gives share c of them, give or take one.
 *
 * @param strata one number for each sample of the data set: its label, or its take
 * @param share 0..1
 * @param positions the n samples to split; default all. Those that are left out are in neither part.
 */
export function splitValidation(
  strata: ArrayLike<number>,
  share: number,
  seed: number,
  positions: ArrayLike<number> = Uint32Array.from(strata, (_, n) => n),
): Split {
  const all = Uint32Array.from(positions).sort();
  const drawn = Array.from(shuffled(all, randomStream(seed, "validation"))).sort((a, b) => strata[a]! - strata[b]!);
  const count = Math.round(share * all.length);
  const aside = new Set(Array.from({ length: count }, (_, i) => drawn[Math.floor(((i + 0.5) * all.length) / count)]!));
  return {
    training: all.filter((n) => !aside.has(n)),
    validation: all.filter((n) => aside.has(n)),
  };
}
