/** Registers and exponent table of the decision unit, with literal numbers. */

import { describe, expect, test } from "vitest";
import { exponentTable, placeDecision, tableShift } from "../../compiler/decision-tables.ts";
import { quantise } from "../../compiler/quantise.ts";
import { completeCore } from "../../description/complete-core.ts";
import type { CoreDescription } from "../../description/core.ts";
import type { Issue } from "../../description/issues.ts";
import { inputIr, networkIr, readoutIr } from "./small-ir.ts";

const READOUTS = networkIr([inputIr(1), readoutIr(3, { name: "first" }), readoutIr(2, { name: "second" })], []);

function decide(decision: NonNullable<CoreDescription["decision"]>, network = READOUTS) {
  const core = completeCore({ decision });
  const issues: Issue[] = [];
  return { placed: placeDecision(quantise(network, core).network, core, issues), issues };
}

describe("exponent table", () => {
  test("the shift is the smallest with which the table reaches ln(2^X) + 1", () => {
    // ln(2^12) + 1 = 9.32; 256 entries of 2^-10: 2^(8+s-10) >= 9.32 with s = 6 (16), not 5 (8).
    expect(tableShift({ bits: 12, entriesLog2: 8 }, { membraneBits: 24, membraneFraction: 10 })).toBe(6);
    expect(tableShift({ bits: 12, entriesLog2: 8 }, { membraneBits: 16, membraneFraction: 2 })).toBe(0);
  });
  test("the shift stops where the table holds every difference", () => {
    expect(tableShift({ bits: 12, entriesLog2: 8 }, { membraneBits: 16, membraneFraction: 60 })).toBe(8);
  });
  test("entries are round((2^X - 1) exp(-i 2^s LSB))", () => {
    const table = exponentTable({ bits: 8, entriesLog2: 3 }, 2, 2);
    expect([...table]).toEqual([255, 94, 35, 13, 5, 2, 1, 0]);
  });
});

describe("registers", () => {
  test("the last readout is decided on unless another is named", () => {
    expect(decide({}).placed!.registers.population).toBe(2);
    expect(decide({ population: "first" }).placed!.registers.population).toBe(1);
    expect(decide({ population: "frist" }).issues[0]).toMatchObject({
      path: "decision.population",
      remedy: 'did you mean "first"?',
    });
  });
  test("a readout of one class is refused", () => {
    const { placed, issues } = decide({}, networkIr([inputIr(1), readoutIr(1)], []));
    expect(placed).toBeNull();
    expect(issues[0]).toMatchObject({ path: "population digit", value: 1 });
  });
  test("no unit or no readout: nothing to decide", () => {
    expect(decide("none").placed).toBeNull();
    expect(decide({}, networkIr([inputIr(1)], [])).placed).toBeNull();
  });
  test("a softmax margin is in summed probability, 2^-X a score LSB", () => {
    const { registers } = decide({ at: { margin: 1.5, minSteps: 4 } }).placed!;
    expect(registers).toMatchObject({ at: "margin", margin: 6144, minSteps: 4, step: 0 });
  });
  test("a sum margin is in threshold units, a membrane LSB a score LSB", () => {
    // A readout that nothing reaches has a range of 1, hence 14 fraction bits.
    const { registers } = decide({ rule: "sum", at: { margin: 2 } }).placed!;
    expect(registers).toMatchObject({
      rule: "sum",
      margin: 32_768,
      minSteps: 1,
      tableBits: 0,
      tableEntriesLog2: 0,
      tableShift: 0,
    });
  });
  test("a margin beyond the score is refused with its limit", () => {
    const { issues } = decide({ at: { margin: 10 }, scoreBits: 16 });
    expect(issues[0]!.problem).toBe(
      "is 40960 score LSB, and a score of 16 bits reaches 32767 (7.999755859375 in the margin's units)",
    );
  });
});
