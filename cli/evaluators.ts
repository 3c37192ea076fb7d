/** Who evaluates the points of a command, the processes of this machine or the workers of a queue, and the file that keeps their results. */

import { availableParallelism } from "node:os";
import { createPoolRunner } from "../explore/pool-runner.ts";
import { openResults, type ResultStore } from "../explore/result-store.ts";
import type { Runner } from "../explore/runner.ts";
import { onInterrupt } from "./interrupt.ts";
import type { Io } from "./io.ts";
import { queueVersion } from "./queue-version.ts";

export interface Evaluators {
  readonly runner: Runner;
  /** Most that took part at once. */
  processes(): number;
}

export interface EvaluationSetting {
  readonly workers?: number | undefined;
  readonly redis?: string | undefined;
  /** The result file. */
  readonly path: string;
  /** Path by reference of the files that points name. */
  readonly files: Readonly<Record<string, string>>;
  readonly io: Io;
  /** Called before an interrupt is told. */
  readonly interrupted?: () => void;
}

/**
 * Opens the result file and those who evaluate for it, and closes both behind `body`. An interrupt keeps what is done, takes out of a queue
 * what nobody has begun, and ends the processes of this machine.
 *
 * @throws ExploreError for a file that cannot be written to, and when there is a queue that cannot be reached
 */
export async function withEvaluators<T>(
  setting: EvaluationSetting,
  body: (store: ResultStore, evaluators: Evaluators) => Promise<T>,
): Promise<T> {
  const { path, io, interrupted } = setting;
  const store = openResults(path);
  let open = true;
  const close = (): void => {
    if (open) store.close();
    open = false;
  };
  try {
    const evaluators = await openEvaluators(setting);
    const stopListening = onInterrupt(async () => {
      interrupted?.();
      io.stderr(`mora: interrupted; the same command goes on from ${path}\n`);
      // The file last: answers that come meanwhile are kept.
      await evaluators.runner.close();
      close();
    });
    try {
      return await body(store, evaluators);
    } finally {
      stopListening();
      await evaluators.runner.close();
    }
  } finally {
    close();
  }
}

async function openEvaluators({
  workers = availableParallelism(),
  redis,
  files,
  io,
}: EvaluationSetting): Promise<Evaluators> {
  if (redis === undefined) {
    const runner = createPoolRunner({ workers, files });
    return { runner, processes: () => workers };
  }
  // Loaded only when there is a queue.
  const { redisAddress } = await import("../explore/queue/redis-address.ts");
  const { openLink } = await import("../explore/queue/redis-link.ts");
  const { createQueueRunner } = await import("../explore/queue/queue-runner.ts");
  // A bar that stands on the line is overwritten.
  const tell = (line: string): void => io.stderr(`${io.interactive ? "\r\u001b[K" : ""}mora: ${line}\n`);
  const link = await openLink(redisAddress(redis), { tell });
  const runner = await createQueueRunner({ link, files, version: queueVersion(), tell });
  return { runner, processes: () => runner.processes };
}
