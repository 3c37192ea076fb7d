/** Points on all cores of this machine: a pool of processes, so that one that dies or hangs takes no other with it. */

import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import workerpool from "workerpool";
import { ExploreError } from "./explore-error.ts";
import type { Failure, Outcome } from "./outcome.ts";
import type { PoolTask } from "./pool-worker.ts";
import type { Job, Runner } from "./runner.ts";

/** From the sources as TypeScript, from the build as JavaScript. */
const OWN = fileURLToPath(import.meta.url);
const WORKER = OWN.replace(/pool-runner\.\w+$/, `pool-worker${extname(OWN)}`);
const EXEC_ARGV = extname(OWN) === ".ts" ? ["--import", import.meta.resolve("tsx")] : [];
/** Milliseconds; a process that is in the middle of a point is given one second. */
const CLOSING = 2000;
/** No answer: a process that was ended with the pool says nothing about its point. */
const LOST = new Promise<never>(() => undefined);
/** Deaths of its process that a point may see before it is taken for the cause. */
const LIVES = 2;

export interface PoolOptions {
  /** Default: as many as the machine has cores for this process. */
  readonly workers?: number;
  /** Path by reference of the files that points name. */
  readonly files: Readonly<Record<string, string>>;
  /** The module that evaluates; tests give one that fails. */
  readonly worker?: string;
}

export function createPoolRunner({ workers = availableParallelism(), files, worker = WORKER }: PoolOptions): Runner {
  const pool = workerpool.pool(worker, {
    workerType: "process",
    minWorkers: workers,
    maxWorkers: workers,
    forkOpts: { execArgv: EXEC_ARGV },
  });
  let closed = false;
  const started = start(pool);
  // Asked for by the first point; nobody may have asked when it fails.
  started.catch(() => undefined);
  return {
    // One more for each process, so that it does not wait for the search and the file between two points.
    width: 2 * workers,
    async evaluate({ point, constraints }: Job): Promise<Outcome | Failure> {
      // A process that cannot even start says nothing about a point.
      await started;
      const task: PoolTask = { point, constraints, files };
      for (let life = 1; !closed; life++) {
        try {
          return (await pool.exec("evaluate", [task])) as Outcome | Failure;
        } catch (error) {
          // An evaluation that throws returns its failure: what is caught here is the process's end.
          if (life === LIVES && !closed) return { error: `its process ended ${life} times: ${firstLines(error)}` };
        }
      }
      return LOST;
    },
    async close() {
      closed = true;
      await pool.terminate(true, CLOSING).catch((error) => {
        // For the end of a process that had ended by itself the library waits in vain.
        if (!(error instanceof workerpool.Promise.TimeoutError)) throw error;
      });
    },
  };
}

async function start(pool: workerpool.Pool): Promise<void> {
  for (let life = 1; ; life++) {
    try {
      await pool.exec("ready", []);
      return;
    } catch (error) {
      if (life === LIVES)
        throw new ExploreError(
          "workers",
          `cannot be started (${firstLines(error)})`,
          "see what they print; free some memory",
        );
    }
  }
}

/** Exit code and signal; the lines behind them tell how the process was started. */
function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split("\n")
    .slice(0, 3)
    .map((line) => line.trim())
    .join(" ");
}
