import { describe, expect, test } from "vitest";
import { randomStream } from "../../formats/random.ts";

describe("random streams", () => {
  test("the first words of a stream are pinned: a change would change every seeded network", () => {
    const { uint32 } = randomStream(1, "sound -> hidden weights");
    expect([uint32(), uint32(), uint32()]).toEqual([2926374508, 684313564, 382077237]);
  });

  test("seeds and names give streams of their own", () => {
    const first = (seed: number, name: string): string => {
      const { uint32 } = randomStream(seed, name);
      return [uint32(), uint32()].join();
    };
    const streams = [first(0, "a"), first(1, "a"), first(2 ** 32 - 1, "a"), first(0, "b"), first(0, ""), first(1, "")];
    expect(new Set(streams).size).toBe(streams.length);
  });

  test("unit numbers are in [0, 1) with mean 1/2 and variance 1/12", () => {
    const { unit } = randomStream(5, "unit");
    const draws = Array.from({ length: 100_000 }, unit);
    expect(draws.every((u) => u >= 0 && u < 1)).toBe(true);
    const mean = draws.reduce((sum, u) => sum + u, 0) / draws.length;
    const variance = draws.reduce((sum, u) => sum + (u - mean) ** 2, 0) / draws.length;
    // Four standard errors: 4 sqrt(1/12/n) and 4 sqrt(1/180/n).
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0037);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.00095);
  });

  test("neighbouring normal draws are not correlated", () => {
    const { normal } = randomStream(5, "normal");
    const draws = Array.from({ length: 100_000 }, normal);
    const product = draws.slice(1).reduce((sum, z, k) => sum + z * draws[k]!, 0) / draws.length;
    expect(Math.abs(product)).toBeLessThan(0.0127);
  });

  test("whole numbers below 7 come equally often", () => {
    const { below } = randomStream(5, "below");
    const counts = new Array(7).fill(0);
    for (let k = 0; k < 70_000; k++) counts[below(7)]++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(370);
  });
});
