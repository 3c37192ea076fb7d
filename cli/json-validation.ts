/** Schema of the document of `mora validate`. */

import * as v from "valibot";
import type { Divergence } from "../validation/divergence.ts";
import type { NoiseMeasure } from "../validation/noise.ts";
import { QUANTITIES } from "../validation/quantities.ts";
import type { ChangeMeasure, EpochValidation, Finding } from "../validation/result.ts";
import type { RangeParts, StageParts } from "../validation/stage-parts.ts";
import { WIDTH_PATHS } from "../validation/widths.ts";
import type { ValidateDocument } from "./documents.ts";
import * as part from "./json-parts.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

const number = (description: string) => v.pipe(v.nullable(v.number()), v.description(description));
const parameter = v.picklist(["weights", "delays"]);
const quantity = v.picklist(QUANTITIES);

const comparison = {
  cosine: number("Of the change to the intended one; 0 when nothing changed, null when nothing was intended."),
  gain: number("Slope of the change on the intended one."),
  bias: number("sum (change - intended) sign(intended) / sum |intended|."),
  noise: number("rms of change - gain intended, over the rms of the intended."),
};

export const rangeParts: Schema<RangeParts> = v.strictObject({
  rounding: v.pipe(v.number(), v.description("Squared error within the range.")),
  saturation: v.pipe(v.number(), v.description("Squared error that the range makes.")),
});

export const changeMeasure: Schema<ChangeMeasure> = v.strictObject({
  projection: v.string(),
  parameter,
  ...comparison,
  updates: v.strictObject({
    changed: part.count("Updates that changed a parameter."),
    zero: part.count("Updates that were not 0 and were rounded to no change."),
  }),
  atClamp: part.count("Updates after which the parameter stood at its clamp: left out of the comparison."),
  changeParts: v.pipe(rangeParts, v.description("Of the changes kept between updates, in the parameter's unit.")),
  contributions: v.pipe(
    v.array(
      v.strictObject({
        quantity,
        ...comparison,
        fidelity: number("Cosine times the factor by which the change is too small or too large."),
      }),
    ),
    v.description("The change with this quantity alone in the core's form, against the intended one."),
  ),
});

const noise: Schema<NoiseMeasure> = v.strictObject({
  place: part.text("Trace, population or projection."),
  quantity: v.picklist(["trace", "surrogate", "error", "learning signal", "modulation", "eligibility"]),
  sqnrDb: number("Signal to quantisation noise; null without signal or without noise."),
  rms: number("Of the value in float64."),
  noiseRms: number("Of the core's difference to it."),
});

const divergence: Schema<Divergence> = v.strictObject({
  populations: v.array(
    v.strictObject({
      population: v.string(),
      spikes: number("sum |n core - n float| / sum n float over samples; null without spikes."),
      differing: part.share("Of the samples, those whose numbers of spikes differ."),
    }),
  ),
  parameters: v.array(
    v.strictObject({
      projection: v.string(),
      parameter,
      rms: v.pipe(v.number(), v.description("Of core - float at the epoch's end, threshold units or steps.")),
      rmsLsb: v.pipe(v.number(), v.description("The same in stored LSB.")),
    }),
  ),
});

const finding: Schema<Finding> = v.strictObject({
  quantity,
  projection: part.text("Where it does most harm."),
  parameter,
  fidelity: v.number(),
  cosine: v.number(),
  gain: v.number(),
  path: v.pipe(
    v.nullable(v.picklist(WIDTH_PATHS)),
    v.description("Width of the core description to raise; null: none helps."),
  ),
  saturated: v.pipe(v.boolean(), v.description("Most of the squared error is of values beyond the range.")),
});

const parts: Schema<StageParts> = v.strictObject({
  trace: rangeParts,
  surrogate: v.strictObject({
    bins: v.pipe(v.number(), v.description("Width of a bin.")),
    codes: v.pipe(v.number(), v.description("Bits of an entry.")),
  }),
  error: v.strictObject({
    entries: v.pipe(v.number(), v.description("Distance of the exponent table's entries.")),
    exponents: v.pipe(v.number(), v.description("Bits of an exponent and a probability.")),
    codes: v.pipe(v.number(), v.description("Bits of the error.")),
  }),
  signal: rangeParts,
  eligibility: rangeParts,
});

const epoch: Schema<EpochValidation> = v.strictObject({
  epoch: part.count("From 1."),
  noise: v.array(noise),
  changes: v.array(changeMeasure),
  saturation: v.pipe(
    v.array(v.strictObject({ place: v.string(), quantity: v.string(), count: part.count("Times.") })),
    v.description("What saturated or met a clamp."),
  ),
  core: v.pipe(part.accuracy, v.description("Each sample before its own update, on the core.")),
  float: v.pipe(part.accuracy, v.description("The same of the float64 learner.")),
  divergence: v.pipe(divergence, v.description("Free running: core and float64 learner apart.")),
});

export const validation: Schema<ValidateDocument> = v.strictObject({
  schema: v.literal("mora/validate/1"),
  network: part.text("Path of the network description."),
  core: part.text("Name of the core."),
  epochs: part.count("Epochs."),
  seed: part.count("Seed of order and augmentation."),
  data: part.dataUse,
  verdict: v.strictObject({
    limits: v.pipe(v.nullable(finding), v.description("What limits learning; null: nothing.")),
    findings: v.pipe(v.array(finding), v.description("Each quantity where it does most harm, the most harmful first.")),
    text: part.text("The verdict in words."),
  }),
  total: v.pipe(v.array(changeMeasure), v.description("Changes over all epochs together.")),
  parts: v.pipe(parts, v.description("Squared errors of the stages by what makes them.")),
  history: v.pipe(v.array(epoch), v.description("One entry an epoch.")),
});
