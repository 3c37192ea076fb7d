import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { appendRun, readRuns } from "../../experiments/run-store.ts";
import { handMadeFolds } from "./hand-made.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-runs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [first, second, third] = handMadeFolds("snn-both", { right: 12 });

test("runs come back as they were appended", () => {
  const path = join(folder, "new", "runs.jsonl");
  expect(readRuns(path)).toEqual({ runs: [], faults: [] });
  appendRun(path, first!);
  appendRun(path, second!);
  expect(readRuns(path)).toEqual({ runs: [first, second], faults: [] });
  expect(readFileSync(path, "utf8").split("\n").length).toBe(3);
});

test("a torn last line is passed over and reported, and the next run begins a line of its own", () => {
  const path = join(folder, "torn.jsonl");
  appendRun(path, first!);
  appendRun(path, second!);
  truncateSync(path, readFileSync(path).length - 40);
  const torn = readRuns(path);
  expect(torn.runs).toEqual([first]);
  expect(torn.faults).toEqual([`${path}, line 2: the last line is torn and is passed over`]);
  appendRun(path, third!);
  const after = readRuns(path);
  expect(after.runs).toEqual([first, third]);
  expect(after.faults.length).toBe(1);
});

test("a line whose contents were changed does not count", () => {
  const path = join(folder, "changed.jsonl");
  appendRun(path, first!);
  writeFileSync(path, readFileSync(path, "utf8").replace('"fold":0,"model"', '"fold":3,"model"'));
  const { runs, faults } = readRuns(path);
  expect(runs).toEqual([]);
  expect(faults[0]).toMatch(/is not that of its contents/);
});

test("of a run that stands there twice the first counts", () => {
  const path = join(folder, "twice.jsonl");
  appendRun(path, first!);
  appendFileSync(path, `${JSON.stringify({ ...first, seconds: 99 })}\n`);
  const { runs, faults } = readRuns(path);
  expect(runs).toEqual([first]);
  expect(faults[0]).toMatch(/a second time/);
});
