/** Schema of the record that `mora run --record` and `mora train --record` write. */

import * as v from "valibot";
import type { ParameterHistogram } from "../report/parameter-histograms.ts";
import type { SampleTrace } from "../report/sample-trace.ts";
import type { RunDocument, TrainDocument } from "./documents.ts";
import * as part from "./json-parts.ts";
import type { RecordDocument } from "./record-document.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

const numbers = (description: string): Schema<number[]> => v.pipe(v.array(v.number()), v.description(description));

const sample: Schema<SampleTrace> = v.strictObject({
  when: v.pipe(
    v.picklist(["run", "before", "after"]),
    v.description("Of a training: before the first update, after the last one."),
  ),
  sample: part.count("Index in the data set."),
  label: v.nullable(v.number()),
  decision: v.nullable(
    v.strictObject({
      class: v.number(),
      step: part.count("Executed step, from 0."),
      cycle: part.count("From the sample's clear phase."),
    }),
  ),
  steps: part.count("Executed steps."),
  spikes: v.pipe(
    v.array(
      v.strictObject({
        population: v.string(),
        kind: v.picklist(["input", "lif"]),
        size: part.count("Neurons or channels."),
        step: numbers("Of each spike; of input events, their tick."),
        neuron: numbers("Of each spike."),
      }),
    ),
    v.description("Input events and spikes, by population."),
  ),
  membranes: v.array(
    v.strictObject({
      population: v.string(),
      kind: v.picklist(["lif", "readout"]),
      threshold: v.pipe(
        v.nullable(v.number()),
        v.description("Threshold units; null of readouts, and where neurons differ."),
      ),
      neuron: numbers("Neurons that were recorded."),
      values: v.pipe(
        v.array(v.array(v.number())),
        v.description("By neuron, by step: the membrane after the step's reset, threshold units."),
      ),
    }),
  ),
  phases: v.pipe(
    v.array(v.strictObject({ phase: v.string(), cycles: numbers("Of each step.") })),
    v.description("Phases that took cycles."),
  ),
});

const histogram: Schema<ParameterHistogram> = v.strictObject({
  projection: v.string(),
  parameter: v.picklist(["weights", "delays"]),
  unit: v.picklist(["threshold units", "steps"]),
  from: v.pipe(v.number(), v.description("Lower end of the first bin.")),
  width: v.pipe(v.number(), v.description("Of a bin.")),
  counts: numbers("Synapses in each bin; of axonal delays, source neurons."),
  before: v.pipe(v.nullable(v.array(v.number())), v.description("The same before learning; null of a run.")),
});

export function recordSchema(run: Schema<RunDocument>, train: Schema<TrainDocument>): Schema<RecordDocument> {
  return v.strictObject({
    schema: v.literal("mora/record/1"),
    mora: part.text("Version of the program."),
    date: part.text("When it was written, ISO 8601."),
    source: part.text("sha256:HEX and extension of the data file, or the name of a generated set."),
    run: v.pipe(v.nullable(run), v.description("Of mora run --record.")),
    training: v.pipe(v.nullable(train), v.description("Of mora train --record.")),
    clockHz: v.pipe(v.number(), v.description("As the core description says.")),
    samples: v.pipe(
      v.array(sample),
      v.description("The first samples of the run; of a training one, before and after it."),
    ),
    parameters: v.pipe(
      v.array(histogram),
      v.description("Weights and delays that the core computes with, by projection."),
    ),
  });
}
