/** Runs in two processes, in a given order, within limits of time. */

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Run } from "./arm.ts";
import type { Origin } from "./execute.ts";
import type { RunResult } from "./result.ts";
import type { Order, Reply } from "./worker.ts";

const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));
/** Whoever makes runs may itself have been started otherwise. */
const TYPESCRIPT = ["--import", import.meta.resolve("tsx")];

export interface ScheduleOptions {
  readonly runs: readonly Run[];
  readonly origin: Origin;
  /** Processes; default 2. */
  readonly workers?: number;
  /** Seconds of processor time after which a run is given up; default 1200. On a busy machine they are longer on the clock. */
  readonly runSeconds?: number;
  /** Seconds from now on in which runs may be under way: none is begun whose estimate would go beyond. */
  readonly budgetSeconds?: number;
  /** Estimate of a run. */
  readonly secondsOf: (run: Run) => number;
  readonly onResult: (result: RunResult) => void;
  readonly log: (line: string) => void;
}

export interface ScheduleReport {
  readonly done: number;
  /** Runs that threw or were killed, with the reason. */
  readonly failed: readonly string[];
  /** Runs that the budget had no room for. */
  readonly left: readonly Run[];
}

export const nameOf = ({ arm, fold }: Pick<Run, "arm" | "fold">): string => `${arm.name} fold ${fold}`;

/** Makes the runs. A failed one does not stop the others. */
export async function makeRuns(options: ScheduleOptions): Promise<ScheduleReport> {
  const { runs, secondsOf, budgetSeconds = Number.POSITIVE_INFINITY, workers = 2, log } = options;
  const started = performance.now();
  const waiting = [...runs];
  const left: Run[] = [];
  const failed: string[] = [];
  let done = 0;

  /** The next run that the budget has room for; those without room are left out. */
  const next = (): Run | undefined => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const elapsed = (performance.now() - started) / 1000;
      if (elapsed + secondsOf(run) <= budgetSeconds) return run;
      left.push(run);
    }
    return undefined;
  };

  const work = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    try {
      for (let run = next(); run !== undefined; run = next()) {
        worker ??= fork(WORKER, [], { execArgv: TYPESCRIPT, stdio: ["ignore", "inherit", "inherit", "ipc"] });
        const outcome = await oneRun(worker, run, options);
        if (typeof outcome === "string") {
          failed.push(`${nameOf(run)}: ${outcome}`);
          log(`${nameOf(run)}: ${outcome}`);
          // What the process still holds is not to be trusted.
          worker.kill("SIGKILL");
          worker = undefined;
        } else {
          options.onResult(outcome);
          done += 1;
          log(`${nameOf(run)}: done in ${outcome.seconds.toFixed(0)} s (${done + failed.length} of ${runs.length})`);
        }
      }
    } finally {
      worker?.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, runs.length) }, work));
  return { done, failed, left };
}

/** Seconds on the clock after which a process is killed that does not even look at its processor time. */
const patienceOf = (runSeconds: number): number => 60 + 4 * runSeconds;

/** The result, or why there is none. */
function oneRun(worker: ChildProcess, run: Run, options: ScheduleOptions): Promise<RunResult | string> {
  const { origin, runSeconds = 1200, log } = options;
  const { arm, fold, seed } = run;
  return new Promise((resolve) => {
    const finish = (outcome: RunResult | string): void => {
      clearTimeout(limit);
      worker.off("message", onMessage);
      worker.off("exit", onExit);
      worker.off("error", onError);
      resolve(outcome);
    };
    const onMessage = (reply: Reply): void => {
      if (reply.kind === "progress") log(`  ${nameOf(run)}: ${reply.text}`);
      else finish(reply.kind === "done" ? reply.result : reply.text);
    };
    const onExit = (code: number | null, signal: string | null): void => {
      finish(`its process ended with ${signal ?? `code ${code}`}`);
    };
    const onError = (error: Error): void => finish(error.message);
    const patience = patienceOf(runSeconds);
    const limit = setTimeout(() => finish(`killed after ${patience} s on the clock`), 1000 * patience);
    worker.on("message", onMessage);
    worker.on("exit", onExit);
    worker.on("error", onError);
    const order: Order = { arm: arm.name, fold, seed, origin, runSeconds };
    worker.send(order);
  });
}
