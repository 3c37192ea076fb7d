import { describe, expect, test } from "vitest";
import { pairedBootstrap } from "../../statistics/bootstrap.ts";

/** `both` right in both, then `first` right in the first only, then `second` in the second only, the rest wrong in both. */
function pair(n: number, both: number, first: number, second: number): [Uint8Array, Uint8Array] {
  const a = Uint8Array.from({ length: n }, (_, i) => (i < both + first ? 1 : 0));
  const b = Uint8Array.from({ length: n }, (_, i) =>
    i < both || (i >= both + first && i < both + first + second) ? 1 : 0,
  );
  return [a, b];
}

describe("paired bootstrap", () => {
  test("two recordings: the mean of a resample is 0, 1/2 or 1 in 1/4, 1/2 and 1/4 of the cases", () => {
    expect(pairedBootstrap([1, 1], [1, 0])).toEqual({ n: 2, difference: 0.5, low: 0, high: 1, resamples: 9999 });
  });

  test("three recordings, one of which differs: 2/3 is not below the upper quantile, 1 is rarer than 2.5 % on neither side", () => {
    // Binomial(3, 1/3): P(0) = 0.296, P(3) = 0.037 > 0.025.
    expect(pairedBootstrap([1, 0, 1], [0, 0, 1])).toMatchObject({ low: 0, high: 1 });
    // Binomial(4, 1/4): P(4) = 0.0039, P(3) = 0.047.
    expect(pairedBootstrap([1, 0, 1, 0], [0, 0, 1, 0])).toMatchObject({ low: 0, high: 0.75 });
  });

  test("no recording differs, all differ", () => {
    const right = [1, 1, 0, 1];
    expect(pairedBootstrap(right, right)).toMatchObject({ difference: 0, low: 0, high: 0 });
    expect(pairedBootstrap([1, 1, 1], [0, 0, 0])).toMatchObject({ difference: 1, low: 1, high: 1 });
    expect(pairedBootstrap([0, 0, 0], [1, 1, 1])).toMatchObject({ difference: -1, low: -1, high: -1 });
  });

  test("agrees with the normal interval of the paired difference", () => {
    const { difference, low, high } = pairedBootstrap(...pair(300, 200, 30, 10));
    expect(difference).toBeCloseTo(20 / 300, 12);
    // Variance of a recording's difference 40/300 - (20/300)^2 = 0.12889, standard error 0.020728.
    expect(Math.abs(low - (0.066667 - 1.96 * 0.020728))).toBeLessThan(0.0034);
    expect(Math.abs(high - (0.066667 + 1.96 * 0.020728))).toBeLessThan(0.0034);
  });

  test("what both have right or wrong does not widen it, unpaired it would", () => {
    const few = pairedBootstrap(...pair(300, 150, 3, 0));
    expect(few.difference).toBeCloseTo(0.01, 12);
    // The two single intervals are 11 points wide each.
    expect(few.high - few.low).toBeLessThan(0.03);
  });

  test("is a function of the seed", () => {
    const [a, b] = pair(101, 50, 20, 13);
    expect(pairedBootstrap(a, b, { seed: 3, resamples: 199 })).toEqual(
      pairedBootstrap(a, b, { seed: 3, resamples: 199 }),
    );
    const lows = [1, 2, 3, 4, 5].map((seed) => pairedBootstrap(a, b, { seed, resamples: 39 }).low);
    expect(new Set(lows).size).toBeGreaterThan(1);
  });

  test("takes shares of several seeds", () => {
    expect(pairedBootstrap([0.5, 0.5], [0.25, 0.25])).toMatchObject({ difference: 0.25, low: 0.25, high: 0.25 });
  });

  test.each([
    ["lengths", [1], [1, 0], {}, /1 and 2 recordings; give both on the same ones/],
    ["none", [], [], {}, /no recordings/],
    ["a class in place of right or wrong", [1, 7], [1, 0], {}, /recording 1: 7 is neither right nor wrong/],
    ["not a number", [1], [Number.NaN], {}, /recording 0: NaN/],
    ["too few resamples for the quantile", [1], [1], { resamples: 38 }, /38 resamples; give a whole number from 39/],
    ["seed", [1], [1], { seed: -1 }, /seed -1/],
  ])("refuses %s", (_, a, b, options, message) => {
    expect(() => pairedBootstrap(a, b, options)).toThrow(message);
  });
});
