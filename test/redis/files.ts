/** Files that travel by their hash, and what is refused of what comes through the queue. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { startServer } from "../../bench/redis-server.ts";
import { designOf } from "../../explore/design.ts";
import type { Space } from "../../explore/loaded-space.ts";
import { createPoolRunner } from "../../explore/pool-runner.ts";
import { createStoredContents } from "../../explore/queue/stored-contents.ts";
import { openResults, readResults } from "../../explore/result-store.ts";
import { createSearch } from "../../explore/search.ts";
import { sweep } from "../../explore/sweep.ts";
import { SMALL_NETWORK } from "../explore/small-description.ts";
import { redisSpace } from "./space.ts";
import { assertOnce, LOGGED, runSweep, scratch, startWorker, until, VERSION } from "./world.ts";

const EVENTS = [
  "time_ms,channel,sample,label",
  "0.5,0,0,0",
  "3.5,2,0,0",
  "1.5,3,1,1",
  "4.5,1,1,1",
  "9.5,0,1,1",
  "",
].join("\n");
const AXES = { bits: { path: "core.weights.bits", values: [4, 8] }, lanes: { path: "core.lanes", values: [1, 4] } };

/** A network in TypeScript, weights in .npy, events in CSV: all of them on the sweep's side only. */
async function filesSpace(folder: string): Promise<Space> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/events.csv`, EVENTS);
  writeFileSync(`${folder}/weights.npy`, npy(5, 6));
  const [first, second] = SMALL_NETWORK.projections;
  const weights = { kind: "file", file: "weights.npy" };
  const network = { ...SMALL_NETWORK, projections: [{ ...first, weights }, second] };
  writeFileSync(
    `${folder}/network.ts`,
    `const network: object = ${JSON.stringify(network)};\nexport default network;\n`,
  );
  return redisSpace({ network: `${folder}/network.ts`, axes: AXES, data: `${folder}/events.csv` });
}

/** Float64, row by row, version 1.0. */
function npy(rows: number, columns: number): Uint8Array {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const padded = `${header.padEnd(118 - 1)}\n`;
  const head = Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00", "latin1"),
    Buffer.from([padded.length, 0]),
    Buffer.from(padded),
  ]);
  const values = Float64Array.from({ length: rows * columns }, (_, n) => ((n * 7) % 11) / 5 - 0.5);
  return Buffer.concat([head, Buffer.from(values.buffer)]);
}

/** Results through the queue are those of this machine's processes, to the last digit; the worker has fetched its files. */
export async function sameResults(): Promise<string> {
  const server = await startServer();
  const place = scratch();
  const space = await filesSpace(place.path("space"));
  const store = openResults(place.path("local.jsonl"));
  const runner = createPoolRunner({ workers: 2, files: space.files.paths });
  await sweep({ space, search: createSearch(space, space.search), store, runner, mora: VERSION.mora });
  await runner.close();
  store.close();
  const worker = await startWorker({ url: server.url, contents: place.path("contents") });
  try {
    await runSweep({ url: server.url, space, results: place.path("queue.jsonl") });
    const lines = (path: string): unknown =>
      [...readResults(path).lines.values()]
        .map(({ seconds: _, emulationSeconds: __, ...line }) => line)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    assert.deepEqual(lines(place.path("queue.jsonl")), lines(place.path("local.jsonl")));
    const kept = readdirSync(place.path("contents")).sort();
    assert.deepEqual(kept, [".csv", ".npy"].flatMap((end) => kept.filter((name) => name.endsWith(end))).sort());
    assert.equal(kept.length, 2, "events and weights; the network in TypeScript stays where it is");
    for (const name of kept) {
      assert.equal(
        createHash("sha256")
          .update(readFileSync(place.path(`contents/${name}`)))
          .digest("hex"),
        name.slice(0, 64),
      );
    }
    return "results through the queue are those of this machine, with files that travelled by their hash";
  } finally {
    await worker.end();
    await server.close();
    place.remove();
  }
}

/** A content that is spoilt in Redis is refused and put there anew; one that is spoilt in a worker's folder is fetched anew. */
export async function spoiltContents(): Promise<string> {
  const server = await startServer();
  const place = scratch();
  const space = await filesSpace(place.path("space"));
  const client = server.client();
  const put = createStoredContents(client, space.files.paths);
  try {
    const references = Object.keys(space.files.paths);
    await put.put(references);
    const events = references.find((reference) => reference.endsWith(".csv"))!;
    const hash = events.slice("sha256:".length, "sha256:".length + 64);
    await client.set(`mora:content:${hash}:0`, EVENTS.replace("9.5", "8.5"));
    const worker = await startWorker({ url: server.url, contents: place.path("contents") });
    await runSweep({ url: server.url, space, results: place.path("a.jsonl") });
    await worker.end();
    assert.ok(
      worker.lines.some((line) => /content \w{8}\.\.: is spoilt or incomplete in Redis/.test(line)),
      worker.lines.join("\n"),
    );
    assert.ok([...readResults(place.path("a.jsonl")).lines.values()].every(({ status }) => status === "done"));

    const cached = place.path(`contents/${events.slice("sha256:".length)}`);
    assert.equal(readFileSync(cached, "utf8"), EVENTS);
    writeFileSync(cached, EVENTS.replace("9.5", "8.5"));
    const next = await startWorker({ url: server.url, contents: place.path("contents") });
    await runSweep({ url: server.url, space, results: place.path("b.jsonl") });
    await next.end();
    assert.equal(readFileSync(cached, "utf8"), EVENTS);
    assertOnce(place.path("b.jsonl"), 4);

    rmSync(place.path("contents"), { recursive: true });
    writeFileSync(place.path("space/events.csv"), EVENTS.replace("9.5", "8.5"));
    await client.del(`mora:content:${hash}`);
    const changed = runSweep({ url: server.url, space, results: place.path("c.jsonl") });
    await assert.rejects(changed, /events\.csv: was changed while the sweep ran; start the sweep again/);
    return "spoilt contents were refused and replaced; a file that changed under its sweep ended it";
  } finally {
    await server.close();
    place.remove();
  }
}

/** A worker that cannot keep files does not begin; one that no longer can gives its points back and ends, and another one has them. */
export async function unkeptFiles(): Promise<string> {
  const server = await startServer();
  const place = scratch();
  const space = await filesSpace(place.path("space"));
  const contents = place.path("contents");
  const noFolder = (error: Error): boolean => {
    assert.equal(error.name, "ExploreError");
    assert.match(error.message, /contents: the folder for fetched files is no folder.* \(ENOTDIR\); .* --cache$/);
    return true;
  };
  try {
    writeFileSync(contents, "");
    await assert.rejects(startWorker({ url: server.url, contents }), noFolder);
    rmSync(contents);
    const worker = await startWorker({ url: server.url, contents });
    rmSync(contents, { recursive: true });
    writeFileSync(contents, "");
    const running = runSweep({ url: server.url, space, results: place.path("r.jsonl") });
    await assert.rejects(worker.worker.ended, noFolder);
    assert.deepEqual(worker.worker.counts(), { done: 0, failed: 0, under: 0 });
    const next = await startWorker({ url: server.url, contents: place.path("other") });
    await running;
    await next.end();
    assertOnce(place.path("r.jsonl"), 4);
    assert.ok([...readResults(place.path("r.jsonl")).lines.values()].every(({ status }) => status === "done"));
    return "a worker whose folder is none took nothing, or gave back what it had; the sweep lost no point";
  } finally {
    await server.close();
    place.remove();
  }
}

/** Sweeps and workers of other versions do not meet, and say so; what is put into the queue by hand is not evaluated. */
export async function otherVersions(): Promise<string> {
  const server = await startServer();
  const place = scratch(50);
  const other = { mora: "0.0.1", semantics: VERSION.semantics };
  const setting = { url: server.url, contents: place.path("contents"), module: LOGGED };
  const space = await redisSpace({ axes: AXES });
  const lines: string[] = [];
  try {
    const running = runSweep({ url: server.url, space, results: place.path("r.jsonl"), lines });
    await until("the sweep there", async () => (await server.client().zcard("mora:sweeps")) === 1);
    for (const version of [other, { ...VERSION, semantics: VERSION.semantics + 1 }]) {
      const begin = performance.now();
      await assert.rejects(startWorker({ ...setting, version }), (error: Error) => {
        const [theirs, own] = [VERSION, version].map(
          (one) => `mora ${one.mora} with meaning of descriptions ${one.semantics}`,
        );
        assert.equal(error.name, "ExploreError");
        assert.ok(
          error.message.includes(`is of ${theirs}, this worker of ${own}, and takes no job of it`),
          error.message,
        );
        assert.ok(error.message.includes(`install ${theirs} on the worker's machine`), error.message);
        return true;
      });
      assert.ok(performance.now() - begin < 5000, "at once");
    }
    assert.deepEqual(place.evaluated(), []);
    const worker = await startWorker(setting);
    await running;
    const early = await startWorker({ ...setting, version: other });
    await worker.end();
    const again = runSweep({ url: server.url, space, results: place.path("s.jsonl"), lines });
    await until("a word of the sweep", () => lines.some((line) => line.includes("has workers of mora 0.0.1")));
    await until("a word of the worker", () => early.lines.some((line) => line.includes("takes no job of it")));
    await early.end();
    const late = await startWorker(setting);
    await again;
    await late.end();
    assertOnce(place.path("s.jsonl"), 4);
    assert.equal(place.evaluated().length, 8);
    return "workers of another version were refused at once, and took nothing";
  } finally {
    await server.close();
    place.remove();
  }
}

/** A job is evaluated only if it is a whole one, of this version, and the point that its name says. */
export async function foreignJobs(): Promise<string> {
  const { Queue } = await import("bullmq");
  const server = await startServer();
  const place = scratch();
  const worker = await startWorker({ url: server.url, contents: place.path("contents"), module: LOGGED });
  const queue = new Queue("points-1-0.0.0-1", { connection: server.client(), prefix: "mora" });
  try {
    const space = await redisSpace({ axes: AXES });
    const [one, two] = [designOf(space, { bits: 4, lanes: 1 }), designOf(space, { bits: 8, lanes: 1 })];
    const good = { mora: VERSION.mora, point: one.point, constraints: {} };
    const outside = { ...one.point, data: { ...one.point.data, source: "/etc/passwd" } };
    const jobs: readonly (readonly [name: string, key: string, data: unknown, refusal: RegExp])[] = [
      ["another version", one.key, { ...good, mora: "9.9.9" }, /the job is of mora 9\.9\.9/],
      ["another point", two.key, good, /the job's point is not the one that its name says/],
      ["a field more", `${one.key.slice(1)}a`, { ...good, run: "rm -rf /" }, /the job is none: run/],
      ["no point", `${one.key.slice(1)}b`, { ...good, point: null }, /the job is none: point/],
      ["a path", `${one.key.slice(1)}c`, { ...good, point: outside }, /the job's point is not the one/],
    ];
    for (const [name, key, data, refusal] of jobs) {
      await queue.add("point", data, { jobId: key });
      await until(`${name} refused`, async () => (await queue.getJobState(key)) === "failed");
      assert.match((await queue.getJob(key))!.failedReason, refusal);
      await queue.remove(key);
    }
    assert.deepEqual(place.evaluated(), []);
    assert.deepEqual(readdirSync(place.path("contents")), []);
    return "jobs that were put there by hand were refused";
  } finally {
    await worker.end();
    await queue.close();
    await server.close();
    place.remove();
  }
}
