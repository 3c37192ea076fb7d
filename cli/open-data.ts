/** Data sets by file name, or the seeded patterns. */

import type { TimeUnit } from "../datasets/aer-csv.ts";
import { openDataset } from "../datasets/open.ts";
import { patternDataset } from "../datasets/patterns.ts";
import type { Dataset } from "../datasets/sample.ts";
import { UsageError } from "./errors.ts";

export interface DataArguments {
  readonly channels?: number;
  readonly classes?: number;
  readonly timeUnit?: TimeUnit;
}

/** `patterns` or `patterns:SEED`, else a file. @throws DatasetError, UsageError */
export async function openData(name: string, { channels, classes, timeUnit }: DataArguments): Promise<Dataset> {
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
