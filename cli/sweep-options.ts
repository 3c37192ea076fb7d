/** Options of the commands that evaluate designs, and what they change of a space. */

import { basename, extname } from "node:path";
import type { Options } from "yargs";
import { checkSamples } from "../explore/load-space.ts";
import type { Space } from "../explore/loaded-space.ts";
import { MOST_DESIGNS, SEARCH_NAMES, type SearchName, type SearchPlan } from "../explore/space.ts";
import { UsageError } from "./errors.ts";
import { formatOptions, once, whole } from "./options.ts";
import type { FormatArguments } from "./output.ts";

export interface EvaluationArguments {
  readonly space: string;
  readonly out?: string;
  readonly workers?: number;
  readonly redis?: string;
  readonly samples?: number;
  readonly retryFailed: boolean;
}

export interface SweepArguments extends FormatArguments, EvaluationArguments {
  readonly search?: SearchName;
  readonly points?: number;
  readonly seed?: number;
}

export interface WorkerArguments {
  readonly redis: string;
  readonly workers?: number;
  readonly cache?: string;
}

const workersOption: Options = {
  type: "number",
  requiresArg: true,
  describe: "Processes [default: one a core]",
  coerce: whole("workers", 1, 1024),
};

const redisOption: Options = {
  type: "string",
  requiresArg: true,
  describe: "Queue: redis://user:password@host:port/db, rediss:// for TLS; a password may also be in REDISCLI_AUTH",
  coerce: once("redis"),
};

/** Of every command that evaluates points. */
export const evaluationOptions: Readonly<Record<string, Options>> = {
  out: {
    alias: "o",
    type: "string",
    requiresArg: true,
    describe: "Result file; what it holds is not computed again [default: SPACE.results.jsonl here]",
    coerce: once("out"),
  },
  workers: workersOption,
  redis: { ...redisOption, describe: `Have mora worker evaluate, on any number of machines. ${redisOption.describe}` },
  samples: {
    type: "number",
    requiresArg: true,
    describe: "Samples that a design is run on, in place of the space's",
    coerce: whole("samples", 1),
  },
  "retry-failed": { type: "boolean", default: false, describe: "Evaluate points again that failed before" },
};

export const sweepOptions: Readonly<Record<string, Options>> = {
  ...evaluationOptions,
  search: {
    choices: SEARCH_NAMES,
    requiresArg: true,
    describe: "How designs are chosen, in place of the space's [default: grid]",
  },
  points: {
    type: "number",
    requiresArg: true,
    describe: "Designs; of evolve, of a generation",
    coerce: whole("points", 1, MOST_DESIGNS),
  },
  seed: { type: "number", requiresArg: true, describe: "Seed of the search", coerce: whole("seed", 0, 2 ** 32 - 1) },
  ...formatOptions,
};

export const workerOptions: Readonly<Record<string, Options>> = {
  redis: { ...redisOption, demandOption: "name the queue with --redis URL" },
  workers: workersOption,
  cache: {
    type: "string",
    requiresArg: true,
    describe: "Folder of the files that were fetched, by their hash [default: ~/.cache/mora/contents]",
    coerce: once("cache"),
  },
};

/** @throws UsageError */
export function checkEvaluation({ redis, workers }: Pick<EvaluationArguments, "redis" | "workers">): void {
  if (redis !== undefined && workers !== undefined)
    throw new UsageError("--workers: are this machine's, which evaluates nothing with --redis; give it to mora worker");
}

export function resultFile({ out, space }: EvaluationArguments): string {
  return out ?? `${basename(space, extname(space))}.results.jsonl`;
}

/** The space with another budget. @throws DescriptionError for more samples than the data have */
export function withSamples(space: Space, samples: number | undefined): Space {
  if (samples === undefined) return space;
  const changed: Space = { ...space, data: { ...space.data, samples } };
  checkSamples(changed);
  return changed;
}

/** The space's search, or another one, which has nothing of it. */
export function planOf({ search: own }: Space, { search, points, seed }: SweepArguments): SearchPlan {
  const base = search === undefined || search === (own.kind ?? "grid") ? own : { kind: search };
  return { ...base, ...(points !== undefined && { points }), ...(seed !== undefined && { seed }) };
}
