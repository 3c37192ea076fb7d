import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mainEffect } from "../../statistics/main-effect.ts";

describe("the main effect of a factor", () => {
  test("by hand: levels (1, 3), (5, 7): between 4 x 4, in all 4 + 16", () => {
    const { levels, n, share, chance } = mainEffect([0, 0, 1, 1], [1, 3, 5, 7], 2);
    expect(n).toBe(4);
    expect(levels.map((level) => level?.mean)).toEqual([2, 6]);
    expect(share).toBeCloseTo(16 / 20, 12);
    expect(chance).toBeCloseTo(1 / 3, 12);
  });

  test("is all of it where levels decide, nothing where their means are alike", () => {
    expect(mainEffect([0, 1, 2, 0], [5, 6, 9, 5], 3).share).toBe(1);
    expect(mainEffect([0, 0, 1, 1], [1, 3, 3, 1], 2).share).toBe(0);
  });

  test("leaves out unknown values and designs where the factor does not count", () => {
    const { levels, n, share } = mainEffect([0, -1, 1, 1, 0], [1, 100, 3, null, 1], 3);
    expect(n).toBe(3);
    expect(levels.map((level) => level?.n ?? null)).toEqual([2, 1, null]);
    expect(share).toBe(1);
  });

  test.each([
    ["one level", [0, 0], [1, 2]],
    ["values that are alike", [0, 1, 0], [0.1, 0.1, 0.1]],
    ["no values", [], []],
  ])("has no share with %s", (_, level, values) => {
    expect(mainEffect(level, values, 2)).toMatchObject({ share: null, chance: null });
  });

  test("shares of a balanced design add up to all of a sum of factors", () => {
    const value = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 2, maxLength: 4 }),
        fc.array(value, { minLength: 2, maxLength: 4 }),
        (a, b) => {
          const pairs = a.flatMap((x, i) => b.map((y, j) => ({ i, j, sum: x + y })));
          const effect = (level: readonly number[], count: number): number =>
            mainEffect(
              level,
              pairs.map(({ sum }) => sum),
              count,
            ).share ?? 0;
          const shares = [
            effect(
              pairs.map(({ i }) => i),
              a.length,
            ),
            effect(
              pairs.map(({ j }) => j),
              b.length,
            ),
          ];
          const varies = new Set(pairs.map(({ sum }) => sum)).size > 1;
          expect(shares[0]! + shares[1]!).toBeCloseTo(varies ? 1 : 0, 9);
        },
      ),
    );
  });
});
