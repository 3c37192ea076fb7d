import fc from "fast-check";
import { expect, test } from "vitest";
import { histogramsOf } from "../../statistics/histogram.ts";

test("bins of width 1 where they suffice, wider ones where not, the same for all sets", () => {
  expect(histogramsOf([[3, 5, 5], [4]], 8)).toEqual({
    low: 3,
    width: 1,
    counts: [
      [1, 0, 2],
      [0, 1, 0],
    ],
  });
  expect(histogramsOf([[-4, -3, 0, 3]], 4)).toEqual({ low: -4, width: 2, counts: [[2, 0, 1, 1]] });
  expect(histogramsOf([[], []], 4)).toEqual({ low: 0, width: 1, counts: [[], []] });
});

test("every value is counted once, in the bin that holds it, and there are at most so many bins", () => {
  const set = fc.array(fc.integer({ min: -300, max: 300 }));
  fc.assert(
    fc.property(set, set, fc.integer({ min: 1, max: 64 }), (a, b, most) => {
      const { low, width, counts } = histogramsOf([a, b], most);
      for (const [values, found] of [
        [a, counts[0]!],
        [b, counts[1]!],
      ] as const) {
        expect(found.length).toBeLessThanOrEqual(most);
        const wanted = found.map(
          (_, n) => values.filter((x) => x >= low + n * width && x < low + (n + 1) * width).length,
        );
        expect(found).toEqual(wanted);
        expect(found.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }
    }),
  );
});
