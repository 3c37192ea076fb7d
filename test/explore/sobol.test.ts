import { describe, expect, test } from "vitest";
import { axisOf } from "../../explore/axis.ts";
import { createSearch } from "../../explore/search.ts";
import { directions, MOST_DIMENSIONS, sobol } from "../../explore/sobol.ts";
import { randomStream } from "../../formats/random.ts";

function take(dimensions: number, count: number, seed: number | null): Float64Array[] {
  const sequence = sobol(dimensions, seed);
  return Array.from({ length: count }, () => sequence.next().value);
}

/** Rank over GF(2) of rows of bits. */
function rank(rows: readonly bigint[]): number {
  const basis: bigint[] = [];
  for (const row of rows) {
    let rest = row;
    for (const one of basis) if ((rest ^ one) < rest) rest ^= one;
    if (rest > 0n) {
      basis.push(rest);
      basis.sort((a, b) => (a < b ? 1 : -1));
    }
  }
  return basis.length;
}

/** Squared L2 star discrepancy (Warnock 1972). */
function discrepancy(points: readonly Float64Array[]): number {
  const dimensions = points[0]!.length;
  const product = (of: (d: number) => number): number =>
    Array.from({ length: dimensions }, (_, d) => of(d)).reduce((all, one) => all * one, 1);
  const n = points.length;
  const single = points.reduce((sum, x) => sum + product((d) => (1 - x[d]! ** 2) / 2), 0);
  const pairs = points.reduce(
    (sum, x) => sum + points.reduce((inner, y) => inner + product((d) => 1 - Math.max(x[d]!, y[d]!)), 0),
    0,
  );
  return 3 ** -dimensions - (2 / n) * single + pairs / n ** 2;
}

describe("the sequence itself", () => {
  test("begins with the known points", () => {
    expect(take(3, 8, null).map((point) => [...point])).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
    ]);
  });

  test("has Sobol's property A in every number of dimensions, as Joe and Kuo made it", () => {
    expect(MOST_DIMENSIONS).toBe(37);
    const words = Array.from({ length: MOST_DIMENSIONS }, (_, d) => directions(d));
    for (let dimensions = 1; dimensions <= 32; dimensions++) {
      // Leading bits of the first directions: one row a dimension.
      const rows = words
        .slice(0, dimensions)
        .map((v) => v.slice(0, dimensions).reduce((bits, word) => (bits << 1n) | BigInt(word >>> 31), 0n));
      expect(rank(rows), `${dimensions} dimensions`).toBe(dimensions);
    }
    // Beyond that the words are too short; leading two bits of dimensions 2 and 33 to 37 still differ from all others.
    const texts = words.map((v) => [...v.slice(0, 8)].join());
    expect(new Set(texts).size).toBe(MOST_DIMENSIONS);
  });
});

describe.each([null, 1, 2026])("scrambled by %s", (seed) => {
  test("every dimension has one of the first 2^k points in each of 2^k parts", () => {
    const points = take(MOST_DIMENSIONS, 256, seed);
    for (let d = 0; d < MOST_DIMENSIONS; d++) {
      const parts = points.map((point) => Math.floor(256 * point[d]!));
      expect(new Set(parts).size, `dimension ${d + 1}`).toBe(256);
      expect(Math.max(...parts)).toBeLessThan(256);
    }
  });

  test("two dimensions are a (0, 8, 2)-net: one of 256 points in each box, of whatever shape", () => {
    const points = take(2, 256, seed);
    for (let k = 0; k <= 8; k++) {
      const boxes = points.map(([x, y]) => `${Math.floor(2 ** k * x!)} ${Math.floor(2 ** (8 - k) * y!)}`);
      expect(new Set(boxes).size, `boxes of 2^-${k} times 2^-${8 - k}`).toBe(256);
    }
  });

  test("lies evener than random points do on average, and random points do not", () => {
    const expected = (2 ** -6 - 3 ** -6) / 256;
    expect(discrepancy(take(6, 256, seed))).toBeLessThan(expected / 2);
    const { unit } = randomStream(seed ?? 7, "compared");
    const random = Array.from({ length: 256 }, () => Float64Array.from({ length: 6 }, unit));
    expect(discrepancy(random)).toBeGreaterThan(expected / 2);
  });
});

test("a seed moves every point, and each is uniform over seeds", () => {
  const firsts = Array.from({ length: 400 }, (_, seed) => take(5, 3, seed)[2]!);
  for (let d = 0; d < 5; d++) {
    const values = firsts.map((point) => point[d]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / 400;
    // Five standard errors of a uniform mean.
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * 400));
    expect(new Set(values).size).toBe(400);
  }
});

test("more points begin with the fewer; more axes than it has are refused", () => {
  const space = (axes: number) => ({
    name: "space.json",
    axes: Array.from({ length: axes }, (_, n) => axisOf(`x${n}`, { path: "core.x", range: [0, 1] })),
    data: {} as never,
  });
  const designs = (points: number) => {
    const next = createSearch(space(3), { kind: "sobol", points, seed: 3 }).next();
    if (next.done) throw new Error("the search asks for nothing");
    return next.value.map(({ choices }) => choices);
  };
  expect(designs(40).slice(0, 16)).toEqual(designs(16));
  expect(() => createSearch(space(38), { kind: "sobol" })).toThrow(/has 38 axes, .* at most 37; use latin/);
});
