import { describe, expect, test } from "vitest";
import { accuracyOf, formatAccuracy } from "../../report/interval.ts";

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

  test("without samples there is no accuracy", () => {
    expect(accuracyOf(0, 0)).toEqual({ correct: 0, n: 0, accuracy: null, low: 0, high: 1 });
    expect(formatAccuracy(accuracyOf(0, 0))).toBe("- (n = 0)");
  });

  test("as text", () => {
    expect(formatAccuracy(accuracyOf(5, 10))).toBe("50.0 % (95 %: 23.7 to 76.3 %, n = 10)");
  });

  test.each([
    [11, 10],
    [-1, 10],
    [0.5, 10],
  ])("%d of %d is refused", (correct, n) => {
    expect(() => accuracyOf(correct, n)).toThrow(RangeError);
  });
});
