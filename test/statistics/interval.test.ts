import { describe, expect, test } from "vitest";
import { accuracyOf } from "../../statistics/interval.ts";

describe("Wilson 95 % interval", () => {
  // The bounds are the p that solve |k/n - p| = z sqrt(p (1 - p) / n), found by bisection with 40 digits, not by the closed form under test.
  test.each([
    [0, 10, 0, 0.277_532_8],
    [10, 10, 0.722_467_2, 1],
    [5, 10, 0.236_593_1, 0.763_406_9],
    [240, 300, 0.751_071_08, 0.841_343_14],
    [1, 1, 0.206_549_3, 1],
  ])("%i of %i", (correct, n, low, high) => {
    const accuracy = accuracyOf(correct, n);
    expect(accuracy.accuracy).toBe(correct / n);
    expect(accuracy.low).toBeCloseTo(low, 6);
    expect(accuracy.high).toBeCloseTo(high, 6);
  });

  // R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3 (score without continuity correction).
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("published: %i of %i", (correct, n, low, high) => {
    const accuracy = accuracyOf(correct, n);
    expect(Number(accuracy.low.toFixed(4))).toBe(low);
    expect(Number(accuracy.high.toFixed(4))).toBe(high);
  });

  test("without samples there is no accuracy", () => {
    expect(accuracyOf(0, 0)).toEqual({ correct: 0, n: 0, accuracy: null, low: 0, high: 1 });
  });

  test.each([
    [11, 10],
    [-1, 10],
    [0.5, 10],
  ])("%d of %d is refused", (correct, n) => {
    expect(() => accuracyOf(correct, n)).toThrow(RangeError);
  });
});
