/** mora worker: this machine evaluates points of sweeps that run elsewhere, until it is told to stop. */

import { availableParallelism } from "node:os";
import type { QueueWorker } from "../../explore/queue/queue-worker.ts";
import type { Command } from "../command.ts";
import { EXIT_INTERRUPTED, EXIT_OK } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { queueVersion } from "../queue-version.ts";
import { type WorkerArguments, workerOptions } from "../sweep-options.ts";

/** Milliseconds between two lines of a log. */
const EVERY = 10_000;

export const workerCommand: Command = {
  usage: "worker",
  summary: "Evaluate designs of sweeps that run on other machines, with all cores, until interrupted",
  positionals: {},
  options: workerOptions,
  examples: [
    [
      "mora worker --redis redis://queue.local",
      "on every machine; then, on one, mora sweep space.ts --redis redis://queue.local",
    ],
    ["REDISCLI_AUTH=... mora worker --redis rediss://queue.example.org", "with a password, over TLS"],
  ],
  async run(args, io) {
    const { redis, workers = availableParallelism(), cache } = args as unknown as WorkerArguments;
    const { redisAddress } = await import("../../explore/queue/redis-address.ts");
    const { openLink } = await import("../../explore/queue/redis-link.ts");
    const { startQueueWorker } = await import("../../explore/queue/queue-worker.ts");
    const { defaultContentFolder } = await import("../../explore/queue/content-cache.ts");
    const tell = (line: string): void => io.stderr(`mora: ${line}\n`);
    const link = await openLink(redisAddress(redis), { tell });
    let worker: QueueWorker;
    try {
      const version = queueVersion();
      const contents = cache ?? defaultContentFolder();
      worker = await startQueueWorker({ link, version, processes: workers, contents, tell });
    } catch (error) {
      await link.close();
      throw error;
    }
    const stopListening = listen(worker, tell);
    const stopReporting = report(worker, io, workers);
    try {
      await worker.ended;
      return EXIT_OK;
    } finally {
      stopListening();
      stopReporting();
    }
  },
};

/**
 * From the keyboard: first finish, then give back. A system that stops the worker does not wait long: its points are given back. Whoever
 * asks once more does not want to wait for that either: the points that are left go to others when their time is up.
 */
function listen(worker: QueueWorker, tell: (line: string) => void): () => void {
  let leaving: "finishing" | "giving back" | undefined;
  const onInterrupt = (): void => {
    const { under } = worker.counts();
    if (leaving !== undefined || under === 0) onTerminate();
    else {
      leaving = "finishing";
      tell(`finishing ${under} points; interrupt again to give them back to the queue`);
      worker.finish();
    }
  };
  const onTerminate = (): void => {
    if (leaving === "giving back") process.exit(EXIT_INTERRUPTED);
    leaving = "giving back";
    const { under } = worker.counts();
    if (under > 0) tell(`giving ${under} points back to the queue`);
    worker.giveBack();
  };
  process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate);
  return () => {
    process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate);
  };
}

/** A line when something was done since the last one, and one at the end. */
function report(worker: QueueWorker, io: Io, processes: number): () => void {
  let told = 0;
  const say = (): void => {
    const { done, failed } = worker.counts();
    if (done + failed === told) return;
    told = done + failed;
    io.stderr(
      `${done + failed} points done${failed === 0 ? "" : `, ${failed} of them failed`}, on ${processes} processes\n`,
    );
  };
  const timer = setInterval(say, EVERY);
  return () => {
    clearInterval(timer);
    say();
  };
}
