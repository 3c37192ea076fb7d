/**
 * Schemas of the JSON documents, the single source of docs/json.md and of the tests. Typed against documents.ts: a field that
 * is added to one and not to the other does not compile.
 */

import * as v from "valibot";
import type { AreaDocument } from "./area-document.ts";
import type {
  CompileDocument,
  CosimDocument,
  DataDocument,
  ExportDocument,
  InspectDocument,
  PassDocument,
  RtlDocument,
  RunDocument,
  SizeDocument,
  StartDocument,
  TrainDocument,
  ValidateDocument,
} from "./documents.ts";
import type { ParetoDocument, ReportDocument, SweepDocument } from "./documents-explore.ts";
import type { FitDocument } from "./documents-fit.ts";
import { area } from "./json-area.ts";
import { pareto, report, sweep } from "./json-explore.ts";
import { fit } from "./json-fit.ts";
import * as hardware from "./json-hardware.ts";
import * as part from "./json-parts.ts";
import { recordSchema } from "./json-record.ts";
import { start } from "./json-start.ts";
import * as training from "./json-training.ts";
import { validation } from "./json-validation.ts";
import type { RecordDocument } from "./record-document.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

const size = v.strictObject({
  schema: v.literal("mora/size/1"),
  network: part.text("Path of the network description."),
  core: part.text("Name of the core."),
  fits: v.pipe(v.boolean(), v.description("Whether every memory is large enough; exit code 3 if not.")),
  excesses: v.pipe(v.array(part.excess), v.description("Memories that are too small.")),
  memory: part.memory,
  blockRams: hardware.blockRams,
  quantisation: part.quantisation,
  whatIf: v.pipe(
    v.nullable(v.strictObject({ schemes: v.array(part.whatIf), weights: v.array(part.whatIf) })),
    v.description("The same network on variants of the core; null with --no-what-if."),
  ),
  peers: v.pipe(v.array(part.peer), v.description("Cost by the formulas of other systems.")),
});

const compile = v.strictObject({
  schema: v.literal("mora/compile/1"),
  network: part.text("Path of the network description."),
  core: part.text("Name of the core."),
  image: part.text("Path of the image."),
  bytes: part.count("Size of the image file."),
  memory: part.memory,
  quantisation: part.quantisation,
});

const run = v.strictObject({
  schema: v.literal("mora/run/1"),
  program: part.text("Path of the image or network description."),
  core: part.text("Name of the core."),
  data: part.dataUse,
  arrival: v.picklist(["burst", "timed"]),
  specialised: v.pipe(v.boolean(), v.description("Whether the module was specialised for the image.")),
  accuracy: v.pipe(v.nullable(part.accuracy), v.description("Null without labels or without decision unit.")),
  accuracyByStep: v.pipe(
    v.nullable(v.array(part.accuracyAtStep)),
    v.description("What the core would answer after each step; null with --no-by-step."),
  ),
  latency: part.latency,
  activity: part.activity,
  losses: v.pipe(v.array(part.loss), v.description("Saturations, overflows and losses that happened, by place.")),
  float: v.pipe(v.nullable(part.float), v.description("With --float: the float64 model on the same samples.")),
  quantisation: v.pipe(v.nullable(part.quantisation), v.description("Null for an image, which does not hold it.")),
  memory: part.memory,
});

const inspect = v.strictObject({
  schema: v.literal("mora/inspect/1"),
  image: part.text("Path of the image."),
  manifest: v.pipe(
    v.custom<InspectDocument["manifest"]>(
      (value) => typeof value === "object" && value !== null && "memories" in value,
    ),
    v.description("The image's manifest: image/manifest.ts."),
  ),
  memory: part.memory,
  rows: v.pipe(v.array(part.row), v.description("With --projection: disassembled synapse rows.")),
});

const data = v.strictObject({
  schema: v.literal("mora/data/1"),
  name: part.text("File, or generator: patterns, yin-yang, randman."),
  samples: part.count("Samples read."),
  channels: part.count("Channels."),
  perClass: v.pipe(v.array(v.number()), v.description("Samples of each class; empty without labels.")),
  duration: v.pipe(part.spread, v.description("Seconds from the start of a sample to its last event.")),
  eventsPerSample: part.spread,
  emptySamples: part.count("Samples without events."),
  silentChannels: part.count("Channels that never fire."),
  ratePerChannel: v.pipe(v.array(v.number()), v.description("Hz.")),
  binned: v.pipe(
    v.nullable(
      v.strictObject({
        timestepMs: v.number(),
        stepsPerSample: part.spread,
        eventsPerStep: part.spread,
        mergedShare: part.share("Of the events within the steps."),
        droppedShare: part.share("Of all events: beyond the last step."),
      }),
    ),
    v.description("With --timestep."),
  ),
  raster: v.pipe(
    v.nullable(v.strictObject({ sample: v.number(), label: v.nullable(v.number()), text: v.string() })),
    v.description("With --raster: the sample drawn as text."),
  ),
});

const pass = v.strictObject({
  schema: v.literal("mora/pass/1"),
  pass: part.text("Name of the pass."),
  value: v.pipe(v.unknown(), v.description("What it has made; no promise of stability. Typed arrays are arrays.")),
});

/** By the value of the document's field `schema`. */
export const JSON_SCHEMAS: {
  readonly "mora/size/1": Schema<SizeDocument>;
  readonly "mora/compile/1": Schema<CompileDocument>;
  readonly "mora/run/1": Schema<RunDocument>;
  readonly "mora/train/1": Schema<TrainDocument>;
  readonly "mora/record/1": Schema<RecordDocument>;
  readonly "mora/validate/1": Schema<ValidateDocument>;
  readonly "mora/export/1": Schema<ExportDocument>;
  readonly "mora/sweep/1": Schema<SweepDocument>;
  readonly "mora/fit/1": Schema<FitDocument>;
  readonly "mora/pareto/1": Schema<ParetoDocument>;
  readonly "mora/report/1": Schema<ReportDocument>;
  readonly "mora/rtl/1": Schema<RtlDocument>;
  readonly "mora/cosim/1": Schema<CosimDocument>;
  readonly "mora/area/1": Schema<AreaDocument>;
  readonly "mora/inspect/1": Schema<InspectDocument>;
  readonly "mora/data/1": Schema<DataDocument>;
  readonly "mora/start/2": Schema<StartDocument>;
  readonly "mora/pass/1": Schema<PassDocument>;
} = {
  "mora/size/1": size,
  "mora/compile/1": compile,
  "mora/run/1": run,
  "mora/train/1": training.train,
  "mora/record/1": recordSchema(run, training.train),
  "mora/validate/1": validation,
  "mora/export/1": training.exported,
  "mora/sweep/1": sweep,
  "mora/fit/1": fit,
  "mora/pareto/1": pareto,
  "mora/report/1": report,
  "mora/rtl/1": hardware.rtl,
  "mora/cosim/1": hardware.cosim,
  "mora/area/1": area,
  "mora/inspect/1": inspect,
  "mora/data/1": data,
  "mora/start/2": start,
  "mora/pass/1": pass,
};
