import { expect, test } from "vitest";
import { randomStream } from "../../formats/random.ts";
import { pairedBootstrap } from "../../statistics/bootstrap.ts";
import { intervalOf, pairedDifference } from "../../statistics/paired.ts";

/** Answers of n samples: so many right in the first alone, in the second alone, in both. */
function answers(n: number, firstOnly: number, secondOnly: number, both: number): readonly [string, string] {
  const first = "1".repeat(firstOnly) + "0".repeat(secondOnly) + "1".repeat(both);
  const second = "0".repeat(firstOnly) + "1".repeat(secondOnly) + "1".repeat(both);
  return [first.padEnd(n, "0"), second.padEnd(n, "0")];
}

test("counts who alone is right, and the interval is the published formula's", () => {
  const [first, second] = answers(100, 12, 4, 70);
  const { n, firstOnly, secondOnly, difference, low, high } = pairedDifference(first, second);
  expect([n, firstOnly, secondOnly, difference]).toEqual([100, 12, 4, 0.08]);
  // p = 13/102, q = 5/102: 0.078431 +- 1.959964 sqrt((0.176471 - 0.006151) / 102).
  expect(low).toBeCloseTo(-0.001659, 6);
  expect(high).toBeCloseTo(0.158522, 6);
});

test("two that never disagree have a width all the same, which shrinks with the samples", () => {
  const same = "1".repeat(1000);
  expect(pairedDifference(same, same)).toMatchObject({ difference: 0, firstOnly: 0, secondOnly: 0 });
  const { low, high } = pairedDifference(same, same);
  expect(high).toBeCloseTo((1.959964 * Math.sqrt(2)) / 1002, 6);
  expect(low).toBe(-high);
  expect(intervalOf(0, 0, 4000).high).toBeLessThan(high / 3.9);
});

test("is antisymmetric, and near the bootstrap where there are many samples", () => {
  const [first, second] = answers(3000, 150, 90, 2300);
  const one = pairedDifference(first, second);
  const other = pairedDifference(second, first);
  expect([other.difference, other.low, other.high]).toEqual([-one.difference, -one.high, -one.low]);
  const numbers = (text: string): number[] => [...text].map(Number);
  const resampled = pairedBootstrap(numbers(first), numbers(second));
  expect(Math.abs(one.low - resampled.low)).toBeLessThan(0.0007);
  expect(Math.abs(one.high - resampled.high)).toBeLessThan(0.0007);
});

test("holds what is true in about 95 of 100 draws", () => {
  const random = randomStream(5, "paired coverage");
  let held = 0;
  for (let draw = 0; draw < 2000; draw++) {
    let [first, second] = ["", ""];
    for (let s = 0; s < 150; s++) {
      // 6 % first alone, 2 % second alone: a difference of 4 points.
      const u = random.below(100);
      first += u < 6 || u >= 20 ? "1" : "0";
      second += (u >= 6 && u < 8) || u >= 20 ? "1" : "0";
    }
    const { low, high } = pairedDifference(first, second);
    if (low <= 0.04 && 0.04 <= high) held += 1;
  }
  expect(held / 2000).toBeGreaterThan(0.935);
  expect(held / 2000).toBeLessThan(0.985);
});

test("refuses what is no pair of answers", () => {
  expect(() => pairedDifference("10", "1")).toThrow("paired difference: 2 and 1 samples");
  expect(() => pairedDifference("", "")).toThrow("no samples");
  expect(() => pairedDifference("1x", "11")).toThrow('sample 1: "x" is neither');
});
