/** Options of `mora validate`. */

import type { Options } from "yargs";
import { DATA_FORMS, type DataArguments } from "./open-data.ts";
import { dataOptions, formatOptions, whole } from "./options.ts";
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
  data: { ...trainOptions.data!, describe: `Data to learn from, labelled: ${DATA_FORMS}` },
  epochs: { ...trainOptions.epochs!, default: 1, coerce: whole("epochs", 1, 1000) },
  seed: { ...trainOptions.seed!, describe: "Seed of order and augmentation (initial weights have the network's)" },
  ...dataOptions,
  ...formatOptions,
};
