/**
 * A machine's part in sweeps: takes points from the queue, fetches what they are made of, and has the pool of this machine evaluate them.
 * What comes through the queue is data to it: checked, and never loaded or run as code.
 */

import { type Job as QueuedJob, UnrecoverableError, WaitingError, Worker } from "bullmq";
import { ExploreError } from "../explore-error.ts";
import type { Failure, Outcome } from "../outcome.ts";
import { createPoolRunner } from "../pool-runner.ts";
import { referencesOf } from "../reference-files.ts";
import type { Job } from "../runner.ts";
import { startBeats } from "./beats.ts";
import { createContentCache, tryContentFolder } from "./content-cache.ts";
import { type JobMessage, readJob } from "./job-message.ts";
import { createPresence } from "./presence.ts";
import { PREFIX, type QueueVersion, queueName } from "./queue-version.ts";
import { type RedisLink, within } from "./redis-link.ts";
import { passes, redisError } from "./redis-problems.ts";
import { type QueueTiming, TIMING, WORKER_LIVES } from "./settings.ts";
import { createSweepWatch } from "./sweep-watch.ts";

export interface QueueWorkerOptions {
  readonly link: RedisLink;
  readonly version: QueueVersion;
  /** Processes; default: as many as the machine has cores for this one. */
  readonly processes: number;
  /** Folder of the files that were fetched. */
  readonly contents: string;
  readonly tell: (line: string) => void;
  readonly timing?: QueueTiming;
  /** The module that evaluates; tests give one that fails. */
  readonly module?: string;
}

export interface WorkerCounts {
  readonly done: number;
  readonly failed: number;
  readonly under: number;
}

export interface QueueWorker {
  counts(): WorkerCounts;
  /** Settles when the worker has ended. @throws ExploreError when it had to, because its processes cannot be started, files cannot be kept or Redis refuses */
  readonly ended: Promise<void>;
  /** Takes nothing more and ends when its points are done. */
  finish(): void;
  /** Takes nothing more, gives its points back to the queue and ends. */
  giveBack(): void;
}

const CLOSING = 3000;
/** Milliseconds after which BullMQ tries again what an interruption has stopped. */
const AGAIN = 1000;

/**
 * @throws ExploreError at once, before any job is taken, when the sweeps that are there are of another version, and when files cannot be
 * kept in the folder
 */
export async function startQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const { link, version, processes, contents, tell, timing = TIMING, module } = options;
  const { client, label } = link;
  await tryContentFolder(contents);
  const sweeps = createSweepWatch({ link, version, tell });
  await sweeps.refuse();
  const presence = createPresence(client, "workers", version, { processes, beat: timing.beat });
  const cache = createContentCache(client, contents);
  const pool = createPoolRunner({
    workers: processes,
    files: cache.paths,
    ...(module !== undefined && { worker: module }),
  });
  const counts = { done: 0, failed: 0, under: 0 };
  let settleEnd: (error?: unknown) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    settleEnd = (error) => (error === undefined ? resolve() : reject(error));
  });
  ended.catch(() => undefined);
  let letGo: () => void = () => undefined;
  const given = new Promise<"given back">((resolve) => {
    letGo = () => resolve("given back");
  });

  const evaluate = async (queued: QueuedJob<JobMessage>): Promise<Outcome | Failure> => {
    const job = checkedJob(queued, version);
    for (const reference of referencesOf(job.point)) await cache.fetch(reference);
    return pool.evaluate(job);
  };
  const processor = async (queued: QueuedJob<JobMessage>, token?: string): Promise<Outcome | Failure> => {
    counts.under += 1;
    try {
      const answer = await Promise.race([evaluate(queued), given]);
      if (answer === "given back") {
        await queued.moveToWait(token);
        throw new WaitingError();
      }
      counts["error" in answer ? "failed" : "done"] += 1;
      return answer;
    } catch (error) {
      // The machine's fault, and not the point's: this worker ends, and another one has the job.
      if (error instanceof ExploreError) {
        await queued.moveToWait(token);
        end(error);
        throw new WaitingError();
      }
      if (!(error instanceof WaitingError)) tell(`point ${queued.id?.slice(0, 8)}..: ${(error as Error).message}`);
      throw error;
    } finally {
      counts.under -= 1;
    }
  };
  const worker = new Worker<JobMessage, Outcome | Failure>(queueName(version), processor, {
    connection: client,
    prefix: PREFIX,
    skipVersionCheck: true,
    concurrency: processes,
    lockDuration: timing.lock,
    stalledInterval: timing.stalled,
    maxStalledCount: WORKER_LIVES - 1,
    runRetryDelay: AGAIN,
  });
  const beats = startBeats(
    timing.beat,
    async () => {
      await presence.beat();
      await sweeps.look();
    },
    onError,
  );
  worker.on("error", onError);
  worker.on("stalled", (key) => tell(`point ${key.slice(0, 8)}..: its worker is gone; it is evaluated again`));
  await presence.beat();

  let ending = false;
  function end(error?: unknown): void {
    if (ending) return;
    ending = true;
    void (async () => {
      beats.stop();
      await presence.leave().catch(() => undefined);
      const closing = worker.close();
      // Points that are being finished may take long; those that were given back, and a server that is gone, are not waited for.
      await Promise.race([closing, given.then(() => within(CLOSING, closing))]);
      await pool.close();
      await link.close();
      settleEnd(error);
    })();
  }
  function onError(error: unknown): void {
    const { message } = error as Error;
    // An interruption is the link's to tell.
    if (passes(error)) return;
    if (
      /could not renew lock|Missing lock|Lock mismatch|Missing key for job|is not in the active state/.test(message)
    ) {
      tell("a point took its machine too long to be believed alive, and was given to another worker");
      return;
    }
    tell(redisError(label, error)?.message ?? message);
  }
  return {
    counts: () => ({ ...counts }),
    ended,
    finish: () => end(),
    giveBack() {
      end();
      letGo();
    },
  };
}

/** What is not as it should be will not be better at the next try. */
function checkedJob({ data, id = "" }: QueuedJob<JobMessage>, version: QueueVersion): Job {
  try {
    return readJob(data, id, version);
  } catch (error) {
    throw new UnrecoverableError((error as Error).message);
  }
}
