/** Data sets by file name, or the seeded patterns. */

import type { TimeUnit } from "../datasets/aer-csv.ts";
import { openDataset } from "../datasets/open.ts";
import { patternDataset } from "../datasets/patterns.ts";
import type { Dataset } from "../datasets/sample.ts";
import { InputError, UsageError } from "./errors.ts";

export interface DataArguments {
  readonly channels?: number;
  readonly classes?: number;
  readonly timeUnit?: TimeUnit;
  /** Samples to skip. */
  readonly offset?: number;
}

/** `patterns` or `patterns:SEED`, else a file. @throws DatasetError, UsageError, InputError when `offset` skips all samples */
export async function openData(name: string, given: DataArguments): Promise<Dataset> {
  const dataset = await open(name, given);
  const { offset = 0 } = given;
  if (offset < dataset.size) return dataset;
  dataset.close();
  throw new InputError(`--offset ${offset}`, `${name} has ${dataset.size} samples`, `give 0..${dataset.size - 1}`);
}

async function open(name: string, { channels, classes, timeUnit }: DataArguments): Promise<Dataset> {
  const seed = /^patterns(?::(.*))?$/.exec(name);
  if (seed === null) {
    return openDataset(name, {
      ...(channels !== undefined && { channels }),
      ...(classes !== undefined && { classes }),
      ...(timeUnit !== undefined && { timeUnit }),
    });
  }
  const given = { channels, classes, "time-unit": timeUnit };
  const extra = Object.entries(given).find(([, value]) => value !== undefined);
  if (extra !== undefined) throw new UsageError(`--${extra[0]}: the seeded patterns have their own; leave it out`);
  return patternDataset(seed[1] === undefined ? {} : { seed: Number(seed[1]) });
}
