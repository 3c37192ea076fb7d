// The float64 model against the outputs of an independent forward pass, on all 300 test samples.

import { describe, expect, test } from "vitest";
import { loadTrainedByName, missingTrainedData, spokenDigits } from "../../bench/trained-data.ts";
import { floatAgreement, floatCourse } from "../../bench/trained-float64.ts";
import { TRAINED_NETWORKS } from "../../bench/trained-networks.ts";

const missing = missingTrainedData();
if (missing !== undefined) console.warn(`skipped: trained networks against float64; ${missing} is absent`);

describe.skipIf(missing !== undefined)("float64 against the independent forward pass", () => {
  const testSet = missing === undefined ? spokenDigits("test") : Promise.resolve([]);

  test.each(TRAINED_NETWORKS)("%s: prediction and hidden spikes on 300 of 300 samples, and a raster", async (name) => {
    const samples = await testSet;
    expect(samples).toHaveLength(300);
    const network = await loadTrainedByName(name);
    const { expected, attributes } = network;
    const course = floatCourse(network, samples);
    expect([...course.softmax]).toEqual([...expected.prediction]);
    expect([...course.hiddenSpikes]).toEqual([...expected.hiddenSpikes]);
    expect(floatAgreement(network, samples, course)).toEqual({ predictions: 300, spikes: 300, raster: true });
    const correct = samples.filter(({ label }, n) => course.softmax[n] === label).length;
    expect(correct / samples.length).toBeCloseTo(attributes.expectedAccuracy, 10);
  });
});
