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
}

export type Reply =
  | { readonly kind: "progress"; readonly text: string }
  | { readonly kind: "done"; readonly result: RunResult }
  | { readonly kind: "failed"; readonly text: string };

const reply = (message: Reply): void => {
  process.send?.(message);
};

process.on("message", (order: Order) => {
  const { arm, fold, seed, origin } = order;
  const run: Run = { arm: armOf(arm), fold, seed };
  executeRun(run, origin, (text) => reply({ kind: "progress", text })).then(
    (result) => reply({ kind: "done", result }),
    (error: unknown) =>
      reply({ kind: "failed", text: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// Without its parent there is nobody to append what it makes.
process.on("disconnect", () => process.exit(1));
