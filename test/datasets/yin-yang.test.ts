import { describe, expect, test } from "vitest";
import { yinYangClass, yinYangDataset } from "../../datasets/yin-yang.ts";
import { collect, expectFault } from "./scratch.ts";

const [YIN, YANG, DOT] = [0, 1, 2] as const;

describe("Yin-Yang geometry", () => {
  test.each([
    ["centre of the left dot", 0.25, 0.5, DOT],
    ["centre of the right dot", 0.75, 0.5, DOT],
    ["just inside the left dot", 0.349, 0.5, DOT],
    ["just outside the left dot, in the left half disc", 0.351, 0.5, YANG],
    ["just outside the right dot, in the right half disc", 0.649, 0.5, YIN],
    ["above, in the large half", 0.5, 0.9, YANG],
    ["below, in the large half", 0.5, 0.1, YIN],
    ["below the left dot: the left half disc reaches down", 0.25, 0.3, YANG],
    ["above the right dot: the right half disc reaches up", 0.75, 0.7, YIN],
    ["at the left rim, 0.235 from the left dot's centre", 0.02, 0.45, YANG],
    ["lower left, 0.29 from the left dot's centre", 0.1, 0.25, YIN],
    ["at the right rim, 0.235 from the right dot's centre", 0.98, 0.55, YIN],
    ["upper right, 0.29 from the right dot's centre", 0.9, 0.75, YANG],
    ["a corner of the square", 0.05, 0.05, undefined],
    ["beyond the top", 0.5, 1.001, undefined],
  ])("%s (%f, %f)", (_, x, y, expected) => {
    expect(yinYangClass(x, y)).toBe(expected);
  });

  test("turning by half a turn takes yin to yang and dots to dots", () => {
    // Off the borders: on them the inequalities decide.
    for (let i = 0; i < 40; i++) {
      for (let j = 0; j < 40; j++) {
        const [x, y] = [(i + 0.31) / 40, (j + 0.37) / 40];
        const here = yinYangClass(x, y);
        const expected = here === YIN ? YANG : here === YANG ? YIN : here;
        expect(yinYangClass(1 - x, 1 - y), `${x}, ${y}`).toBe(expected);
      }
    }
  });

  test("areas: the dots have 2 r_small^2 / r_big^2 of the circle, yin and yang half of the rest each", () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 500; i++) {
      for (let j = 0; j < 500; j++) {
        const c = yinYangClass((i + 0.5) / 500, (j + 0.5) / 500);
        if (c !== undefined) counts[c]! += 1 / 250_000;
      }
    }
    expect(counts[DOT]).toBeCloseTo(0.02 * Math.PI, 3);
    expect(counts[YIN]).toBeCloseTo(0.115 * Math.PI, 3);
    expect(counts[YANG]).toBeCloseTo(0.115 * Math.PI, 3);
  });
});

describe("Yin-Yang data set", () => {
  test("classes are balanced, every sample lies in its class", async () => {
    const samples = await collect(yinYangDataset({ samples: 300 }));
    const counts = [0, 0, 0];
    for (const { label, meta } of samples) {
      counts[label!]! += 1;
      expect(yinYangClass(meta!.x as number, meta!.y as number)).toBe(label);
    }
    expect(counts).toEqual([100, 100, 100]);
  });

  test("points are spread over their class: half of the dots are left", async () => {
    const samples = await collect(yinYangDataset({ samples: 3000, seed: 2 }));
    const left = samples.filter(({ label, meta }) => label === DOT && (meta!.x as number) < 0.5).length;
    // 1000 dots: a standard error of 16.
    expect(Math.abs(left - 500)).toBeLessThan(64);
  });

  test("coordinates are latencies: 10 ms for 0, 40 ms for 1, the bias at 20 ms", async () => {
    for (const { times, channels, meta } of await collect(yinYangDataset({ samples: 30 }))) {
      const { x, y } = meta as { x: number; y: number };
      const byChannel = Array.from(channels)
        .map((channel, e) => [channel, times[e]!] as const)
        .sort((a, b) => a[0] - b[0]);
      expect(byChannel.map(([channel]) => channel)).toEqual([0, 1, 2, 3, 4]);
      const expected = [x, y, 1 - x, 1 - y].map((c) => 0.01 + 0.03 * c);
      for (const [k, time] of [...expected, 0.02].entries()) expect(byChannel[k]![1]).toBeCloseTo(time, 12);
      expect([...times]).toEqual([...times].sort((a, b) => a - b));
    }
  });

  test("the window and the bias are options", async () => {
    const options = { samples: 3, earlySeconds: 1, lateSeconds: 3, biasSeconds: 0 };
    for (const { times, channels, meta } of await collect(yinYangDataset(options))) {
      expect([times[0], channels[0]]).toEqual([0, 4]);
      expect(times[channels.indexOf(0)]).toBeCloseTo(1 + 2 * (meta!.x as number), 12);
    }
  });

  test("a sample is a function of seed and index", async () => {
    const all = await collect(yinYangDataset({ samples: 20, seed: 7 }));
    expect(await collect(yinYangDataset({ samples: 500, seed: 7 }), { offset: 12, limit: 3 })).toEqual(
      all.slice(12, 15),
    );
    expect((await collect(yinYangDataset({ samples: 1, seed: 8 })))[0]!.meta).not.toEqual(all[0]!.meta);
    const { name, channels, classes, size } = yinYangDataset();
    expect({ name, channels, classes, size }).toEqual({ name: "yin-yang", channels: 5, classes: 3, size: 5000 });
  });

  test("refuses options out of range", async () => {
    await expectFault(() => yinYangDataset({ samples: 0 }), "option-range");
    await expectFault(() => yinYangDataset({ seed: 0.5 }), "option-range");
    await expectFault(() => yinYangDataset({ earlySeconds: -0.01 }), "option-range");
    await expectFault(() => yinYangDataset({ biasSeconds: Number.NaN }), "option-range");
    const fault = await expectFault(() => yinYangDataset({ earlySeconds: 0.04 }), "option-range");
    expect(fault.message).toBe(
      "yin-yang: lateSeconds: 0.04 is out of range; give more than earlySeconds, which is 0.04",
    );
  });
});
