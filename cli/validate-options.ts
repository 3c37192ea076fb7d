/** Options of `mora validate`. */

import type { Options } from "yargs";
import { DATA_FORMS, type DataArguments } from "./open-data.ts";
import { dataOptions, formatOptions, once, whole } from "./options.ts";
import type { FormatArguments } from "./output.ts";
import type { BinChoices } from "./stimulus.ts";
import { trainOptions } from "./train-options.ts";

export interface ValidateArguments extends FormatArguments, DataArguments, BinChoices {
  readonly network: string;
  readonly core: string;
  readonly data: string;
  readonly limit?: number;
  readonly merge: boolean;
  readonly epochs: number;
  readonly seed: number;
}

export const validateOptions: Readonly<Record<string, Options>> = {
  core: trainOptions.core!,
  data: {
    type: "string",
    requiresArg: true,
    demandOption: "name a data set with --data FILE",
    describe: `Data to learn from, labelled: ${DATA_FORMS}`,
    coerce: once("data"),
  },
  epochs: {
    type: "number",
    default: 1,
    requiresArg: true,
    describe: "Times that every sample is presented",
    coerce: whole("epochs", 1, 1000),
  },
  seed: {
    type: "number",
    default: 1,
    requiresArg: true,
    describe: "Seed of order and augmentation (initial weights have the network's)",
    coerce: whole("seed", 0, 2 ** 32 - 1),
  },
  ...dataOptions,
  ...formatOptions,
};
