// The trained networks in fixed point on 20 of the 300 test samples; `npm run check:trained` takes all of them.

import { describe, expect, test } from "vitest";
import {
  type LabelledSample,
  loadTrainedByName,
  missingTrainedData,
  spokenDigits,
  type TrainedName,
} from "../bench/trained-data.ts";
import { compareFixed, type FixedComparison, fixedCourse } from "../bench/trained-fixed.ts";
import { floatCourse } from "../bench/trained-float64.ts";
import { TRAINED_NETWORKS } from "../bench/trained-networks.ts";
import { shortQueue, spikeRingRefusal } from "../bench/trained-refusals.ts";
import { checkVariants } from "../bench/trained-variants.ts";
import { pooled } from "../bench/trained-verdict.ts";

const missing = missingTrainedData();
if (missing !== undefined) console.warn(`skipped: trained networks in fixed point; ${missing} is absent`);

/** Every 15th sample: all speakers and digits have their turn. */
async function twentyDigits(): Promise<LabelledSample[]> {
  return (await spokenDigits("test")).filter((_, n) => n % 15 === 0);
}

const hasSynapticDelays = (name: TrainedName): boolean => name.endsWith("_syn");

describe.skipIf(missing !== undefined)("trained networks in fixed point", () => {
  const digits = missing === undefined ? twentyDigits() : Promise.resolve([]);

  test("8-bit weights: class and correctness against float64 under the core's rule", async () => {
    const samples = await digits;
    expect(samples).toHaveLength(20);
    const comparisons: FixedComparison[] = [];
    for (const name of TRAINED_NETWORKS) {
      const network = await loadTrainedByName(name);
      const float = floatCourse(network, samples);
      const comparison = compareFixed(fixedCourse(network, {}, samples), float, samples);
      expect(Math.abs(comparison.meanSpikes / comparison.floatMeanSpikes - 1)).toBeLessThan(0.02);
      comparisons.push(comparison);
    }
    const all = pooled(comparisons);
    expect(all.samples).toBe(100);
    expect(all.classChanged).toBeLessThanOrEqual(8);
    expect(all.correctnessChanged).toBeLessThanOrEqual(5);
  });

  test.each(TRAINED_NETWORKS)("%s: the same spikes on every core that can hold it", async (name) => {
    const samples = await digits;
    const results = checkVariants(await loadTrainedByName(name), samples, 5);
    expect(results.map(({ name: core, difference }) => [core, difference])).toEqual(
      results.map(({ name: core }) => [core, null]),
    );
    expect(results.some(({ name: core }) => core === "spike ring")).toBe(!hasSynapticDelays(name));
    expect(results.length).toBeGreaterThanOrEqual(7);
  });

  test.each(TRAINED_NETWORKS.filter(hasSynapticDelays))("%s: the spike ring is refused by name", async (name) => {
    expect(spikeRingRefusal(await loadTrainedByName(name))).toMatch(/sound -> hidden.*synaptic/s);
  });

  test("a delay queue that is too small counts what it loses", async () => {
    const { dropped, sameAsRing } = shortQueue(await loadTrainedByName("snn_ax"), (await digits).slice(0, 3));
    expect(dropped).toBeGreaterThan(0);
    expect(sameAsRing).toBe(false);
  });
});
