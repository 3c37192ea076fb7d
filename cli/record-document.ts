/** The record of a run or a training (`--record`): what `mora report` draws. */

import { existsSync } from "node:fs";
import type { Options } from "yargs";
import { createLocalFiles } from "../explore/contents.ts";
import type { ParameterHistogram } from "../report/parameter-histograms.ts";
import type { SampleTrace } from "../report/sample-trace.ts";
import type { RunDocument, TrainDocument } from "./documents.ts";
import { once, whole } from "./options.ts";
import { plain } from "./output.ts";
import { readVersion } from "./version.ts";

export interface RecordDocument {
  readonly schema: "mora/record/1";
  /** Version of the program, and when it wrote this. */
  readonly mora: string;
  readonly date: string;
  /** `sha256:HEX.h5` of a data file, or the name of a generated set. */
  readonly source: string;
  /** One of the two. */
  readonly run: RunDocument | null;
  readonly training: TrainDocument | null;
  readonly clockHz: number;
  readonly samples: readonly SampleTrace[];
  readonly parameters: readonly ParameterHistogram[];
}

export interface RecordArguments {
  readonly record?: string;
  readonly recordSamples: number;
  readonly recordNeurons: number;
}

export const recordOptions: Readonly<Record<string, Options>> = {
  record: {
    type: "string",
    requiresArg: true,
    describe: "Write what mora report draws: rasters, membranes, cycles by step, histograms (docs/json.md)",
    coerce: once("record"),
  },
  "record-samples": {
    type: "number",
    default: 1,
    requiresArg: true,
    describe: "Samples in the record",
    coerce: whole("record-samples", 1, 1000),
  },
  "record-neurons": {
    type: "number",
    default: 16,
    requiresArg: true,
    describe: "Neurons of each population whose membranes are recorded",
    coerce: whole("record-neurons", 1, 4096),
  },
};

/** @param data as `--data` names it */
export function recordText(data: string, parts: Omit<RecordDocument, "schema" | "mora" | "date" | "source">): string {
  const document: RecordDocument = {
    schema: "mora/record/1",
    mora: readVersion(),
    date: new Date().toISOString(),
    source: existsSync(data) ? createLocalFiles().add(data, "--data") : data,
    ...parts,
  };
  return `${JSON.stringify(document, plain)}\n`;
}
