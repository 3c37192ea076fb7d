/**
 * A process of a worker's pool that writes down what it evaluates (MORA_TEST_LOG), takes its time (MORA_TEST_PAUSE, milliseconds), and fails
 * by the bits of the weights: 4 throws, 6 ends the process; other points have the answer of their bits.
 */

import type { EventEmitter } from "node:events";
import { appendFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import workerpool from "workerpool";
import { brokenConstraints } from "../../explore/outcome.ts";
import { identityOf, keyOfIdentity } from "../../explore/point.ts";
import type { PoolTask } from "../../explore/pool-worker.ts";
import { madeUp } from "../explore/fake-runner.ts";

if (!process.connected) process.exit();
(process as EventEmitter).on("error", () => process.exit());
workerpool.worker({
  ready: () => true,
  async evaluate({ point, constraints }: PoolTask) {
    const key = keyOfIdentity(identityOf(point));
    const log = process.env.MORA_TEST_LOG;
    if (log !== undefined) appendFileSync(log, `${key}\n`);
    const { bits } = (point.core as { weights: { bits: number } }).weights;
    if (bits === 6) process.kill(process.pid, "SIGKILL");
    if (bits === 4) return { error: "Error: boom" };
    await setTimeout(Number(process.env.MORA_TEST_PAUSE ?? 0));
    const outcome = madeUp({ key, point, constraints });
    return { ...outcome, reasons: brokenConstraints(outcome.measures, constraints, "static") };
  },
});
