/** The emulated core with its learning engine as a learner. */

import {
  LEARN_CHANGE_SATURATED,
  LEARN_CHANGE_ZERO,
  LEARN_COUNTS,
  LEARN_DELAY_CLAMPED,
  LEARN_DELAY_UPDATES,
  LEARN_DELAY_ZERO,
  LEARN_ELIGIBILITY_SATURATED,
  LEARN_WEIGHT_CLAMPED,
  LEARN_WEIGHT_UPDATES,
  LEARN_WEIGHT_ZERO,
} from "../assembly/layout.ts";
import { createEmulator, type EmulatorOptions } from "../emulator/emulator.ts";
import type { LastingState } from "../emulator/learning-state.ts";
import type { LearningCounters, LearningState, RunSettings, SampleRecord, Stimulus } from "../emulator/record.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import type { Image, LearningRegisters, Manifest } from "../image/manifest.ts";
import { writeLearned } from "../image/write-learned.ts";
import { copySaved, type Learner, type ProjectionUpdates, type Saved, type SavedArray } from "./learner.ts";
import { rateShiftOf } from "./schedule.ts";
import { addBias, askedOf, BIAS_SUMS, biasOf } from "./update-bias.ts";

/** Sums of an epoch that are counted for the whole engine: traces, learning signals, errors. */
const ENGINE_COUNTS = 3;
/** Of the presentations of an epoch that learn, the first and every so many are measured: reading the state twice takes some ms. */
const BIAS_EVERY = 128;

export interface CoreLearnerOptions extends Pick<EmulatorOptions, "specialise"> {
  /** Sees the record of each presentation, for reports; counters are of it alone. */
  readonly onRecord?: (record: SampleRecord, learns: boolean) => void;
}

/**
 * Learns on `image`, whose manifest has a learning engine and a decision unit.
 *
 * The loss is -ln of the label's share of the summed softmax, with at least half an LSB of the score; null under the
 * decision rule "sum", which has no probabilities.
 *
 * @throws RangeError for an image that does not learn or does not decide
 */
export function createCoreLearner(image: Image, { onRecord, ...options }: CoreLearnerOptions = {}): Learner {
  const { manifest } = image;
  const { learning, decision, populations } = manifest;
  if (learning === null || decision === null)
    throw new RangeError("the image has no learning engine or no decision unit");
  const emulator = createEmulator(image, options);
  const hidden = populations.flatMap(({ kind }, p) => (kind === "lif" ? [p] : []));
  const counted = new Float64Array(learning.projections.length * LEARN_COUNTS + ENGINE_COUNTS);
  // Behind the sums stands how many presentations they were chosen among.
  const bias = new Float64Array(learning.projections.length * BIAS_SUMS + 1);
  let rateShift: number | null = 0;

  /** The sample's record; its updates at the end go into `bias`. Same bits as without. */
  function runMeasured(stimulus: Stimulus, settings: RunSettings, shift: number): SampleRecord {
    let last: LearningState | undefined;
    const record = emulator.run(stimulus, settings, undefined, (state) => {
      last = state.learning!;
    });
    const now = emulator.state().learning!;
    if (last !== undefined && now.pending === 0) addBias(bias, learning!, last, now, shift);
    return record;
  }

  return {
    model: "core",
    classes: populations[decision.population]!.size,
    channels: populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0),
    hidden: hidden.map((p) => populations[p]!.name),
    setRateFactor: (factor) => {
      rateShift = rateShiftOf(factor);
    },
    present(sample, label, presentation) {
      emulator.clearCounters();
      const learns = label !== undefined && rateShift !== null;
      const stimulus = stimulusOf(sample, manifest);
      const settings: RunSettings = {
        ...PLAIN_SETTINGS,
        sample: presentation,
        ...(learns && { learning: { label, rateShift: rateShift! } }),
      };
      const measured = learns && learning.updateEvery > 0 && bias.at(-1)! % BIAS_EVERY === 0;
      if (learns) bias[bias.length - 1]! += 1;
      const record = measured ? runMeasured(stimulus, settings, rateShift!) : emulator.run(stimulus, settings);
      const { counters } = record;
      if (learns) addCounts(counted, counters.learning!);
      onRecord?.(record, learns);
      return {
        class: record.decision?.class ?? 0,
        loss: sample.label === undefined ? null : lossOf(manifest, emulator.scores(), sample.label),
        spikes: hidden.map((p) => counters.spikes[p]!),
      };
    },
    takeUpdates() {
      const [traceSaturated, signalSaturated, errorSaturated] = counted.subarray(counted.length - ENGINE_COUNTS);
      const projections = learning.projections.map((_, q) => projectionUpdates(manifest, learning, counted, bias, q));
      counted.fill(0);
      bias.fill(0);
      return {
        projections,
        traceSaturated: traceSaturated!,
        signalSaturated: signalSaturated!,
        errorSaturated: errorSaturated!,
      };
    },
    save: () => ({ ...savedState(emulator.state().learning!), counted: counted.slice(), bias: bias.slice() }),
    restore(saved) {
      const state = savedState(emulator.state().learning!);
      // Counts first into copies: what is refused leaves the learner as it was.
      const [counts, sums] = [counted.slice(), bias.slice()];
      copySaved(saved, { ...state, counted: counts, bias: sums });
      counted.set(counts);
      bias.set(sums);
      emulator.restoreLearning(lastingState(state, learning.projections.length));
    },
    // Fixed point has no other numbers.
    notFinite: () => null,
    learned: () => ({ kind: "image", image: writeLearned(image, emulator.state().learning!) }),
  };
}

function lossOf({ decision }: Manifest, scores: Int32Array, label: number): number | null {
  if (decision?.rule !== "softmax") return null;
  const total = scores.reduce((sum, score) => sum + score, 0);
  return total <= 0 ? null : -Math.log(Math.max(scores[label]!, 0.5) / total);
}

function addCounts(counted: Float64Array, { projections, ...engine }: LearningCounters): void {
  for (const [q, counts] of projections.entries()) {
    for (let n = 0; n < LEARN_COUNTS; n++) counted[q * LEARN_COUNTS + n]! += counts[n]!;
  }
  const at = projections.length * LEARN_COUNTS;
  for (const count of engine.traceSaturated) counted[at]! += count;
  for (const count of engine.signalSaturated) counted[at + 1]! += count;
  counted[at + 2]! += engine.errorSaturated;
}

function projectionUpdates(
  { projections }: Manifest,
  learning: LearningRegisters,
  counted: Float64Array,
  bias: Float64Array,
  q: number,
): ProjectionUpdates {
  const { projection, weights, delays } = learning.projections[q]!;
  const of = (count: number): number => counted[q * LEARN_COUNTS + count]!;
  const kind = (parameter: "weights" | "delays", changed: number, zero: number, clamped: number) => ({
    changed: of(changed),
    zero: of(zero),
    clamped: of(clamped),
    bias: biasOf(bias, q, parameter),
    biasOver: askedOf(bias, q, parameter),
  });
  return {
    projection: projections[projection]!.name,
    weights: weights === null ? null : kind("weights", LEARN_WEIGHT_UPDATES, LEARN_WEIGHT_ZERO, LEARN_WEIGHT_CLAMPED),
    delays: delays === null ? null : kind("delays", LEARN_DELAY_UPDATES, LEARN_DELAY_ZERO, LEARN_DELAY_CLAMPED),
    changeZero: of(LEARN_CHANGE_ZERO),
    changeSaturated: of(LEARN_CHANGE_SATURATED),
    eligibilitySaturated: of(LEARN_ELIGIBILITY_SATURATED),
  };
}

/** Names of what outlasts a sample in a projection's state. Traces and eligibilities do not: a sample's clear zeroes them. */
const LASTING = ["weight", "delay", "weightChange", "delayChange"] as const;

function savedState({ pending, projections }: LearningState): Record<string, SavedArray> {
  const saved: Record<string, SavedArray> = { pending: Int32Array.of(pending) };
  for (const [q, state] of projections.entries()) {
    for (const name of LASTING) saved[`${q}.${name}`] = state[name].slice();
  }
  return saved;
}

/** What was saved, as the emulator takes it back. */
function lastingState(saved: Saved, projections: number): LastingState {
  const array = (q: number, name: (typeof LASTING)[number]): Int32Array => saved[`${q}.${name}`] as Int32Array;
  return {
    pending: saved.pending![0]!,
    projections: Array.from({ length: projections }, (_, q) => ({
      weight: array(q, "weight"),
      delay: array(q, "delay"),
      weightChange: array(q, "weightChange"),
      delayChange: array(q, "delayChange"),
    })),
  };
}
