import { expect, test } from "vitest";
import { allChoices, axisOf, choicesAt, shareOf, valueAt } from "../../explore/axis.ts";
import type { Axis } from "../../explore/space.ts";

const axes = (description: Record<string, Axis>) =>
  Object.entries(description).map(([name, axis]) => axisOf(name, axis));

test("of a list every value has an equal part of the axis", () => {
  const axis = axisOf("bits", { path: "core.weights.bits", values: [4, 6, 8] });
  expect([0, 0.33, 0.34, 0.66, 0.67, 0.999, 1].map((u) => valueAt(axis, u))).toEqual([4, 4, 6, 6, 8, 8, 8]);
  expect(axis.values!.map((value) => valueAt(axis, shareOf(axis, value)!))).toEqual([4, 6, 8]);
  expect([axis.ordered, axisOf("w", { path: "core.x", values: ["a"] }).ordered]).toEqual([true, false]);
});

test("ranges end where they say; whole ones have their numbers, log ones equal factors", () => {
  const path = "core.lanes";
  expect(axisOf("x", { path, range: [2, 5], whole: true }).values).toEqual([2, 3, 4, 5]);
  expect(axisOf("x", { path, range: [0.01, 1], scale: "log", levels: 3 }).values).toEqual([0.01, 0.1, 1]);
  expect(axisOf("x", { path, range: [1, 64], scale: "log", levels: 7, whole: true }).values).toEqual([
    1, 2, 4, 8, 16, 32, 64,
  ]);
  const log = axisOf("x", { path, range: [1e-4, 1], scale: "log" });
  expect([log.values, valueAt(log, 0), valueAt(log, 0.5), valueAt(log, 1)]).toEqual([null, 1e-4, 0.01, 1]);
  expect(shareOf(log, 0.01)).toBeCloseTo(0.5, 12);
  expect(shareOf(log, 2)).toBeUndefined();
});

test("an axis counts only where its condition holds, and a condition on one that does not count does not", () => {
  const nested = axes({
    scheme: { path: "core.delays.scheme", values: ["ring", "queue"] },
    entries: { path: "core.delays.entries", values: [64, 128], when: { scheme: "queue" } },
    deep: { path: "core.macroStep", values: [1, 8], when: { entries: [128] } },
  });
  expect([...allChoices(nested)]).toEqual([
    { scheme: "ring" },
    { scheme: "queue", entries: 64 },
    { scheme: "queue", entries: 128, deep: 1 },
    { scheme: "queue", entries: 128, deep: 8 },
  ]);
  expect(choicesAt(nested, [0.1, 0.9, 0.9])).toEqual({ scheme: "ring" });
  expect(choicesAt(nested, [0.6, 0.9, 0.9])).toEqual({ scheme: "queue", entries: 128, deep: 8 });
});

test("an option sets paths of its own, an axis may set several", () => {
  const [scheme, bits] = axes({
    scheme: { options: { plain: {}, queue: { "core.delays.scheme": "queue", "core.delays.entries": 9 } } },
    bits: { path: ["core.weights.bits", "core.membrane.bits"], values: [8] },
  });
  expect(scheme!.assign("plain")).toEqual([]);
  expect(scheme!.assign("queue").map(({ content }) => content)).toEqual(["queue", 9]);
  expect(bits!.assign(8).map(({ path }) => path.join("."))).toEqual(["core.weights.bits", "core.membrane.bits"]);
});
