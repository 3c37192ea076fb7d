/** Runs a data set through a core, one sample after the other, and collects what the reports need. */

import { setImmediate } from "node:timers/promises";
import { type BinOptions, bin } from "../datasets/bin.ts";
import type { BinnedSample, Dataset, SampleRange } from "../datasets/sample.ts";
import { StimulusError } from "../emulator/check.ts";
import type { Emulator } from "../emulator/emulator.ts";
import type { CoreState, RunSettings, SampleRecord, StepRecord } from "../emulator/record.ts";
import { stimulusOf } from "../emulator/stimulus.ts";
import type { Manifest } from "../image/manifest.ts";
import { argmax } from "../reference/decision.ts";
import { type AccuracyAtStep, accuracyByStep } from "../report/accuracy-by-step.ts";
import type { Activity } from "../report/activity.ts";
import { createLatencyTally, type LatencyReport } from "../report/latency.ts";
import { type Accuracy, accuracyOf } from "../statistics/interval.ts";

export interface EvaluateOptions {
  readonly emulator: Emulator;
  readonly manifest: Manifest;
  readonly dataset: Dataset;
  readonly range: SampleRange;
  readonly binning: BinOptions;
  readonly settings: Omit<RunSettings, "sample">;
  /** Whether to look at the scores after each step, which takes a copy of the core's state in each. */
  readonly byStep: boolean;
  /** Sees each executed step of sample number `n` of the run. */
  readonly onStep?: ((n: number, record: StepRecord, state: CoreState) => void) | undefined;
  readonly onSample?: (n: number, sample: BinnedSample, record: SampleRecord) => void;
}

export interface Evaluation {
  readonly samples: number;
  /** Of the labelled samples; null without labels or decision unit. */
  readonly accuracy: Accuracy | null;
  readonly byStep: readonly AccuracyAtStep[] | null;
  readonly latency: LatencyReport;
  readonly activity: Activity;
  /** Events that fell together with another in binning, and that lay beyond the last step. */
  readonly merged: number;
  readonly dropped: number;
}

/** The emulator's counters must be clear. The sample's index in the data set numbers its random draws. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { emulator, manifest, dataset, binning, settings } = options;
  const tally = createLatencyTally(manifest);
  const classes = manifest.decision === null ? 0 : manifest.populations[manifest.decision.population]!.size;
  const leading: { readonly label: number; readonly classes: readonly number[] }[] = [];
  const sums = { samples: 0, labelled: 0, correct: 0, merged: 0, dropped: 0 };

  for await (const raw of dataset.samples(options.range)) {
    const n = sums.samples;
    const sample = bin(raw, binning, dataset.name);
    const stimulus = stimulusOf(sample, manifest, settings.arrival);
    const leaders: number[] = [];
    const watch = options.byStep && classes > 0 && sample.label !== undefined;
    const { onStep } = options;
    const observe =
      watch || onStep !== undefined
        ? (record: StepRecord, state: CoreState): void => {
            // The class that the core would answer now (docs/core.md, "Decision").
            if (watch) leaders.push(argmax(state.scores));
            onStep?.(n, record, state);
          }
        : undefined;
    const record = about(dataset, raw.index, () => emulator.run(stimulus, { ...settings, sample: raw.index }, observe));
    tally.add(record);
    sums.samples += 1;
    sums.merged += sample.merged;
    sums.dropped += sample.dropped;
    if (sample.label !== undefined && record.decision !== null) {
      sums.labelled += 1;
      if (record.decision.class === sample.label) sums.correct += 1;
      if (watch) leading.push({ label: sample.label, classes: leaders });
    }
    options.onSample?.(n, sample, record);
    // Lets the progress bar draw and an interrupt through: nothing else in this loop waits.
    await setImmediate();
  }
  return {
    samples: sums.samples,
    accuracy: sums.labelled === 0 ? null : accuracyOf(sums.correct, sums.labelled),
    byStep: leading.length === 0 ? null : accuracyByStep(correctAfter(leading), leading.length),
    latency: tally.latency(),
    activity: tally.activity(),
    merged: sums.merged,
    dropped: sums.dropped,
  };
}

/** What the core refuses in a sample is told with its place in the data set, of which the core does not know. */
function about<T>(dataset: Dataset, index: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof StimulusError && error.place.startsWith("tick")) {
      error.message = `${dataset.name}: sample ${index}, ${error.message}`;
    }
    throw error;
  }
}

/** Number of samples whose leading class is right after 1, 2, .. steps; a sample that has ended keeps its last. */
function correctAfter(leading: readonly { readonly label: number; readonly classes: readonly number[] }[]): number[] {
  const longest = leading.reduce((most, { classes }) => Math.max(most, classes.length), 0);
  const correct = new Array<number>(longest).fill(0);
  for (const { label, classes } of leading) {
    for (let t = 0; t < longest; t++) if (classes[Math.min(t, classes.length - 1)] === label) correct[t]! += 1;
  }
  return correct;
}
