/** Times and bounds of the queue, in milliseconds where nothing else is said. docs/decisions/0011-queue.md has the reasons. */

export interface QueueTiming {
  /** A job whose worker has not renewed its lock for so long is another worker's to take; renewed twice in that time. */
  readonly lock: number;
  /** Between two looks for such jobs: one of all workers looks, so that a killed worker's job waits lock + 2 looks at most. */
  readonly stalled: number;
  /** Between two signs of life of sweeps and workers, and between two looks of a sweep at the jobs that it waits for. */
  readonly beat: number;
  /** Between two equal lines about what is waited for. */
  readonly remind: number;
}

export const TIMING: QueueTiming = { lock: 20_000, stalled: 5000, beat: 5000, remind: 30_000 };

/** Signs of life that may fail to come before somebody counts as gone. */
export const MISSED_BEATS = 4;

/** Workers that a job may lose before it is taken for the cause; a process of a worker's pool that dies is the pool's to count. */
export const WORKER_LIVES = 5;

/** Tries of a job that a worker cannot begin, because a file of it is missing or spoilt, and the pause between them. */
export const TRIES = 3;
export const TRY_AGAIN = 2000;

/** Seconds for which Redis keeps what nobody has fetched: a sweep that died may come back for it. Contents: from their last use on. */
export const KEEP_RESULTS_SECONDS = 86_400;
export const KEEP_CONTENTS_SECONDS: number = 7 * 86_400;
/** Results that are kept at most, the newest: a few kB each. */
export const KEEP_RESULTS = 10_000;
/** Events that are kept, of a few kB each: what a sweep misses of them it sees when it looks at its jobs. */
export const KEEP_EVENTS = 2000;

/** Jobs under way for each process of a worker: one in its hands, one waiting, so that none has a pause. */
export const JOBS_PER_PROCESS = 2;
/** Jobs that are put into the queue while there is no worker yet. */
export const FEWEST_JOBS = 8;

/** Bytes of a content that travel at once. */
export const CHUNK_BYTES: number = 4 * 2 ** 20;
