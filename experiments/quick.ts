/** `--quick`: the published keys are what the stored runs give, and runs can be repeated bit for bit. */

import { existsSync } from "node:fs";
import { canonicalJson } from "../formats/canonical.ts";
import type { Arm } from "./arm.ts";
import { runsOf } from "./arm.ts";
import { ARMS } from "./arms.ts";
import { missingFile } from "./data.ts";
import { executeRun } from "./execute.ts";
import { currentRuns, origin, RESULTS, runsFile, staleKeys } from "./publish.ts";
import type { RunResult } from "./result.ts";
import { readRuns } from "./run-store.ts";

export const TINY_ARMS: readonly Arm[] = ARMS.filter(({ purpose }) => purpose === "tiny");

/** What of a run does not depend on when and where it was made. */
export function outcomeOf({ seconds: _, date: __, machine: ___, commit: ____, ...outcome }: RunResult): string {
  return canonicalJson(outcome);
}

/**
 * Checks the folder of results, and tells what it does.
 *
 * @returns what is wrong; empty when all is well
 */
export async function checkResults(log: (line: string) => void, folder: string = RESULTS): Promise<readonly string[]> {
  if (!existsSync(runsFile(folder))) return [`${runsFile(folder)} is not there; npm run -s reproduce makes it`];
  const stored = readRuns(runsFile(folder));
  const faults = [...stored.faults];
  log(`${stored.runs.length} stored runs: the key of each is that of its contents`);
  const stale = staleKeys(folder);
  if (stale.length > 0)
    faults.push(
      `reproduce.json is not what runs.jsonl gives: ${stale.join(", ")}; npm run -s reproduce -- --report writes it`,
    );
  else log("reproduce.json is what the runs give");
  const current = currentRuns(stored);
  for (const arm of TINY_ARMS) {
    if (missingFile(arm.data) !== undefined) {
      log(`${arm.name}: skipped, ${missingFile(arm.data)} is not there`);
      continue;
    }
    const [expected] = current.some(arm);
    if (expected === undefined) {
      faults.push(`${arm.name}: no stored run; npm run -s reproduce -- --only ${arm.name} makes it`);
      continue;
    }
    const repeated = await executeRun(runsOf(arm)[0]!, origin(), () => undefined);
    if (outcomeOf(repeated) === outcomeOf(expected))
      log(`${arm.name}: repeated, bit for bit, in ${repeated.seconds} s`);
    else
      faults.push(
        `${arm.name}: repeated with another outcome than the stored one of commit ${expected.commit}; if learning was changed on purpose, raise SEMANTICS_VERSION in training/semantics-version.ts and run anew`,
      );
  }
  return faults;
}
