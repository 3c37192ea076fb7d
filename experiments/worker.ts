/** A process that makes one run after the other as it is told, so that a run that hangs can be killed alone. */

import type { Run } from "./arm.ts";
import { armOf } from "./arms.ts";
import { executeRun, type Origin } from "./execute.ts";
import type { RunResult } from "./result.ts";

export interface Order {
  readonly arm: string;
  readonly fold: number;
  readonly seed: number;
  readonly origin: Origin;
  /** Processor time that the run may take. */
  readonly runSeconds: number;
}

export type Reply =
  | { readonly kind: "progress"; readonly text: string }
  | { readonly kind: "done"; readonly result: RunResult }
  | { readonly kind: "failed"; readonly text: string };

const reply = (message: Reply): void => {
  process.send?.(message);
};

const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

process.on("message", ({ arm, fold, seed, origin, runSeconds }: Order) => {
  const run: Run = { arm: armOf(arm), fold, seed };
  const started = processorSeconds();
  // Training lets timers through every few samples.
  const limit = setInterval(() => {
    if (processorSeconds() - started <= runSeconds) return;
    reply({ kind: "failed", text: `given up after ${runSeconds} s of processor time: no run may take longer` });
    clearInterval(limit);
  }, 500);
  executeRun(run, origin, (text) => reply({ kind: "progress", text }))
    .then(
      (result) => reply({ kind: "done", result }),
      (error: unknown) =>
        reply({ kind: "failed", text: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    .finally(() => clearInterval(limit));
});
// Without its parent there is nobody to append what it makes.
process.on("disconnect", () => process.exit(1));
