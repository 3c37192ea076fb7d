/** The learning description as IR: which projections learn within which limits, with every default and duration resolved. */

import { at, type Issue } from "../description/issues.ts";
import type {
  DelayDerivative,
  DelayLearning,
  ErrorSteps,
  Feedback,
  NetworkLearning,
  Schedule,
  UpdateTime,
  WeightLearning,
} from "../description/learning.ts";
import { type LearnedProjection, learningScope, learns } from "../description/learning-scope.ts";
import type { NetworkDescription } from "../description/network.ts";
import { inSteps } from "../description/units.ts";
import type { FeedbackIr, LearningIr, NetworkIr, ProjectionIr, ProjectionLearningIr } from "./ir.ts";
import { smoothingTaps } from "./smoothing.ts";

/** T without a word about the length of a sample. */
const DEFAULT_STEPS = 100;

/**
 * What a checked network learns; undefined when it does not learn. Projections of `projections` stand as in the description.
 *
 * Initial weights beyond a limit, and initial delays outside a clamp, are added to `issues` with their path.
 */
export function resolveLearning(
  issues: Issue[],
  network: NetworkDescription,
  { populations, projections }: Pick<NetworkIr, "populations" | "projections">,
): LearningIr | undefined {
  const scope = learns(network) ? learningScope(network) : undefined;
  if (scope === undefined) return undefined;
  const { learn = {}, seed = 1, timestep } = network;
  const place = (name: string): number => populations.findIndex((population) => population.name === name);
  const readout = place(scope.readout);
  const { shape, width = 0.5, height = 0.5 } = learn.surrogate ?? { shape: "gaussian" };
  const errorSteps = resolveErrorSteps(learn.errorSteps ?? "all", timestep.ms);
  const feedbackOf = (feedback: Feedback, direct: readonly number[]): FeedbackIr =>
    resolveFeedback(feedback, direct, seed, populations[readout]!.size);
  return {
    readout,
    projections: scope.projections.map((learned) => resolveProjection(issues, network, learned, projections)),
    hidden: scope.hidden.map(({ name, feedback, direct }) => ({
      population: place(name),
      feedback: feedbackOf(feedback, direct),
    })),
    surrogate: { shape, width, height },
    smoothing: resolveDerivative(learn.derivative ?? "difference", timestep.ms),
    filtered: learn.eligibility === "filtered",
    error: resolveError(learn.error ?? "softmax"),
    errorSteps,
    meanSteps: meanStepsOf(errorSteps, learn.steps ?? DEFAULT_STEPS),
    updateEvery: updateEvery(learn.update ?? "sample"),
    firingRate:
      learn.firingRate === undefined ? null : { target: learn.firingRate.target, strength: learn.firingRate.strength },
    schedule: resolveSchedule(learn.schedule ?? "cosine"),
    channelShift: learn.channelShift ?? 0,
  };
}

function resolveProjection(
  issues: Issue[],
  network: NetworkDescription,
  { index, weights, delays }: LearnedProjection,
  projections: readonly ProjectionIr[],
): ProjectionLearningIr {
  const path = at("projections", index);
  const projection = projections[index]!;
  const declared = network.projections[index]!.delays;
  return {
    projection: index,
    weights: weights && resolveWeights(issues, at(path, "weights"), weights, projection),
    delays:
      delays &&
      resolveDelays(issues, at(at(path, "delays"), "init"), delays, projection, {
        timestepMs: network.timestep.ms,
        max: declared === undefined ? 0 : inSteps(declared.max, network.timestep.ms),
      }),
  };
}

/** Default limit: the smallest power of two at or above 2 max|w|, so that every weight may double; 1 for weights that are all 0. */
function resolveWeights(
  issues: Issue[],
  path: string,
  { rate, limit }: WeightLearning,
  { weight }: ProjectionIr,
): NonNullable<ProjectionLearningIr["weights"]> {
  let largest = 0;
  for (let s = 0; s < weight.length; s++) largest = Math.max(largest, Math.abs(weight[s]!));
  if (limit !== undefined && largest > limit) {
    const problem = `has an initial weight of magnitude ${Number(largest.toPrecision(6))}, beyond the limit ${limit} of its learning`;
    issues.push({
      path,
      value: undefined,
      problem,
      remedy: `start with smaller weights, or give learn.weights a limit of ${powerOfTwoFrom(largest)} or more, or none`,
    });
  }
  return { rate, limit: limit ?? (largest === 0 ? 1 : powerOfTwoFrom(2 * largest)) };
}

/** The smallest power of two at or above x > 0; log2 alone may be off by a rounding. */
function powerOfTwoFrom(x: number): number {
  let power = 2 ** Math.ceil(Math.log2(x));
  while (power < x) power *= 2;
  while (power / 2 >= x) power /= 2;
  return power;
}

function resolveDelays(
  issues: Issue[],
  path: string,
  learning: DelayLearning,
  { delay, axonDelay, delayKind }: ProjectionIr,
  { timestepMs, max: declared }: { readonly timestepMs: number; readonly max: number },
): NonNullable<ProjectionLearningIr["delays"]> {
  const min = learning.min === undefined ? 0 : inSteps(learning.min, timestepMs);
  const max = learning.max === undefined ? declared : inSteps(learning.max, timestepMs);
  const initial = delayKind === "axonal" ? axonDelay : delay;
  const outside = initial.find((steps) => steps < min || steps > max);
  if (outside !== undefined) {
    issues.push({
      path,
      value: undefined,
      problem: `has an initial delay of ${outside} steps, outside the clamp ${min}..${max} of its learning`,
      remedy: `start with delays from ${min} to ${max} steps, for example steps(uniform(${min}, ${max})), or widen the clamp`,
    });
  }
  return { rate: learning.rate, min, max };
}

function resolveDerivative(derivative: DelayDerivative, timestepMs: number): Float64Array {
  return derivative === "difference" ? new Float64Array(0) : smoothingTaps(inSteps(derivative.smoothed, timestepMs));
}

/** Symmetric: the one direct projection, as the validator has made sure. */
function resolveFeedback(
  feedback: Feedback,
  direct: readonly number[],
  networkSeed: number,
  classes: number,
): FeedbackIr {
  if (feedback === "symmetric") return { kind: "symmetric", projection: direct[0]! };
  const { random, scale = 1 / Math.sqrt(classes), seed = networkSeed } = feedback;
  return { kind: "random", stored: random === "stored", scale, seed };
}

/** Defaults of the linear error: target and clip 1, in threshold units. */
function resolveError(error: NonNullable<NetworkLearning["error"]>): LearningIr["error"] {
  if (error === "softmax") return { kind: "softmax" };
  const { target = 1, clip = 1 } = error.linear;
  return { kind: "linear", target, clip };
}

function resolveErrorSteps(errorSteps: ErrorSteps, timestepMs: number): LearningIr["errorSteps"] {
  if (errorSteps === "all") return { kind: "all" };
  if ("last" in errorSteps && errorSteps.last !== undefined) {
    return { kind: "last", steps: inSteps(errorSteps.last, timestepMs) };
  }
  return { kind: "mask", mask: Uint8Array.from((errorSteps as { readonly mask: readonly number[] }).mask) };
}

function meanStepsOf(errorSteps: LearningIr["errorSteps"], declared: number): number {
  switch (errorSteps.kind) {
    case "all":
      return declared;
    case "last":
      return errorSteps.steps;
    case "mask":
      return errorSteps.mask.reduce((ones, valid) => ones + valid, 0);
  }
}

function updateEvery(update: UpdateTime): number {
  if (update === "step") return 0;
  return update === "sample" ? 1 : update.samples;
}

function resolveSchedule(schedule: Schedule): LearningIr["schedule"] {
  if (typeof schedule === "object") return { kind: "steps", factor: schedule.factor, every: schedule.every };
  return { kind: schedule };
}
