/** What the reports say of a core that learns. */

import { describe, expect, test } from "vitest";
import { PHASES } from "../../assembly/layout.ts";
import { compileIr } from "../../compiler/compile.ts";
import { LEARNING_MEMORIES } from "../../image/learning-shapes.ts";
import { disassembleRow } from "../../report/disassemble.ts";
import { registerTables } from "../../report/image-tables.ts";
import { learningParts } from "../../report/learning-registers.ts";
import { memoryReport, memoryTable } from "../../report/memory.ts";
import { LEARNING_PHASES, PHASE_NAMES, PHASE_ORDER } from "../../report/names.ts";
import { quantisationTables } from "../../report/quantisation.ts";
import { renderTable } from "../../report/table.ts";
import { learningNetwork, smallNetwork } from "../compiler/learning-ir.ts";

const compiled = compileIr(learningNetwork({ updateEvery: 1, filtered: true }), { preset: "learning" });
const plain = compileIr(smallNetwork(), {});

describe("memory report", () => {
  const report = memoryReport(compiled.image.manifest);
  test("totals with and without the learning memories", () => {
    const own = report.rows.filter(({ structure }) => (LEARNING_MEMORIES as readonly string[]).includes(structure));
    const memories = own.reduce((sum, { bytes }) => sum + bytes, 0);
    const registers = learningParts(compiled.image.manifest).reduce((sum, { bits }) => sum + bits, 0) / 8;
    expect(memories).toBe(22 * 26 + 64 * 4 + 4 * 2 + 4 * 4 + 4 * 2 * 4 + 30 * 16 + 36 * 16 + 6 * 2);
    expect(report.totals.learningBytes).toBe(memories + registers);
    expect(report.totals.withoutLearningBytes + report.totals.learningBytes).toBe(report.totals.bytes);
    expect(memoryReport(plain.image.manifest).totals.learningBytes).toBe(0);
  });
  test("useful bits and padding are all bits of the macros", () => {
    for (const { structure, usefulBits, padding, macroBits, entries } of report.rows) {
      expect(usefulBits + padding.lanes + padding.layout + padding.macro).toBe(macroBits);
      expect(Math.min(padding.lanes, padding.layout, padding.macro)).toBeGreaterThanOrEqual(0);
      expect(entries > 0 || macroBits === 0, structure).toBe(true);
    }
    // 60 and 24 synapses, a weight and a delay of 16 bits each.
    expect(report.rows.find(({ structure }) => structure === "eligibilities")).toMatchObject({
      entries: 84,
      bitsPerEntry: 32,
      words: 30,
    });
  });
  test("the table names what learning takes", () => {
    const text = renderTable(memoryTable(report), "text");
    expect(text).toMatch(/total without learning +\d/);
    expect(text).toContain("Learning: ");
    expect(text).toContain("eligibilities 0.47");
    expect(renderTable(memoryTable(memoryReport(plain.image.manifest)), "text")).toContain("Learning memories: none");
  });
  test("registers: events of channels, counters", () => {
    const parts = Object.fromEntries(learningParts(compiled.image.manifest).map(({ part, bits }) => [part, bits]));
    expect(parts).toMatchObject({
      "learning events": 10 * 2, // 2 events in a step
      "learning counters": 32 * (2 + 3 + 1 + 9 * 3),
      "learning window": 17 * 12 + 4 * 24,
    });
    expect(learningParts(plain.image.manifest)).toEqual([]);
  });
});

test("an image's tables list traces, hidden populations and learned projections", () => {
  const tables = registerTables(compiled.image.manifest);
  expect(tables.map(({ title }) => title).slice(3)).toEqual([
    "Learning engine",
    "Traces",
    "Hidden populations that learn",
    "Learned projections",
  ]);
  expect(tables[4]!.rows[0]).toEqual(["0", "in, tau of hidden", "in", "3,195", "2^-8", "17", "0"]);
  expect(tables[5]!.rows[0]!.slice(0, 2)).toEqual(["hidden", "symmetric, hidden -> digit"]);
  expect(tables[2]!.rows[0]!.slice(6, 8)).toEqual(["8+4", "4+5"]);
  expect(registerTables(plain.image.manifest)).toHaveLength(3);
});

test("the quantisation report has scales and rates", () => {
  const [scales, rates] = quantisationTables(compiled.report).slice(2);
  expect(scales!.rows.map(([place, quantity]) => `${place}: ${quantity}`)).toContain(
    "projection in -> hidden: eligibility",
  );
  expect(rates!.rows[0]!.slice(0, 5)).toEqual(["in -> hidden", "weights", "0.0625", "0.0625", "1.00"]);
  expect(quantisationTables(plain.report)).toHaveLength(2);
});

test("a disassembled synapse shows the bits below", () => {
  const { image, quantised } = compiled;
  const row = disassembleRow(image, image.manifest.projections[0]!, 0);
  const synapse = row.buckets[0]!.words[0]!.lanes[1]!;
  const stored = quantised.projections[0]!.storedWeight[1]!;
  expect(synapse).toMatchObject({ code: stored >> 4, remainder: stored & 15, delay: 1, fraction: 16 });
});

test("every phase has a name", () => {
  expect(PHASE_NAMES).toHaveLength(PHASES);
  expect(PHASE_NAMES.every((name) => name !== undefined)).toBe(true);
  expect([...PHASE_ORDER].sort((a, b) => a - b)).toEqual(Array.from({ length: PHASES }, (_, p) => p));
  expect(LEARNING_PHASES.map((p) => PHASE_NAMES[p])).toEqual(["trace", "error", "signal", "learn", "apply"]);
});
