/** The part of mora start that learns: one network on the emulated core, with weights that learn, and with delays that learn too. */

import { compileIr } from "../compiler/compile.ts";
import { resolve } from "../compiler/resolve.ts";
import { patternDataset } from "../datasets/patterns.ts";
import type { CompleteCore } from "../description/core.ts";
import { createLatencyTally, type LatencyReport, type LatencyTally } from "../report/latency.ts";
import { type MemoryReport, memoryReport } from "../report/memory.ts";
import { pairedBootstrap } from "../statistics/bootstrap.ts";
import { accuracyOf } from "../statistics/interval.ts";
import { spreadOver } from "../statistics/spread.ts";
import { type BinnedSet, collect } from "../training/binned-set.ts";
import { createCoreLearner } from "../training/core-learner.ts";
import type { Learner } from "../training/learner.ts";
import { train } from "../training/loop.ts";
import type { StartTraining } from "./documents.ts";
import type { Io } from "./io.ts";
import {
  describeLearningNetwork,
  EPOCHS,
  type LearnedDelays,
  learnedPatterns,
  TEST_SAMPLES,
  TRAINING_SAMPLES,
} from "./pattern-learning.ts";
import { startProgress } from "./progress.ts";

const ARMS: readonly { readonly name: string; readonly delays: LearnedDelays }[] = [
  { name: "weights learned", delays: "none" },
  { name: "weights and delays learned, delays from zero", delays: "zero" },
];
const RUNS = 3;

/** Said before it begins: where standard error is no terminal there is no bar. */
export const START_TRAINING_TEXT: string = `mora: networks learn on the emulated core: ${ARMS.length * RUNS} runs of ${EPOCHS} epochs, which takes seconds to a minute`;

/** One training run. */
interface Trained {
  readonly seed: number;
  /** By test sample: 1 right, 0 wrong. */
  readonly right: readonly number[];
  readonly memory: MemoryReport;
  /** Of all presentations that it learned from. */
  readonly latency: LatencyReport;
}

/** What one training run is given. */
interface Plan {
  readonly core: CompleteCore;
  readonly seed: number;
  readonly delays: LearnedDelays;
  readonly sets: Sets;
  /** Whether to collect the latency, which takes half as long again as the run. */
  readonly timed: boolean;
}

/**
 * Trains every arm with seeds `seed`, `seed` + 1, .. A seed decides the classes of patterns, the samples, the initial weights and the
 * order, so that what is said holds over tasks too; the arms have all of these in common.
 *
 * @throws as compileIr does for a core that cannot hold the networks
 */
export async function trainOnPatterns(core: CompleteCore, seed: number, io: Io): Promise<StartTraining> {
  const seeds = Array.from({ length: RUNS }, (_, run) => (seed + run) % 2 ** 32);
  const progress = startProgress(io, "learning", ARMS.length * RUNS * EPOCHS * TRAINING_SAMPLES);
  let presented = 0;
  const runs: Trained[][] = ARMS.map(() => []);
  try {
    for (const own of seeds) {
      const sets = await split(own);
      for (const [a, { delays }] of ARMS.entries()) {
        const plan = { core, seed: own, delays, sets, timed: own === seeds[0] };
        runs[a]!.push(await trainOne(plan, () => progress.update(++presented)));
      }
    }
  } finally {
    progress.stop();
  }
  const rights = runs.map((trained) => trained.flatMap(({ right }) => right));
  const { classes, channels, steps, jitterSteps } = learnedPatterns(seed);
  return {
    core: core.name,
    patterns: { classes, channels, steps, jitterSteps, trainingSamples: TRAINING_SAMPLES, testSamples: TEST_SAMPLES },
    epochs: EPOCHS,
    seeds,
    chance: 1 / classes,
    networks: ARMS.map(({ name }, a) => {
      const bySeed = runs[a]!.map((run) => ({ seed: run.seed, accuracy: accuracyOf(sum(run.right), TEST_SAMPLES) }));
      return {
        name,
        accuracy: accuracyOf(sum(rights[a]!), rights[a]!.length),
        bySeed,
        spread: spreadOver(bySeed.map(({ accuracy }) => accuracy.accuracy!)),
        memory: runs[a]![0]!.memory,
        latency: runs[a]![0]!.latency,
      };
    }),
    differences: ARMS.slice(1).map(({ name }, n) => ({
      name,
      minus: ARMS[0]!.name,
      ...pairedBootstrap(rights[n + 1]!, rights[0]!),
    })),
  };
}

interface Sets {
  readonly training: BinnedSet;
  readonly test: BinnedSet;
}

async function split(seed: number): Promise<Sets> {
  const set = learnedPatterns(seed);
  const dataset = patternDataset(set);
  const binning = { timestepMs: set.timestepMs, steps: set.steps, channels: set.channels, merge: true };
  return {
    training: await collect(dataset, binning, { offset: 0, limit: TRAINING_SAMPLES }),
    test: await collect(dataset, binning, { offset: TRAINING_SAMPLES, limit: TEST_SAMPLES }),
  };
}

async function trainOne({ core, seed, delays, sets, timed }: Plan, onSample: () => void): Promise<Trained> {
  const ir = await resolve(describeLearningNetwork(learnedPatterns(seed), delays, seed), { baseDirectory: "." });
  const { image } = compileIr(ir, core);
  const tally: LatencyTally = createLatencyTally(image.manifest);
  // The general module: specialising one for each of these short runs would take longer than it saves.
  const learner = createCoreLearner(
    image,
    timed ? { onRecord: (record, learns) => (learns ? tally.add(record) : undefined) } : {},
  );
  const { training, test } = sets;
  await train({
    learner,
    data: training,
    split: { training: Uint32Array.from({ length: training.size }, (_, n) => n), validation: new Uint32Array(0) },
    test: null,
    learning: ir.learning!,
    epochs: EPOCHS,
    seed,
    onSample,
  });
  return { seed, right: answers(learner, test), memory: memoryReport(image.manifest), latency: tally.latency() };
}

/** By sample: 1 where the answer is its label, 0 elsewhere. The index in the data set numbers the random draws. */
function answers(learner: Learner, test: BinnedSet): number[] {
  return Array.from(test.labels, (label, n) =>
    Number(learner.present(test.sample(n), undefined, test.indices[n]!).class === label),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
