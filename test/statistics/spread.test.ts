import { describe, expect, test } from "vitest";
import { spreadOver } from "../../statistics/spread.ts";

describe("spread over runs", () => {
  test("mean, deviation with n - 1, range", () => {
    // Squares of 2, 4, 4, 4, 5, 5, 7, 9 about 5 sum to 32.
    const { n, mean, deviation, least, most } = spreadOver([2, 4, 4, 4, 5, 5, 7, 9]);
    expect({ n, mean, least, most }).toEqual({ n: 8, mean: 5, least: 2, most: 9 });
    expect(deviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  test("does not cancel for values that are close", () => {
    expect(spreadOver([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).deviation).toBeCloseTo(Math.sqrt(30), 9);
  });

  test("one run has no deviation", () => {
    expect(spreadOver([0.8])).toEqual({ n: 1, mean: 0.8, deviation: null, least: 0.8, most: 0.8 });
  });

  test("no runs and numbers that are not finite are refused", () => {
    expect(() => spreadOver([])).toThrow(/no runs/);
    expect(() => spreadOver([1, Number.NaN])).toThrow(/run 1 is NaN/);
  });
});
