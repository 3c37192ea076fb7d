/**
 * What a second worker gains: a sweep of real design points through a redis-server of this machine, by one worker of one process and by two
 * of them, in turns. The speed-up over two; 1 would be a second worker that costs nothing.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { queueVersion } from "../cli/queue-version.ts";
import { spaceOf } from "../explore/load-space.ts";
import { createQueueRunner } from "../explore/queue/queue-runner.ts";
import { redisAddress } from "../explore/queue/redis-address.ts";
import { openLink } from "../explore/queue/redis-link.ts";
import { openResults } from "../explore/result-store.ts";
import { latin } from "../explore/sampling.ts";
import { sweep } from "../explore/sweep.ts";
import { hasRedis, startServer } from "./redis-server.ts";
import { median } from "./steps.ts";

export interface QueueEfficiency {
  /** Speed-up of two workers over one, divided by two; median of the rounds. */
  readonly efficiency: number;
  /** Points a second. */
  readonly one: number;
  readonly two: number;
}

const POINTS = 120;
const WARM_UP = 12;
/** Points of some tens of milliseconds, shorter than what several machines are for, so that the queue's own time shows. */
const SPACE = {
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

/** @returns null where there is no redis-server, after saying so */
export async function timeQueue(log: (line: string) => void, rounds: number): Promise<QueueEfficiency | null> {
  if (!hasRedis()) {
    log("queue: redis-server is not on the PATH (apt-get install redis-server); queue_efficiency is not measured");
    return null;
  }
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), "mora-queue-bench-"));
  const space = await spaceOf(SPACE, "queue-efficiency.ts");
  // Two databases, and so two queues: the workers of the one stand still while the other's are timed.
  const queues = { one: { url: `${server.url}/0`, workers: 1 }, two: { url: `${server.url}/1`, workers: 2 } };
  const workers = Object.values(queues).flatMap(({ url, workers: count }) =>
    Array.from({ length: count }, () => startWorker(url, join(folder, "contents"))),
  );
  let sweeps = 0;
  const seconds = async (url: string, points: number, seed: number): Promise<number> => {
    const link = await openLink(redisAddress(url), { tell: log });
    const version = queueVersion();
    const runner = await createQueueRunner({ link, files: {}, version, tell: log });
    const store = openResults(join(folder, `${sweeps++}.jsonl`));
    try {
      const start = performance.now();
      await sweep({ space, search: latin(space.axes, points, seed), store, runner, mora: version.mora });
      return (performance.now() - start) / 1000;
    } finally {
      store.close();
      await runner.close();
    }
  };
  try {
    for (const [database, { workers: count }] of Object.values(queues).entries()) {
      const client = server.client();
      await client.select(database);
      while ((await client.zcard("mora:workers")) < count) await setTimeout(50);
    }
    for (const { url } of Object.values(queues)) await seconds(url, WARM_UP, 0);
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const time = {
        one: await seconds(queues.one.url, POINTS, round),
        two: await seconds(queues.two.url, POINTS, round),
      };
      times.push(time);
      log(`queue: ${POINTS} points in ${time.one.toFixed(2)} s by one worker, ${time.two.toFixed(2)} s by two`);
    }
    return {
      efficiency: median(times.map((time) => time.one / time.two / 2)),
      one: POINTS / median(times.map((time) => time.one)),
      two: POINTS / median(times.map((time) => time.two)),
    };
  } finally {
    await Promise.all(workers.map(end));
    await server.close();
    rmSync(folder, { recursive: true, force: true });
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
