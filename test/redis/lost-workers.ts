/** Workers that are killed, stopped, slow, poisoned or sent away: every point ends once. */

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { startServer } from "../../bench/redis-server.ts";
import { readResults } from "../../explore/result-store.ts";
import { redisSpace } from "./space.ts";
import { assertOnce, kill, LOGGED, runSweep, scratch, startProcess, startWorker, TIMING, until } from "./world.ts";

const TEN = {
  axes: {
    bits: { path: "core.weights.bits", values: [5, 7] },
    lanes: { path: "core.lanes", values: [1, 2, 4, 8, 16] },
  },
};

/** kill -9 with a point in hand: another worker has it, and the sweep never knows. */
export async function killedWorker(): Promise<string> {
  const server = await startServer();
  const place = scratch(300);
  const setting = { url: server.url, contents: place.path("contents"), module: LOGGED };
  const child = startProcess("worker-process.ts", setting);
  try {
    const running = runSweep({ url: server.url, space: await redisSpace(TEN), results: place.path("r.jsonl") });
    await until("a point under way", () => place.evaluated().length >= 3);
    await kill(child);
    const other = await startWorker(setting);
    const { evaluated } = await running;
    await other.end();
    assert.equal(evaluated, 10);
    assertOnce(place.path("r.jsonl"), 10);
    const again = place.evaluated().length - new Set(place.evaluated()).size;
    assert.ok(again > 0, "the killed worker had a point in hand, which was evaluated again");
    assert.equal(new Set(place.evaluated()).size, 10);
    return `a killed worker's points were taken up again (${again})`;
  } finally {
    await kill(child);
    await server.close();
    place.remove();
  }
}

/** A worker that stands still for longer than its lock, and then finishes too: the second answer is dropped. */
export async function stoppedWorker(): Promise<string> {
  const server = await startServer();
  const place = scratch(500);
  const setting = { url: server.url, contents: place.path("contents"), module: LOGGED, processes: 1 };
  const child = startProcess("worker-process.ts", setting);
  try {
    const running = runSweep({ url: server.url, space: await redisSpace(TEN), results: place.path("r.jsonl") });
    await until("a point under way", () => place.evaluated().length >= 2);
    child.kill("SIGSTOP");
    const other = await startWorker(setting);
    await until(
      "the stopped worker's point begun anew",
      () => place.evaluated().length > new Set(place.evaluated()).size,
    );
    child.kill("SIGCONT");
    await running;
    await other.end();
    assertOnce(place.path("r.jsonl"), 10);
    return "a worker that stood still and came back: its point ended once";
  } finally {
    child.kill("SIGCONT");
    await kill(child);
    await server.close();
    place.remove();
  }
}

/** A point of three times the lock's length, on a worker that is well: its lock is renewed, and nobody else takes it. */
export async function slowWorker(): Promise<string> {
  const server = await startServer();
  const place = scratch(3 * TIMING.lock);
  const setting = { url: server.url, contents: place.path("contents"), module: LOGGED, processes: 1 };
  const [first, second] = [await startWorker(setting), await startWorker(setting)];
  try {
    const axes = { bits: { path: "core.weights.bits", values: [5, 7] } };
    await runSweep({ url: server.url, space: await redisSpace({ axes }), results: place.path("r.jsonl") });
    assertOnce(place.path("r.jsonl"), 2);
    assert.equal(place.evaluated().length, 2, "no point was evaluated twice");
    return "points longer than the lock were evaluated once";
  } finally {
    await Promise.all([first.end(), second.end()]);
    await server.close();
    place.remove();
  }
}

/** A point that throws, and one that ends its process each time, fail alone with their errors. */
export async function poisonedPoints(): Promise<string> {
  const server = await startServer();
  const place = scratch();
  const worker = await startWorker({ url: server.url, contents: place.path("contents"), module: LOGGED });
  try {
    const axes = { bits: { path: "core.weights.bits", values: [3, 4, 5, 6, 7] } };
    const { lines } = await runSweep({
      url: server.url,
      space: await redisSpace({ axes }),
      results: place.path("r.jsonl"),
    });
    const told = lines.map(({ choices, status, error }) => [choices.bits, status, error?.split(":")[0]]);
    const done = (bits: number): unknown => [bits, "done", undefined];
    const expected = [done(3), [4, "failed", "Error"], done(5), [6, "failed", "its process ended 2 times"], done(7)];
    assert.deepEqual(told, expected);
    assertOnce(place.path("r.jsonl"), 5);
    return "poisoned points failed alone";
  } finally {
    await worker.end();
    await server.close();
    place.remove();
  }
}

/** A point that takes its whole worker with it, again and again: bounded, and then failed. */
export async function deadlyPoint(): Promise<string> {
  const server = await startServer();
  const place = scratch(60_000);
  const timing = { ...TIMING, lock: 400, stalled: 100 };
  const setting = { url: server.url, contents: place.path("contents"), module: LOGGED, processes: 1, timing };
  const axes = { bits: { path: "core.weights.bits", values: [5] } };
  try {
    const running = runSweep({
      url: server.url,
      space: await redisSpace({ axes }),
      results: place.path("r.jsonl"),
      timing,
    });
    let deaths = 0;
    let ended = false;
    void running.finally(() => {
      ended = true;
    });
    while (!ended) {
      const child = startProcess("worker-process.ts", setting);
      const before = deaths;
      await until("the point begun, or failed", () => ended || place.evaluated().filter(Boolean).length > before);
      if (!ended) deaths += 1;
      await kill(child);
      assert.ok(deaths < 10, "it is bounded how many workers a point may cost");
    }
    await running;
    const [line] = [...readResults(place.path("r.jsonl")).lines.values()];
    assert.match(line!.error!, /^its worker ended or fell silent 5 times/);
    return `a point that took ${deaths} workers with it has failed`;
  } finally {
    await server.close();
    place.remove();
  }
}

/** SIGTERM: points go back at once, not when their lock has run out; an interrupt lets them finish. */
export async function departingWorker(): Promise<string> {
  const server = await startServer();
  const place = scratch(400);
  const timing = { ...TIMING, lock: 30_000, stalled: 10_000 };
  const setting = { url: server.url, contents: place.path("contents"), module: LOGGED, processes: 1, timing };
  try {
    const begin = performance.now();
    const first = await startWorker(setting);
    const running = runSweep({ url: server.url, space: await redisSpace(TEN), results: place.path("r.jsonl"), timing });
    await until("a point under way", () => place.evaluated().length >= 2);
    first.worker.giveBack();
    await first.worker.ended;
    const second = await startWorker(setting);
    await until("more points", () => place.evaluated().length >= 5);
    const before = second.worker.counts();
    assert.equal(before.under, 1);
    second.worker.finish();
    await second.worker.ended;
    assert.equal(second.worker.counts().done, before.done + 1, "what was under way was finished");
    await setTimeout(100);
    const third = await startWorker(setting);
    await running;
    await third.end();
    assertOnce(place.path("r.jsonl"), 10);
    assert.equal(place.evaluated().length, 11, "one point was begun twice: the one that was given back");
    assert.ok(performance.now() - begin < timing.lock, "no lock had to run out");
    return "workers that left gave back or finished what they had";
  } finally {
    await server.close();
    place.remove();
  }
}
