/** A trained network in fixed point: the class and the hidden spikes of each sample, and where it differs from float64. */

import { compileIr } from "../compiler/compile.ts";
import type { CoreDescription } from "../description/core.ts";
import { createEmulator } from "../emulator/emulator.ts";
import type { Counters } from "../emulator/record.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import type { Manifest } from "../image/manifest.ts";
import type { LabelledSample } from "./trained-data.ts";
import type { FloatCourse } from "./trained-float64.ts";
import type { TrainedNetwork } from "./trained-networks.ts";

export const WEIGHT_BITS = [4, 5, 6, 8, 10, 12, 16] as const;
export const MEMBRANE_BITS = [16, 24] as const;
/** The claims of the check are about these: weights of 8 bits and the membrane of the default preset. */
export const CLAIMED_WEIGHT_BITS = 8;
export const CLAIMED_MEMBRANE_BITS = 16;

/** Weights wider than this get an accumulator of 24 bits, so that the accumulator does not make them coarser. */
const WIDE_WEIGHT = 8;

/** What a core of the table has beside the default preset. */
export function tableCore(weightBits: number, membraneBits: number): CoreDescription {
  const wide = weightBits > WIDE_WEIGHT ? { accumulator: { bits: 24, current: 24 } } : {};
  return { weights: { bits: weightBits }, membrane: { bits: membraneBits }, ...wide };
}

export interface FixedCourse {
  readonly manifest: Manifest;
  readonly classes: Uint8Array;
  readonly hiddenSpikes: Uint32Array;
  /** Over all samples. */
  readonly counters: Counters;
}

/** Runs the samples in order on the general module. @throws CompileError, DoesNotFitError when the core cannot hold it */
export function fixedCourse(
  { ir }: TrainedNetwork,
  core: CoreDescription,
  samples: readonly LabelledSample[],
): FixedCourse {
  const { image } = compileIr(ir, core);
  const { manifest } = image;
  const emulator = createEmulator(image, { accounting: false });
  const hidden = manifest.populations.findIndex(({ name }) => name === "hidden");
  const classes = new Uint8Array(samples.length);
  const hiddenSpikes = new Uint32Array(samples.length);
  let before = 0;
  samples.forEach((sample, n) => {
    const record = emulator.run(stimulusOf(sample, manifest), { ...PLAIN_SETTINGS, sample: sample.index });
    classes[n] = record.decision!.class;
    const spikes = record.counters.spikes[hidden]!;
    hiddenSpikes[n] = spikes - before;
    before = spikes;
  });
  return { manifest, classes, hiddenSpikes, counters: emulator.counters() };
}

/** Fixed point against float64 under the same decision rule, in samples. */
export interface FixedComparison {
  readonly samples: number;
  readonly fixedCorrect: number;
  readonly floatCorrect: number;
  /** Samples of another class than float64's, and samples that are right in one and wrong in the other. */
  readonly classChanged: number;
  readonly correctnessChanged: number;
  /** Samples with as many hidden spikes as float64; mean hidden spikes a sample of both. */
  readonly sameSpikes: number;
  readonly meanSpikes: number;
  readonly floatMeanSpikes: number;
  /** Saturated membranes and readouts, over all samples. */
  readonly saturated: number;
}

export function compareFixed(
  fixed: FixedCourse,
  float: FloatCourse,
  samples: readonly LabelledSample[],
): FixedComparison {
  const { decision } = fixed.manifest;
  if (decision?.at !== "end") throw new Error("the comparison is for cores that decide after the last step");
  const floatClasses = decision.rule === "softmax" ? float.softmax : float.sum;
  const count = (matches: (n: number) => boolean): number => samples.filter((_, n) => matches(n)).length;
  const mean = (counts: Uint32Array): number => counts.reduce((sum, spikes) => sum + spikes, 0) / counts.length;
  const right = (classes: Uint8Array, n: number): boolean => classes[n] === samples[n]!.label;
  return {
    samples: samples.length,
    fixedCorrect: count((n) => right(fixed.classes, n)),
    floatCorrect: count((n) => right(floatClasses, n)),
    classChanged: count((n) => fixed.classes[n] !== floatClasses[n]),
    correctnessChanged: count((n) => right(fixed.classes, n) !== right(floatClasses, n)),
    sameSpikes: count((n) => fixed.hiddenSpikes[n] === float.hiddenSpikes[n]),
    meanSpikes: mean(fixed.hiddenSpikes),
    floatMeanSpikes: mean(float.hiddenSpikes),
    saturated: fixed.counters.membraneSaturated.reduce((sum, saturations) => sum + saturations, 0),
  };
}
