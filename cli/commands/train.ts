/** mora train: a network learns from a data set, on the emulated core or in float64. */

import { compileIr } from "../../compiler/compile.ts";
import type { LearningIr, NetworkIr } from "../../compiler/ir.ts";
import { loadSpecialiser } from "../../compiler/specialise.ts";
import { type Split, splitValidation } from "../../datasets/folds.ts";
import type { SampleRange } from "../../datasets/sample.ts";
import type { CompleteCore } from "../../description/core.ts";
import type { Image } from "../../image/manifest.ts";
import { encodeImage } from "../../image/write.ts";
import { formatAccuracy } from "../../report/interval.ts";
import { counted, whole } from "../../report/numbers.ts";
import type { BinnedSet } from "../../training/binned-set.ts";
import { checkLabels } from "../../training/check-training.ts";
import { createCoreLearner } from "../../training/core-learner.ts";
import { createLearner } from "../../training/create-learner.ts";
import { hashOf, hashOfSet, type Identity } from "../../training/identity.ts";
import type { Learner, ModelName } from "../../training/learner.ts";
import { type CheckpointPlace, type TrainingResult, train } from "../../training/loop.ts";
import type { Command } from "../command.ts";
import type { DataUse, TrainDocument } from "../documents.ts";
import { InputError } from "../errors.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { loadCore, loadNetwork } from "../inputs.ts";
import type { Io } from "../io.ts";
import {
  checkEngine,
  type LoadedSet,
  learningOf,
  loadSet,
  warnOfAbsentClasses,
  warnOfSteps,
} from "../learning-inputs.ts";
import { printResult } from "../output.ts";
import { checkpointFile, checkTrainArguments, type TrainArguments, trainOptions } from "../train-options.ts";
import { startTrainingProgress } from "../train-progress.ts";
import { trainRecord } from "../train-record.ts";
import { confusionDocument, duration, epochDocument, historyTable, updatesTable } from "../train-report.ts";
import { createTrainingWarnings, type Rounded } from "../training-warnings.ts";
import { type OutputFile, withOutputFiles } from "../write-file.ts";

export const trainCommand: Command = {
  usage: "train <network>",
  summary: "Train a network on the emulated core, by the same rules in float64, or by back-propagation",
  positionals: { network: { type: "string", describe: "Network description with learn (.ts, .js, .json)" } },
  options: trainOptions,
  examples: [
    ["mora train network.ts --data train.h5 --test test.h5 --checkpoint run -o trained.mora", "learn on the core"],
    ["mora train network.ts --data train.h5 --model bptt", "the offline baseline"],
  ],
  check: checkTrainArguments,
  async run(args, io) {
    const given = args as unknown as TrainArguments;
    const { network: path, model, epochs, seed, validation } = given;
    const core = await loadCore(given.core);
    const ir = await loadNetwork(path, io);
    const learning = learningOf(ir, path);
    if (model === "core") checkEngine(core, given.core, "; --model float trains without an engine");
    // Data first: what is wrong with them is then said before the module is specialised, which takes seconds.
    const { data, test } = await loadSets(given, ir, io);
    const readout = { classes: ir.populations[learning.readout]!.size };
    for (const [set, use] of [
      [data.set, "training"],
      [test?.set, "the test"],
    ] as const) {
      if (set === undefined) continue;
      checkLabels(set, readout, use);
      warnOfAbsentClasses(set, readout.classes, io);
    }
    const split = splitValidation(data.set.labels, validation, seed);
    checkShare(validation, split, data.set, io);
    checkUpdates(path, learning, model, epochs * split.training.length);
    warnOfSteps(data.set, learning, io);
    const { learner, rounded } = await learnerOf(model, ir, core, given, io);
    const identity: Identity = {
      contents: {
        network: hashOf(ir),
        ...(model === "core" && { core: hashOf(core) }),
        // Test data are not learned from: a finished run may be tested by resuming it with --test.
        "training data": hashOfSet(data.set),
      },
      settings: { model, epochs, seed, validation },
    };
    const checkpoint: CheckpointPlace | undefined =
      given.checkpoint === undefined ? undefined : { path: checkpointFile(given.checkpoint), identity };
    const progress = startTrainingProgress(io, given.json === true, epochs);
    const warn = createTrainingWarnings(path, learner.classes, rounded, io);
    const documentOf = (result: TrainingResult): TrainDocument =>
      trainDocument(given, core, learner, result, data.use, test?.use ?? null);
    const learn = async (files: { image?: OutputFile; record?: OutputFile }): Promise<TrainingResult> => {
      const trained = await train({
        learner,
        data: data.set,
        split,
        test: test?.set ?? null,
        learning,
        epochs,
        seed,
        checkpoint,
        onSample: progress.onSample,
        onEpoch(record) {
          progress.onEpoch(record);
          warn(record);
        },
      }).finally(progress.stop);
      files.image?.write(encodeImage(trainedImage(learner, core)));
      if (files.record !== undefined) {
        const images = { before: compileIr(ir, core).image, after: trainedImage(learner, core) };
        // Put aside samples first: what they show was not learned from them.
        const samples = [...split.validation, ...split.training].slice(0, given.recordSamples);
        const binned = samples.map((n) => data.set.sample(n));
        files.record.write(trainRecord(given.data, documentOf(trained), images, binned, given.recordNeurons));
      }
      return trained;
    };
    const result = await withOutputFiles({ image: given.out, record: given.record }, learn, () => {
      progress.stop();
      io.stderr(interruptedText(given.checkpoint));
    });
    const document = documentOf(result);
    const updates = updatesTable(result.epochs);
    printResult(io, given, {
      document,
      headline: headline(given, document, split.training.length),
      tables: [historyTable(result.epochs), ...(updates === undefined ? [] : [updates])],
    });
    return EXIT_OK;
  },
};

/** A checkpoint is written after each epoch, and every 20 s within one (training/loop.ts). */
function interruptedText(checkpoint: string | undefined): string {
  const where = `the same command goes on from the last checkpoint in ${checkpoint}`;
  return `mora: interrupted; ${checkpoint === undefined ? "nothing is kept without --checkpoint DIR" : where}\n`;
}

/** @throws InputError when a run is over before its first update */
function checkUpdates(path: string, { updateEvery }: LearningIr, model: ModelName, presented: number): void {
  // Back-propagation has batches of its own.
  if (model === "bptt" || updateEvery <= presented) return;
  const problem = `updates come after every ${counted(updateEvery, "sample")}, the run presents ${presented}: nothing would be learned`;
  throw new InputError(path, problem, `give update: { samples: ${presented} } or fewer, more --epochs, or more data`);
}

/** Says when nothing is put aside though a share was to be. @throws InputError when nothing is left to train on */
function checkShare(share: number, { training, validation }: Split, { name, size }: BinnedSet, io: Io): void {
  const samples = `${counted(size, "sample")} of ${name}`;
  if (training.length === 0) {
    const most = Math.floor(100 * (1 - 1 / size)) / 100;
    throw new InputError(`--validation ${share}`, `puts all ${samples} aside`, `give ${most} at most`);
  }
  if (share === 0 || validation.length > 0) return;
  const least = Math.ceil(100 * (0.5 / size)) / 100;
  io.stderr(
    `mora: warning: --validation ${share} puts none of the ${samples} aside, so that nothing is evaluated between epochs; give ${least} or more, or 0 if that is meant\n`,
  );
}

async function loadSets(
  given: TrainArguments,
  ir: NetworkIr,
  io: Io,
): Promise<{ readonly data: LoadedSet; readonly test: LoadedSet | null }> {
  const { limit, offset = 0 } = given;
  const load = (name: string, range: SampleRange) => loadSet(name, range, ir, given, io);
  const data = await load(given.data, { offset, ...(limit !== undefined && { limit }) });
  return { data, test: given.test === undefined ? null : await load(given.test, {}) };
}

/** On the core, what the compiler warns of is said before hours of training are spent: formats in which no update can ever be non-zero. */
async function learnerOf(
  model: ModelName,
  ir: NetworkIr,
  core: CompleteCore,
  { network, specialise, out, record }: TrainArguments,
  io: Io,
): Promise<{ readonly learner: Learner; readonly rounded: Rounded | null }> {
  if (model !== "core") {
    // An image is wanted at the end: that the core cannot hold the network is said now.
    if (out !== undefined || record !== undefined) compileIr(ir, core);
    return { learner: createLearner(model, ir, core), rounded: null };
  }
  const { image, report } = compileIr(ir, core);
  for (const warning of report.warnings) io.stderr(`mora: warning: ${network}: ${warning}\n`);
  const learner = createCoreLearner(image, specialise ? { specialise: await loadSpecialiser() } : {});
  // `checkEngine` has refused a core without one.
  const rounded = core.learning === "none" ? null : { rates: report.learning?.rates ?? [], engine: core.learning };
  return { learner, rounded };
}

/** On the core: its own memories. In float64: the learned numbers, compiled for the core. */
function trainedImage(learner: Learner, core: CompleteCore): Image {
  const learned = learner.learned();
  return learned.kind === "image" ? learned.image : compileIr(learned.ir, core).image;
}

function trainDocument(
  given: TrainArguments,
  core: CompleteCore,
  { hidden }: Learner,
  result: TrainingResult,
  data: DataUse,
  testData: DataUse | null,
): TrainDocument {
  const { network, model, epochs, seed, validation, out, checkpoint } = given;
  return {
    schema: "mora/train/1",
    network,
    core: core.name,
    model,
    epochs,
    seed,
    data,
    testData,
    validationShare: validation,
    history: result.epochs.map((record) => epochDocument(record, hidden)),
    validation: result.validation === null ? null : confusionDocument(result.validation, hidden),
    test: result.test === null ? null : confusionDocument(result.test, hidden),
    seconds: result.seconds,
    resumedFrom: result.resumedFrom,
    checkpoint: checkpoint ?? null,
    image: out ?? null,
  };
}

function headline(given: TrainArguments, document: TrainDocument, training: number): readonly string[] {
  const { model, validation, test, seconds, resumedFrom, core, data } = document;
  const how = {
    core: `on the core "${core}"`,
    float: "by the core's rules in float64",
    bptt: "by back-propagation through time",
  };
  const resumed = resumedFrom > 0 ? `, resumed after ${whole(resumedFrom)} presentations` : "";
  return [
    `Network: ${given.network}, trained ${how[model]}, ${counted(given.epochs, "epoch")} of ${counted(training, "sample")}, seed ${given.seed}`,
    `Data: ${data.name}, steps of ${data.timestepMs} ms, ${data.group} of ${data.channels} channels to one`,
    ...(validation === null ? [] : [`Validation, last epoch: ${formatAccuracy(validation.accuracy)}`]),
    ...(test === null ? [] : [`Test, once after the last epoch: ${formatAccuracy(test.accuracy)}`]),
    `Time: ${duration(seconds)}${resumed}`,
    ...(given.out === undefined ? [] : [`Image: ${given.out}`]),
  ];
}
