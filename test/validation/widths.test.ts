import { describe, expect, test } from "vitest";
import { completeCore } from "../../description/complete-core.ts";
import type { Quantity } from "../../validation/quantities.ts";
import type { ChangeMeasure } from "../../validation/result.ts";
import { emptyParts, type StageParts } from "../../validation/stage-parts.ts";
import { decide } from "../../validation/verdict.ts";
import { isSaturation, WIDTH_PATHS, widthFor, widthOf } from "../../validation/widths.ts";
import { learningCore } from "./networks.ts";

const NONE = { rounding: 0, saturation: 0 };
const WEIGHTS = { parameter: "weights", changeParts: NONE } as const;
const DELAYS = { parameter: "delays", changeParts: NONE } as const;
const PRESET = completeCore(learningCore({}));

function pathOf(
  quantity: Quantity,
  change: Parameters<typeof widthFor>[1],
  parts = emptyParts(),
  core = PRESET,
  keeps = true,
) {
  return widthFor(quantity, change, parts, core, keeps).path;
}

function withParts(change: (parts: StageParts) => void): StageParts {
  const parts = emptyParts();
  change(parts);
  return parts;
}

describe("the width for a quantity", () => {
  test("every path has a value in a core with an engine", () => {
    expect(WIDTH_PATHS.map((path) => widthOf(path, PRESET))).toEqual([12, 8, 6, 12, 8, 12, 16, 16, 16, 4, 5, 8]);
  });

  test("of several, the one whose part of the error is largest", () => {
    const surrogate = (bins: number, codes: number) =>
      withParts((parts) => Object.assign(parts.surrogate, { bins, codes }));
    expect(pathOf("surrogate", WEIGHTS, surrogate(1, 2))).toBe("learning.surrogate.bits");
    expect(pathOf("surrogate", WEIGHTS, surrogate(2, 1))).toBe("learning.surrogate.entriesLog2");
    const error = (entries: number, exponents: number, codes: number) =>
      withParts((parts) => Object.assign(parts.error, { entries, exponents, codes }));
    expect(pathOf("error", WEIGHTS, error(1, 2, 3))).toBe("learning.error.bits");
    expect(pathOf("error", WEIGHTS, error(1, 3, 2))).toBe("decision.table.bits");
    expect(pathOf("error", WEIGHTS, error(3, 2, 1))).toBe("decision.table.entriesLog2");
  });

  test("none where the range clips: a finer LSB brings nothing back", () => {
    const parts = withParts((of) => Object.assign(of.trace, { rounding: 1, saturation: 2 }));
    expect(isSaturation(parts.trace)).toBe(true);
    expect(widthFor("trace", WEIGHTS, parts, PRESET, true)).toEqual({ path: null, saturated: true });
  });

  test("of what is stored: bits below the used ones, then used bits, then none", () => {
    expect(pathOf("update", DELAYS)).toBe("learning.fraction");
    expect(pathOf("update", WEIGHTS)).toBe("learning.remainder");
    const full = completeCore(learningCore({ remainder: 8 }, { weights: { bits: 6 } }));
    expect(pathOf("update", WEIGHTS, emptyParts(), full)).toBe("weights.bits");
    const most = completeCore(learningCore({ remainder: 8, fraction: 8 }));
    expect(pathOf("update", WEIGHTS, emptyParts(), most)).toBeNull();
    expect(pathOf("update", DELAYS, emptyParts(), most)).toBeNull();
  });

  test("of changes: their own, unless it is at its most or the stored width is short as well", () => {
    const narrow = completeCore(learningCore({ change: { bits: 10 } }));
    expect(pathOf("change", WEIGHTS, emptyParts(), narrow)).toBe("learning.change.bits");
    expect(pathOf("change", WEIGHTS, emptyParts(), narrow, false)).toBe("learning.remainder");
    expect(pathOf("change", DELAYS)).toBe("learning.fraction");
    const saturated = { ...WEIGHTS, changeParts: { rounding: 0, saturation: 1 } };
    expect(pathOf("change", saturated, emptyParts(), narrow, false)).toBe("learning.change.bits");
    expect(widthFor("change", saturated, emptyParts(), PRESET, true)).toEqual({ path: null, saturated: true });
  });
});

describe("the text of a verdict", () => {
  const measured = (quantity: Quantity, fidelity: number | null): ChangeMeasure => {
    const of = { cosine: fidelity, gain: fidelity === null ? null : 1, bias: 0, noise: 0 };
    return {
      projection: "a -> b",
      parameter: "weights",
      ...of,
      updates: { changed: 0, zero: 0 },
      atClamp: 0,
      changeParts: { rounding: 0, saturation: 1 },
      contributions: [{ quantity, ...of, fidelity }],
    };
  };
  const textOf = (change: ChangeMeasure, core = PRESET) => decide([change], emptyParts(), core).text;

  test("names quantity, place, width and its value, and the rounding that costs nothing", () => {
    const nearest = completeCore(learningCore({ trace: { bits: 6, rounding: "nearest" } }));
    expect(textOf(measured("trace", 0.5), nearest)).toBe(
      "Limits learning: the presynaptic traces. That alone leaves a cosine of 0.50 and a gain of 1.00 in the accumulated change of weights of a -> b. " +
        'Raise learning.trace.bits first, it is 6; or take learning.trace.rounding "stochastic", which costs no bit.',
    );
  });

  test("tells noise that averages out from a bias", () => {
    expect(textOf(measured("update", 0.5))).toMatch(
      /it is 4\. It is noise without bias, of which a longer run averages/,
    );
    const nearest = completeCore(learningCore({ rounding: "nearest" }));
    expect(textOf(measured("update", 0.5), nearest)).toMatch(
      /it is 4; or take learning\.rounding "stochastic", .*bit\.$/,
    );
  });

  test("says what helps where no width does", () => {
    expect(textOf(measured("change", 0.5))).toContain("Values saturate; its range is in stored LSB: lower the rate");
    const most = completeCore(learningCore({ signal: { bits: 16 } }));
    expect(textOf(measured("learning signal", 0.5), most)).toContain("No width of it can be raised further");
  });

  test("says when nothing was intended", () => {
    expect(textOf(measured("trace", null))).toMatch(/^Nothing was intended/);
  });
});
