import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { splitValidation } from "../../datasets/folds.ts";
import { type TrainOptions, train } from "../../training/loop.ts";
import { fakeLearner } from "./fake-learner.ts";
import { twoClasses } from "./small-set.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-claim-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Three epochs of 16 samples. */
async function options(path: string): Promise<TrainOptions> {
  const data = await twoClasses(20);
  return {
    learner: fakeLearner(4, 2),
    data,
    split: splitValidation(data.labels, 0.2, 1),
    test: null,
    learning: { schedule: { kind: "constant" }, channelShift: 0, errorSteps: { kind: "all" } },
    epochs: 3,
    seed: 1,
    checkpoint: { path, identity: { contents: {}, settings: { seed: 1 } } },
  };
}

test("two runs at a time in one folder are refused; the claim of a process that is gone is void", async () => {
  const path = join(folder, "shared", "training.ckpt");
  let second: Promise<unknown> | undefined;
  await train({
    ...(await options(path)),
    onSample: () => {
      second ??= options(path)
        .then(train)
        .catch((error: unknown) => error);
    },
  });
  expect(await second).toMatchObject({
    name: "TrainingError",
    message: `${path}: process ${process.pid} trains with this checkpoint; wait for it, give another folder, or remove ${path}.lock if that process is another program`,
  });
  expect(readdirSync(join(folder, "shared"))).toEqual(["training.ckpt"]);
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  writeFileSync(`${path}.lock`, `${dead} 1\n`);
  expect((await train(await options(path))).resumedFrom).toBe(48);
});
