/**
 * A process of a pool that fails by the bits of the weights: 4 throws, 6 ends it, 8 ends it the first time, 10 never answers; others
 * answer, 9 having written its process's number down, as 10 does.
 */

import { existsSync, writeFileSync } from "node:fs";
import workerpool from "workerpool";
import type { PoolTask } from "../../explore/pool-worker.ts";

workerpool.worker({
  ready: () => true,
  evaluate({ point, files }: PoolTask) {
    const { bits } = (point.core as { weights: { bits: number } }).weights;
    const mark = files.mark!;
    if (bits === 6) process.kill(process.pid, "SIGKILL");
    if (bits === 8 && !existsSync(mark)) {
      writeFileSync(mark, "");
      process.kill(process.pid, "SIGKILL");
    }
    if (bits >= 9) writeFileSync(mark, `${process.pid}`);
    if (bits === 10) return new Promise(() => undefined);
    return bits === 4
      ? { error: "Error: boom" }
      : { reasons: [], measures: null, right: null, seconds: 0, emulationSeconds: 0 };
  },
});
