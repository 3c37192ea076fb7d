/**
 * A sweep of real design points under fire: three workers of one process each, of which a random one is killed -9 every few seconds and
 * another one started, first on a server that stays, then on one that is killed too, once, and comes back with its append-only file. Every
 * point must end in the result file exactly once.
 *
 * `faults.ts [POINTS]`: 500 points write docs/results/faults.json, fewer write nothing.
 */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";
import { QueueEvents } from "bullmq";
import { needRedis, startServer } from "../../bench/redis-server.ts";
import { queueVersion } from "../../cli/queue-version.ts";
import { queueName } from "../../explore/queue/queue-version.ts";
import { parseResultLine } from "../../explore/result-line.ts";
import { randomStream } from "../../formats/random.ts";
import { SMALL_NETWORK } from "../explore/small-description.ts";
import { mora, type Run } from "./commands.ts";
import { AXES } from "./space.ts";
import { kill, scratch } from "./world.ts";

const ALL = 500;
const WORKERS = 3;
/** Milliseconds between two deaths, and points that must have ended in between: on a slow machine workers die less often. */
const EVERY = 3000;
const BETWEEN = 3;

interface Faults {
  readonly points: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly failed: number;
  /** Workers that were killed, and points that were evaluated again because theirs was. */
  readonly kills: number;
  readonly retried: number;
  readonly restarts: number;
  readonly seconds: number;
}

async function underFire(points: number, restart: boolean): Promise<Faults> {
  const server = await startServer("--appendonly", "yes", "--appendfsync", "everysec");
  const place = scratch();
  const draw = randomStream(points, restart ? "deaths and a restart" : "deaths");
  const events = new QueueEvents(queueName(queueVersion()), {
    connection: server.client(),
    prefix: "mora",
    skipVersionCheck: true,
  });
  let retried = 0;
  events.on("stalled", () => {
    retried += 1;
  });
  events.on("error", () => undefined);
  await events.waitUntilReady();
  const enlist = (): Run =>
    mora(["worker", "--redis", server.url, "--workers", "1", "--cache", place.path("contents")]);
  const workers = Array.from({ length: WORKERS }, enlist);
  const results = place.path("results.jsonl");
  const begin = performance.now();
  let before = 0;
  let kills = 0;
  let restarts = 0;
  try {
    const sweep = mora([
      "sweep",
      writeSpace(place.path("space"), points),
      "--redis",
      server.url,
      "-o",
      results,
      "--json",
    ]);
    let code: number | undefined;
    void sweep.ended.then((ended) => {
      code = ended;
    });
    while (code === undefined) {
      await Promise.race([setTimeout(EVERY), sweep.ended]);
      const done = linesOf(results).length;
      if (code !== undefined || done < before + BETWEEN) continue;
      before = done;
      const chosen = draw.below(WORKERS);
      await kill(workers[chosen]!.child);
      kills += 1;
      workers[chosen] = enlist();
      if (restart && restarts === 0 && done > points / 3) {
        await server.restart();
        restarts += 1;
      }
    }
    assert.equal(code, 0, sweep.output().stderr);
    const lines = linesOf(results).map((text) => {
      const line = parseResultLine(text);
      assert.ok(line !== undefined, text);
      return line;
    });
    const keys = new Set(lines.map(({ key }) => key));
    return {
      points,
      lost: points - keys.size,
      duplicated: lines.length - keys.size,
      failed: lines.filter(({ status }) => status === "failed").length,
      kills,
      retried,
      restarts,
      seconds: Math.round((performance.now() - begin) / 1000),
    };
  } finally {
    for (const { child } of workers) await kill(child);
    await events.close();
    await server.close();
    place.remove();
  }
}

/** The first designs of a grid of 500; each takes about a second, so that a worker that dies has most likely one in hand. */
function writeSpace(folder: string, points: number): string {
  mkdirSync(folder, { recursive: true });
  const hidden = { ...SMALL_NETWORK.populations.hidden, size: 60 };
  const network = { ...SMALL_NETWORK, populations: { ...SMALL_NETWORK.populations, hidden } };
  const { bits, lanes, membrane } = AXES;
  const axes = {
    membrane,
    lanes,
    bits: { ...bits, values: bits.values.slice(0, (points * bits.values.length) / ALL) },
  };
  const space = { network, axes, data: { name: "yin-yang:1,samples=3000", steps: 60 } };
  const path = `${folder}/space.json`;
  writeFileSync(path, JSON.stringify(space));
  return path;
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n").slice(0, -1);
  } catch {
    // Not begun.
    return [];
  }
}

needRedis();
const points = Number(process.argv[2] ?? ALL);
assert.ok(points >= 50 && points <= ALL && points % 50 === 0, "give a multiple of 50, up to 500");
const deaths = await underFire(points, false);
console.log("workers killed:", JSON.stringify(deaths));
const restart = await underFire(points, true);
console.log("workers killed, and the server once:", JSON.stringify(restart));
for (const faults of [deaths, restart]) {
  assert.deepEqual([faults.lost, faults.duplicated, faults.failed], [0, 0, 0]);
  assert.ok(
    faults.kills > 0 && faults.retried > 0,
    "workers were killed with points in hand, which were evaluated again",
  );
}
assert.equal(restart.restarts, 1);
if (points === ALL) {
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, Node ${process.versions.node}`;
  const record = { ...deaths, with_redis_restart: restart, date, machine };
  writeFileSync("docs/results/faults.json", `${JSON.stringify(record, null, 2)}\n`);
  console.log("written to docs/results/faults.json");
}
