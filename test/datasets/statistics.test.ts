import { describe, expect, test } from "vitest";
import { rasterText } from "../../datasets/raster.ts";
import type { Dataset, RawSample } from "../../datasets/sample.ts";
import { describeDataset } from "../../datasets/statistics.ts";

const SAMPLES: RawSample[] = [
  { index: 0, label: 1, times: Float64Array.of(0, 0.001, 0.012), channels: Uint16Array.of(2, 2, 0) },
  { index: 1, label: 0, times: new Float64Array(0), channels: new Uint16Array(0) },
  { index: 2, label: 1, times: Float64Array.of(0.5), channels: Uint16Array.of(2) },
];

const dataset: Dataset = {
  name: "three",
  channels: 4,
  classes: 2,
  size: 3,
  async *samples(range) {
    yield* SAMPLES.slice(range?.offset ?? 0, (range?.offset ?? 0) + (range?.limit ?? 3));
  },
  close: () => undefined,
};

describe("describeDataset", () => {
  test("counts classes, events, durations and rates", async () => {
    const statistics = await describeDataset(dataset, { binning: { timestepMs: 5, steps: 4 } });
    expect(statistics).toMatchObject({
      name: "three",
      samples: 3,
      perClass: [1, 2],
      duration: { min: 0, max: 0.5 },
      eventsPerSample: { min: 0, mean: 4 / 3, max: 3 },
      emptySamples: 1,
      silentChannels: 2,
    });
    expect(statistics.duration.mean).toBeCloseTo(0.512 / 3, 12);
    expect(statistics.ratePerChannel[2]).toBeCloseTo(3 / 0.512, 9);
    expect(statistics.binned).toEqual({
      timestepMs: 5,
      stepsPerSample: { min: 4, mean: 4, max: 4 },
      eventsPerStep: { min: 0, mean: 2 / 12, max: 1 },
      mergedShare: 1 / 3,
      droppedShare: 1 / 4,
    });
  });

  test("describes a range and reports progress", async () => {
    const seen: number[] = [];
    const statistics = await describeDataset(dataset, { offset: 1, limit: 1, onProgress: (done) => seen.push(done) });
    expect(statistics).toMatchObject({ samples: 1, perClass: [1, 0], binned: undefined, silentChannels: 4 });
    expect(seen).toEqual([1]);
  });
});

describe("rasterText", () => {
  test("draws time to the right and channels upwards", () => {
    const sample: RawSample = {
      index: 5,
      label: 3,
      times: Float64Array.of(0, 0.001, 0.002, 0.004),
      channels: Uint16Array.of(0, 0, 3, 1),
    };
    expect(rasterText(sample, { channels: 4, columns: 4, rows: 4 })).toBe(
      ["3 |  @", "2 |", "1 |   @", "0 |@@", "  +----", "   sample 5, label 3: 4 spikes, 4.0 ms"].join("\n"),
    );
  });
  test("draws an empty sample", () => {
    expect(rasterText(SAMPLES[1]!, { channels: 4, columns: 2, rows: 2 })).toBe(
      ["2 |", "0 |", "  +--", "   sample 1, label 0: 0 spikes, 0.0 ms"].join("\n"),
    );
  });
});
