/** Options of `mora run`. */

import type { Options } from "yargs";
import type { RunSettings } from "../emulator/record.ts";
import type { Arguments } from "./command.ts";
import { checkDistinctFiles } from "./distinct-files.ts";
import { UsageError } from "./errors.ts";
import type { DataArguments } from "./open-data.ts";
import {
  arrivalOptions,
  coreOption,
  dataOption,
  dataOptions,
  formatOptions,
  once,
  specialiseOption,
  whole,
} from "./options.ts";
import type { FormatArguments } from "./output.ts";
import { type RecordArguments, recordOptions } from "./record-document.ts";
import type { BinChoices } from "./stimulus.ts";

export interface RunArguments extends FormatArguments, DataArguments, BinChoices, RecordArguments {
  readonly program: string;
  readonly core?: string;
  readonly data: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly merge: boolean;
  readonly arrival: RunSettings["arrival"];
  readonly receiver: RunSettings["receiver"];
  readonly float: boolean;
  readonly byStep: boolean;
  readonly specialise: boolean;
  readonly spikes?: string;
  readonly vcd?: string;
  readonly vcdMemory?: readonly string[];
  readonly vcdSamples: number;
}

export const runOptions: Readonly<Record<string, Options>> = {
  core: coreOption,
  data: dataOption,
  ...dataOptions,
  ...arrivalOptions,
  float: { type: "boolean", default: false, describe: "Run the float64 model beside the core" },
  "by-step": {
    type: "boolean",
    default: true,
    describe: "Accuracy against decision step (--no-by-step: skip, faster)",
  },
  specialise: specialiseOption,
  spikes: { type: "string", requiresArg: true, describe: "Write output spikes as CSV", coerce: once("spikes") },
  vcd: { type: "string", requiresArg: true, describe: "Write phases and events as VCD", coerce: once("vcd") },
  "vcd-memory": {
    type: "string",
    array: true,
    requiresArg: true,
    describe: "Memories in the VCD: membrane|ring|spikes|refractory:POPULATION[FROM..TO], scores[FROM..TO]",
  },
  "vcd-samples": {
    type: "number",
    default: 1,
    requiresArg: true,
    describe: "Samples in the VCD",
    coerce: whole("vcd-samples", 1),
  },
  ...recordOptions,
  ...formatOptions,
};

/** @throws UsageError */
export function checkRunArguments(args: Arguments): void {
  const { program, core, data, arrival, vcd, vcdMemory, spikes, record } = args as unknown as RunArguments;
  if (Array.isArray(arrival)) throw new UsageError("--arrival: give one of burst, timed");
  if (vcdMemory !== undefined && vcd === undefined) throw new UsageError("--vcd-memory needs --vcd FILE");
  checkDistinctFiles(
    { "<program>": program, "--core": core, "--data": data },
    { "--spikes": spikes, "--vcd": vcd, "--record": record },
  );
}
