/** What of the queue needs no Redis; `npm run test:redis` has the rest. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createCaches } from "../../explore/caches.ts";
import { contentsAt } from "../../explore/contents.ts";
import { designOf } from "../../explore/design.ts";
import { evaluate } from "../../explore/evaluate.ts";
import type { Outcome } from "../../explore/outcome.ts";
import { answerUnder } from "../../explore/queue/answer.ts";
import { tryContentFolder } from "../../explore/queue/content-cache.ts";
import { messageOf, readAnswer, readJob } from "../../explore/queue/job-message.ts";
import { queueName, sameVersion } from "../../explore/queue/queue-version.ts";
import { redisAddress } from "../../explore/queue/redis-address.ts";
import { passes, redisError } from "../../explore/queue/redis-problems.ts";
import { referencesOf } from "../../explore/reference-files.ts";
import { openResults } from "../../explore/result-store.ts";
import { createSearch } from "../../explore/search.ts";
import { sweep } from "../../explore/sweep.ts";
import { fakeRunner, madeUp } from "./fake-runner.ts";
import { SMALL_NETWORK } from "./small-description.ts";
import { scratchFolder, smallSpace } from "./small-space.ts";

const VERSION = { mora: "1.2.3", semantics: 1 };
const folder = scratchFolder();

describe("the address of Redis", () => {
  test("is read from the URL; its label has neither user nor password", () => {
    const { label, options } = redisAddress("redis://me:s%40cret@queue.local:7000/2", {});
    expect(label).toBe("redis://queue.local:7000/2");
    expect(options).toEqual({ host: "queue.local", port: 7000, db: 2, username: "me", password: "s@cret" });
  });

  test("has a port, a database, TLS by the protocol, and the password of redis-cli's variable", () => {
    expect(redisAddress("redis://h", {}).options).toEqual({ host: "h", port: 6379, db: 0 });
    expect(redisAddress("rediss://h", { REDISCLI_AUTH: "x" }).options).toEqual({
      ...{ host: "h", port: 6379, db: 0, password: "x" },
      tls: { servername: "h" },
    });
    expect(redisAddress("redis://:own@h", { REDISCLI_AUTH: "x" }).options.password).toBe("own");
    expect(redisAddress("rediss://[::1]:1", {}).options).toEqual({ host: "::1", port: 1, db: 0, tls: {} });
  });

  test.each([
    ["secret:6379", /does not begin with redis:\/\/ or rediss:\/\//],
    ["http://:secret@h", /does not begin with redis/],
    ["redis://:secret@h/zero", /does not end with the number of a database/],
    ["redis://:sec%ret@h", /has a % in user or password/],
    ["redis://:secret@h:port", /is no URL/],
    ["redis://:secret@h?tls=1", /has parameters/],
    ["redis://", /names no host/],
  ])("%s is refused, and not repeated", (url, message) => {
    let text = "";
    try {
      redisAddress(url, {});
    } catch (error) {
      text = (error as Error).message;
    }
    expect(text).toMatch(message);
    expect(text).toMatch(/^--redis: .*; write redis:\/\/user:password@host:port\/db/);
    expect(text).not.toMatch(/secret|sec%ret/);
  });
});

describe("what Redis has wrong", () => {
  test.each([
    [
      "OOM command not allowed when used memory > 'maxmemory'.",
      /not enough memory .* \(OOM\); raise its maxmemory/,
      false,
    ],
    ["WRONGPASS invalid username-password pair or user is disabled.", /refuses user or password \(WRONGPASS\)/, false],
    ["NOPERM this user has no permissions to run the 'time' command", /does not allow this user .* \(NOPERM\)/, false],
    ["MISCONF Redis is configured to save RDB snapshots, but ...", /cannot write to its disk .* \(MISCONF\)/, false],
    ["connect ECONNREFUSED 127.0.0.1:6379", /cannot be reached/, true],
    ["Connection is closed.", /cannot be reached/, true],
  ])("%s", (message, told, waits) => {
    expect(redisError("redis://h:1", new Error(message))?.message).toMatch(told);
    expect(passes(new Error(message))).toBe(waits);
  });

  test("is not every error", () => {
    expect(redisError("redis://h:1", new Error("boom"))).toBeUndefined();
    expect(passes(new Error("boom"))).toBe(false);
  });
});

test("a queue is of one version of the program and one meaning of descriptions", () => {
  expect(queueName(VERSION)).toBe("points-1-1.2.3-1");
  expect(sameVersion(VERSION, { ...VERSION })).toBe(true);
  expect(sameVersion(VERSION, { ...VERSION, mora: "1.2.4" })).toBe(false);
  expect(sameVersion(VERSION, { ...VERSION, semantics: 2 })).toBe(false);
});

describe("a job", () => {
  const travelled = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  test("comes through JSON as it was, its key included", async () => {
    const training = { epochs: 2, test: { name: "yin-yang:2,samples=24", timestep: 1 } };
    const space = await smallSpace({ training, constraints: { memory: { max: 1000 }, accuracy: { min: 0.5 } } });
    const { key, point } = designOf(space, { bits: 6, scheme: "queue", entries: 64 });
    const job = { key, point, constraints: space.constraints };
    expect(readJob(travelled(messageOf(job, VERSION)), key, { ...VERSION, semantics: point.version })).toEqual(job);
  });

  test.each<readonly [string, (message: { point: { data: object } }) => object, RegExp]>([
    ["a field more", (message) => ({ ...message, code: "1" }), /the job is none: code/],
    [
      "another version",
      (message) => ({ ...message, mora: "1.2.4" }),
      /is of mora 1\.2\.4 .* this worker of mora 1\.2\.3/,
    ],
    [
      "other data",
      ({ point, ...message }) => ({ ...message, point: { ...point, data: { ...point.data, offset: 1 } } }),
      /not the one/,
    ],
    [
      "no data",
      ({ point, ...message }) => ({ ...message, point: { ...point, data: null } }),
      /the job is none: point\.data/,
    ],
    [
      "a network that is none",
      ({ point, ...message }) => ({ ...message, point: { ...point, network: [] } }),
      /point\.network/,
    ],
    ["nothing", () => [], /the job is none/],
  ])("with %s is refused", async (_, change, message) => {
    const { key, point } = designOf(await smallSpace(), { bits: 6, scheme: "ring" });
    const sent = messageOf({ key, point, constraints: {} }, VERSION);
    const own = { ...VERSION, semantics: point.version };
    expect(readJob(travelled(sent), key, own).key).toBe(key);
    expect(() => readJob(travelled(change(sent)), key, own)).toThrow(message);
  });

  test("names every file that its evaluation reads, and cannot name one by its path", async () => {
    const data = folder.write("events.csv", "time,channel,sample,label\n0.001,0,0,0\n");
    const weights = folder.write("weights.npy", "");
    const [first, second] = SMALL_NETWORK.projections;
    const network = { ...SMALL_NETWORK, projections: [{ ...first, weights: { kind: "file", file: weights } }, second] };
    const space = await smallSpace({ network, data, training: { epochs: 1, test: data } });
    const { point } = designOf(space, { bits: 6, scheme: "ring" });
    expect([...referencesOf(point)].sort()).toEqual(Object.keys(space.files.paths).sort());
    const outside = { ...point, data: { ...point.data, source: data } };
    const { point: plain } = designOf(await smallSpace(), { bits: 6, scheme: "ring" });
    const read = { ...plain, data: { ...plain.data, source: data } };
    expect(referencesOf(outside)).not.toContain(data);
    await expect(evaluate(read, createCaches(contentsAt({})))).rejects.toThrow(/there is no such file here/);
  });
});

describe("a folder for fetched files", () => {
  test("is made, tried and left empty", async () => {
    const path = folder.path("deep/contents");
    await tryContentFolder(path);
    expect(readdirSync(path)).toEqual([]);
  });

  test.each([
    ["that is a file", () => folder.write("file", ""), /file: the folder for fetched files is no folder/],
    [
      "below a file",
      () => join(folder.write("file", ""), "below"),
      /below: the folder .* lies below a file \(ENOTDIR\)/,
    ],
    ["where none can be made", () => "/proc/x", /^\/proc\/x: the folder .* cannot be made.* \(ENOENT\); .* --cache$/],
  ])("%s is refused, with the remedy", async (_, path, message) => {
    await expect(tryContentFolder(path())).rejects.toThrow(message);
    await expect(tryContentFolder(path())).rejects.toMatchObject({ name: "ExploreError" });
  });
});

describe("an answer", () => {
  const outcome = madeUp({ key: "", constraints: {}, point: { core: { weights: { bits: 6 }, lanes: 1 } } as never });

  test("is an outcome or a failure, and nothing else", () => {
    expect(readAnswer(JSON.parse(JSON.stringify(outcome)))).toEqual(outcome);
    expect(readAnswer({ error: "boom" })).toEqual({ error: "boom" });
    for (const wrong of [null, {}, { ...outcome, right: "012" }, { ...outcome, seconds: "1" }, { error: 1 }])
      expect(() => readAnswer(wrong)).toThrow(/a worker's answer is none/);
  });

  test("of a run is everybody's; of a point that a limit spared its run, only whose limits spare it too", () => {
    expect(answerUnder(outcome, { memory: { max: 1 } })).toBe(outcome);
    const spared: Outcome = { ...outcome, reasons: [reason("constraint")] };
    expect(answerUnder(spared, {})).toBeUndefined();
    expect(answerUnder(spared, { memory: { max: 601 } })).toBeUndefined();
    const own = answerUnder(spared, { memory: { max: 500 } }) as Outcome;
    expect(own.reasons.map(({ limit, by }) => [limit, by])).toEqual([[500, 100]]);
    const large: Outcome = { ...outcome, reasons: [reason("capacity"), reason("constraint")] };
    expect(answerUnder(large, {})).toEqual({ ...outcome, reasons: [reason("capacity")] });
  });

  function reason(kind: "capacity" | "constraint"): Outcome["reasons"][number] {
    return { kind, what: "memory", value: 600, limit: 400, by: 200, text: "too large" };
  }
});

test("a sweep has as many points under way as its runner is wide, while that grows", async () => {
  let width = 1;
  let under = 0;
  const seen: number[] = [];
  const inner = fakeRunner();
  const runner = {
    ...inner,
    get width() {
      return width;
    },
    async evaluate(job: Parameters<typeof inner.evaluate>[0]) {
      under += 1;
      seen.push(under);
      // Longer than the sweep takes to write down its next design.
      await setTimeout(20);
      under -= 1;
      width = 4;
      return inner.evaluate(job);
    },
  };
  const space = await smallSpace();
  const store = openResults(folder.path("width.jsonl"));
  await sweep({ space, search: createSearch(space, {}), store, runner, mora: "0.0.0" });
  store.close();
  expect(seen[0]).toBe(1);
  expect(Math.max(...seen)).toBe(4);
});
