import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadTrained, TRAINED_NETWORKS } from "../../bench/trained-networks.ts";
import { bin } from "../../datasets/bin.ts";
import { openDataset } from "../../datasets/open.ts";
import type { BinnedSample } from "../../datasets/sample.ts";
import { decide } from "../../reference/decision.ts";
import { createFloat64 } from "../../reference/float64.ts";

const DATA = new URL("../../../shared/data/", import.meta.url).pathname;
const present = existsSync(`${DATA}fsdd_cochlea_test.h5.gz`) && existsSync(`${DATA}trained`);
if (!present) console.warn("skipped: trained networks against float64; ../shared/data is absent");

async function binnedTestSet(): Promise<BinnedSample[]> {
  const dataset = await openDataset(`${DATA}fsdd_cochlea_test.h5.gz`);
  const binned: BinnedSample[] = [];
  for await (const sample of dataset.samples()) {
    binned.push(bin(sample, { timestepMs: 5, steps: 120, group: 5, channels: dataset.channels }));
  }
  dataset.close();
  return binned;
}

describe.skipIf(!present)("float64 against the independent forward pass", () => {
  const testSet = present ? binnedTestSet() : Promise.resolve([]);

  test.each(TRAINED_NETWORKS)("%s: prediction and hidden spikes on 300 of 300 samples, and a raster", async (name) => {
    const samples = await testSet;
    expect(samples).toHaveLength(300);
    const { ir, expected, attributes } = await loadTrained(`${DATA}trained/${name}.h5`);
    const model = createFloat64(ir);
    const predictions: number[] = [];
    const hiddenSpikes: number[] = [];
    let correct = 0;
    for (const sample of samples) {
      const result = model.run(sample, { raster: sample.index === 0 });
      const [digit] = result.readouts;
      const hidden = result.spikes.find((record) => record.name === "hidden")!;
      const decision = decide(digit!.y, result.steps, digit!.size, { score: "softmax", time: { kind: "end" } });
      predictions.push(decision.class);
      hiddenSpikes.push(hidden.total);
      if (decision.class === sample.label) correct++;
      if (sample.index === 0) expect(hidden.raster).toEqual(expected.raster0);
    }
    expect(predictions).toEqual([...expected.prediction]);
    expect(hiddenSpikes).toEqual([...expected.hiddenSpikes]);
    expect(correct / samples.length).toBeCloseTo(attributes.expectedAccuracy, 10);
  });
});
