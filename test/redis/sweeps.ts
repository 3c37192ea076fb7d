/** Sweeps that are killed, that share a queue, and that ask for the same points under other limits. */

import assert from "node:assert/strict";
import { startServer } from "../../bench/redis-server.ts";
import { designOf } from "../../explore/design.ts";
import { createQueueRunner } from "../../explore/queue/queue-runner.ts";
import { redisAddress } from "../../explore/queue/redis-address.ts";
import { openLink } from "../../explore/queue/redis-link.ts";
import { readResults } from "../../explore/result-store.ts";
import { redisSpace } from "./space.ts";
import {
  assertOnce,
  kill,
  LOGGED,
  runSweep,
  scratch,
  startProcess,
  startWorker,
  TIMING,
  until,
  VERSION,
} from "./world.ts";

const LANES = { path: "core.lanes", values: [1, 2, 4, 8, 16] };
const THIRTY = { axes: { bits: { path: "core.weights.bits", values: [5, 7, 8, 9, 10, 11] }, lanes: LANES } };

/** The workers go on with what is in the queue; the sweep that comes back takes their answers, and nothing is evaluated twice. */
export async function killedSweep(): Promise<string> {
  const server = await startServer();
  const place = scratch(100);
  const worker = await startWorker({ url: server.url, contents: place.path("contents"), module: LOGGED });
  const results = place.path("r.jsonl");
  const child = startProcess("sweep-process.ts", { url: server.url, change: THIRTY, results });
  try {
    await until("some points", () => place.evaluated().length >= 8);
    await kill(child);
    const inFile = readResults(results).lines.size;
    const client = server.client();
    await until("an empty queue", async () => {
      const [waiting, active] = await Promise.all([client.llen(queueKey("wait")), client.llen(queueKey("active"))]);
      return waiting + active === 0;
    });
    const kept = await client.zrange(queueKey("completed"), 0, -1);
    // The sweep may have died between a line in its file and the removal from Redis: what is left so goes after a day.
    const left = kept.filter((key) => readResults(results).lines.has(key));
    assert.ok(kept.length > left.length, "answers came that nobody was there to take");
    const { evaluated, reused } = await runSweep({ url: server.url, space: await redisSpace(THIRTY), results });
    assert.deepEqual([evaluated, reused], [30 - inFile, inFile]);
    assertOnce(results, 30);
    assert.equal(place.evaluated().length, 30, "no point was evaluated twice");
    await until("nothing else left in Redis", async () => (await client.zcard(queueKey("completed"))) === left.length);
    return `a killed sweep went on: ${inFile} points were in its file, ${kept.length - left.length} in Redis`;
  } finally {
    await worker.end();
    await kill(child);
    await server.close();
    place.remove();
  }
}

/** Two sweeps of the same designs at once: both end, and most points are evaluated once for both. */
export async function twoSweeps(): Promise<string> {
  const server = await startServer();
  const place = scratch(50);
  const worker = await startWorker({ url: server.url, contents: place.path("contents"), module: LOGGED });
  try {
    const files = ["a.jsonl", "b.jsonl"].map(place.path);
    const space = await redisSpace(THIRTY);
    await Promise.all(files.map((results) => runSweep({ url: server.url, space, results })));
    for (const results of files) assertOnce(results, 30);
    const evaluated = place.evaluated().length;
    assert.ok(evaluated < 50, `${evaluated} evaluations`);
    return `two sweeps shared a queue: 2 x 30 points in ${evaluated} evaluations`;
  } finally {
    await worker.end();
    await server.close();
    place.remove();
  }
}

/** A limit that spares one sweep its run is none of the other's, which asks again. */
export async function otherLimits(): Promise<string> {
  const server = await startServer();
  const place = scratch(50);
  const worker = await startWorker({ url: server.url, contents: place.path("contents"), module: LOGGED });
  try {
    const axes = { bits: { path: "core.weights.bits", values: [5, 9] } };
    const limited = await redisSpace({ axes, constraints: { memory: { max: 600 } } });
    const free = await redisSpace({ axes });
    const [a, b] = ["a.jsonl", "b.jsonl"].map(place.path) as [string, string];
    await Promise.all([
      runSweep({ url: server.url, space: limited, results: a }),
      runSweep({ url: server.url, space: free, results: b }),
    ]);
    const statuses = (path: string): unknown =>
      [...readResults(path).lines.values()].map(({ choices, status }) => `${choices.bits} ${status}`).sort();
    assert.deepEqual(statuses(a), ["5 done", "9 infeasible"]);
    assert.deepEqual(statuses(b), ["5 done", "9 done"]);
    return "sweeps with other limits on the same points each have their own answer";
  } finally {
    await worker.end();
    await server.close();
    place.remove();
  }
}

/** A sweep that is ended while it asks for its first points leaves none of them in the queue. */
export async function endedAtOnce(): Promise<string> {
  const server = await startServer();
  const place = scratch();
  const link = await openLink(redisAddress(server.url), { tell: () => undefined });
  try {
    const space = await redisSpace(THIRTY);
    const files = space.files.paths;
    const runner = await createQueueRunner({ link, files, version: VERSION, tell: () => undefined, timing: TIMING });
    for (const bits of [5, 7, 8, 9]) {
      const { key, point } = designOf(space, { bits, lanes: 1 });
      void runner.evaluate({ key, point, constraints: {} });
    }
    await runner.close();
    assert.equal(await server.client().llen(queueKey("wait")), 0);
    return "a sweep that was ended while it asked left nothing in the queue";
  } finally {
    await link.close();
    await server.close();
    place.remove();
  }
}

/** A sweep that ends early takes out of the queue what nobody has begun. */
export async function leftQueue(): Promise<string> {
  const server = await startServer();
  const place = scratch();
  const lines: string[] = [];
  const child = startProcess("sweep-process.ts", { url: server.url, change: THIRTY, results: place.path("r.jsonl") });
  try {
    const client = server.client();
    await until("jobs", async () => (await client.llen(queueKey("wait"))) > 0);
    await kill(child, "SIGTERM");
    assert.equal(await client.llen(queueKey("wait")), 0);
    const running = runSweep({
      url: server.url,
      space: await redisSpace(THIRTY),
      results: place.path("s.jsonl"),
      lines,
    });
    await until("a word about workers", () =>
      lines.some((line) => /has no worker yet; start one.*mora worker --redis/.test(line)),
    );
    const worker = await startWorker({ url: server.url, contents: place.path("contents"), module: LOGGED });
    await running;
    await worker.end();
    assertOnce(place.path("s.jsonl"), 30);
    return "a sweep that was told to stop left no jobs; one without workers said so";
  } finally {
    await kill(child);
    await server.close();
    place.remove();
  }
}

function queueKey(list: string): string {
  return `mora:points-1-0.0.0-1:${list}`;
}
