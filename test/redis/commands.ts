/** The commands themselves: mora worker beside mora sweep and mora ask-tell, with a password, as processes. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { startServer } from "../../bench/redis-server.ts";
import { SMALL_SPACE } from "../explore/small-description.ts";
import { assertOnce, scratch, until } from "./world.ts";

const MORA = join(import.meta.dirname, "../../cli/mora.mjs");

export interface Run {
  readonly child: ChildProcess;
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<number>;
}

export function mora(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, [MORA, ...argv], { env: { ...process.env, ...environment } });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk: Buffer) => {
      text[name] += chunk.toString();
    });
  }
  const ended = once(child, "exit").then(([code]) => code as number);
  return { child, output: () => ({ ...text }), ended };
}

export async function commands(): Promise<string> {
  const server = await startServer("--requirepass", "open sesame");
  const place = scratch();
  mkdirSync(place.path("space"), { recursive: true });
  const space = place.path("space/space.json");
  writeFileSync(space, JSON.stringify(SMALL_SPACE));
  const withPassword = server.url.replace("open sesame", "open%20sesame");
  const without = `redis://127.0.0.1:${server.port}`;
  const cache = ["--cache", place.path("contents")];
  const worker = mora(["worker", "--redis", without, "--workers", "2", ...cache], { REDISCLI_AUTH: "open sesame" });
  const texts: string[] = [];
  const done = async (run: Run, input?: string): Promise<string> => {
    if (input !== undefined) run.child.stdin!.end(input);
    const code = await run.ended;
    const { stdout, stderr } = run.output();
    texts.push(stdout, stderr);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  try {
    await until("the worker", () => worker.output().stderr.includes("no sweep; waiting for one"));
    const results = place.path("r.jsonl");
    const document = JSON.parse(await done(mora(["sweep", space, "--redis", withPassword, "-o", results, "--json"])));
    assert.deepEqual([document.evaluated, document.failed, document.workers], [9, 0, 2]);
    assertOnce(results, 9);
    const questions = [8, 6]
      .map((bits) => `${JSON.stringify({ id: bits, choices: { bits, scheme: "ring" } })}\n`)
      .join("");
    const told = await done(mora(["ask-tell", space, "--redis", withPassword, "-o", place.path("a.jsonl")]), questions);
    const answers = told
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => JSON.parse(line) as { id: number; status: string });
    assert.deepEqual(answers.map(({ id, status }) => `${id} ${status}`).sort(), ["6 done", "8 done"]);
    worker.child.kill("SIGTERM");
    assert.equal(await worker.ended, 0);
    assert.match(worker.output().stderr, /11 points done, on 2 processes\n$/);
    texts.push(worker.output().stderr);

    const wrong = mora(["worker", "--redis", without.replace("//", "//:guess@")]);
    assert.equal(await wrong.ended, 1);
    texts.push(wrong.output().stderr);
    assert.match(
      wrong.output().stderr,
      /^mora: redis:\/\/127\.0\.0\.1:\d+: refuses user or password \(WRONGPASS\); correct them/,
    );
    const both = mora(["sweep", space, "--redis", withPassword, "--workers", "2"]);
    assert.equal(await both.ended, 2);
    texts.push(both.output().stderr);
    assert.doesNotMatch(texts.join(""), /sesame|guess/);
    return "mora worker, mora sweep and mora ask-tell through one queue, with a password that nothing printed";
  } finally {
    worker.child.kill("SIGKILL");
    await server.close();
    place.remove();
  }
}

/** Processes that died while they had nothing to do, which the pool waits for in vain, keep no worker; nor does anything after a second signal. */
export async function endedWorker(): Promise<string> {
  const server = await startServer();
  const place = scratch();
  const cache = ["--cache", place.path("contents")];
  const runs: Run[] = [];
  const idle = async (before: () => void = () => undefined): Promise<Run> => {
    const run = mora(["worker", "--redis", server.url, "--workers", "2", ...cache]);
    runs.push(run);
    await until("the worker", () => run.output().stderr.includes("no sweep; waiting for one"));
    const { pid } = run.child;
    const children = (): readonly string[] =>
      readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    await until("its processes", () => children().length === 2);
    for (const child of children().map(Number)) process.kill(child, "SIGKILL");
    await setTimeout(200);
    before();
    run.child.kill("SIGTERM");
    return run;
  };
  try {
    const once = await idle();
    assert.equal(await once.ended, 0);
    // A server that stands still lets no worker leave, so that the second signal surely comes in time.
    const standing = Number(/process_id:(\d+)/.exec(await server.client().info("server"))?.[1]);
    const twice = await idle(() => process.kill(standing, "SIGSTOP"));
    await setTimeout(300);
    assert.equal(twice.child.exitCode, null);
    twice.child.kill("SIGTERM");
    assert.equal(await Promise.race([twice.ended, setTimeout(5000, "still there")]), 130);
    return "workers whose processes had died ended when they were told to, and at once when they were told twice";
  } finally {
    for (const { child } of runs) child.kill("SIGKILL");
    await server.close();
    place.remove();
  }
}
