/** The data of the experiments, read and cut into time steps. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { foldsOf, readKeys, splitWhere } from "../datasets/folds.ts";
import { joinDatasets } from "../datasets/join.ts";
import { openDataset } from "../datasets/open.ts";
import { randmanDataset } from "../datasets/randman.ts";
import type { Dataset } from "../datasets/sample.ts";
import { subsetDataset } from "../datasets/subset.ts";
import { yinYangDataset } from "../datasets/yin-yang.ts";
import { type BinnedSet, collect } from "../training/binned-set.ts";
import { type DataName, type DataPlan, DIGIT_FILES, dataPlan } from "./data-names.ts";

/** ../shared/data beside the project's root, with a slash at its end. */
const SHARED_DATA: string = fileURLToPath(new URL("../../shared/data/", import.meta.url));

export interface ExperimentData {
  readonly set: BinnedSet;
  /** Positions in `set`, ascending. @throws RangeError for a fold that the split has not */
  split(fold: number): { readonly training: Uint32Array; readonly test: Uint32Array };
}

/** The first file that a data set needs and that is absent; undefined when it can be read. */
export function missingFile(name: DataName): string | undefined {
  if (!("files" in dataPlan(name).source)) return undefined;
  return DIGIT_FILES.map((file) => SHARED_DATA + file.name).find((path) => !existsSync(path));
}

/** Reading takes seconds: the sets that are open, by the plan without its split. */
const sets = new Map<string, Promise<{ readonly set: BinnedSet; readonly folds: Uint32Array | null }>>();

/** @throws Error for a file that is not the one of data-names.ts, DatasetError as the readers do */
export async function experimentData(name: DataName): Promise<ExperimentData> {
  const plan = dataPlan(name);
  const { split, ...rest } = plan;
  const id = JSON.stringify(rest);
  const loading = sets.get(id) ?? load(plan);
  sets.set(id, loading);
  const { set, folds } = await loading;
  return {
    set,
    split(fold) {
      if (split.kind === "first") {
        if (fold !== 0) throw new RangeError(`${name}: fold ${fold}; its one split is fold 0`);
        const all = Uint32Array.from({ length: split.training + split.test }, (_, n) => n);
        return { training: all.subarray(0, split.training), test: all.subarray(split.training) };
      }
      if (split.kind === "first-fold") {
        if (fold !== 0 || folds === null) throw new RangeError(`${name}: fold ${fold}; its one split is fold 0`);
        const { matching, rest } = splitWhere(folds.subarray(0, split.of), (f) => f === 0);
        return { training: rest, test: matching };
      }
      if (folds === null || fold >= split.folds) throw new RangeError(`${name}: no fold ${fold}`);
      const { matching, rest: training } = splitWhere(folds, (f) => f === fold);
      return { training, test: matching };
    },
  };
}

async function load(plan: DataPlan): Promise<{ readonly set: BinnedSet; readonly folds: Uint32Array | null }> {
  const whole = await open(plan);
  try {
    const positions = Array.from(
      { length: Math.ceil(whole.size / (plan.every ?? 1)) },
      (_, n) => n * (plan.every ?? 1),
    );
    const dataset = plan.every === undefined ? whole : subsetDataset(whole, positions);
    const set = await collect(dataset, { ...plan.bins, channels: dataset.channels });
    const byTake = "files" in plan.source && plan.every === undefined;
    return { set, folds: byTake ? foldsOf(await readKeys(dataset)) : null };
  } finally {
    whole.close();
  }
}

async function open({ source }: DataPlan): Promise<Dataset> {
  if (!("files" in source)) {
    return source.generator === "yin-yang" ? yinYangDataset(source.options) : randmanDataset(source.options);
  }
  for (const { name, sha256 } of DIGIT_FILES) {
    const found = createHash("sha256")
      .update(readFileSync(SHARED_DATA + name))
      .digest("hex");
    if (found !== sha256)
      throw new Error(
        `${name}: SHA-256 ${found}, the experiments are about ${sha256}; give that file, or change data-names.ts`,
      );
  }
  return joinDatasets(await Promise.all(DIGIT_FILES.map(({ name }) => openDataset(SHARED_DATA + name))));
}
