import { describe, expect, test } from "vitest";
import { axisOf, type Choices } from "../../explore/axis.ts";
import { dominates, fronts, ranked } from "../../explore/non-dominated.ts";
import { latinHypercube } from "../../explore/sampling.ts";
import { createSearch, designCount } from "../../explore/search.ts";
import type { Search, Verdict } from "../../explore/search-types.ts";
import type { Axis, SearchPlan } from "../../explore/space.ts";
import { randomStream } from "../../formats/random.ts";

const spaceWith = (axes: Record<string, Axis>, samples: number | null = null) => ({
  name: "space.json",
  axes: Object.entries(axes).map(([name, axis]) => axisOf(name, axis)),
  data: { samples } as never,
});

/** Runs a search on a function; every candidate in order, by batch. */
function runSearch(search: Search, judge: (choices: Choices, samples: number | null) => Verdict) {
  const batches: { choices: Choices; samples: number | null; verdict: Verdict }[][] = [];
  let next = search.next();
  while (!next.done) {
    const batch = next.value.map((one) => ({ ...one, verdict: judge(one.choices, one.samples) }));
    batches.push(batch);
    next = search.next(batch.map(({ verdict }) => verdict));
  }
  return batches;
}

const fine = (...objectives: number[]): Verdict => ({ objectives, violation: 0 });
const SMALL: Record<string, Axis> = {
  bits: { path: "core.weights.bits", values: [4, 6, 8] },
  scheme: { path: "core.delays.scheme", values: ["ring", "queue"] },
  entries: { path: "core.delays.entries", values: [64, 128], when: { scheme: "queue" } },
};
const CUBE: Record<string, Axis> = Object.fromEntries(
  [0, 1, 2, 3].map((k) => [`x${k}`, { path: "core.x", range: [0, 1] }]),
);

describe("designs that look at no result", () => {
  test("a grid has every design once", () => {
    const [batch, ...more] = runSearch(createSearch(spaceWith(SMALL), {}), () => fine(0));
    expect(more).toEqual([]);
    expect(new Set(batch!.map(({ choices }) => JSON.stringify(choices))).size).toBe(9);
    expect(batch!.length).toBe(9);
  });

  test("a grid of a range without levels is refused by name", () => {
    expect(() => createSearch(spaceWith(CUBE), {})).toThrow(
      /needs values for the axis x0, which is a range; give it levels/,
    );
    expect(() => createSearch(spaceWith(SMALL), { kind: "latin", generations: 3 })).toThrow(
      /"latin" has no generations; it has points, seed/,
    );
    expect(() => createSearch(spaceWith(SMALL), { kind: "halving" })).toThrow(/write samples: 300 into the space/);
  });

  test("a grid says how many designs it has, without making them", () => {
    expect(designCount(spaceWith(SMALL), {})).toBe(9);
    const nested: Record<string, Axis> = {
      ...SMALL,
      late: { path: "core.x", values: [1, 2, 3, 4, 5], when: { entries: 128, bits: [4, 8] } },
    };
    const [batch] = runSearch(createSearch(spaceWith(nested), {}), () => fine(0));
    expect(designCount(spaceWith(nested), {})).toBe(batch!.length);
    expect(designCount(spaceWith(CUBE), { kind: "random" })).toBeUndefined();
  });

  test("a grid that nobody can wait for is refused, with its number and what makes it", () => {
    const many = (levels: number): Record<string, Axis> =>
      Object.fromEntries([0, 1, 2].map((k) => [`x${k}`, { path: "core.x", range: [0, 1], levels }]));
    expect(() => createSearch(spaceWith(many(1000)), {})).toThrow(
      /^space\.json: its grid has 1,000,000,000 designs, and a sweep takes at most 1,000,000 \(values: x0 1,000, x1 1,000, x2 1,000\); search it with --search sobol/,
    );
    expect(designCount(spaceWith(many(100)), {})).toBe(1_000_000);
    expect(() => createSearch(spaceWith(many(100)), {})).not.toThrow();
    expect(() => createSearch(spaceWith(many(1000)), { kind: "sobol", points: 8 })).not.toThrow();
  });

  test("of a Latin hypercube every part of every dimension has one point", () => {
    const cube = latinHypercube(5, 37, randomStream(3, "test"));
    for (let d = 0; d < 5; d++) {
      const parts = cube.map((unit) => Math.floor(37 * unit[d]!)).sort((a, b) => a - b);
      expect(parts).toEqual(Array.from({ length: 37 }, (_, n) => n));
    }
  });

  test.each(["random", "latin", "sobol"] as const)(
    "%s draws each design once, by its seed, and ends with the space",
    (kind) => {
      const draw = (plan: SearchPlan) =>
        runSearch(createSearch(spaceWith(SMALL), { kind, ...plan }), () => fine(0)).flat();
      const texts = (plan: SearchPlan) => draw(plan).map(({ choices }) => JSON.stringify(choices));
      expect(new Set(texts({ points: 6 })).size).toBe(6);
      expect(texts({ points: 6 })).toEqual(texts({ points: 6 }));
      expect(texts({ points: 6 })).not.toEqual(texts({ points: 6, seed: 2 }));
      expect(texts({ points: 100 }).length).toBe(9);
    },
  );

  test.each(["random", "sobol"] as const)("%s stops drawing when a space has no more designs", (kind) => {
    const [batch] = runSearch(createSearch(spaceWith(SMALL), { kind, points: 1_000_000 }), () => fine(0));
    expect(batch!.length).toBe(9);
  });

  test("more random designs begin with the fewer", () => {
    const draw = (points: number) =>
      runSearch(createSearch(spaceWith(CUBE), { kind: "random", points }), () => fine(0)).flat();
    expect(
      draw(20)
        .slice(0, 7)
        .map(({ choices }) => choices),
    ).toEqual(draw(7).map(({ choices }) => choices));
  });
});

describe("domination", () => {
  test("is by all objectives, and limits come first", () => {
    expect([
      dominates(fine(1, 2), fine(1, 3)),
      dominates(fine(1, 2), fine(1, 2)),
      dominates(fine(1, 3), fine(2, 2)),
    ]).toEqual([true, false, false]);
    const near: Verdict = { objectives: [9, 9], violation: 0.1 };
    const far: Verdict = { objectives: [0, 0], violation: 2 };
    expect([dominates(fine(9, 9), far), dominates(near, far), dominates(far, near)]).toEqual([true, true, false]);
  });

  test("sorts into fronts, and the ends of a front before its crowded middle", () => {
    const verdicts = [fine(1, 5), fine(2, 4), fine(2.1, 3.9), fine(5, 1), fine(3, 5), fine(9, 9)];
    expect(fronts(verdicts)).toEqual([[0, 1, 2, 3], [4], [5]]);
    expect(ranked(verdicts).map(({ position }) => position)).toEqual([0, 3, 2, 1, 4, 5]);
  });
});

test("halving gives fewer designs more samples, the better ones, up to the budget", () => {
  const space = spaceWith(CUBE, 270);
  const plan: SearchPlan = { kind: "halving", points: 27, firstSamples: 10 };
  const batches = runSearch(createSearch(space, plan), ({ x0 }) => fine(x0 as number));
  expect(batches.map((batch) => [batch.length, batch[0]!.samples])).toEqual([
    [27, 10],
    [9, 30],
    [3, 90],
    [1, 270],
  ]);
  const best = batches[0]!.map(({ choices }) => choices.x0 as number).sort((a, b) => a - b);
  expect(batches[1]!.map(({ choices }) => choices.x0).sort()).toEqual(best.slice(0, 9));
  const impossible = runSearch(createSearch(space, plan), () => ({
    objectives: [0],
    violation: Number.POSITIVE_INFINITY,
  }));
  expect(impossible.length).toBe(1);
});

describe("evolution (NSGA-II)", () => {
  /** ZDT1 (Zitzler, Deb and Thiele 2000): the front is f2 = 1 - sqrt(f1), where all coordinates but the first are 0. */
  const zdt1 = (choices: Choices): Verdict => {
    const [x, ...rest] = ["x0", "x1", "x2", "x3"].map((name) => choices[name] as number);
    const g = 1 + (9 * rest.reduce((sum, value) => sum + value, 0)) / rest.length;
    return fine(x!, g * (1 - Math.sqrt(x! / g)));
  };
  const plan: SearchPlan = { kind: "evolve", points: 40, generations: 60 };

  test("comes to a known front, all along it", () => {
    const last = runSearch(createSearch(spaceWith(CUBE), plan), zdt1).flat();
    const front = fronts(last.map(({ verdict }) => verdict))[0]!.map((n) => last[n]!.verdict.objectives);
    const above = front.map(([f1, f2]) => f2! - (1 - Math.sqrt(f1!)));
    expect(Math.max(...above)).toBeLessThan(0.05);
    for (let part = 0; part < 10; part++) {
      expect(front.some(([f1]) => f1! >= part / 10 && f1! <= (part + 1) / 10)).toBe(true);
    }
  });

  test("is the same again with the same verdicts, never asks twice, and ends with a space that is exhausted", () => {
    const run = (seed: number) => runSearch(createSearch(spaceWith(CUBE), { ...plan, generations: 5, seed }), zdt1);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    const small = runSearch(createSearch(spaceWith(SMALL), plan), ({ bits }) => fine(bits as number)).flat();
    expect(new Set(small.map(({ choices }) => JSON.stringify(choices))).size).toBe(small.length);
    expect(small.length).toBe(9);
  });

  test("finds its way into limits that no first design keeps", () => {
    const limited = (choices: Choices): Verdict => {
      const sum = ["x0", "x1", "x2", "x3"].reduce((total, name) => total + (choices[name] as number), 0);
      return { objectives: [-sum], violation: Math.max(0, sum - 0.2) };
    };
    const batches = runSearch(createSearch(spaceWith(CUBE), plan), limited);
    expect(batches[0]!.some(({ verdict }) => verdict.violation === 0)).toBe(false);
    expect(batches.at(-1)!.some(({ verdict }) => verdict.violation === 0)).toBe(true);
  });
});
