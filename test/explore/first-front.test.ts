import fc from "fast-check";
import { expect, test } from "vitest";
import { firstFront } from "../../explore/first-front.ts";
import { fronts } from "../../explore/non-dominated.ts";

test("the front is every point that none dominates, by the definition that searches use", () => {
  const value = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.tuple(value, value, value), { maxLength: 40 }),
      (k, points) => {
        const cut = points.map((point) => point.slice(0, k));
        const verdicts = cut.map((objectives) => ({ objectives, violation: 0 }));
        const [wanted = []] = fronts(verdicts);
        const front = firstFront(cut);
        expect([...front].sort((a, b) => a - b)).toEqual(wanted);
        expect(front.map((n) => cut[n]![0])).toEqual(front.map((n) => cut[n]![0]!).sort((a, b) => a - b));
      },
    ),
  );
});

test("of 200,000 points of which each dominates all behind it, it takes no time and no memory", () => {
  // Compared two by two these are 4e10 pairs.
  const points = Array.from({ length: 200_000 }, (_, n) => [n, n, -1]);
  expect(firstFront(points)).toEqual([0]);
});
