/** Schema of the document of `mora fit`. */

import * as v from "valibot";
import { CRITERIA } from "../explore/fit/criterion.ts";
import type { PairedDifference } from "../statistics/paired.ts";
import type { FitDesign, FitDocument, FitScore, FitStep } from "./documents-fit.ts";
import * as part from "./json-parts.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

const scalar = v.union([v.number(), v.string(), v.boolean()]);
const choices = v.pipe(
  v.record(v.string(), scalar),
  v.description("By quantity: widths in bits, and what was chosen beside them."),
);

export const paired: Schema<PairedDifference> = v.strictObject({
  n: part.count("Samples."),
  firstOnly: part.count("Samples that the first alone has right."),
  secondOnly: part.count("Samples that the second alone has right."),
  difference: v.pipe(v.number(), v.description("Accuracy of the first less that of the second.")),
  low: v.pipe(v.number(), v.description("Lower end of the paired 95 % interval (Bonett and Price).")),
  high: v.pipe(v.number(), v.description("Upper end.")),
});

export const fitScore: Schema<FitScore> = v.strictObject({
  accuracy: part.accuracy,
  loss: v.pipe(paired, v.description("Float64 is the first, the design the second.")),
});

export const fitDesign: Schema<FitDesign> = v.strictObject({
  choices,
  key: part.text("Of its line in the result file."),
  kept: v.pipe(v.boolean(), v.description("Whether it keeps the accuracy on the samples of the search.")),
  refusal: v.pipe(v.nullable(v.string()), v.description("Why it did not run; null: it ran.")),
  memory: v.pipe(
    v.nullable(v.record(v.string(), v.number())),
    v.description("Bytes: `total`, `registers`, `padding`, `learning`, and each memory by its name in docs/core.md."),
  ),
  cycles: v.pipe(v.nullable(v.number()), v.description("Mean of an inference, from its start to the class.")),
  search: v.pipe(v.nullable(fitScore), v.description("On the samples that it was chosen on.")),
  test: v.pipe(v.nullable(fitScore), v.description("On the samples of --test, once; null without.")),
});

const step: Schema<FitStep> = v.strictObject({
  phase: v.pipe(
    v.picklist(["start", "alone", "together", "narrow", "variant", "exchange"]),
    v.description("docs/explore.md has what each does."),
  ),
  quantity: v.pipe(v.nullable(v.string()), v.description("Null: all of them.")),
  changes: v.array(v.strictObject({ what: v.string(), from: v.nullable(scalar), to: v.nullable(scalar) })),
  memory: v.pipe(v.number(), v.description("Bytes of the design that was tried.")),
  score: v.nullable(fitScore),
  kept: v.boolean(),
  accepted: v.pipe(v.boolean(), v.description("Whether the search went on from here.")),
  why: part.text("In words."),
});

const saving = v.nullable(v.number());

export const fit: Schema<FitDocument> = v.strictObject({
  schema: v.literal("mora/fit/1"),
  network: part.text("Path of the network description."),
  core: part.text("Name of the core that was given."),
  data: part.text("Data of the search."),
  testData: v.pipe(v.nullable(v.string()), v.description("Data of --test.")),
  results: part.text("Path of the result file, whose lines docs/explore.md describes."),
  maxLoss: part.share("Accuracy that may be lost, as a share: --max-loss 1 is 0.01."),
  criterion: v.pipe(
    v.picklist(CRITERIA),
    v.description("What of a loss counts: the upper end of its interval, or the estimate."),
  ),
  keep: v.pipe(v.array(v.string()), v.description("What stays as the core has it.")),
  float: v.pipe(
    v.strictObject({ search: part.accuracy, test: v.nullable(part.accuracy) }),
    v.description("Float64 on the same samples."),
  ),
  fitted: v.pipe(
    v.nullable(fitDesign),
    v.description("The smallest design that was found to keep the accuracy; null: none does."),
  ),
  nearest: v.pipe(v.nullable(fitDesign), v.description("When none does: the one that loses least.")),
  uniform: v.pipe(
    v.nullable(fitDesign),
    v.description("The best with one width for every quantity, by the same criterion."),
  ),
  weights: v.pipe(
    v.nullable(fitDesign),
    v.description("The best with one width for all weights and the rest as given."),
  ),
  given: v.pipe(fitDesign, v.description("The core as it was given.")),
  saved: v.pipe(
    v.strictObject({ uniform: saving, weights: saving, given: saving }),
    v.description("Share of memory that the fitted design saves over each; null where there is none."),
  ),
  overUniform: v.pipe(
    v.nullable(v.strictObject({ search: paired, test: v.nullable(paired) })),
    v.description("The fitted design first, the uniform one second."),
  ),
  budget: v.pipe(
    v.nullable(v.strictObject({ bytes: v.number(), fits: v.boolean(), left: v.number() })),
    v.description("With --budget; `left` is negative by what is missing."),
  ),
  found: v.pipe(
    v.custom<FitDocument["found"]>((value) => value === null || (typeof value === "object" && "weights" in value!)),
    v.description("The fitted core's description, as --write-core writes it; null without one."),
  ),
  excesses: v.pipe(v.array(v.string()), v.description("Memories of the given core that are too small for it.")),
  path: v.pipe(v.array(step), v.description("Every design of the fitted one's search, in order.")),
  tried: part.count("Designs of all searches."),
  evaluated: part.count("Points that this run evaluated."),
  reused: part.count("Points that were in the file."),
  seconds: v.pipe(v.number(), v.description("Of this run, on the clock.")),
});
