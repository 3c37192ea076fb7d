import { expect, test } from "vitest";
import { binCentre, tabledSoftmax } from "../../validation/tables.ts";

test("a distance falls into the bin of its magnitude; beyond the table there is no centre", () => {
  expect([0, 7, -7, 8, 23].map((distance) => binCentre(distance, 3, 2))).toEqual([4, 4, 4, 12, 20]);
  expect([24, -100].map((distance) => binCentre(distance, 3, 2))).toEqual([null, null]);
});

test("a table as fine as the membrane has the softmax", () => {
  const out = new Float64Array(3);
  tabledSoftmax(Int32Array.of(512, 256, 0), { tableShift: 0, tableEntriesLog2: 12 }, 8, out);
  const sum = 1 + Math.exp(-1) + Math.exp(-2);
  expect(Array.from(out)).toEqual([1, Math.exp(-1), Math.exp(-2)].map((e) => expect.closeTo(e / sum, 12)));
});

test("entries apart round the difference to the maximum, and the last one bounds it", () => {
  const out = new Float64Array(3);
  // Steps of 256 LSB, 1 threshold unit; two entries: 0 and 1.
  tabledSoftmax(Int32Array.of(512, 400, 0), { tableShift: 8, tableEntriesLog2: 1 }, 8, out);
  const sum = 2 + Math.exp(-1);
  expect(Array.from(out)).toEqual([1, 1, Math.exp(-1)].map((e) => expect.closeTo(e / sum, 12)));
});
