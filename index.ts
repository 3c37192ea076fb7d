/**
 * mora: describe a network and a core, compile the one for the other, run it cycle by cycle.
 *
 * @example
 * import { compile, dense, emulate, input, ms, network, normal, PLAIN_SETTINGS, readout } from "mora";
 *
 * const sound = input({ channels: 3 });
 * const digit = readout({ size: 2, tau: ms(40) });
 * const compiled = await compile(network({
 *   timestep: ms(5),
 *   populations: { sound, digit },
 *   projections: [dense(sound, digit, { weights: normal(0, 0.5) })],
 * }));
 * const emulator = await emulate(compiled);
 * const stimulus = { ticks: 2, eventStart: Uint32Array.of(0, 1, 3), channel: Uint32Array.of(2, 0, 1), offset: new Uint32Array() };
 * console.log(emulator.run(stimulus, PLAIN_SETTINGS).decision);
 */
import { loadSpecialiser } from "./compiler/specialise.ts";
import { createEmulator, type Emulator, type EmulatorOptions } from "./emulator/emulator.ts";
import type { Image } from "./image/manifest.ts";

export { DoesNotFitError } from "./compiler/capacity.ts";
export {
  type Compiled,
  type CompileOptions,
  compile,
  compileIr,
  PASSES,
  type PassName,
} from "./compiler/compile.ts";
// The compiler: description -> IR -> quantised -> placed -> image.
export { CompileError } from "./compiler/compile-error.ts";
export type { LearningIr, NetworkIr, PopulationIr, ProjectionIr } from "./compiler/ir.ts";
export type {
  LearningQuantisation,
  LearningRate,
  LearningScale,
  QuantisationReport,
} from "./compiler/quantisation-report.ts";
export { type ResolveOptions, resolve } from "./compiler/resolve.ts";
// Data sets: events in.
export { type BinOptions, bin } from "./datasets/bin.ts";
export { DatasetError, type DatasetErrorCode, type DatasetPlace } from "./datasets/dataset-error.ts";
export {
  type FoldOptions,
  foldsOf,
  readKeys,
  type SampleKey,
  type Split,
  splitValidation,
  splitWhere,
} from "./datasets/folds.ts";
export { joinDatasets } from "./datasets/join.ts";
export { type OpenOptions, openDataset } from "./datasets/open.ts";
export { type PatternOptions, patternDataset } from "./datasets/patterns.ts";
export { type RandmanOptions, randmanDataset } from "./datasets/randman.ts";
export type { BinnedSample, Dataset, RawSample, SampleRange } from "./datasets/sample.ts";
export { subsetDataset } from "./datasets/subset.ts";
export { type YinYangOptions, yinYangDataset } from "./datasets/yin-yang.ts";
// The description languages of networks and cores.
export {
  type CoreDescription,
  type CoreLearning,
  core,
  type PartialLearning,
  type PresetName,
} from "./description/core.ts";
export { cycles, kB, MHz } from "./description/core-units.ts";
export {
  constant,
  type DelayInitialiser,
  fromFile,
  normal,
  uniform,
  values,
  type WeightInitialiser,
} from "./description/initialisers.ts";
export { DescriptionError, type Issue } from "./description/issues.ts";
export {
  type Feedback,
  gaussian,
  learn,
  type NetworkLearning,
  type ProjectionLearning,
  type Surrogate,
} from "./description/learning.ts";
export { loadDescription } from "./description/load.ts";
export { type NetworkDescription, type NetworkOptions, network } from "./description/network.ts";
export {
  type InputPopulation,
  input,
  type LifPopulation,
  lif,
  type Population,
  type ReadoutPopulation,
  readout,
} from "./description/populations.ts";
export {
  axonal,
  type Delays,
  dense,
  type Projection,
  sparse,
  synaptic,
} from "./description/projections.ts";
export { type Duration, ms, mV, steps } from "./description/units.ts";
export type { SampleOptions } from "./emulator/begin-check.ts";
// The emulator: an image in the core.
export { StimulusError } from "./emulator/check.ts";
export { createEmulator, type Emulator, type EmulatorOptions } from "./emulator/emulator.ts";
export type { PopulationProbe, ProjectionProbe, TraceProbe } from "./emulator/probe.ts";
export type {
  CoreState,
  Counters,
  Decision,
  OutputEvent,
  RunSettings,
  SampleRecord,
  StepRecord,
  Stimulus,
} from "./emulator/record.ts";
export { type CoreStep, createCore, type SampleEnd, type SteppedCore } from "./emulator/stepper.ts";
export { PLAIN_SETTINGS, type SteppedEvents, stimulusOf } from "./emulator/stimulus.ts";
// Exploring designs: a space, its points, what becomes of them.
export type { Contents } from "./explore/contents.ts";
export type { Measures } from "./explore/measures.ts";
export type { Reason } from "./explore/outcome.ts";
export type { DesignPoint } from "./explore/point.ts";
export type { ResultLine } from "./explore/result-line.ts";
export type { Job, Runner } from "./explore/runner.ts";
export { type Axis, type SpaceDescription, space } from "./explore/space.ts";
export { exportImage } from "./image/export.ts";
// The image file.
export { ImageError, type ImageErrorCode } from "./image/image-error.ts";
export type { Image, LearningRegisters, Manifest } from "./image/manifest.ts";
export { decodeImage } from "./image/read.ts";
export { encodeImage } from "./image/write.ts";
export { type LearnedParameters, writeLearned } from "./image/write-learned.ts";
// The float64 model: what is wanted, without hardware.
export { type DecisionRule, decide } from "./reference/decision.ts";
export { createFloat64, type Float64Model, type Float64Result } from "./reference/float64.ts";
// Reports.
export { formatAccuracy } from "./report/interval.ts";
export { createLatencyTally, type LatencyReport, type LatencyTally } from "./report/latency.ts";
export { latencyTables } from "./report/latency-table.ts";
export { type MemoryReport, memoryReport, memoryTable } from "./report/memory.ts";
export { renderTable, renderTables, type Table } from "./report/table.ts";
// Statistics of results.
export { type AccuracyDifference, type BootstrapOptions, pairedBootstrap } from "./statistics/bootstrap.ts";
export { confusionMatrix } from "./statistics/confusion.ts";
export { type Accuracy, accuracyOf } from "./statistics/interval.ts";
export { type RunSpread, spreadOver } from "./statistics/spread.ts";
// Training: epochs over a data set, on the core or in float64.
export { type BinnedSet, collect } from "./training/binned-set.ts";
export { createLearner } from "./training/create-learner.ts";
export type { Learned, Learner, ModelName, Presentation, Saved, UpdateReport } from "./training/learner.ts";
export { type EpochRecord, type TrainingResult, type TrainOptions, train } from "./training/loop.ts";
export { TrainingError } from "./training/training-error.ts";
// The core's learning against float64.
export type { ChangeMeasure, EpochValidation, Finding, ValidationResult, Verdict } from "./validation/result.ts";
export { type ValidateOptions, validate } from "./validation/validate.ts";

export interface EmulateOptions extends Omit<EmulatorOptions, "specialise"> {
  /** Turn the core's wasm module into one for this image first (default). False: run the general module, which starts faster. */
  readonly specialise?: boolean;
}

/**
 * Puts an image, or what `compile` has made, into an emulated core whose wasm module is specialised for it. Results are the
 * same bit for bit and cycle for cycle with and without specialisation. The first call loads the specialiser (about 0.6 s).
 */
export async function emulate(
  program: Image | { readonly image: Image },
  options: EmulateOptions = {},
): Promise<Emulator> {
  const { specialise = true, ...rest } = options;
  const image = "image" in program ? program.image : program;
  return createEmulator(image, specialise ? { ...rest, specialise: await loadSpecialiser() } : rest);
}
