/** Options of `mora fit`. */

import { basename, extname } from "node:path";
import type { Options } from "yargs";
import { CRITERIA, type CriterionName } from "../explore/fit/criterion.ts";
import { QUANTITY_NAMES, type QuantityName } from "../explore/fit/quantities.ts";
import type { SpaceData } from "../explore/space.ts";
import type { Arguments } from "./command.ts";
import { checkDistinctFiles } from "./distinct-files.ts";
import { DATA_FORMS, type DataArguments } from "./open-data.ts";
import { coreOption, dataOption, dataOptions, formatOptions, numberIn, once, shown } from "./options.ts";
import type { FormatArguments } from "./output.ts";
import type { BinChoices } from "./stimulus.ts";
import { evaluationOptions } from "./sweep-options.ts";

export interface FitArguments extends FormatArguments, DataArguments, BinChoices {
  readonly network: string;
  readonly core?: string;
  readonly data: string;
  readonly test?: string;
  readonly limit?: number;
  readonly merge: boolean;
  readonly samples?: number;
  /** Points. */
  readonly maxLoss: number;
  readonly criterion: CriterionName;
  /** Bytes. */
  readonly budget?: number;
  readonly keep?: readonly QuantityName[];
  readonly out?: string;
  readonly writeCore?: string;
  readonly workers?: number;
  readonly retryFailed: boolean;
}

const { workers, "retry-failed": retryFailed } = evaluationOptions;

export const fitOptions: Readonly<Record<string, Options>> = {
  core: coreOption,
  data: { ...dataOption, describe: `Data of the search, 1,000 labelled samples or more: ${DATA_FORMS}` },
  test: {
    type: "string",
    requiresArg: true,
    describe: "Other data, cut alike, that score the chosen designs once",
    coerce: once("test"),
  },
  ...dataOptions,
  samples: {
    type: "number",
    requiresArg: true,
    describe: "Samples of the search, spread evenly over the data [default: all]",
    coerce: evaluationOptions.samples!.coerce!,
  },
  "max-loss": {
    type: "number",
    default: 1,
    requiresArg: true,
    describe: "Points of accuracy that may be lost against float64",
    coerce: points,
  },
  criterion: {
    choices: CRITERIA,
    default: "bound",
    requiresArg: true,
    describe: "What of the loss counts: the upper end of its paired 95 % interval, or the estimate",
    coerce: once("criterion"),
  },
  budget: {
    type: "string",
    requiresArg: true,
    describe: "Memory in which the design should fit: 32kB, 9000 (bytes)",
    coerce: parseBudget,
  },
  keep: {
    type: "string",
    array: true,
    choices: QUANTITY_NAMES,
    requiresArg: true,
    describe: "Leave it as the core has it; may be given several times",
  },
  out: {
    alias: "o",
    type: "string",
    requiresArg: true,
    describe: "Result file; what it holds is not computed again [default: NETWORK.fit.jsonl here]",
    coerce: once("out"),
  },
  "write-core": {
    type: "string",
    requiresArg: true,
    describe: "Write the core that was found, for mora compile --core FILE (.json)",
    coerce: once("write-core"),
  },
  workers: workers!,
  "retry-failed": retryFailed!,
  ...formatOptions,
};

/** @throws UsageError */
export function checkFitArguments(args: Arguments): void {
  const given = args as unknown as FitArguments;
  const { network, core, data, test, writeCore } = given;
  const inputs = { "<network>": network, "--core": core, "--data": data, "--test": test };
  checkDistinctFiles(inputs, { "--out": fitResultFile(given), "--write-core": writeCore });
}

export function fitResultFile({ out, network }: Pick<FitArguments, "out" | "network">): string {
  return out ?? `${basename(network, extname(network))}.fit.jsonl`;
}

/** How data are cut; offset and limit are the search's alone. */
export function fitData(given: FitArguments): { readonly data: SpaceData; readonly test: SpaceData | undefined } {
  const { data, test, offset, limit, timestep, steps, group, merge, channels, classes, timeUnit } = given;
  const cut = Object.fromEntries(
    Object.entries({ timestep, steps, group, merge, channels, classes, timeUnit }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const range = { ...(offset !== undefined && { offset }), ...(limit !== undefined && { limit }) };
  return { data: { name: data, ...cut, ...range }, test: test === undefined ? undefined : { name: test, ...cut } };
}

function points(text: unknown): number {
  const value = numberIn(text);
  if (typeof value === "number" && value >= 0 && value <= 100) return value;
  throw new Error(`--max-loss${shown(value)}: give one number of points from 0 to 100, for example 1`);
}

const UNITS: Readonly<Record<string, number>> = { "": 1, b: 1, kb: 1024, mb: 1024 * 1024 };

/** Bytes; kB of 1024 of them. */
export function parseBudget(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const [, number, unit] = (typeof value === "string" && /^(\d+(?:\.\d+)?)\s*([kM]?B)?$/i.exec(value)) || [];
  const bytes = Math.round(Number(number) * (UNITS[(unit ?? "").toLowerCase()] ?? Number.NaN));
  if (bytes >= 1) return bytes;
  throw new Error(`--budget${shown(value)}: give one size above 0, for example 32kB, 1.5MB or 9000 (bytes)`);
}
