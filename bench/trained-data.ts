/** Where the trained networks and the spoken digits lie, and the digits as the networks were trained on them. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bin } from "../datasets/bin.ts";
import { openDataset } from "../datasets/open.ts";
import type { BinnedSample, SampleRange } from "../datasets/sample.ts";
import { loadTrained, TRAINED_NETWORKS, type TrainedNetwork } from "./trained-networks.ts";

export type TrainedName = (typeof TRAINED_NETWORKS)[number];

/** ../shared/data beside the project's root, with a slash at its end. */
export const SHARED_DATA: string = fileURLToPath(new URL("../../shared/data/", import.meta.url));

type Split = "test" | "train";

const DIGITS: Readonly<Record<Split, string>> = {
  test: `${SHARED_DATA}fsdd_cochlea_test.h5.gz`,
  train: `${SHARED_DATA}fsdd_cochlea_train.h5.gz`,
};

/** The first path that is needed and absent; undefined when all are there. */
export function missingTrainedData(): string | undefined {
  const files = TRAINED_NETWORKS.map((name) => trainedPath(name));
  return [DIGITS.test, ...files].find((path) => !existsSync(path));
}

function trainedPath(name: TrainedName): string {
  return `${SHARED_DATA}trained/${name}.h5`;
}

/** @throws DatasetError when the file is missing or damaged */
export function loadTrainedByName(name: TrainedName): Promise<TrainedNetwork> {
  return loadTrained(trainedPath(name));
}

/** A sample that has a label. */
export type LabelledSample = BinnedSample & { readonly label: number };

/**
 * FSDD-cochlea in 120 steps of 5 ms and groups of 5 channels, several spikes of a bin counted once: what the trained
 * networks expect (../shared/data/trained/README.md).
 *
 * @throws DatasetError when the file is missing or damaged
 */
export async function spokenDigits(split: Split, range: SampleRange = {}): Promise<LabelledSample[]> {
  const dataset = await openDataset(DIGITS[split]);
  try {
    const digits: LabelledSample[] = [];
    for await (const raw of dataset.samples(range)) {
      const binned = bin(raw, { timestepMs: 5, steps: 120, group: 5, channels: dataset.channels });
      const { label } = binned;
      if (label === undefined) throw new Error(`${dataset.name}: sample ${raw.index} has no label`);
      digits.push({ ...binned, label });
    }
    return digits;
  } finally {
    dataset.close();
  }
}
