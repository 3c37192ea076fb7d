/** Names of the data of the experiments, and what is known of them without reading them. */

import type { RandmanOptions } from "../datasets/randman.ts";
import type { YinYangOptions } from "../datasets/yin-yang.ts";

export const DATA_NAMES = [
  "digits",
  "digits-official",
  "digits-tuning",
  "digits-tiny",
  "yin-yang",
  "yin-yang-tiny",
  "randman",
] as const;
/**
 * digits: FSDD-cochlea, both files together, fold = take mod 5. digits-official: its own split. digits-tuning: its training
 * file alone, takes 5 to 49, of which every fifth validates. -tiny: a few samples, for the repetition that `--quick` makes.
 * The others are generated.
 */
export type DataName = (typeof DATA_NAMES)[number];

/** SHA-256 of the two files, the training file first: another file is another experiment. */
export const DIGIT_FILES: readonly { readonly name: string; readonly sha256: string }[] = [
  { name: "fsdd_cochlea_train.h5.gz", sha256: "642c1650b6e8fcbda4e8bfd970034a64936fb8b2f4c93ed259a50ccae942f13c" },
  { name: "fsdd_cochlea_test.h5.gz", sha256: "689a491d1a9500b5b7c2dab68a28e4d0c9271b5e1e142303c5e5d4c296a0af43" },
];

export const FOLDS = 5;
/** Recordings of the official test file stand behind those of the training file. */
export const OFFICIAL_TRAINING = 2700;

const DIGIT_BINS = { timestepMs: 5, steps: 120, group: 5 };
const YIN_YANG: YinYangOptions = {};
/** Random manifolds on which spike counts say nothing; fewer samples than the reference's 10,000, for the time. */
const RANDMAN: RandmanOptions = { classes: 10, channels: 100, dimension: 2, alpha: 2 };

/** Everything that decides a data set: hashes of files or options of a generator, binning, and how it is split. */
export interface DataPlan {
  readonly source:
    | { readonly files: readonly string[] }
    | { readonly generator: "yin-yang"; readonly options: YinYangOptions }
    | { readonly generator: "randman"; readonly options: RandmanOptions };
  readonly bins: { readonly timestepMs: number; readonly steps: number; readonly group: number };
  readonly channels: number;
  readonly classes: number;
  readonly split:
    | { readonly kind: "folds"; readonly folds: number }
    /** Fold 0 of the first so many. */
    | { readonly kind: "first-fold"; readonly folds: number; readonly of: number }
    | { readonly kind: "first"; readonly training: number; readonly test: number };
  /** Every n-th recording only. */
  readonly every?: number;
}

const DIGITS: Omit<DataPlan, "split"> = {
  source: { files: DIGIT_FILES.map(({ sha256 }) => sha256) },
  bins: DIGIT_BINS,
  channels: 140,
  classes: 10,
};

export function dataPlan(name: DataName): DataPlan {
  const generated = { channels: 5, classes: 3, bins: { timestepMs: 1, steps: 60, group: 1 } };
  switch (name) {
    case "digits":
      return { ...DIGITS, split: { kind: "folds", folds: FOLDS } };
    case "digits-official":
      return { ...DIGITS, split: { kind: "first", training: OFFICIAL_TRAINING, test: 300 } };
    case "digits-tuning":
      return { ...DIGITS, split: { kind: "first-fold", folds: FOLDS, of: OFFICIAL_TRAINING } };
    case "digits-tiny":
      return { ...DIGITS, every: 13, split: { kind: "first", training: 200, test: 30 } };
    case "yin-yang":
      return {
        ...generated,
        source: { generator: "yin-yang", options: { ...YIN_YANG, samples: 6000 } },
        split: { kind: "first", training: 5000, test: 1000 },
      };
    case "yin-yang-tiny":
      return {
        ...generated,
        source: { generator: "yin-yang", options: { ...YIN_YANG, samples: 300 } },
        split: { kind: "first", training: 200, test: 100 },
      };
    case "randman":
      return {
        source: { generator: "randman", options: { ...RANDMAN, samples: 3000 } },
        bins: { timestepMs: 1, steps: 120, group: 1 },
        channels: 100,
        classes: 10,
        split: { kind: "first", training: 2500, test: 500 },
      };
  }
}
