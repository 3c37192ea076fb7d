/** A process of the pool: evaluates points one after the other, and keeps networks and data sets between them. */

import workerpool from "workerpool";
import { type Caches, createCaches } from "./caches.ts";
import { contentsAt } from "./contents.ts";
import { evaluate } from "./evaluate.ts";
import type { Failure, Outcome } from "./outcome.ts";
import type { Job } from "./runner.ts";

export interface PoolTask extends Omit<Job, "key"> {
  readonly files: Readonly<Record<string, string>>;
}

let caches: Caches | undefined;
/** Of all points up to now: a worker of a queue learns of files as it fetches them. */
const known: Record<string, string> = {};

async function evaluateTask({ point, constraints, files }: PoolTask): Promise<Outcome | Failure> {
  try {
    Object.assign(known, files);
    caches ??= createCaches(contentsAt(known));
    return await evaluate(point, caches, constraints);
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

// The parent was killed while this process started, or answered: there is nobody to tell.
if (!process.connected) process.exit();
// An interrupt from the keyboard goes to all processes of a terminal; the parent ends this one, by hanging up.
process.on("SIGINT", () => undefined);
// The channel broke: the parent was killed, and nobody waits for an answer.
process.on("error", () => process.exit(1));
workerpool.worker({ evaluate: evaluateTask, ready: () => true });
