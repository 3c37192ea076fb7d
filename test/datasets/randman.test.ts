import { describe, expect, test } from "vitest";
import { type RandmanOptions, randmanDataset } from "../../datasets/randman.ts";
import {
  cutoffOf,
  drawManifold,
  evaluateManifold,
  manifoldRange,
  type RandomManifold,
} from "../../datasets/random-manifold.ts";
import type { RawSample } from "../../datasets/sample.ts";
import { randomStream } from "../../formats/random.ts";
import { collect, expectFault } from "./scratch.ts";

const SMALL: RandmanOptions = { classes: 3, channels: 6, dimension: 1, samples: 30 };

/** Time of each channel, by channel. */
function byChannel({ times, channels }: RawSample): number[] {
  const sorted = new Array<number>(channels.length);
  for (const [e, channel] of channels.entries()) sorted[channel] = times[e]!;
  return sorted;
}

describe("random manifold", () => {
  test("cut off where the spectrum falls below 1e-3, at 1000 terms at most", () => {
    // 1000^(1/alpha): 1000, 31.6, 10, 1.995.
    expect([0.5, 1, 2, 3, 10].map(cutoffOf)).toEqual([1000, 1000, 32, 10, 2]);
  });

  test("is the product over dimensions of sums of sines", () => {
    const manifold: RandomManifold = {
      channels: 2,
      dimension: 2,
      cutoff: 2,
      amplitude: Float64Array.of(0, 0.5, 0, 2, 0, 1, 0.5, 1),
      frequency: Float64Array.of(0, Math.PI, 0, 2 * Math.PI, 0, 0, 0, Math.PI),
      phase: Float64Array.of(0, 0, 0, Math.PI / 2, 0, Math.PI / 6, Math.PI / 2, 0),
    };
    const value = new Float64Array(2);
    evaluateManifold(manifold, [0.5, 1], value);
    // 0.5 sin(pi/2) x 2 cos(2 pi) and sin(pi/6) x (0.5 + sin(pi)).
    expect(value[0]).toBeCloseTo(1, 12);
    expect(value[1]).toBeCloseTo(0.25, 12);
  });

  test("its range over 1000 points is that of the points evaluated one by one", () => {
    const manifold = drawManifold(randomStream(6, "manifold"), 4, 1, 1);
    const { least, most } = manifoldRange(manifold, 1000, randomStream(6, "range"));
    const rows = Array.from({ length: 1000 }, (_, j) => {
      const value = new Float64Array(4);
      evaluateManifold(manifold, [(j + 0.5) / 1000], value);
      return value;
    });
    for (let i = 0; i < 4; i++) {
      expect(least[i]).toBeCloseTo(Math.min(...rows.map((row) => row[i]!)), 11);
      expect(most[i]).toBeCloseTo(Math.max(...rows.map((row) => row[i]!)), 11);
    }
  });

  test("in two dimensions its range lies within that of all pairs of coordinates", () => {
    const manifold = drawManifold(randomStream(7, "manifold"), 3, 2, 2);
    const { least, most } = manifoldRange(manifold, 40, randomStream(7, "range"));
    const [low, high] = [new Float64Array(3).fill(9), new Float64Array(3).fill(-9)];
    const value = new Float64Array(3);
    for (let p = 0; p < 1600; p++) {
      evaluateManifold(manifold, [((p % 40) + 0.5) / 40, (Math.floor(p / 40) + 0.5) / 40], value);
      for (let i = 0; i < 3; i++) {
        low[i] = Math.min(low[i]!, value[i]!);
        high[i] = Math.max(high[i]!, value[i]!);
      }
    }
    for (let i = 0; i < 3; i++) {
      expect(least[i]).toBeGreaterThan(low[i]! - 1e-12);
      expect(most[i]).toBeLessThan(high[i]! + 1e-12);
      expect(most[i]! - least[i]!).toBeGreaterThan(0.5 * (high[i]! - low[i]!));
    }
  });

  test("term i has amplitude below 1/(i+1)^alpha and at most i periods; term 0 is left out", () => {
    const { amplitude, frequency, phase, cutoff } = drawManifold(randomStream(4, "manifold"), 5, 2, 2);
    expect([cutoff, amplitude.length]).toEqual([32, 320]);
    for (let k = 0; k < amplitude.length; k++) {
      const term = k % 32;
      expect(amplitude[k]).toBeLessThan(1 / (term + 1) ** 2);
      expect(amplitude[k]! > 0).toBe(term > 0);
      expect(frequency[k]).toBeLessThanOrEqual(2 * Math.PI * term);
      expect(phase[k]).toBeLessThan(2 * Math.PI);
    }
  });
});

describe("Randman data set", () => {
  test("every channel fires once, within the window; classes are balanced", async () => {
    const counts = [0, 0, 0];
    for (const sample of await collect(randmanDataset({ ...SMALL, earlySeconds: 0.02, lateSeconds: 0.05 }))) {
      counts[sample.label!]! += 1;
      expect([...sample.channels].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      expect([...sample.times]).toEqual([...sample.times].sort((a, b) => a - b));
      expect(sample.times[0]).toBeGreaterThanOrEqual(0.02);
      expect(sample.times[5]).toBeLessThan(0.05);
    }
    expect(counts).toEqual([10, 10, 10]);
  });

  test("the times of each channel and class reach over the whole window", async () => {
    const samples = await collect(randmanDataset({ ...SMALL, samples: 3000, lateSeconds: 1 }));
    for (let c = 0; c < 3; c++) {
      const times = samples.filter(({ label }) => label === c).map(byChannel);
      for (let i = 0; i < 6; i++) {
        const values = times.map((row) => row[i]!);
        // The extreme of a channel may lie at an end of the manifold, which the nearest of 1000 points misses by some 1/1000.
        expect(Math.min(...values)).toBeLessThan(0.05);
        expect(Math.max(...values)).toBeGreaterThan(0.95);
        // Beyond the range of the 1000 points: 2 in 1000 expected, 1000 samples.
        expect(values.filter((value) => value === 0 || value > 0.99999).length).toBeLessThan(15);
      }
    }
  });

  test("a sample is a function of the options and its index; manifolds have a seed of their own", async () => {
    const all = await collect(randmanDataset(SMALL));
    expect(await collect(randmanDataset({ ...SMALL, samples: 999 }), { offset: 17, limit: 4 })).toEqual(
      all.slice(17, 21),
    );
    expect((await collect(randmanDataset({ ...SMALL, seed: 2 })))[0]).not.toEqual(all[0]);
    expect((await collect(randmanDataset({ ...SMALL, manifoldSeed: 2 })))[0]).not.toEqual(all[0]);
  });

  test("samples of another seed lie on the same manifolds: the nearest sample tells the class", async () => {
    const share = async (manifoldSeed: number): Promise<number> => {
      const known = (await collect(randmanDataset({ ...SMALL, samples: 600 }))).map(byChannel);
      let right = 0;
      for (const sample of await collect(randmanDataset({ ...SMALL, samples: 150, seed: 9, manifoldSeed }))) {
        const point = byChannel(sample);
        const distances = known.map((row) => row.reduce((sum, t, i) => sum + (t - point[i]!) ** 2, 0));
        if (distances.indexOf(Math.min(...distances)) % 3 === sample.label) right++;
      }
      return right / 150;
    };
    expect(await share(1)).toBeGreaterThan(0.95);
    expect(await share(2)).toBeLessThan(0.7);
  });

  test("a larger alpha is smoother: neighbouring points of the manifold have neighbouring times", () => {
    const roughness = (alpha: number): number => {
      const manifold = drawManifold(randomStream(1, "rough"), 20, 1, alpha);
      const [value, before] = [new Float64Array(20), new Float64Array(20)];
      let path = 0;
      let range = 0;
      const [least, most] = [new Float64Array(20).fill(9), new Float64Array(20).fill(-9)];
      for (let p = 0; p <= 500; p++) {
        evaluateManifold(manifold, [p / 500], value);
        for (let i = 0; i < 20; i++) {
          if (p > 0) path += Math.abs(value[i]! - before[i]!);
          least[i] = Math.min(least[i]!, value[i]!);
          most[i] = Math.max(most[i]!, value[i]!);
        }
        before.set(value);
      }
      for (let i = 0; i < 20; i++) range += most[i]! - least[i]!;
      return path / range;
    };
    expect(roughness(1)).toBeGreaterThan(4 * roughness(2));
    expect(roughness(2)).toBeGreaterThan(roughness(4));
  });

  test("refuses options out of range, and more coefficients than memory should hold", async () => {
    await expectFault(() => randmanDataset({ classes: 0 }), "option-range");
    await expectFault(() => randmanDataset({ dimension: 17 }), "option-range");
    await expectFault(() => randmanDataset({ alpha: 0 }), "option-range");
    await expectFault(() => randmanDataset({ manifoldSeed: -1 }), "option-range");
    await expectFault(() => randmanDataset({ lateSeconds: 0 }), "option-range");
    const fault = await expectFault(() => randmanDataset({ classes: 10, channels: 4096, alpha: 1 }), "option-range");
    // 2^24 / (10 x 2 x 1000).
    expect(fault.remedy).toMatch(/^give 838 channels or fewer classes/);
  });
});
