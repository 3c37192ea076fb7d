/** A training run that test/training/kill.test.ts kills: `killed-run.ts CHECKPOINT` prints "ready", and its result at the end. */

import { splitValidation } from "../../datasets/folds.ts";
import type { Identity } from "../../training/identity.ts";
import { hashOf } from "../../training/identity.ts";
import { train } from "../../training/loop.ts";
import { fakeLearner } from "./fake-learner.ts";
import { twoClasses } from "./small-set.ts";

/** Trains with a checkpoint after every sample; the same run each time. */
export async function killedRun(path: string | undefined): Promise<{ bits: string; resumedFrom: number }> {
  const data = await twoClasses(60);
  const split = splitValidation(data.labels, 0.1, 3);
  const learner = fakeLearner(500, 2);
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
  });
  return { bits: hashOf({ saved: learner.save(), epochs, validation }), resumedFrom };
}

if (process.argv[2] !== undefined && import.meta.url === new URL(process.argv[1]!, "file:").href) {
  process.stdout.write("ready\n");
  process.stdout.write(`${JSON.stringify(await killedRun(process.argv[2]))}\n`);
}
