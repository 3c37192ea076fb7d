/**
 * What learning costs an active synapse, over network sizes and over activity.
 *
 * Cost: a step with learning less the same step without, over the synapses that are active in it: those that the core's engine walks
 * when it skips (source not silent, group of neurons with a signal). The core that is timed skips nothing, so that all that is not
 * synapses (traces, signals, rows, the silent ones too) is in the cost and shows as a higher one where synapses are few.
 */
import type { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator, type Emulator } from "../emulator/emulator.ts";
import type { Stimulus } from "../emulator/record.ts";
import { LEARN_CASE, type LearnCase, learnImage, learnStimulus, synapsesOf } from "./learn-networks.ts";
import { learnSettings, nsPerStep, SAMPLES } from "./learn-timing.ts";
import { median } from "./steps.ts";

/** Synapses into the hidden population grow 16-fold. */
const SIZES: readonly LearnCase[] = [LEARN_CASE, ...[2, 4].map((n) => scaled(LEARN_CASE, n))];
/** Share of the channels that ever spike: rows of the others are silent. */
const AWAKE: readonly number[] = [1, 0.5, 0.25];

function scaled(step: LearnCase, by: number): LearnCase {
  return { ...step, inputs: by * step.inputs, hidden: by * step.hidden };
}

export interface ScalingCase {
  readonly name: string;
  /** Nanoseconds of learning an active synapse and step, measured now. */
  measure(): number;
}

/** Synapses that are active in a step, on average over a few samples. */
export function activeSynapses(step: LearnCase, stimulus: Stimulus): number {
  const image = learnImage(step, true);
  const emulator = createEmulator(image);
  const samples = 4;
  emulator.clearCounters();
  for (let n = 0; n < samples; n++) emulator.run(stimulus, learnSettings(n, step.classes));
  return (emulator.counters().learning!.learnWords * image.manifest.core.lanes) / (samples * stimulus.ticks);
}

function scalingCase(
  step: LearnCase,
  awake: number,
  share: number,
  specialise: Awaited<ReturnType<typeof loadSpecialiser>>,
): ScalingCase {
  const stimulus = learnStimulus(step, share, awake);
  const emulator: Emulator = createEmulator(learnImage(step, false), { specialise });
  const samples = Math.ceil(SAMPLES / (synapsesOf(step) / synapsesOf(LEARN_CASE)));
  const active = activeSynapses(step, stimulus);
  return {
    name: `${step.inputs}-${step.hidden}-${step.classes}, ${100 * awake} % of the channels`,
    measure: () =>
      (nsPerStep(emulator, stimulus, step.classes, samples) - nsPerStep(emulator, stimulus, null, samples)) / active,
  };
}

export interface ScalingCases {
  readonly sizes: readonly ScalingCase[];
  readonly activities: readonly ScalingCase[];
}

/** @param share of the channels that are awake, those that spike in a step */
export function scalingCases(share: number, specialise: Awaited<ReturnType<typeof loadSpecialiser>>): ScalingCases {
  return {
    sizes: SIZES.map((step) => scalingCase(step, 1, share, specialise)),
    activities: AWAKE.map((awake) => scalingCase(LEARN_CASE, awake, share, specialise)),
  };
}

/** Largest over smallest cost; each cost relative to the first is the median of ratios taken within a round. */
export function spreadOf(rounds: readonly (readonly number[])[]): number {
  const relative = rounds[0]!.map((_, n) => median(rounds.map((costs) => costs[n]! / costs[0]!)));
  return Math.max(...relative) / Math.min(...relative);
}
