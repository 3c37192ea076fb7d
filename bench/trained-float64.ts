/** The float64 model of a trained network against the outputs of the independent forward pass that came with it. */

import { type DecisionRule, decide } from "../reference/decision.ts";
import { createFloat64 } from "../reference/float64.ts";
import type { LabelledSample } from "./trained-data.ts";
import type { TrainedNetwork } from "./trained-networks.ts";

/** The rule of the expected predictions: argmax of the summed softmax after the last step. */
const EXPECTED_RULE: DecisionRule = { score: "softmax", time: { kind: "end" } };
const SUM_RULE: DecisionRule = { score: "readout", time: { kind: "end" } };

/** Classes that float64 gives to each sample under the two rules that a core can follow, and its hidden spikes. */
export interface FloatCourse {
  readonly softmax: Uint8Array;
  readonly sum: Uint8Array;
  readonly hiddenSpikes: Uint32Array;
  /** Largest |y| of the readout over the samples, in threshold units. */
  readonly largestReadout: number;
}

/** Runs the samples in order. */
export function floatCourse({ ir }: TrainedNetwork, samples: readonly LabelledSample[]): FloatCourse {
  const model = createFloat64(ir);
  const softmax = new Uint8Array(samples.length);
  const sum = new Uint8Array(samples.length);
  const hiddenSpikes = new Uint32Array(samples.length);
  let largestReadout = 0;
  samples.forEach((sample, n) => {
    const { readouts, spikes, steps } = model.run(sample);
    const [digit] = readouts;
    for (const y of digit!.y) largestReadout = Math.max(largestReadout, Math.abs(y));
    softmax[n] = decide(digit!.y, steps, digit!.size, EXPECTED_RULE).class;
    sum[n] = decide(digit!.y, steps, digit!.size, SUM_RULE).class;
    hiddenSpikes[n] = spikes.find(({ name }) => name === "hidden")!.total;
  });
  return { softmax, sum, hiddenSpikes, largestReadout };
}

export interface FloatAgreement {
  /** Samples with the expected prediction, and with the expected number of hidden spikes. */
  readonly predictions: number;
  readonly spikes: number;
  /** Whether every hidden spike of sample 0 is in the expected step. */
  readonly raster: boolean;
}

/** Compares a course over the whole test set, or its first samples, with the expected outputs. */
export function floatAgreement(
  { ir, expected }: TrainedNetwork,
  samples: readonly LabelledSample[],
  { softmax, hiddenSpikes }: FloatCourse,
): FloatAgreement {
  const raster = createFloat64(ir)
    .run(samples[0]!, { raster: true })
    .spikes.find(({ name }) => name === "hidden")!.raster!;
  return {
    predictions: softmax.filter((digit, n) => digit === expected.prediction[n]).length,
    spikes: hiddenSpikes.filter((count, n) => count === expected.hiddenSpikes[n]).length,
    raster: raster.length === expected.raster0.length && raster.every((bit, at) => bit === expected.raster0[at]),
  };
}
