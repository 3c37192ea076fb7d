import { expect, test } from "vitest";
import { measureColumn, titleOf, valueText, valueWithUnit } from "../../page/measure-units.ts";

test.each([
  ["microseconds", 36.06, "microseconds (us at the described clock)", "36.1", "36.1 us at the described clock"],
  ["memory.ring", 12018, "memory.ring (B)", "12,018", "12,018 B"],
  ["accuracy", 0.81, "accuracy (%)", "81.0", "81.0 %"],
  ["deadlineMisses", 3, "deadlineMisses", "3", "3"],
])("%s: its unit is in titles and beside values, of times with the origin of the clock", (name, value, ...texts) => {
  const column = measureColumn(name);
  expect([titleOf(column), valueText(column, value), valueWithUnit(column, value)]).toEqual(texts);
});
