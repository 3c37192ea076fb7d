import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { SPOKEN_DIGITS } from "../../experiments/rates.ts";
import { bestOf, FAMILY_NAMES, readTrials, trialKey, trialsOf, tuningTable } from "../../experiments/tuning.ts";

const results = readTrials(fileURLToPath(new URL("../../docs/results", import.meta.url)));

test.each(FAMILY_NAMES)("the factors of %s are those that did best on the validation part, among five", (family) => {
  expect(trialsOf(family)).toHaveLength(5);
  expect(new Set(trialsOf(family).map(({ trial }) => trialKey(trial))).size).toBe(5);
  expect(bestOf(family, results)).toEqual(SPOKEN_DIGITS.factors[family]);
});

test("a missing trial leaves the choice open, and the table says which was chosen", () => {
  const [first] = trialsOf("snn-both");
  const without = new Map(results);
  without.delete(trialKey(first!.trial));
  expect(bestOf("snn-both", without)).toBeNull();
  const rows = tuningTable(results).rows;
  expect(rows).toHaveLength(FAMILY_NAMES.length);
  for (const row of rows) expect(row.filter((cell) => String(cell).endsWith("*"))).toHaveLength(1);
});
