import fc from "fast-check";
import { expect, test } from "vitest";
import { dominates } from "../../explore/non-dominated.ts";
import { frontOf } from "../../page/client/front.ts";

test("the front is every point that none dominates, by the definition that searches use", () => {
  const value = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.tuple(value, value, value), { maxLength: 40 }),
      (k, points) => {
        const cut = points.map((point) => point.slice(0, k));
        const verdicts = cut.map((objectives) => ({ objectives, violation: 0 }));
        const wanted = [...cut.keys()].filter((a) => !verdicts.some((other) => dominates(other, verdicts[a]!)));
        const front = frontOf(cut);
        expect([...front].sort((a, b) => a - b)).toEqual(wanted);
        expect(front.map((n) => cut[n]![0])).toEqual(front.map((n) => cut[n]![0]!).sort((a, b) => a - b));
      },
    ),
  );
});
