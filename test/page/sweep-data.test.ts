import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readSweepResults } from "../../page/read-results.ts";
import { sweepReport } from "../../page/sweep-data.ts";
import { HOSTILE, resultFile, resultOf } from "./results-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-page-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const MAKING = { mora: "9.9.9", date: new Date("2026-11-26T04:10:59Z") };

describe("the data of a sweep's page", () => {
  const lines = Array.from({ length: 200 }, (_, n) => resultOf(n));
  const { head, data } = sweepReport("some.jsonl", lines, ["a note"], MAKING);

  test("has a column for each axis, numbers in order, and for each measure that is not 0 everywhere", () => {
    expect(data.axes.map(({ name, numeric }) => [name, numeric])).toEqual([
      ["bits", true],
      ["scheme", false],
      ["tau", true],
    ]);
    expect(data.axes[0]!.values).toEqual([4, 6, 8]);
    expect(data.axes[1]!.values).toEqual(["ring", "queue", HOSTILE[1]]);
    expect(data.axes[2]!.values).toHaveLength(200);
    const names = data.measures.map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(["accuracy", "memory", "cycles", "microseconds"]);
    expect(names).toContain("memory.synapses");
    expect(names).toContain("synapticOps");
    expect(names).not.toContain("deadlineMisses");
    expect(names).not.toContain("memory.learning");
    expect(data.measures.find(({ name }) => name === "memory.ring")!.unit).toBe("B");
  });

  test("has what each design chose, measured and broke", () => {
    expect(data.choices[4]).toEqual([1, 1, 4]);
    const measure = (name: string): number => data.measures.findIndex((column) => column.name === name);
    expect(data.values[4]![measure("memory")]).toBe(6104);
    expect(data.values[4]![measure("cycles")]).toBe(5000 + 10 * ((4 * 7919) % 1000));
    expect(data.right[4]).toEqual([164, 200]);
    expect(data.status.slice(8, 11)).toEqual([0, 1, 0]);
    expect(data.right[9]).toBeNull();
    expect(data.reasons[9]).toEqual([
      { kind: "capacity", what: "synapses", by: 4464, text: expect.stringMatching(/70,000 B/) },
    ]);
    expect(data.reasons[96]).toEqual([{ kind: "failed", what: "evaluation", by: null, text: `${HOSTILE[0]}: failed` }]);
    expect(data.reasons[4]).toBeUndefined();
  });

  test("says in its head when, by what, of which data and how much", () => {
    const facts = Object.fromEntries(head.facts.map(({ label, text }) => [label, text]));
    expect(facts["Page made"]).toBe("2026-11-26 04:10 UTC by mora 9.9.9");
    expect(facts.Data).toBe("SHA-256 0123456789abcdef… (h5), 100 steps");
    expect(facts["Samples a design"]).toBe("n = 200");
    expect(facts.Designs).toBe("200: 178 done, 20 infeasible, 2 failed");
    expect(head.notes).toEqual(["a note"]);
  });

  test("takes seeds of a design as one: means, and the accuracy over all their samples", () => {
    const [first, second] = [resultOf(0), resultOf(3)];
    const seeds = [
      { ...first, seed: 1 },
      { ...second, seed: 2, choices: first.choices },
    ];
    const { data: page } = sweepReport("some.jsonl", seeds, [], MAKING);
    expect(page.seeds).toEqual([2]);
    expect(page.right).toEqual([[140 + 143, 400]]);
    expect(page.values[0]![page.measures.findIndex(({ name }) => name === "memory")]).toBe((4000 + 4103) / 2);
  });

  test("leaves lines of other data out, and says how many", () => {
    const other = resultOf(300);
    const elsewhere = { ...other, identity: { ...other.identity, data: { ...other.identity.data, steps: 50 } } };
    expect(sweepReport("some.jsonl", [elsewhere, ...lines], [], MAKING).head.notes).toEqual([
      "1 lines of other data, versions or budgets are left out",
    ]);
  });
});

describe("reading a result file", () => {
  test("a torn last line is a note, and the rest counts", () => {
    const { lines, notes } = readSweepResults(file("torn.jsonl", resultFile(3).slice(0, -40)));
    expect(lines.size).toBe(2);
    expect(notes).toEqual([
      expect.stringMatching(/torn\.jsonl, line 3: is torn, as a kill leaves it; it does not count/),
    ]);
  });

  test("a line that was changed is a note; many of them are counted", () => {
    const changed = JSON.stringify({ ...resultOf(0), key: "0".repeat(64) });
    const { notes } = readSweepResults(file("changed.jsonl", `${resultFile(1)}${`${changed}\n`.repeat(11)}`));
    expect(notes).toHaveLength(9);
    expect(notes[0]).toMatch(/changed\.jsonl, line 2: is no result line, or was changed/);
    expect(notes[8]).toBe("and 3 more lines that do not count");
  });

  test.each([
    ["nothing.jsonl", "", /nothing\.jsonl: holds no result; make some with mora sweep/],
    ["words.jsonl", "hello\nworld\n", /words\.jsonl: holds no result that counts: line 1: is no result line/],
    [
      "mixed.jsonl",
      `${resultFile(2)}{"schema":"mora/other/1"}\n`,
      /mixed\.jsonl, line 3: holds "mora\/other\/1", among lines of "mora\/result\/1"; give each kind/,
    ],
  ])("%s is refused", (name, text, message) => {
    expect(() => readSweepResults(file(name, text))).toThrow(message);
  });
});
