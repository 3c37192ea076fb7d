/** Options of `mora train`. */

import { join } from "node:path";
import type { Options } from "yargs";
import { MODELS, type ModelName } from "../training/learner.ts";
import type { Arguments } from "./command.ts";
import { checkDistinctFiles } from "./distinct-files.ts";
import { UsageError } from "./errors.ts";
import { checkImageName } from "./image-name.ts";
import { DATA_FORMS, type DataArguments } from "./open-data.ts";
import {
  coreOption,
  dataOptions,
  formatOptions,
  numberIn,
  once,
  PRESET_NAMES,
  shown,
  specialiseOption,
  whole,
} from "./options.ts";
import type { FormatArguments } from "./output.ts";
import { type RecordArguments, recordOptions } from "./record-document.ts";
import type { BinChoices } from "./stimulus.ts";

export interface TrainArguments extends FormatArguments, DataArguments, BinChoices, RecordArguments {
  readonly network: string;
  readonly core: string;
  readonly data: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly merge: boolean;
  readonly validation: number;
  readonly test?: string;
  readonly model: ModelName;
  readonly epochs: number;
  readonly seed: number;
  readonly checkpoint?: string;
  readonly out?: string;
  readonly specialise: boolean;
}

export const trainOptions: Readonly<Record<string, Options>> = {
  core: {
    ...coreOption,
    default: "learning",
    describe: `Core with a learning engine: a preset (${PRESET_NAMES.join(", ")}) or a description file (.ts, .js, .json)`,
  },
  data: {
    type: "string",
    requiresArg: true,
    demandOption: "name a data set with --data FILE",
    describe: `Training data, labelled: ${DATA_FORMS}`,
    coerce: once("data"),
  },
  validation: {
    type: "number",
    default: 0.1,
    requiresArg: true,
    describe: "Share of the training data that is put aside and evaluated after each epoch",
    coerce: share("validation"),
  },
  test: {
    type: "string",
    requiresArg: true,
    describe: "Test data, run once after the last epoch",
    coerce: once("test"),
  },
  model: {
    choices: [...MODELS],
    default: "core",
    requiresArg: true,
    describe: "What learns: the emulated core, the same rules in float64, or back-propagation through time with Adam",
  },
  epochs: {
    type: "number",
    default: 20,
    requiresArg: true,
    describe: "Times that every sample is presented",
    coerce: whole("epochs", 1, 100_000),
  },
  seed: {
    type: "number",
    default: 1,
    requiresArg: true,
    describe: "Seed of order, validation part and augmentation (initial weights have the network's)",
    coerce: whole("seed", 0, 2 ** 32 - 1),
  },
  checkpoint: {
    type: "string",
    requiresArg: true,
    describe: "Folder that the run is saved to, and resumed from if it was interrupted",
    coerce: once("checkpoint"),
  },
  out: {
    type: "string",
    alias: "o",
    requiresArg: true,
    describe: "Image file to write: the trained network on the core",
    coerce: once("out"),
  },
  ...recordOptions,
  ...dataOptions,
  specialise: specialiseOption,
  ...formatOptions,
};

/** The file in a checkpoint's folder. */
export function checkpointFile(folder: string): string {
  return join(folder, "training.ckpt");
}

/** @throws UsageError */
export function checkTrainArguments(args: Arguments): void {
  const { network, core, data, test, out, model, checkpoint, record } = args as unknown as TrainArguments;
  if (Array.isArray(model)) throw new UsageError(`--model: give one of ${MODELS.join(", ")}`);
  checkDistinctFiles(
    { "<network>": network, "--core": core, "--data": data, "--test": test },
    {
      "--checkpoint": checkpoint === undefined ? undefined : checkpointFile(checkpoint),
      "--out": out,
      "--record": record,
    },
  );
  checkImageName(out);
}

/** A share from 0 to less than 1. */
function share(name: string): (value: unknown) => number | undefined {
  return (text) => {
    const value = numberIn(text);
    if (value === undefined) return undefined;
    if (typeof value === "number" && value >= 0 && value < 1) return value;
    throw new Error(`--${name}${shown(value)}: give one number from 0 to less than 1`);
  };
}
