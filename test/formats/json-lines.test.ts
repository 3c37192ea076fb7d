import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readLines } from "../../formats/json-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-lines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = join(folder, "lines.jsonl");
const read = (text: string) => {
  writeFileSync(path, text);
  return [...readLines(path)];
};

test("lines with their numbers and places; empty ones count and are left out; the last may be torn", () => {
  expect([...readLines(join(folder, "absent"))]).toEqual([]);
  expect(read("")).toEqual([]);
  expect(read("\n\n")).toEqual([]);
  expect(read('{"a":"é"}\n\nb\nto')).toEqual([
    { number: 1, text: '{"a":"é"}', torn: false, start: 0 },
    { number: 3, text: "b", torn: false, start: 12 },
    { number: 4, text: "to", torn: true, start: 14 },
  ]);
});

test("lines that are longer than what is read at once are whole, characters of several bytes too", () => {
  // 3 B each, so that the borders of what is read at once fall into characters.
  const long = ["€".repeat(900_000), `x${"€".repeat(700_000)}`, "", "end"];
  const lines = read(long.join("\n"));
  expect(lines.map(({ text }) => text)).toEqual(long.filter((text) => text !== ""));
  expect(lines.map(({ start }) => start)).toEqual([0, 2_700_001, 4_800_004]);
  expect(lines.map(({ torn }) => torn)).toEqual([false, false, true]);
});
