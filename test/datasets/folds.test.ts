import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { foldsOf, readKeys, type SampleKey, splitValidation, splitWhere } from "../../datasets/folds.ts";
import { joinDatasets } from "../../datasets/join.ts";
import { openDataset } from "../../datasets/open.ts";
import { yinYangDataset } from "../../datasets/yin-yang.ts";
import { expectFault } from "./scratch.ts";

const DIGITS = fileURLToPath(new URL("../../../shared/data/fsdd_cochlea_test.h5.gz", import.meta.url));
const missing = !existsSync(DIGITS);
if (missing) console.warn(`skipped: folds of FSDD-cochlea, ${DIGITS} is not there`);

function keysOf(takes: readonly number[]): SampleKey[] {
  return takes.map((take) => ({ label: 0, meta: { take } }));
}

describe("folds", () => {
  test("are the take mod 5", () => {
    expect([...foldsOf(keysOf([0, 1, 4, 5, 6, 49, 7]))]).toEqual([0, 1, 4, 0, 1, 4, 2]);
    expect([...foldsOf(keysOf([0, 1, 4, 5]), { folds: 3 })]).toEqual([0, 1, 1, 2]);
  });

  test("go by another field", () => {
    const keys = [0, 3, 5].map((speaker) => ({ label: 0, meta: { speaker, take: 1 } }));
    expect([...foldsOf(keys, { field: "speaker", folds: 6 })]).toEqual([0, 3, 5]);
  });

  test("need a whole number in every sample's meta", async () => {
    const keys: SampleKey[] = [...keysOf([3]), { label: 0, meta: { speaker: 2 } }];
    const fault = await expectFault(() => foldsOf(keys, { file: "digits" }), "missing-dataset");
    expect(fault.message).toBe(
      "digits: take, sample 1: the sample has no take; give a field that numbers the recordings; this sample has speaker",
    );
    await expectFault(() => foldsOf(keysOf([1, 0.5])), "not-a-number");
    await expectFault(() => foldsOf(keysOf([-1])), "not-a-number");
    await expectFault(() => foldsOf(keysOf([1]), { folds: 1 }), "option-range");
  });

  test("keys are labels and meta in order", async () => {
    const keys = await readKeys(yinYangDataset({ samples: 7 }));
    expect(keys.map(({ label }) => label)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(Object.keys(keys[0]!.meta)).toEqual(["x", "y"]);
  });

  test.skipIf(missing)("of FSDD-cochlea: every fold has each speaker and digit equally often", async () => {
    const digits = joinDatasets([await openDataset(DIGITS)]);
    try {
      const keys = await readKeys(digits);
      const folds = foldsOf(keys, { file: digits.name });
      for (let fold = 0; fold < 5; fold++) {
        const { matching, rest } = splitWhere(folds, (f) => f === fold);
        expect([matching.length, rest.length]).toEqual([60, 240]);
        const cells = new Set(Array.from(matching, (n) => `${keys[n]!.meta.speaker} ${keys[n]!.label}`));
        // 6 speakers, 10 digits; the test file holds takes 0 to 4.
        expect(cells.size).toBe(60);
        expect(new Set(Array.from(matching, (n) => keys[n]!.meta.take))).toEqual(new Set([fold]));
      }
    } finally {
      digits.close();
    }
  });
});

describe("splits", () => {
  test("by a predicate: both parts ascending, every position once", () => {
    const { matching, rest } = splitWhere([5, 6, 7, 8], (item, position) => item === 6 || position === 3);
    expect([[...matching], [...rest]]).toEqual([
      [1, 3],
      [0, 2],
    ]);
  });

  test("a tenth of each stratum goes to validation, the same for the same seed", () => {
    const labels = Array.from({ length: 200 }, (_, n) => n % 4);
    const { training, validation } = splitValidation(labels, 0.1, 3);
    const counts = [0, 0, 0, 0];
    for (const n of validation) counts[labels[n]!]! += 1;
    expect(counts).toEqual([5, 5, 5, 5]);
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual(labels.map((_, n) => n));
    expect([...validation]).toEqual([...validation].sort((a, b) => a - b));
    expect(splitValidation(labels, 0.1, 3)).toEqual({ training, validation });
    expect(splitValidation(labels, 0.1, 4).validation).not.toEqual(validation);
  });

  test("of some positions only: the rest, a test fold, is in neither part", () => {
    const takes = Array.from({ length: 100 }, (_, n) => n % 50);
    const { matching, rest } = splitWhere(takes, (take) => take % 5 === 2);
    const { training, validation } = splitValidation(takes, 0.1, 1, rest);
    expect([training.length, validation.length, matching.length]).toEqual([72, 8, 20]);
    const used = new Set([...training, ...validation]);
    expect([...matching].filter((n) => used.has(n))).toEqual([]);
    // Strata of two samples: a tenth of the 40 takes gives 8 samples of 8 takes.
    expect(new Set(Array.from(validation, (n) => takes[n])).size).toBe(8);
  });

  test("no share gives no validation part", () => {
    const { training, validation } = splitValidation([0, 1, 0], 0, 1);
    expect([[...training], [...validation]]).toEqual([[0, 1, 2], []]);
  });
});
