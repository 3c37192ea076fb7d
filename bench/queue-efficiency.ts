/**
 * What a second worker gains: a sweep of real design points through a redis-server of this machine, by one worker of one process and by two
 * of them, in turns. The speed-up over two; 1 would be a second worker that costs nothing.
 */

import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { createQueueRunner } from "../explore/queue/queue-runner.ts";
import type { QueueVersion } from "../explore/queue/queue-version.ts";
import { redisAddress } from "../explore/queue/redis-address.ts";
import { openLink } from "../explore/queue/redis-link.ts";
import { TIMING } from "../explore/queue/settings.ts";
import { openResults } from "../explore/result-store.ts";
import { latin } from "../explore/sampling.ts";
import { sweep } from "../explore/sweep.ts";
import { SMALL_NETWORK } from "../test/explore/small-description.ts";
import { startServer } from "../test/redis/server.ts";
import { redisSpace } from "../test/redis/space.ts";
import { kill, scratch, startProcess, VERSION } from "../test/redis/world.ts";
import { median } from "./steps.ts";

export interface QueueEfficiency {
  /** Speed-up of two workers over one, divided by two; median of the rounds. */
  readonly efficiency: number;
  /** Points a second. */
  readonly one: number;
  readonly two: number;
}

const POINTS = 120;
/** Each takes some tens of milliseconds: shorter than what a sweep is for, so that the queue's own time shows. */
const SAMPLES = 150;
const WARM_UP = 12;

/** @returns null where there is no redis-server, after saying so */
export async function timeQueue(log: (line: string) => void, rounds: number): Promise<QueueEfficiency | null> {
  if (spawnSync("redis-server", ["--version"]).error !== undefined) {
    log("queue: redis-server is not on the PATH (apt-get install redis-server); queue_efficiency is not measured");
    return null;
  }
  const server = await startServer();
  const place = scratch();
  const hidden = { ...SMALL_NETWORK.populations.hidden, size: 60 };
  const network = { ...SMALL_NETWORK, populations: { ...SMALL_NETWORK.populations, hidden } };
  const space = await redisSpace({ network, samples: SAMPLES });
  // Two queues, which a version of its own keeps apart: the workers of the one stand still while the other's are timed.
  const [one, two] = ["one", "two"].map((name): QueueVersion => ({ ...VERSION, mora: `bench-${name}` })) as [
    QueueVersion,
    QueueVersion,
  ];
  const setting = { url: server.url, contents: place.path("contents"), processes: 1, timing: TIMING };
  const workers = [one, two, two].map((version) => startProcess("worker-process.ts", { ...setting, version }));
  let sweeps = 0;

  const seconds = async (version: QueueVersion, points: number): Promise<number> => {
    const link = await openLink(redisAddress(server.url), { tell: log });
    const runner = await createQueueRunner({ link, files: {}, version, tell: log });
    const store = openResults(place.path(`${sweeps++}.jsonl`));
    try {
      const start = performance.now();
      await sweep({ space, search: latin(space.axes, points, sweeps), store, runner, mora: version.mora });
      return (performance.now() - start) / 1000;
    } finally {
      store.close();
      await runner.close();
    }
  };
  try {
    await until(server.client(), workers.length);
    for (const version of [one, two]) await seconds(version, WARM_UP);
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const time = { one: await seconds(one, POINTS), two: await seconds(two, POINTS) };
      times.push(time);
      log(`queue: ${POINTS} points in ${time.one.toFixed(2)} s by one worker, ${time.two.toFixed(2)} s by two`);
    }
    return {
      efficiency: median(times.map((time) => time.one / time.two / 2)),
      one: POINTS / median(times.map((time) => time.one)),
      two: POINTS / median(times.map((time) => time.two)),
    };
  } finally {
    await Promise.all(workers.map((worker) => kill(worker)));
    await server.close();
    place.remove();
  }
}

async function until(
  client: ReturnType<Awaited<ReturnType<typeof startServer>>["client"]>,
  workers: number,
): Promise<void> {
  while ((await client.zcard("mora:workers")) < workers) await setTimeout(50);
}
