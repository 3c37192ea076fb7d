/** Samples of a data set as RTL and emulator get them. */

import { bin } from "../datasets/bin.ts";
import type { Dataset } from "../datasets/sample.ts";
import type { RunSettings } from "../emulator/record.ts";
import { stimulusOf } from "../emulator/stimulus.ts";
import type { Presented } from "../hardware/run-files.ts";
import type { Image, Manifest } from "../image/manifest.ts";
import type { CosimArguments } from "./cosim-options.ts";
import type { DataUse } from "./documents.ts";
import { InputError, UsageError } from "./errors.ts";
import { binOptions, dataUse } from "./stimulus.ts";

/** The sample's index in the data set numbers its random draws, as in `mora run`. @throws InputError, UsageError */
export async function presentedSamples(
  dataset: Dataset,
  { manifest }: Image,
  given: CosimArguments,
): Promise<{ readonly samples: readonly Presented[]; readonly data: DataUse }> {
  const { arrival, receiver, limit, offset = 0 } = given;
  if (given.learn && manifest.learning === null) {
    throw new UsageError(`--learn: ${given.program} has no learning engine; compile it for a core that has one`);
  }
  const binning = binOptions(dataset, manifest, given, arrival);
  const samples: Presented[] = [];
  let [merged, dropped] = [0, 0];
  for await (const raw of dataset.samples({ offset, ...(limit !== undefined && { limit }) })) {
    const sample = bin(raw, binning, dataset.name);
    const settings: RunSettings = {
      arrival,
      receiver,
      sample: raw.index,
      ...(given.learn && {
        learning: { label: labelOf(manifest, dataset.name, raw.index, sample.label), rateShift: 0 },
      }),
    };
    samples.push({ stimulus: stimulusOf(sample, manifest, arrival), settings });
    merged += sample.merged;
    dropped += sample.dropped;
  }
  return { samples, data: dataUse(dataset, binning, { samples: samples.length, merged, dropped }) };
}

function labelOf({ learning, populations }: Manifest, name: string, index: number, label: number | undefined): number {
  const classes = populations[learning!.readout]!.size;
  if (label !== undefined && label < classes) return label;
  throw new InputError(
    `${name}: sample ${index}`,
    label === undefined ? "has no label" : `has the label ${label}, the readout has ${classes} classes`,
    "leave --learn out, or give a data set with labels",
  );
}
