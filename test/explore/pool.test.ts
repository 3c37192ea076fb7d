import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { designOf } from "../../explore/design.ts";
import { createPoolRunner } from "../../explore/pool-runner.ts";
import { readResults } from "../../explore/result-store.ts";
import { scratchFolder, smallSpace } from "./small-space.ts";

const folder = scratchFolder();

const POISONED = join(import.meta.dirname, "poisoned-worker.ts");

test("a point that throws or ends its process fails alone; one whose process only died is evaluated again", async () => {
  const space = await smallSpace({ axes: { bits: { path: "core.weights.bits", range: [4, 9], whole: true } } });
  const runner = createPoolRunner({ workers: 2, files: { mark: folder.path("died") }, worker: POISONED });
  const jobs = [6, 4, 5, 7, 8, 9].map((bits) => designOf(space, { bits }));
  const outcomes = await Promise.all(jobs.map(({ key, point }) => runner.evaluate({ key, point, constraints: {} })));
  await runner.close();
  const told = outcomes.map((outcome) => ("error" in outcome ? outcome.error : "answered"));
  const killed = expect.stringMatching(/^its process ended 2 times: .*SIGKILL/);
  expect(told).toEqual([killed, "Error: boom", "answered", "answered", "answered", "answered"]);
}, 60_000);

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A pool of one process that has this many bits to evaluate, when the process has begun with it. */
async function begun(bits: number) {
  const space = await smallSpace({ axes: { bits: { path: "core.weights.bits", range: [4, 10], whole: true } } });
  const mark = folder.path(`begun-${bits}`);
  const runner = createPoolRunner({ workers: 1, files: { mark }, worker: POISONED });
  const { key, point } = designOf(space, { bits });
  const answer = runner.evaluate({ key, point, constraints: {} });
  const pid = await vi.waitUntil(() => existsSync(mark) && Number(readFileSync(mark, "utf8")), { timeout: 30_000 });
  return { runner, answer, pid };
}

test("a point that is under way when the pool is closed is never answered: it has not failed", async () => {
  const { runner, answer, pid } = await begun(10);
  await runner.close();
  const later = new Promise((resolve) => setTimeout(resolve, 50, "nothing"));
  expect(await Promise.race([answer, later])).toBe("nothing");
  expect(alive(pid)).toBe(false);
});

test("a process that has died while it had nothing to do does not keep the pool from being closed", async () => {
  const { runner, answer, pid } = await begun(9);
  await answer;
  process.kill(pid, "SIGKILL");
  await vi.waitUntil(() => !alive(pid), { timeout: 10_000 });
  const late = new Promise((resolve) => setTimeout(resolve, 10_000, "late"));
  expect(await Promise.race([runner.close(), late])).toBeUndefined();
});

test("a file that only later points name reaches a process that runs already", async () => {
  const first = await smallSpace({ data: folder.write("first.csv", "time,channel,sample,label\n0.001,0,0,0\n") });
  const later = await smallSpace({ data: folder.write("later.csv", "time,channel,sample,label\n0.002,1,0,1\n") });
  const files: Record<string, string> = { ...first.files.paths };
  const runner = createPoolRunner({ workers: 1, files });
  const answers: string[] = [];
  for (const space of [first, later]) {
    Object.assign(files, space.files.paths);
    const { key, point } = designOf(space, { bits: 4 });
    const outcome = await runner.evaluate({ key, point, constraints: {} });
    answers.push("error" in outcome ? outcome.error : "answered");
  }
  await runner.close();
  expect(answers).toEqual(["answered", "answered"]);
}, 60_000);

test("a process that cannot start says nothing about points: the sweep ends, and no failure is recorded", async () => {
  const space = await smallSpace();
  const { key, point } = designOf(space, { bits: 4 });
  const runner = createPoolRunner({
    workers: 1,
    files: {},
    worker: folder.write("broken.mjs", 'throw new Error("on purpose, for the test");'),
  });
  await expect(runner.evaluate({ key, point, constraints: {} })).rejects.toThrow(
    /^workers: cannot be started .*exitCode: `1`/,
  );
  await runner.close();
}, 60_000);

/** Runs the sweep, and kills it -9 when it has told of so many points; what it printed last if it came to its end. */
function run(path: string, points: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const argv = ["--import", "tsx", join(import.meta.dirname, "killed-sweep.ts"), path];
    const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split("\n").length > points) child.kill("SIGKILL");
    });
    child.on("error", reject);
    // Not "close": the pipe is also its workers', who end by themselves.
    child.on("exit", (code, signal) => {
      if (code !== 0 && signal !== "SIGKILL") reject(new Error(`the sweep ended with ${code}`));
      else setImmediate(() => resolve(signal === "SIGKILL" ? "killed" : text.trim().split("\n").at(-1)!));
    });
  });
}

test("a sweep that is killed goes on from its file; every point ends in it once", { timeout: 120_000 }, async () => {
  const path = folder.path("killed.jsonl");
  expect(await run(path, 5)).toBe("killed");
  const first = readResults(path).lines.size;
  expect(first).toBeGreaterThanOrEqual(5);
  expect(first).toBeLessThan(36);
  const counts = JSON.parse(await run(path, Number.POSITIVE_INFINITY));
  expect(counts).toEqual({ asked: 36, done: 36, evaluated: 36 - first, reused: first });
  expect(readResults(path).faults).toEqual([]);
  expect(readFileSync(path, "utf8").trim().split("\n").length).toBe(36);
});
