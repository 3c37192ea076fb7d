/** How a training run shows that it gets on: a line an epoch, and between them a bar where standard error is a terminal. */

import type { EpochRecord, TrainingProgress } from "../training/loop.ts";
import type { Io } from "./io.ts";
import { type Progress, startProgress } from "./progress.ts";
import { epochLine } from "./train-report.ts";

export interface TrainingDisplay {
  onSample(progress: TrainingProgress): void;
  onEpoch(record: EpochRecord): void;
  stop(): void;
}

/** @param quiet with --json: nothing but a terminal's bar and lines */
export function startTrainingProgress(io: Io, quiet: boolean, epochs: number): TrainingDisplay {
  const started = performance.now();
  let bar: Progress | undefined;
  let last: TrainingProgress | undefined;
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  /** Seconds to go at the rate so far. */
  const left = (): number | null => {
    if (last === undefined) return null;
    const perSample = (performance.now() - started) / 1000 / last.presented;
    return perSample * (epochs * last.samples - last.epoch * last.samples - last.position);
  };
  return {
    onSample(progress) {
      bar ??= startProgress(io, `epoch ${progress.epoch + 1}/${epochs}`, progress.samples);
      bar.update(progress.position);
      last = progress;
    },
    onEpoch(record) {
      stop();
      if (!quiet || io.interactive) io.stderr(`${epochLine(record, epochs, left())}\n`);
    },
    stop,
  };
}
