/** Schema of the document of `mora start`. */

import * as v from "valibot";
import type { StartDocument, StartTraining } from "./documents.ts";
import * as part from "./json-parts.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

const training: Schema<StartTraining> = v.strictObject({
  core: part.text("Name of the core that learned."),
  patterns: v.strictObject({
    classes: v.number(),
    channels: v.number(),
    steps: v.number(),
    jitterSteps: v.number(),
    trainingSamples: part.count("Of each run."),
    testSamples: part.count("Of each run, none of them trained on."),
  }),
  epochs: part.count("Epochs."),
  seeds: v.pipe(
    v.array(v.number()),
    v.description("One a run: of the classes, the samples, the initial weights and the order."),
  ),
  chance: part.share("Accuracy of guessing."),
  networks: v.array(
    v.strictObject({
      name: v.string(),
      accuracy: v.pipe(part.accuracy, v.description("Of the test samples of all runs.")),
      bySeed: v.array(v.strictObject({ seed: v.number(), accuracy: part.accuracy })),
      spread: v.pipe(
        v.strictObject({
          n: part.count("Runs."),
          mean: v.number(),
          deviation: v.nullable(v.number()),
          least: v.number(),
          most: v.number(),
        }),
        v.description("Of the accuracy over runs; deviation with n - 1 below."),
      ),
      memory: part.memory,
      latency: v.pipe(part.latency, v.description("Of the presentations that the first run learned from.")),
    }),
  ),
  differences: v.pipe(
    v.array(
      v.strictObject({
        name: v.string(),
        minus: part.text("Network whose accuracy is subtracted."),
        n: part.count("Test samples, each seen by both."),
        difference: v.number(),
        low: v.number(),
        high: v.number(),
        resamples: part.count("Resamples of the paired bootstrap."),
      }),
    ),
    v.description("Differences of accuracy with their 95 % interval: paired bootstrap over the test samples."),
  ),
});

export const start: Schema<StartDocument> = v.strictObject({
  schema: v.literal("mora/start/2"),
  core: part.text("Name of the core of the compiled networks."),
  patterns: v.strictObject({
    seed: v.number(),
    samples: v.number(),
    classes: v.number(),
    channels: v.number(),
    steps: v.number(),
    jitterSteps: v.number(),
  }),
  chance: part.share("Accuracy of guessing."),
  networks: v.pipe(
    v.array(
      v.strictObject({
        name: v.string(),
        accuracy: part.accuracy,
        memory: part.memory,
        latency: part.latency,
        activity: part.activity,
      }),
    ),
    v.description("With delays that match the patterns, and without delays."),
  ),
  training: v.pipe(v.nullable(training), v.description("Networks that learned on the core; null with --no-training.")),
});
