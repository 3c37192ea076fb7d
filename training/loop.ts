/**
 * Epochs over a data set.
 *
 * Everything that varies is a function of seed, epoch and sample: the order, the channel shift, the rate factor and the
 * number of the presentation, which the core's random draws depend on. Together with what the learner saves, the position
 * and the sums so far they are the whole state of a run, so that one that is resumed gives the same bits.
 */

import { setImmediate } from "node:timers/promises";
import type { LearningIr } from "../compiler/ir.ts";
import { shiftChannels } from "../datasets/augment.ts";
import type { Split } from "../datasets/folds.ts";
import { randomStream } from "../formats/random.ts";
import { confusionMatrix } from "../statistics/confusion.ts";
import type { BinnedSet } from "./binned-set.ts";
import { checkLabels, checkMask } from "./check-training.ts";
import { claimFolder, readCheckpoint, writeCheckpoint } from "./checkpoint-file.ts";
import { checkIdentity, type Identity } from "./identity.ts";
import type { Learner, UpdateReport } from "./learner.ts";
import { namingNotFinite } from "./name-not-finite.ts";
import { epochOrder } from "./order.ts";
import { rateFactor } from "./schedule.ts";
import { addTo, emptyTally, type Score, scoreOf, type Tally } from "./score.ts";
import { TrainingError } from "./training-error.ts";

/** One epoch as it went. */
export interface EpochRecord {
  /** From 0. */
  readonly epoch: number;
  /** Rate factor of its first sample. */
  readonly rateFactor: number;
  /** While learning, each sample before its own update, with augmentation. */
  readonly training: Score;
  /** After the epoch, without learning and augmentation; null without a validation part. */
  readonly validation: Score | null;
  readonly updates: UpdateReport | null;
}

/** A score, and who was taken for whom: row-major [label][answer]. */
export interface ScoredClasses extends Score {
  readonly confusion: readonly (readonly number[])[];
}

export interface TrainingResult {
  readonly epochs: readonly EpochRecord[];
  /** Of the last epoch's network, which is the result: none is picked. */
  readonly validation: ScoredClasses | null;
  readonly test: ScoredClasses | null;
  /** Seconds of all runs that the result is made of. */
  readonly seconds: number;
  /** Samples presented by earlier runs; 0 for a run from the start. */
  readonly resumedFrom: number;
}

export interface TrainingProgress {
  readonly epoch: number;
  /** Samples of this epoch that have been presented, of `samples`. */
  readonly position: number;
  readonly samples: number;
  /** Samples presented by this run. */
  readonly presented: number;
  readonly tally: Readonly<Tally>;
}

export interface CheckpointPlace {
  readonly path: string;
  readonly identity: Identity;
  /** Least seconds between two within an epoch; default 20. There is one after each epoch besides. */
  readonly everySeconds?: number;
}

export interface TrainOptions {
  readonly learner: Learner;
  readonly data: BinnedSet;
  readonly split: Split;
  /** Touched once, after the last epoch. */
  readonly test: BinnedSet | null;
  readonly learning: Pick<LearningIr, "schedule" | "channelShift" | "errorSteps">;
  readonly epochs: number;
  readonly seed: number;
  readonly checkpoint?: CheckpointPlace | undefined;
  readonly onSample?: (progress: TrainingProgress) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
}

/** What a checkpoint holds besides the learner's arrays. */
interface Position {
  readonly identity: Identity;
  readonly epoch: number;
  readonly position: number;
  readonly tally: Tally;
  readonly history: readonly EpochRecord[];
  readonly seconds: number;
}

const EVERY_SECONDS = 20;
const REMEDY = "choose smaller rates; the last checkpoint is from before";
/** Presentations between two looks for numbers that are not finite. */
const LOOK_EVERY = 64;

/**
 * Trains `learner`, from the checkpoint if there is one.
 *
 * @throws TrainingError for samples that cannot be learned from, a checkpoint of something else or of a run that goes on, and
 * numbers that are not finite any more; what the last checkpoint holds is left as it is
 */
export async function train(options: TrainOptions): Promise<TrainingResult> {
  const { learner, data, split, test, learning, checkpoint } = options;
  checkLabels(data, learner, "training");
  if (test !== null) checkLabels(test, learner, "the test");
  checkMask(data, split.training, learning.errorSteps);
  if (split.training.length === 0) {
    throw new TrainingError(data.name, "leaves no samples to train on", "give a smaller --validation");
  }
  const release = checkpoint === undefined ? () => undefined : claimFolder(checkpoint.path);
  try {
    return await trainClaimed(options);
  } finally {
    release();
  }
}

async function trainClaimed(options: TrainOptions): Promise<TrainingResult> {
  const { learner, data, split, test, learning, epochs, seed, checkpoint } = options;
  const samples = split.training.length;
  const started = performance.now();
  const saved = checkpoint === undefined ? null : resume(checkpoint, learner);
  let { epoch, position, tally }: Pick<Position, "epoch" | "position" | "tally"> = saved ?? {
    epoch: 0,
    position: 0,
    tally: emptyTally(learner.hidden),
  };
  const history = [...(saved?.history ?? [])];
  const resumedFrom = epoch * samples + position;
  const seconds = (): number => (saved?.seconds ?? 0) + (performance.now() - started) / 1000;
  let lastSave = performance.now();
  const save = (): void => {
    checkFinite(learner, epoch, position);
    if (checkpoint === undefined) return;
    const header: Position = {
      identity: checkpoint.identity,
      epoch,
      position,
      tally,
      history,
      seconds: seconds(),
    };
    writeCheckpoint(checkpoint.path, { header, arrays: learner.save() });
    lastSave = performance.now();
  };
  const every = 1000 * (checkpoint?.everySeconds ?? EVERY_SECONDS);

  while (epoch < epochs) {
    const order = epochOrder(split.training, seed, epoch);
    while (position < samples) {
      const n = order[position]!;
      learner.setRateFactor(rateFactor(learning.schedule, epochs, samples, epoch, position));
      const shift = shiftOf(learning.channelShift, seed, epoch, n);
      const sample = shiftChannels(data.sample(n), shift, learner.channels);
      const label = data.labels[n]!;
      const number = (epoch * samples + position) % 2 ** 32;
      const shown = namingNotFinite(placeOf(epoch, position), REMEDY, () => learner.present(sample, label, number));
      if (shown.loss !== null && !Number.isFinite(shown.loss)) stopNotFinite(learner, epoch, position, shown.loss);
      addTo(tally, shown, label);
      position += 1;
      if (position % LOOK_EVERY === 0) checkFinite(learner, epoch, position);
      const presented = epoch * samples + position - resumedFrom;
      options.onSample?.({ epoch, position, samples, presented, tally });
      if (position < samples && performance.now() - lastSave >= every) save();
      // Lets a progress bar draw and an interrupt through: nothing else in this loop waits.
      if (position % 8 === 0) await setImmediate();
    }
    const record: EpochRecord = {
      epoch,
      rateFactor: rateFactor(learning.schedule, epochs, samples, epoch, 0),
      training: scoreOf(tally),
      validation:
        split.validation.length === 0 ? null : scoreOf((await evaluateSet(learner, data, split.validation)).tally),
      updates: learner.takeUpdates(),
    };
    history.push(record);
    epoch += 1;
    position = 0;
    tally = emptyTally(learner.hidden);
    save();
    options.onEpoch?.(record);
  }
  return {
    epochs: history,
    validation: split.validation.length === 0 ? null : await scored(learner, data, split.validation),
    test: test === null ? null : await scored(learner, test, test.labels.keys()),
    seconds: seconds(),
    resumedFrom,
  };
}

/** Where the run goes on; null from the start. The learner has what was saved. */
function resume({ path, identity }: CheckpointPlace, learner: Learner): Position | null {
  const found = readCheckpoint<Position>(path);
  if (found === null) return null;
  checkIdentity(found.header.identity, identity, path);
  learner.restore(found.arrays);
  return found.header;
}

/** Channels by which a sample moves in an epoch: whole, uniform in -most .. most. */
export function shiftOf(most: number, seed: number, epoch: number, sample: number): number {
  if (most === 0) return 0;
  return randomStream(seed, `shift of sample ${sample} in epoch ${epoch}`).below(2 * most + 1) - most;
}

function checkFinite(learner: Learner, epoch: number, position: number): void {
  if (learner.notFinite() !== null) stopNotFinite(learner, epoch, position, null);
}

function stopNotFinite(learner: Learner, epoch: number, position: number, loss: number | null): never {
  const layer = learner.notFinite();
  const what = loss === null ? "a parameter" : `the loss (${loss})`;
  const where = layer === null ? "" : `; projection "${layer}" has parameters that are not finite`;
  throw new TrainingError(placeOf(epoch, position), `${what} is not finite any more${where}`, REMEDY);
}

function placeOf(epoch: number, position: number): string {
  return `epoch ${epoch + 1}, sample ${position + 1}`;
}

interface Evaluated {
  readonly tally: Tally;
  readonly confusion: readonly (readonly number[])[];
}

/** Without learning; a sample's index in its data set numbers its random draws, as in `mora run`. */
async function evaluateSet(learner: Learner, set: BinnedSet, samples: Iterable<number>): Promise<Evaluated> {
  const tally = emptyTally(learner.hidden);
  const labels: number[] = [];
  const answers: number[] = [];
  for (const n of samples) {
    const label = set.labels[n]!;
    const shown = learner.present(set.sample(n), undefined, set.indices[n]!);
    addTo(tally, shown, label);
    labels.push(label);
    answers.push(shown.class);
    if (tally.n % 8 === 0) await setImmediate();
  }
  return { tally, confusion: confusionMatrix(labels, answers, learner.classes) };
}

async function scored(learner: Learner, set: BinnedSet, samples: Iterable<number>): Promise<ScoredClasses> {
  const { tally, confusion } = await evaluateSet(learner, set, samples);
  return { ...scoreOf(tally), confusion };
}
