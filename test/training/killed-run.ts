/**
 * A training run that test/training/kill.test.ts kills: `killed-run.ts CHECKPOINT LIFE` prints "now" when it has learned
 * from LIFE samples, for its parent to kill it at a moment of its own, and its result at the end. A parent that is late, as
 * on a busy machine, must not let a short run come to its end: it kills itself after GRACE samples more.
 */

import { writeSync } from "node:fs";
import { splitValidation } from "../../datasets/folds.ts";
import type { Identity } from "../../training/identity.ts";
import { hashOf } from "../../training/identity.ts";
import { train } from "../../training/loop.ts";
import { fakeLearner } from "./fake-learner.ts";
import { twoClasses } from "./small-set.ts";

/** Samples that a run outlives its life by, at most; 4 epochs have 216. */
const GRACE = 30;

/** Trains with a checkpoint after every sample; the same run each time. */
export async function killedRun(
  path: string | undefined,
  life: number = Number.POSITIVE_INFINITY,
): Promise<{ bits: string; resumedFrom: number }> {
  const data = await twoClasses(60);
  const split = splitValidation(data.labels, 0.1, 3);
  const learner = fakeLearner(500, 2);
  let learned = 0;
  const identity: Identity = { contents: {}, settings: { seed: 3 } };
  const { epochs, validation, resumedFrom } = await train({
    learner,
    data,
    split,
    test: await twoClasses(10),
    learning: { schedule: { kind: "cosine" }, channelShift: 1, errorSteps: { kind: "all" } },
    epochs: 4,
    seed: 3,
    checkpoint: path === undefined ? undefined : { path, identity, everySeconds: 0 },
    onSample: () => {
      learned += 1;
      if (learned === life) writeSync(1, "now\n");
      if (learned === life + GRACE) process.kill(process.pid, "SIGKILL");
    },
  });
  return { bits: hashOf({ saved: learner.save(), epochs, validation }), resumedFrom };
}

if (process.argv[2] !== undefined && import.meta.url === new URL(process.argv[1]!, "file:").href) {
  writeSync(1, `${JSON.stringify(await killedRun(process.argv[2], Number(process.argv[3])))}\n`);
}
