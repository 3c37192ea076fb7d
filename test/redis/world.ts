/** Sweeps and workers of a test: in its own process where they are to be looked at, in processes of their own where they are to be killed. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Space } from "../../explore/loaded-space.ts";
import { createQueueRunner } from "../../explore/queue/queue-runner.ts";
import type { QueueVersion } from "../../explore/queue/queue-version.ts";
import { type QueueWorker, startQueueWorker } from "../../explore/queue/queue-worker.ts";
import { redisAddress } from "../../explore/queue/redis-address.ts";
import { openLink } from "../../explore/queue/redis-link.ts";
import type { QueueTiming } from "../../explore/queue/settings.ts";
import { openResults, readResults } from "../../explore/result-store.ts";
import { createSearch } from "../../explore/search.ts";
import { type SweepResult, sweep } from "../../explore/sweep.ts";
import { SEMANTICS_VERSION } from "../../training/semantics-version.ts";

export const LOGGED: string = join(import.meta.dirname, "logged-worker.ts");
export const VERSION: QueueVersion = { mora: "0.0.0", semantics: SEMANTICS_VERSION };
/** As in life, but twenty times as fast. */
export const TIMING: QueueTiming = { lock: 1000, stalled: 300, beat: 200, remind: 1000 };

export interface Scratch {
  path(name: string): string;
  /** Points that processes of LOGGED have evaluated, in order. */
  evaluated(): readonly string[];
  remove(): void;
}

/** A folder of its own, and LOGGED's log in it. */
export function scratch(pause = 0): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "mora-queue-"));
  const log = join(folder, "evaluated.log");
  process.env.MORA_TEST_LOG = log;
  process.env.MORA_TEST_PAUSE = String(pause);
  return {
    path: (name) => join(folder, name),
    evaluated: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface WorkerSetting {
  readonly url: string;
  readonly contents: string;
  readonly processes?: number;
  readonly module?: string;
  readonly version?: QueueVersion;
  readonly timing?: QueueTiming;
}

export interface TestWorker {
  readonly worker: QueueWorker;
  readonly lines: string[];
  end(): Promise<void>;
}

export async function startWorker(setting: WorkerSetting): Promise<TestWorker> {
  const { url, contents, processes = 2, module, version = VERSION, timing = TIMING } = setting;
  const lines: string[] = [];
  const tell = (line: string): void => {
    lines.push(line);
  };
  const link = await openLink(redisAddress(url), { tell, remind: timing.remind });
  try {
    const options = { link, version, processes, contents, tell, timing };
    const worker = await startQueueWorker({ ...options, ...(module !== undefined && { module }) });
    return {
      worker,
      lines,
      async end() {
        worker.giveBack();
        await worker.ended;
      },
    };
  } catch (error) {
    await link.close();
    throw error;
  }
}

export interface SweepSetting {
  readonly url: string;
  readonly space: Space;
  readonly results: string;
  readonly version?: QueueVersion;
  readonly timing?: QueueTiming;
  readonly lines?: string[];
  readonly onPoint?: (done: number) => void;
}

export async function runSweep(setting: SweepSetting): Promise<SweepResult> {
  const { url, space, results, version = VERSION, timing = TIMING, lines = [], onPoint } = setting;
  const tell = (line: string): void => {
    lines.push(line);
  };
  const link = await openLink(redisAddress(url), { tell, remind: timing.remind });
  const store = openResults(results);
  try {
    const runner = await createQueueRunner({ link, files: space.files.paths, version, tell, timing });
    try {
      const onLine = onPoint && ((_: unknown, { done }: { readonly done: number }) => onPoint(done));
      const search = createSearch(space, space.search);
      return await sweep({ space, search, store, runner, mora: version.mora, ...(onLine && { onLine }) });
    } finally {
      await runner.close();
    }
  } finally {
    await link.close();
    store.close();
  }
}

/** Every point once, and nothing else, in a result file. */
export function assertOnce(results: string, points: number): void {
  const { lines, faults } = readResults(results);
  assert.deepEqual(faults, []);
  assert.equal(lines.size, points);
  assert.equal(readFileSync(results, "utf8").trim().split("\n").length, points);
}

/** A module of this folder in a process of its own, with one argument as JSON. */
export function startProcess(module: string, setting: object): ChildProcess {
  const argv = ["--import", "tsx", join(import.meta.dirname, module), JSON.stringify(setting)];
  return spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
}

export async function kill(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

/** Waits until something is so, and fails after a minute. */
export async function until(what: string, so: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await so())) {
    assert.ok(performance.now() < end, `waited a minute for: ${what}`);
    await setTimeout(20);
  }
}
