import { describe, expect, test } from "vitest";
import type { QuantisationReport } from "../../compiler/quantisation-report.ts";
import { quantisationTables, rateWarnings } from "../../report/quantisation.ts";
import { renderTables } from "../../report/table.ts";
import { expectGolden } from "./golden.ts";

const REPORT: QuantisationReport = {
  projections: [
    {
      name: "sound -> hidden",
      synapses: 8960,
      weightBits: 4,
      weightFraction: 3,
      lsb: 0.125,
      weightShift: 2,
      fractionBitsLost: 0,
      rangeUsed: 3 / 7,
      clippedShare: 0.0125,
      zeroedShare: 0.46,
      sqnrDb: 11.24,
    },
  ],
  populations: [
    {
      name: "hidden",
      kind: "lif",
      membraneBits: 16,
      membraneFraction: 9,
      lsb: 2 ** -9,
      range: 60,
      limit: 64,
      accumulatorFraction: 5,
      currentShift: 4,
      bound: {} as QuantisationReport["populations"][number]["bound"],
      threshold: { least: 512, largest: 512, relativeError: 0 },
      decay: { neuron: 0, wanted: 0.7788, code: 3190, effective: 0.77881, tauMs: 20, effectiveTauMs: 20.001 },
    },
  ],
  learning: null,
  warnings: ["projection sound -> hidden: 46.0 % of the non-zero weights round to 0"],
};

describe("quantisation report", () => {
  test("a silent population is named with threshold code, largest weight code and what was zeroed", () => {
    // Largest code 3 of 7, weightShift 2 and currentShift 4: 3 << 6 in membrane LSB.
    expect(rateWarnings(REPORT, [{ population: "hidden", float: 42, fixed: 0 }])).toEqual([
      "hidden is silent: it fires 0.0 Hz in fixed point, 42.0 Hz in float: threshold code 512; " +
        "sound -> hidden: largest weight code 3 (192 in membrane LSB), 46.0 % of the weights are 0, 1.3 % clipped",
    ]);
  });

  test.each([
    [42, 20, "has collapsed"],
    [42, 85, "runs away"],
  ])("%d Hz in float, %d Hz in fixed point: %s", (float, fixed, kind) => {
    expect(rateWarnings(REPORT, [{ population: "hidden", float, fixed }])[0]).toContain(`hidden ${kind}: `);
  });

  test.each([
    [42, 40],
    [42, 21],
    [42, 84],
    [0.05, 0],
    [0, 0],
  ])("%d Hz in float, %d Hz in fixed point: nothing to say", (float, fixed) => {
    expect(rateWarnings(REPORT, [{ population: "hidden", float, fixed }])).toEqual([]);
  });

  test("tables", () => {
    const tables = quantisationTables(REPORT, [{ population: "hidden", float: 42, fixed: 39.5 }]);
    expectGolden("quantisation.txt", renderTables(tables, "text"));
  });
});
