/**
 * The runner of a sweep whose points are evaluated by workers on other machines: a job of the queue is named by its point's key, so that a
 * point is in the queue once, whoever asks for it and however often. What the sweep waits for it knows itself: an answer that nobody waits
 * for is nobody's, and a job that is gone is put there again.
 */

import { Queue, QueueEvents } from "bullmq";
import type { Failure, Outcome } from "../outcome.ts";
import { referencesOf } from "../reference-files.ts";
import type { Job, Runner } from "../runner.ts";
import { answerUnder } from "./answer.ts";
import { startBeats } from "./beats.ts";
import { type JobMessage, messageOf, readAnswer } from "./job-message.ts";
import { jobOptions, STALLED_TOO_OFTEN } from "./job-options.ts";
import { createPresence, serverTime } from "./presence.ts";
import { PREFIX, type QueueVersion, queueName } from "./queue-version.ts";
import { type RedisLink, within } from "./redis-link.ts";
import { passes, redisError } from "./redis-problems.ts";
import { FEWEST_JOBS, JOBS_PER_PROCESS, KEEP_EVENTS, type QueueTiming, TIMING, WORKER_LIVES } from "./settings.ts";
import { createStoredContents } from "./stored-contents.ts";
import { createWorkerWatch } from "./worker-watch.ts";

export interface QueueRunnerOptions {
  readonly link: RedisLink;
  /** Path by reference of the files that points name. */
  readonly files: Readonly<Record<string, string>>;
  readonly version: QueueVersion;
  /** Told of what is waited for. */
  readonly tell: (line: string) => void;
  readonly timing?: QueueTiming;
}

export interface QueueRunner extends Runner {
  /** Most processes that were there at once. */
  readonly processes: number;
}

/** A point that is waited for. */
interface Pending {
  readonly job: Job;
  readonly resolve: (answer: Outcome | Failure) => void;
  readonly reject: (error: unknown) => void;
}

const CLOSING = 3000;

export async function createQueueRunner(options: QueueRunnerOptions): Promise<QueueRunner> {
  const { link, files, version, tell, timing = TIMING } = options;
  const { client, label } = link;
  const shared = { connection: client, prefix: PREFIX, skipVersionCheck: true };
  const name = queueName(version);
  const queue = new Queue<JobMessage>(name, { ...shared, streams: { events: { maxLen: KEEP_EVENTS } } });
  const events = new QueueEvents(name, { ...shared, lastEventId: `${await serverTime(client)}-0` });
  const contents = createStoredContents(client, files);
  const presence = createPresence(client, "sweeps", version, { beat: timing.beat });
  const workers = createWorkerWatch({ link, version, tell, remind: timing.remind });
  const pending = new Map<string, Pending>();
  /** What is being asked for, and what is being removed. */
  const beginnings = new Set<Promise<unknown>>();
  const removals = new Set<Promise<unknown>>();
  let broken: { readonly error: unknown } | undefined;
  let closed = false;

  /** Ends every point that is waited for, and all that will be: what is wrong is wrong for all of them. */
  const fail = (error: unknown): void => {
    if (closed || broken !== undefined) return;
    broken = { error: redisError(label, error) ?? error };
    for (const { reject } of pending.values()) reject(broken.error);
  };
  /** An interruption is the link's to tell, and is waited for. */
  const onError = (error: unknown): void => {
    if (!passes(error)) fail(error);
  };
  const ask = async ({ job }: Pending): Promise<void> => {
    await contents.put(referencesOf(job.point));
    if (closed) return;
    await queue.add("point", messageOf(job, version), jobOptions(job.key));
  };
  const askAnew = async (entry: Pending): Promise<void> => {
    await queue.remove(entry.job.key);
    await ask(entry);
  };
  /** Takes the answer that an earlier sweep has left, or asks. A failure that it left is asked again: who knows what had failed. */
  const begin = async (entry: Pending): Promise<void> => {
    const { key } = entry.job;
    const found = await queue.getJob(key);
    if (found === undefined) await ask(entry);
    else if (found.finishedOn === undefined) return;
    else if (found.failedReason || "error" in answered(found.returnvalue)) await askAnew(entry);
    else await settle(key, found.returnvalue, undefined);
  };
  const settle = async (key: string, value: unknown, failure: string | undefined): Promise<void> => {
    const entry = pending.get(key);
    if (entry === undefined) return;
    const answer = failure ? { error: failureText(failure) } : answerUnder(answered(value), entry.job.constraints);
    if (answer === undefined) {
      await askAnew(entry);
      return;
    }
    pending.delete(key);
    entry.resolve(answer);
    // The sweep writes its line before it lets go of the turn: from then on the result is in its file and need not be here.
    setImmediate(() => {
      follow(
        removals,
        queue.remove(key).catch(() => undefined),
      );
    });
  };
  const look = async (key: string): Promise<void> => {
    const state = await queue.getJobState(key);
    const entry = pending.get(key);
    if (entry === undefined) return;
    if (state === "unknown") await ask(entry);
    if (state !== "completed" && state !== "failed") return;
    const found = await queue.getJob(key);
    if (found !== undefined) await settle(key, found.returnvalue, found.failedReason);
  };
  let seen: readonly string[] = [];
  const beat = async (): Promise<void> => {
    await presence.beat();
    await workers.look(pending.size);
    if (pending.size > 0) await contents.keep();
    // Events tell of nearly all; those are looked at that were there at the last look already.
    await Promise.all(seen.filter((key) => pending.has(key)).map(look));
    seen = [...pending.keys()];
  };
  const beats = startBeats(timing.beat, beat, onError);

  queue.on("error", onError);
  events.on("error", onError);
  events.on("completed", ({ jobId, returnvalue }) => void settle(jobId, returnvalue, undefined).catch(onError));
  events.on("failed", ({ jobId, failedReason }) => void settle(jobId, undefined, failedReason).catch(onError));
  await events.waitUntilReady();
  await presence.beat();
  await workers.look(0);

  return {
    get width() {
      return Math.max(FEWEST_JOBS, JOBS_PER_PROCESS * workers.processes);
    },
    get processes() {
      return workers.most;
    },
    evaluate(job) {
      return new Promise((resolve, reject) => {
        const entry = { job, resolve, reject };
        if (broken !== undefined) reject(broken.error);
        if (broken !== undefined || closed) return;
        pending.set(job.key, entry);
        follow(beginnings, begin(entry).catch(onError));
      });
    },
    async close() {
      if (closed) return;
      closed = true;
      beats.stop();
      // A job that is being added could be removed too early, and stay.
      await within(CLOSING, Promise.all(beginnings));
      // What no worker has begun is nobody's any more; another sweep that waits for it puts it there again.
      const waiting = [...pending.keys()].map((key) => queue.remove(key).catch(() => undefined));
      pending.clear();
      await within(CLOSING, Promise.all([...waiting, ...removals, presence.leave().catch(() => undefined)]));
      await within(CLOSING, Promise.allSettled([events.close(), queue.close()]));
      await link.close();
    },
  };
}

/** Keeps a promise that never rejects in a set until it settles. */
function follow(set: Set<Promise<unknown>>, promise: Promise<unknown>): void {
  set.add(promise);
  void promise.finally(() => set.delete(promise));
}

/** What is no answer fails its point alone. */
function answered(value: unknown): Outcome | Failure {
  try {
    return readAnswer(value);
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function failureText(reason: string): string {
  return reason === STALLED_TOO_OFTEN
    ? `its worker ended or fell silent ${WORKER_LIVES} times while it had this point (killed, out of memory, or cut off)`
    : reason;
}
