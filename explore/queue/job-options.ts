/** How long a job lives in the queue, and how often it is tried. */

import type { JobsOptions } from "bullmq";
import { KEEP_RESULTS, KEEP_RESULTS_SECONDS, TRIES, TRY_AGAIN } from "./settings.ts";

/** What BullMQ writes when a job's worker has died once too often. */
export const STALLED_TOO_OFTEN = "job stalled more than allowable limit";

export function jobOptions(key: string): JobsOptions {
  const kept = { age: KEEP_RESULTS_SECONDS, count: KEEP_RESULTS };
  return {
    jobId: key,
    attempts: TRIES,
    backoff: { type: "fixed", delay: TRY_AGAIN },
    removeOnComplete: kept,
    removeOnFail: kept,
    stackTraceLimit: 1,
  };
}
