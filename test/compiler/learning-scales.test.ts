/** Scales of the learning engine, with literal numbers. */

import { describe, expect, test } from "vitest";
import {
  eligibilityFraction,
  errorScale,
  nearestExponent,
  SIGNAL_GAIN,
  signalScale,
  surrogateScale,
  traceHeadroom,
} from "../../compiler/learning-scales.ts";
import {
  delayClamp,
  storedDelays,
  storedWeights,
  usedDelays,
  usedWeights,
  weightClamp,
} from "../../compiler/stored-codes.ts";
import { fractionForLimit } from "../../compiler/weight-scale.ts";

describe("stored codes", () => {
  test("half a used LSB is added, so that the upper bits are rounded to nearest", () => {
    // LSB 2^-7, stored 2^-11: 0.1 is 204.8 -> 205, + 8 = 213, >> 4 = 13 (12.8).
    const clamp = weightClamp(1, 8, 4, 7);
    const stored = storedWeights(Float64Array.of(0.1, -0.1, 0, 0.0039, 0.00391), clamp, 4, 7);
    expect([...stored]).toEqual([213, -197, 8, 16, 16]);
    expect([...usedWeights(stored, 4)]).toEqual([13, -13, 0, 1, 1]);
  });
  test("without a remainder there is no offset", () => {
    const stored = storedWeights(Float64Array.of(0.1, -0.1), weightClamp(1, 8, 0, 7), 0, 7);
    expect([...stored]).toEqual([13, -13]);
  });
  test("the clamp is the limit, at most the stored bits", () => {
    expect(weightClamp(1, 8, 4, 7)).toEqual({ low: -2040, high: 2047 });
    expect(weightClamp(0.5, 8, 4, 7)).toEqual({ low: -1016, high: 1032 });
    expect(weightClamp(1, 8, 0, 7)).toEqual({ low: -128, high: 127 });
    expect([...storedWeights(Float64Array.of(0.9, -0.9), weightClamp(0.5, 8, 4, 7), 4, 7)]).toEqual([1032, -1016]);
  });
  test("delays have the offset in their fraction", () => {
    const clamp = delayClamp(1, 7, 5);
    expect(clamp).toEqual({ low: 48, high: 240 });
    const stored = storedDelays(Uint16Array.of(0, 1, 3, 7, 9), clamp, 5);
    expect([...stored]).toEqual([48, 48, 112, 240, 240]);
    expect([...usedDelays(stored, 5)]).toEqual([1, 1, 3, 7, 7]);
    expect(delayClamp(0, 3, 0)).toEqual({ low: 0, high: 3 });
  });
  test("+-limit fills the used bits", () => {
    expect([1, 0.5, 0.6, 0.4, 3].map((limit) => fractionForLimit(limit, 8))).toEqual([7, 8, 7, 8, 5]);
  });
});

describe("traces", () => {
  test("headroom holds a spike in every step, within 1 to 4 bits", () => {
    expect(traceHeadroom(1, 0.5)).toBe(1);
    expect(traceHeadroom(1, 0.78)).toBe(3); // 4.5
    expect(traceHeadroom(2, 0.78)).toBe(4); // 9.1
    expect(traceHeadroom(1, 0.88)).toBe(4); // 8.3
    expect(traceHeadroom(1, 0)).toBe(1);
    expect(traceHeadroom(1, 1)).toBe(4);
    expect(traceHeadroom(100, 0.99)).toBe(4);
  });
});

describe("surrogate", () => {
  test("the Gaussian at the centres of its bins, the last entry 0", () => {
    // 3 x 0.5 over 15 bins of 2^-3; height 0.5 with 255: f = 8.
    const { table, fraction, binExponent } = surrogateScale({ shape: "gaussian", width: 0.5, height: 0.5 }, 8, 4, 9);
    expect([fraction, binExponent]).toEqual([8, -3]);
    expect(table[0]).toBe(127); // 128 exp(-(1/16)^2 / 0.5)
    expect(table[4]).toBe(68); // 128 exp(-(9/16)^2 / 0.5)
    expect(table[14]).toBe(0); // 128 exp(-(29/16)^2 / 0.5) = 0.18
    expect([...table].every((psi, i) => i === 0 || psi <= table[i - 1]!)).toBe(true);
    expect(table[15]).toBe(0);
  });
  test("triangle and boxcar end at their half base", () => {
    const triangle = surrogateScale({ shape: "triangle", width: 1, height: 1 }, 8, 3, 9);
    expect([triangle.fraction, triangle.binExponent]).toEqual([7, -2]);
    expect([...triangle.table]).toEqual([112, 80, 48, 16, 0, 0, 0, 0]);
    expect([...surrogateScale({ shape: "boxcar", width: 1, height: 1 }, 8, 3, 9).table]).toEqual([
      ...[128, 128, 128, 128],
      ...[0, 0, 0, 0],
    ]);
  });
  test("no bin is narrower than the coarsest membrane's LSB", () => {
    expect(surrogateScale({ shape: "boxcar", width: 1, height: 1 }, 8, 10, 3).binExponent).toBe(-3);
  });
});

describe("error", () => {
  test("softmax: probability in errorBits", () => {
    expect(errorScale({ kind: "softmax" }, 12, 9, 16)).toEqual({
      fraction: 11,
      bound: 2,
      registers: { kind: "softmax" },
    });
  });
  test("linear: the clip just fits", () => {
    // Clip 1 is 512 LSB; 8 bits hold 127: 512 >> 3 = 64 (>> 2 is 128).
    expect(errorScale({ kind: "linear", target: 1, clip: 1 }, 8, 9, 16)).toEqual({
      fraction: 6,
      bound: 2,
      registers: { kind: "linear", shift: 3, clip: 512, target: 512 },
    });
  });
});

describe("learning signal", () => {
  const psi = { height: 0.5, fraction: 8 };
  const error = errorScale({ kind: "softmax" }, 12, 9, 16);
  test("bound 2 x limit, and the gain", () => {
    expect(SIGNAL_GAIN).toBe(2);
    // Bound 2: 16 - 1 - 1 + 2 = 16 of 18 fraction bits; M: bound 1: 17 of 24.
    expect(signalScale(16, error, { largest: 1, fraction: 7 }, psi, false)).toEqual({
      ...{ signal: 16, modulation: 17, signalShift: 2, modulationShift: 7 },
      ...{ signalBound: 2, modulationBound: 1 },
    });
  });
  test("never finer than the products", () => {
    const coarse = errorScale({ kind: "softmax" }, 4, 9, 16);
    expect(signalScale(16, coarse, { largest: 1, fraction: 7 }, psi, false)).toMatchObject({
      signal: 10,
      signalShift: 0,
      modulation: 17,
      modulationShift: 1,
    });
  });
  test("filtered: L stands for M", () => {
    expect(signalScale(16, error, { largest: 1, fraction: 7 }, psi, true)).toMatchObject({
      signal: 16,
      modulation: 16,
      modulationShift: 0,
    });
  });
});

test("an eligibility has at most two bits for its filter", () => {
  // 16 - 1 + 1 (height 0.5) - 3 - 2 + 2.
  expect(eligibilityFraction(16, 0.5, 3, 0.88, 17)).toBe(13);
  expect(eligibilityFraction(16, 0.5, 3, 0.5, 17)).toBe(14);
  expect(eligibilityFraction(16, 0.5, 3, 1, 17)).toBe(13);
  expect(eligibilityFraction(16, 0.5, 3, 0.88, 10)).toBe(10);
});

test("rates become the nearest power of two in log2", () => {
  expect([1 / 2048, 0.0005, 0.0007, 100 / 128, 8].map(nearestExponent)).toEqual([11, 11, 10, 0, -3]);
});
