/**
 * What a second worker gains: the sweep of bench/sweep.ts through a redis-server of this machine, by one worker of one process and by two
 * of them, in turns. The speed-up over two; 1 would be a second worker that costs nothing. Beside it points of some milliseconds, for
 * which nobody needs a second machine: there the queue's own time shows, which shares the two cores with the workers.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { queueVersion } from "../cli/queue-version.ts";
import { spaceOf } from "../explore/load-space.ts";
import type { Space } from "../explore/loaded-space.ts";
import { createQueueRunner } from "../explore/queue/queue-runner.ts";
import { redisAddress } from "../explore/queue/redis-address.ts";
import { openLink } from "../explore/queue/redis-link.ts";
import { hasRedis, startServer } from "./redis-server.ts";
import { median } from "./steps.ts";
import { type SweepTiming, sweepSpace, timedSweep } from "./sweep.ts";

export interface QueueSpeed {
  readonly points: number;
  /** Speed-up of two workers over one, divided by two; median of the rounds. */
  readonly efficiency: number;
  /** Points a second. */
  readonly one: number;
  readonly two: number;
}

export interface QueueEfficiency {
  readonly sweep: QueueSpeed;
  readonly short: QueueSpeed;
}

const SHORT_POINTS = 120;
const WARM_UP = 12;
/** Points of 9 ms. */
const SHORT_SPACE = {
  network: {
    timestep: { ms: 1 },
    populations: {
      point: { kind: "input", channels: 5 },
      hidden: { kind: "lif", size: 60, tau: { ms: 20 }, threshold: 1, reset: "subtract" },
      class: { kind: "readout", size: 3, tau: { ms: 20 } },
    },
    projections: [
      {
        kind: "dense",
        from: "point",
        to: "hidden",
        weights: { kind: "uniform", low: -0.5, high: 1.5 },
        delays: { kind: "synaptic", max: { steps: 7 }, init: { kind: "uniform" } },
      },
      { kind: "dense", from: "hidden", to: "class", weights: { kind: "normal", mean: 0, sd: 0.5 } },
    ],
  },
  axes: {
    bits: { path: "core.weights.bits", values: [4, 5, 6, 7, 8, 9, 10, 11, 12] },
    lanes: { path: "core.lanes", values: [1, 2, 4, 8, 16] },
    membrane: { path: "core.membrane.bits", values: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19] },
  },
  data: { name: "yin-yang:1,samples=150", steps: 60 },
};

/**
 * @param rounds of which medians are taken; @param points of a sweep's 90, for a quick look
 * @returns null where there is no redis-server, after saying so
 */
export async function timeQueue(
  log: (line: string) => void,
  rounds: number,
  points?: number,
): Promise<QueueEfficiency | null> {
  if (!hasRedis()) {
    log("queue: redis-server is not on the PATH (apt-get install redis-server); queue_efficiency is not measured");
    return null;
  }
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), "mora-queue-bench-"));
  // Two databases, and so two queues: the workers of the one stand still while the other's are timed.
  const queues = [1, 2].map((workers, database) => ({ workers, database, url: `${server.url}/${database}` }));
  const workers = queues.flatMap(({ url, workers: count }) =>
    Array.from({ length: count }, () => startWorker(url, join(folder, "contents"))),
  );
  try {
    for (const { workers: count, database } of queues) {
      const client = server.client();
      await client.select(database);
      while ((await client.zcard("mora:workers")) < count) await setTimeout(50);
    }
    const [one, two] = queues.map(({ url }) => url);
    const speed = async (what: string, spaces: readonly Space[], wanted: number): Promise<QueueSpeed> => {
      for (const url of [one!, two!]) await timed(url, spaces[0]!, WARM_UP, log);
      const times: { readonly one: SweepTiming; readonly two: SweepTiming }[] = [];
      for (const space of spaces.slice(1)) {
        const time = { one: await timed(one!, space, wanted, log), two: await timed(two!, space, wanted, log) };
        times.push(time);
        log(
          `queue, ${what}: ${time.one.points} points in ${time.one.seconds.toFixed(2)} s by one worker, ${time.two.seconds.toFixed(2)} s by two`,
        );
      }
      const rate = (key: "one" | "two"): number => median(times.map((time) => time[key].points / time[key].seconds));
      const efficiency = median(times.map((time) => time.one.seconds / time.two.seconds / 2));
      return { points: times[0]!.one.points, efficiency, one: rate("one"), two: rate("two") };
    };
    // Seeds of weights, so that no round asks for points that the queue has had.
    const seeded = (space: Space): readonly Space[] =>
      Array.from({ length: rounds + 1 }, (_, round) => ({ ...space, seeds: [round] }));
    const sweepPoints = points ?? Number.POSITIVE_INFINITY;
    return {
      sweep: await speed("the sweep", seeded(await sweepSpace()), sweepPoints),
      short: await speed("short points", seeded(await spaceOf(SHORT_SPACE, "queue-efficiency.ts")), SHORT_POINTS),
    };
  } finally {
    await Promise.all(workers.map(end));
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param points of the space, spread over it; more than it has: all */
async function timed(url: string, space: Space, points: number, log: (line: string) => void): Promise<SweepTiming> {
  const link = await openLink(redisAddress(url), { tell: log });
  const runner = await createQueueRunner({ link, files: {}, version: queueVersion(), tell: log });
  try {
    return await timedSweep(runner, space, Number.isFinite(points) ? points : undefined);
  } finally {
    await runner.close();
  }
}

function startWorker(url: string, cache: string): ChildProcess {
  const argv = ["cli/mora.mjs", "worker", "--redis", url, "--workers", "1", "--cache", cache];
  return spawn(process.execPath, argv, { stdio: "ignore" });
}

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, "exit");
  worker.kill("SIGTERM");
  await ended;
}
