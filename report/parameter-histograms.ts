/** Weights and delays of an image as histograms, beside those of the image before learning. */

import type { Image } from "../image/manifest.ts";
import { bitsBelow, readParameters, synapsePlaces } from "../image/synapses.ts";
import { histogramsOf } from "../statistics/histogram.ts";

/** Used values, as the core computes with them: bin b holds from + b width up to, not including, from + (b + 1) width. */
export interface ParameterHistogram {
  readonly projection: string;
  readonly parameter: "weights" | "delays";
  readonly unit: "threshold units" | "steps";
  readonly from: number;
  readonly width: number;
  /** Synapses in each bin; of axonal delays, source neurons. */
  readonly counts: readonly number[];
  /** Before learning; null where there was none. */
  readonly before: readonly number[] | null;
}

const MOST_BINS = 64;

/** @param before the same network before learning; null: there is nothing to compare with */
export function parameterHistograms(image: Image, before: Image | null): readonly ParameterHistogram[] {
  const { manifest } = image;
  return manifest.projections.flatMap(({ name, weightFraction }, q) => {
    const below = bitsBelow(manifest, q);
    const used = (of: Image) => {
      const { weight, delay } = readParameters(of, q, synapsePlaces(of, q));
      return { weight: weight.map((code) => code >> below.weight), delay: delay.map((code) => code >> below.delay) };
    };
    const [now, then] = [used(image), before === null ? null : used(before)];
    const histogram = (of: (one: { readonly weight: Int32Array; readonly delay: Int32Array }) => Int32Array) =>
      histogramsOf([of(now), ...(then === null ? [] : [of(then)])], MOST_BINS);
    const weights = histogram(({ weight }) => weight);
    const delays = histogram(({ delay }) => delay);
    const lsb = 2 ** -weightFraction;
    const shown: ParameterHistogram[] = [
      {
        projection: name,
        parameter: "weights",
        unit: "threshold units",
        from: weights.low * lsb,
        width: weights.width * lsb,
        counts: weights.counts[0]!,
        before: weights.counts[1] ?? null,
      },
    ];
    if (now.delay.length > 0)
      shown.push({
        projection: name,
        parameter: "delays",
        unit: "steps",
        from: delays.low,
        width: delays.width,
        counts: delays.counts[0]!,
        before: delays.counts[1] ?? null,
      });
    return shown;
  });
}
