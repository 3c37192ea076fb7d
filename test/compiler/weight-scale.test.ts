/** Scales and codes of weights, with literal numbers. */

import { describe, expect, test } from "vitest";
import {
  fractionForRange,
  quantiseWeights,
  roundAway,
  squaredError,
  weightFraction,
} from "../../compiler/weight-scale.ts";

const weights = (...values: number[]): Float64Array => Float64Array.from(values);

describe("rounding", () => {
  test("goes to the nearest, ties away from zero", () => {
    expect([0.5, 1.5, 2.4, 2.6, -0.5, -1.5, -2.4].map(roundAway)).toEqual([1, 2, 2, 3, -1, -2, -2]);
  });
  test("clips to the two's complement range", () => {
    expect([...quantiseWeights(weights(10, -10, 7.4, -8.4), 4, 0)]).toEqual([7, -8, 7, -8]);
  });
});

describe('clipping "max"', () => {
  test("the most positive code is 2^(b-1) - 1", () => {
    // 127 * 2^-7 fits with g = 7; 127.5 * 2^-7 rounds to 128 and does not.
    expect(weightFraction(weights(127 / 128), 8, "max")).toBe(7);
    expect(weightFraction(weights(127.5 / 128), 8, "max")).toBe(6);
  });
  test("the most negative code is -2^(b-1)", () => {
    expect(weightFraction(weights(-1), 8, "max")).toBe(7);
    expect(weightFraction(weights(1), 8, "max")).toBe(6);
  });
  test("fractions may be negative", () => {
    expect(weightFraction(weights(1000), 8, "max")).toBe(-3);
    expect([...quantiseWeights(weights(1000), 8, -3)]).toEqual([125]);
  });
  test("weights of 0 ask for nothing", () => {
    expect(weightFraction(weights(0, 0), 8, "max")).toBe(Number.POSITIVE_INFINITY);
    expect(fractionForRange(0, 0, 8)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("clipping by percentile", () => {
  const many = Float64Array.from({ length: 100 }, (_, i) => (i === 99 ? 8 : 0.9));
  test("99 % keeps the 99 least in magnitude", () => {
    expect(weightFraction(many, 8, { percentile: 99 })).toBe(7);
    expect(weightFraction(many, 8, "max")).toBe(3);
  });
  test("100 % is the maximum", () => {
    expect(weightFraction(many, 8, { percentile: 100 })).toBe(3);
  });
});

describe("clipping by least square", () => {
  test("clips one outlier when that pays", () => {
    const many = Float64Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1.1 : ((i % 21) - 10) * 0.03));
    const chosen = weightFraction(many, 4, "mse");
    expect(weightFraction(many, 4, "max")).toBe(2);
    expect(chosen).toBe(4);
    for (const other of [1, 2, 3, 5, 6])
      expect(squaredError(many, 4, chosen)).toBeLessThan(squaredError(many, 4, other));
  });
  test("keeps the maximum when clipping does not pay", () => {
    expect(weightFraction(weights(1, -1, 1, -1), 4, "mse")).toBe(weightFraction(weights(1, -1, 1, -1), 4, "max"));
  });
});
