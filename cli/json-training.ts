/** Schemas of the documents of `mora train` and `mora export`. */

import * as v from "valibot";
import { MODELS, type ProjectionUpdates, type UpdateCounts, type UpdateReport } from "../training/learner.ts";
import type { ExportDocument, TrainDocument } from "./documents.ts";
import * as part from "./json-parts.ts";
import type { ConfusionDocument, EpochDocument, ScoreDocument } from "./train-report.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

const scoreFields = {
  accuracy: part.accuracy,
  loss: v.pipe(v.nullable(v.number()), v.description("Mean cross-entropy in nats; null without probabilities.")),
  spikes: v.pipe(
    v.array(v.strictObject({ population: v.string(), mean: v.number() })),
    v.description("Mean spikes a sample of each hidden population."),
  ),
};
export const score: Schema<ScoreDocument> = v.strictObject(scoreFields);
export const confusedScore: Schema<ConfusionDocument> = v.strictObject({
  ...scoreFields,
  confusion: v.pipe(v.array(v.array(v.number())), v.description("Samples by label (rows) and answer (columns).")),
});

const counts: Schema<UpdateCounts> = v.strictObject({
  changed: part.count("Updates that changed a parameter."),
  zero: part.count("Updates that were not 0 and were rounded to no change."),
  clamped: part.count("Updates that were clipped by the parameter's clamp; counted in changed too."),
  bias: v.pipe(
    v.nullable(v.number()),
    v.description(
      "What parameters moved by less what was asked for, over the latter; 0: right on average, -1: all lost. Of an epoch's first and every 128th presentation; null without any, and with updates at every step.",
    ),
  ),
  biasOver: v.pipe(
    v.number(),
    v.description(
      "What the measured updates asked for together, in stored LSB: the noise of random rounding in bias is at most 1 / sqrt(biasOver).",
    ),
  ),
});
const projectionUpdates: Schema<ProjectionUpdates> = v.strictObject({
  projection: v.string(),
  weights: v.nullable(counts),
  delays: v.nullable(counts),
  changeZero: part.count("Products that were rounded to nothing on their way into a change."),
  changeSaturated: part.count("Changes that saturated."),
  eligibilitySaturated: part.count("Eligibilities that saturated."),
});
export const updates: Schema<UpdateReport> = v.strictObject({
  projections: v.array(projectionUpdates),
  traceSaturated: part.count("Traces that saturated."),
  signalSaturated: part.count("Learning signals that saturated."),
  errorSaturated: part.count("Errors that saturated."),
});

const epoch: Schema<EpochDocument> = v.strictObject({
  epoch: part.count("From 1."),
  rateFactor: v.pipe(v.number(), v.description("Of the epoch's first sample.")),
  training: v.pipe(score, v.description("Each sample before its own update, with augmentation.")),
  validation: v.pipe(v.nullable(score), v.description("After the epoch; null without a validation part.")),
  updates: v.pipe(v.nullable(updates), v.description("Null for a model that rounds nothing.")),
});

export const train: Schema<TrainDocument> = v.strictObject({
  schema: v.literal("mora/train/1"),
  network: part.text("Path of the network description."),
  core: part.text("Name of the core."),
  model: v.picklist(MODELS),
  epochs: part.count("Epochs."),
  seed: part.count("Seed of order, validation part and augmentation."),
  data: v.pipe(part.dataUse, v.description("Training data, the validation part with it.")),
  testData: v.nullable(part.dataUse),
  validationShare: part.share("Of the training data, put aside for validation."),
  history: v.pipe(v.array(epoch), v.description("One entry an epoch.")),
  validation: v.pipe(v.nullable(confusedScore), v.description("Of the last epoch's network, which is the result.")),
  test: v.pipe(v.nullable(confusedScore), v.description("With --test: run once after the last epoch.")),
  seconds: v.pipe(v.number(), v.description("Of all runs that the result is made of.")),
  resumedFrom: part.count("Samples presented by earlier runs; 0 for a run from the start."),
  checkpoint: v.pipe(v.nullable(v.string()), v.description("Folder of the checkpoint.")),
  image: v.pipe(v.nullable(v.string()), v.description("Path of the trained image.")),
});

export const exported: Schema<ExportDocument> = v.strictObject({
  schema: v.literal("mora/export/1"),
  image: part.text("Path of the image."),
  file: part.text("Path of the file written."),
  format: v.picklist(["h5", "npz"]),
  bytes: part.count("Size of the file."),
  arrays: v.array(
    v.strictObject({
      name: part.text('By projection "FROM_TO/weight" and so on.'),
      shape: v.array(v.number()),
      type: part.text("float64, int32, uint32 or uint16."),
    }),
  ),
  attributes: v.pipe(
    v.record(v.string(), v.record(v.string(), v.union([v.number(), v.string()]))),
    v.description("By group; the empty name is the root."),
  ),
});
