/** Options of `mora cosim`. */

import type { Options } from "yargs";
import type { RunSettings } from "../emulator/record.ts";
import type { Arguments } from "./command.ts";
import { checkDistinctFiles } from "./distinct-files.ts";
import { UsageError } from "./errors.ts";
import type { DataArguments } from "./open-data.ts";
import { arrivalOptions, coreOption, dataOption, dataOptions, formatOptions, once, whole } from "./options.ts";
import type { FormatArguments } from "./output.ts";
import type { BinChoices } from "./stimulus.ts";

export interface CosimArguments extends FormatArguments, DataArguments, BinChoices {
  readonly program: string;
  readonly core?: string;
  readonly data: string;
  readonly limit?: number;
  readonly merge: boolean;
  readonly arrival: RunSettings["arrival"];
  readonly receiver: RunSettings["receiver"];
  readonly learn: boolean;
  readonly seed: number;
  readonly vcd: string;
  readonly rtl?: string;
}

export const cosimOptions: Readonly<Record<string, Options>> = {
  core: coreOption,
  data: dataOption,
  ...dataOptions,
  ...arrivalOptions,
  learn: {
    type: "boolean",
    default: false,
    describe: "Learning engine on, with the data set's labels; learned parameters stay from sample to sample",
  },
  seed: {
    type: "number",
    default: 1,
    requiresArg: true,
    describe: "What has no value at the start (registers, memories) gets one from this seed, then from the next",
    coerce: whole("seed", 1, 2 ** 31 - 2),
  },
  vcd: {
    type: "string",
    default: "cosim.vcd",
    requiresArg: true,
    describe: "Where the waves around a difference are written",
    coerce: once("vcd"),
  },
  rtl: {
    type: "string",
    requiresArg: true,
    describe: "Folder of the SystemVerilog to simulate, as mora rtl writes one; by default mora's own",
    coerce: once("rtl"),
  },
  ...formatOptions,
};

/** @throws UsageError */
export function checkCosimArguments(args: Arguments): void {
  const { program, core, data, arrival, vcd } = args as unknown as CosimArguments;
  if (Array.isArray(arrival)) throw new UsageError("--arrival: give one of burst, timed");
  checkDistinctFiles({ "<program>": program, "--core": core, "--data": data }, { "--vcd": vcd });
}
