/** Data sets by file name, or generated ones by theirs. */

import type { TimeUnit } from "../datasets/aer-csv.ts";
import { GENERATED_NAMES, generatedDataset } from "../datasets/generated.ts";
import { openDataset } from "../datasets/open.ts";
import type { Dataset } from "../datasets/sample.ts";
import { counted } from "../report/numbers.ts";
import { InputError, UsageError } from "./errors.ts";

/** What a user gives as a data set, for --help. */
export const DATA_FORMS: string = `.h5, .npz, .csv, gzipped too, or ${GENERATED_NAMES.join("|")}[:SEED][,OPTION=NUMBER..]`;

export interface DataArguments {
  readonly channels?: number;
  readonly classes?: number;
  readonly timeUnit?: TimeUnit;
  /** Samples to skip. */
  readonly offset?: number;
}

/** A generator's name with its options (`patterns:7`, `yin-yang:40,samples=1000`), else a file. @throws DatasetError, UsageError, InputError when `offset` skips all samples */
export async function openData(name: string, given: DataArguments): Promise<Dataset> {
  const dataset = await open(name, given);
  const { offset = 0 } = given;
  if (offset < dataset.size) return dataset;
  dataset.close();
  throw new InputError(
    `--offset ${offset}`,
    `${name} has ${counted(dataset.size, "sample")}`,
    `give 0..${dataset.size - 1}`,
  );
}

async function open(name: string, { channels, classes, timeUnit }: DataArguments): Promise<Dataset> {
  const generated = generatedDataset(name);
  if (generated === undefined) {
    return openDataset(name, {
      ...(channels !== undefined && { channels }),
      ...(classes !== undefined && { classes }),
      ...(timeUnit !== undefined && { timeUnit }),
    });
  }
  const given = { channels, classes, "time-unit": timeUnit };
  const extra = Object.entries(given).find(([, value]) => value !== undefined);
  if (extra !== undefined) throw new UsageError(`--${extra[0]}: generated data has its own; leave it out`);
  return generated;
}
