/** Schemas of the documents of `mora sweep` and `mora pareto`. */

import * as v from "valibot";
import type { DesignDocument, ParetoDocument, ReportDocument, SweepDocument } from "./documents-explore.ts";
import * as part from "./json-parts.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

const choices = v.pipe(
  v.record(v.string(), v.union([v.number(), v.string(), v.boolean()])),
  v.description("By axis; axes that do not count are absent."),
);

export const design: Schema<DesignDocument> = v.strictObject({
  choices,
  status: v.picklist(["done", "infeasible", "failed"]),
  values: v.pipe(v.record(v.string(), v.nullable(v.number())), v.description("By measure; the mean over seeds.")),
  keys: v.pipe(v.array(v.string()), v.description("Of its lines in the result file, one a seed.")),
});

const objectives = v.pipe(v.record(v.string(), v.picklist(["min", "max"])), v.description("By measure."));

export const sweep: Schema<SweepDocument> = v.strictObject({
  schema: v.literal("mora/sweep/1"),
  space: part.text("Path of the space."),
  results: part.text("Path of the result file, whose lines docs/explore.md describes."),
  search: part.text("grid, random, latin, sobol, halving or evolve."),
  workers: part.count("Processes; with --redis those of all workers, the most that were there at once."),
  designs: part.count("Designs that the search asked for."),
  points: part.count("Designs times seeds."),
  evaluated: part.count("Points that this run evaluated."),
  reused: part.count("Points that were in the file."),
  infeasible: part.count("Points; the file has the reasons."),
  failed: part.count("Points; the file has the errors."),
  seconds: v.pipe(v.number(), v.description("Of this run, on the clock.")),
  objectives,
  front: v.pipe(v.array(design), v.description("Feasible designs of which none is better in every objective.")),
  failures: v.array(v.strictObject({ choices, error: part.text("With its stack.") })),
});

export const pareto: Schema<ParetoDocument> = v.strictObject({
  schema: v.literal("mora/pareto/1"),
  results: part.text("Path of the result file."),
  objectives,
  designs: part.count("Designs that were compared."),
  leftOut: part.count("Lines of other data, another version or a smaller budget, and those that --where leaves out."),
  infeasible: part.count("Designs."),
  failed: part.count("Designs."),
  front: v.pipe(v.array(design), v.description("With --all: every design that was compared.")),
});

export const report: Schema<ReportDocument> = v.strictObject({
  schema: v.literal("mora/report/1"),
  input: part.text("Path of the result file or the run."),
  kind: v.picklist(["sweep", "run"]),
  points: part.count("Designs of a sweep; recorded samples of a run."),
  notes: v.pipe(v.array(v.string()), v.description("What was left out of the page, or mended.")),
  page: part.text("Path of the page."),
  bytes: part.count("Size of the page."),
});
