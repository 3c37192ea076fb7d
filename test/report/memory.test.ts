import { describe, expect, test } from "vitest";
import { memoryReport, memoryTable } from "../../report/memory.ts";
import { registerParts } from "../../report/registers.ts";
import { renderTable } from "../../report/table.ts";
import { whatIfTable } from "../../report/what-if.ts";
import { expectGolden } from "./golden.ts";
import { SMALL } from "./manifest-fixture.ts";

describe("memory report", () => {
  const report = memoryReport(SMALL);
  const row = (structure: string) => report.rows.find((candidate) => candidate.structure === structure)!;

  test("synapses: 25 of mixed layouts in 14 words of 2 lanes", () => {
    expect(row("synapses")).toMatchObject({
      entries: 25,
      bitsPerEntry: 9.2, // (15 x 10 + 10 x 8) / 25
      usefulBits: 230,
      macroBits: 14 * 24,
      // 3 rows with one empty lane; 10 synapses of 8 bits in 10; 4 bits of each macro word.
      padding: { lanes: 30, layout: 20, macro: 56 },
      bytes: 42,
      capacityBytes: 1024,
      leftBytes: 982,
    });
  });

  test("ring: slots by neurons, an empty lane in every slot, all banks counted", () => {
    expect(row("ring")).toMatchObject({
      entries: 22,
      bitsPerEntry: 16,
      usefulBits: 352,
      macroBits: 13 * 16 * 2,
      padding: { lanes: 64, layout: 0, macro: 0 },
      leftBytes: null,
    });
  });

  test("useful bits and the three kinds of padding are all bits of the macro", () => {
    for (const { usefulBits, padding, macroBits } of report.rows) {
      expect(usefulBits + padding.lanes + padding.layout + padding.macro).toBe(macroBits);
    }
  });

  test("shares add up to one with the registers; there is no learning memory", () => {
    const shares = report.rows.reduce((sum, { share }) => sum + share, report.registers.share);
    expect(shares).toBeCloseTo(1, 12);
    expect(report.totals.learningBytes).toBe(0);
    expect(report.totals.withoutLearningBytes).toBe(report.totals.bytes);
    expect(report.totals.bytes).toBe(report.totals.memoryBytes + report.totals.registerBytes);
  });

  test("registers: literal parts", () => {
    const parts = Object.fromEntries(registerParts(SMALL).map(({ part, bits }) => [part, bits]));
    expect(parts).toMatchObject({
      heads: 2, // 4 slots; one slot needs no head
      lanes: 2 * (4 + 32),
      "FIFO control": 2 * (2 + 2 + 3),
      counters: 32 * (15 + 9 + 2),
      sequencer: 207,
      decision: 3 * 32 + 2,
    });
    expect(parts["valid bits"]).toBeUndefined();
  });

  test("valid bits are a flip-flop for each entry that is cleared", () => {
    const parts = registerParts({ ...SMALL, core: { ...SMALL.core, clear: "valid" } });
    expect(parts.find(({ part }) => part === "valid bits")?.bits).toBe(13 * 2 + 4 + 2);
  });

  test("table as text and as Markdown", () => {
    expectGolden("memory.txt", renderTable(memoryTable(report), "text"));
    expectGolden("memory.md", renderTable(memoryTable(report), "markdown"));
  });

  test("what-if columns: a variant that is not possible shows its reason", () => {
    const table = whatIfTable("What if", [
      { name: "ring", report, reason: null },
      { name: "spike-ring", report: null, reason: "synaptic delays are refused" },
    ]);
    expect(table.columns.map(({ title }) => title)).toEqual(["kB", "ring", "spike-ring"]);
    expect(table.rows.find(([name]) => name === "synapses")).toEqual(["synapses", "0.04", "-"]);
    expect(table.notes).toEqual(["spike-ring: synaptic delays are refused"]);
  });
});
