import { expect, test } from "vitest";
import { ARMS, armOf } from "../../experiments/arms.ts";
import { decidesOf, runKey } from "../../experiments/decides.ts";
import { canonicalJson, keyOf } from "../../formats/canonical.ts";

test("the order of fields and undefined ones do not count, the order of lists does", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: -0, e: undefined })).toBe(
    '{"a":0,"b":[1,{"c":"x","d":null}]}',
  );
  expect(keyOf({ a: 1, b: 2 })).toBe(keyOf({ b: 2, a: 1 }));
  expect(keyOf([1, 2])).not.toBe(keyOf([2, 1]));
});

test("the key of a value never changes: SHA-256 of its canonical JSON", () => {
  expect(keyOf({ b: 2, a: 1 })).toBe("43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777");
});

test("what is no plain data is refused", () => {
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError);
  expect(() => canonicalJson({ a: new Uint8Array(2) })).toThrow(TypeError);
});

test("a key survives JSON, and differs with everything that decides", () => {
  const run = { arm: armOf("snn-both"), fold: 0, seed: 101 };
  expect(keyOf(JSON.parse(JSON.stringify(decidesOf(run))))).toBe(runKey(run));
  const others = [
    { ...run, fold: 1 },
    { ...run, seed: 102 },
    { ...run, arm: { ...run.arm, epochs: 3 } },
    { ...run, arm: { ...run.arm, core: { ...run.arm.core, remainder: 2 } } },
    { ...run, arm: { ...run.arm, data: "digits-official" as const } },
    { ...run, arm: { ...run.arm, model: "float" as const } },
  ];
  expect(new Set([run, ...others].map(runKey)).size).toBe(7);
  expect(runKey({ ...run, arm: { ...run.arm, name: "renamed", title: "Renamed" } })).toBe(runKey(run));
});

test("no two arms are one run, and names are names", () => {
  const names = ARMS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  expect(new Set(ARMS.map((arm) => runKey({ arm, fold: 0, seed: 101 }))).size).toBe(ARMS.length);
});
