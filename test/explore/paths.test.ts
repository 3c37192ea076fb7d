import { expect, test } from "vitest";
import { formatPath, PathError, parsePath, setAt } from "../../explore/paths.ts";

test.each([
  ["core.weights.bits", ["core", "weights", "bits"]],
  ["network.projections[12].delays.max", ["network", "projections", 12, "delays", "max"]],
  ['core.weights.projections["sound -> hidden"].bits', ["core", "weights", "projections", "sound -> hidden", "bits"]],
  ["network.populations.hidden-2.size", ["network", "populations", "hidden-2", "size"]],
])("%s is read and written", (text, path) => {
  expect(parsePath(text)).toEqual(path);
  expect(formatPath(path)).toBe(text);
});

test.each(["", ".", "a..b", "a.", "a[b]", "a[-1]", 'a["b]', "a b", "a.__proto__.b", '["__proto__"]'])(
  "%o is refused",
  (text) => {
    expect(() => parsePath(text)).toThrow(PathError);
  },
);

test("a value is set in a copy, objects that are missing are made, all else is shared", () => {
  const before = { core: { lanes: 4 }, list: [{ a: 1 }, { b: 2 }] };
  const after = setAt(before, parsePath("core.weights.bits"), 6) as typeof before;
  expect(after).toEqual({ core: { lanes: 4, weights: { bits: 6 } }, list: [{ a: 1 }, { b: 2 }] });
  expect(before).toEqual({ core: { lanes: 4 }, list: [{ a: 1 }, { b: 2 }] });
  expect(after.list).toBe(before.list);
  expect(setAt(before, parsePath("list[1].b"), 3)).toEqual({ core: { lanes: 4 }, list: [{ a: 1 }, { b: 3 }] });
});

test.each([
  ["list[2].b", /list has 2 entries; the last is \[1\]/],
  ["core[0]", /core is not a list/],
  ["core.lanes.bits", /core.lanes is 4, which has no fields/],
  ["list.a", /list is \[\{.*which has no fields/],
])("%s cannot be set, and the message says where", (path, message) => {
  expect(() => setAt({ core: { lanes: 4 }, list: [{}, {}] }, parsePath(path), 1)).toThrow(message);
});

test("names that every object inherits are no fields", () => {
  expect(setAt({}, ["constructor", "name"], "x")).toEqual({ constructor: { name: "x" } });
  expect(({} as { name?: string }).name).toBeUndefined();
});
