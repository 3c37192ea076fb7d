import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectRefusal, moraJson } from "./run-main.ts";

const root = join(import.meta.dirname, "../..");
const example = join(root, "examples/spoken-digits.ts");
const shared = join(root, "../shared/data");
const digits = join(shared, "fsdd_cochlea_test.h5.gz");
const absent = [digits, join(shared, "trained/snn_syn.h5")].find((path) => !existsSync(path));

test.skipIf(absent !== undefined)(
  `trained weights from a file, through the description and the command line (needs ${absent ?? "nothing that is absent"})`,
  async () => {
    const options = ["--group", "5", "--steps", "120", "--float", "--no-by-step", "--no-specialise"];
    const { accuracy, float, data } = await moraJson("mora/run/1", "run", example, "--data", digits, ...options);
    expect([data.samples, data.group, data.timestepMs]).toEqual([300, 5, 5]);
    // 82.00 %: what an independent float64 forward pass gives (trained/README.md beside the weights).
    expect(float!.expectedRule).toMatchObject({ correct: 246, n: 300 });
    // The limit for 8-bit weights: no network loses over 3 points.
    expect(accuracy!.correct).toBeGreaterThanOrEqual(float!.coreRule.correct - 9);
  },
  60_000,
);

test("weights that are not where MORA_TRAINED says: file, place and remedy", async () => {
  process.env.MORA_TRAINED = "/nowhere/weights.h5";
  try {
    await expectRefusal(
      1,
      /spoken-digits\.ts: 3 mistakes.*projections\[0\]\.weights.*\/nowhere\/weights\.h5/s,
      "size",
      example,
    );
  } finally {
    delete process.env.MORA_TRAINED;
  }
});
