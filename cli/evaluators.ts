/** Who evaluates the points of a command: the processes of this machine, or the workers of a queue. */

import { availableParallelism } from "node:os";
import { createPoolRunner } from "../explore/pool-runner.ts";
import type { Runner } from "../explore/runner.ts";
import type { Io } from "./io.ts";
import { queueVersion } from "./queue-version.ts";
import type { EvaluationArguments } from "./sweep-options.ts";

export interface Evaluators {
  readonly runner: Runner;
  /** Most that took part at once. */
  processes(): number;
  /** Before an exit with points under way: takes out of the queue what nobody has begun. The processes of this machine end with it. */
  leave(): Promise<void>;
}

/** @param files path by reference of the files that points name @throws ExploreError when there is a queue that cannot be reached */
export async function openEvaluators(
  { workers = availableParallelism(), redis }: Pick<EvaluationArguments, "workers" | "redis">,
  files: Readonly<Record<string, string>>,
  io: Io,
): Promise<Evaluators> {
  if (redis === undefined) {
    const runner = createPoolRunner({ workers, files });
    return { runner, processes: () => workers, leave: async () => undefined };
  }
  // Loaded only when there is a queue.
  const { redisAddress } = await import("../explore/queue/redis-address.ts");
  const { openLink } = await import("../explore/queue/redis-link.ts");
  const { createQueueRunner } = await import("../explore/queue/queue-runner.ts");
  // A bar that stands on the line is overwritten.
  const tell = (line: string): void => io.stderr(`${io.interactive ? "\r\u001b[K" : ""}mora: ${line}\n`);
  const link = await openLink(redisAddress(redis), { tell });
  const runner = await createQueueRunner({ link, files, version: queueVersion(), tell });
  return { runner, processes: () => runner.processes, leave: () => runner.close() };
}
