/** Random learning: rules, rates and masks for a generated network, and the widths of a core's learning engine. */

import fc from "fast-check";
import type {
  FeedbackIr,
  HiddenLearningIr,
  LearningIr,
  NetworkIr,
  PopulationIr,
  ProjectionIr,
  ProjectionLearningIr,
} from "../../compiler/ir.ts";
import { largestDelay } from "../../compiler/ir.ts";
import { smoothingTaps } from "../../compiler/smoothing.ts";
import type { CoreDescription, CoreLearning } from "../../description/core.ts";
import { seeded } from "./seeded.ts";

export interface LearningPlan {
  /** Which parameters learn, their rates and clamps, feedback where there is a choice. */
  readonly seed: number;
  readonly surrogate: LearningIr["surrogate"];
  /** Standard deviation of the smoothed derivative in steps; 0: the backward difference. */
  readonly sigma: number;
  readonly filtered: boolean;
  readonly softmax: boolean;
  readonly errorSteps: "all" | "last" | "mask";
  readonly updateEvery: number;
  readonly firingRate: boolean;
}

export const learningPlan: fc.Arbitrary<LearningPlan> = fc.record({
  seed: fc.nat({ max: 0xffff }),
  surrogate: fc.record({
    shape: fc.constantFrom("gaussian", "triangle", "boxcar"),
    width: fc.constantFrom(0.1, 0.5, 2),
    height: fc.constantFrom(0.5, 1),
  }),
  sigma: fc.constantFrom(0, 0, 0, 0.4, 1, 2),
  filtered: fc.boolean(),
  softmax: fc.boolean(),
  errorSteps: fc.constantFrom("all", "all", "last", "mask"),
  updateEvery: fc.constantFrom(0, 0, 1, 2),
  firingRate: fc.boolean(),
});

/** Widths of the engine, mostly small so that everything saturates and rounds. */
export const coreLearning: fc.Arbitrary<CoreLearning> = fc.record({
  trace: fc.record({
    bits: fc.integer({ min: 4, max: 15 }),
    rounding: fc.constantFrom("floor", "nearest", "stochastic"),
  }),
  error: fc.record({ bits: fc.integer({ min: 4, max: 16 }) }),
  surrogate: fc.record({ bits: fc.integer({ min: 2, max: 15 }), entriesLog2: fc.integer({ min: 2, max: 10 }) }),
  signal: fc.record({ bits: fc.integer({ min: 4, max: 16 }) }),
  feedback: fc.record({ bits: fc.integer({ min: 2, max: 16 }) }),
  eligibility: fc.record({ bits: fc.integer({ min: 8, max: 16 }) }),
  change: fc.record({ bits: fc.integer({ min: 8, max: 16 }), carry: fc.boolean() }),
  remainder: fc.integer({ min: 0, max: 8 }),
  fraction: fc.integer({ min: 0, max: 7 }),
  rounding: fc.constantFrom("nearest", "stochastic", "sign"),
  skip: fc.boolean(),
});

const ports = fc.constantFrom("1R1W", "1RW");
const ported = fc.record({ bytes: fc.constant("unlimited" as const), ports });

/** Memories that only learning writes. */
export const learningMemories: fc.Arbitrary<NonNullable<CoreDescription["memories"]>> = fc.record({
  synapses: ported,
  traces: ported,
  eligibilities: ported,
  changes: ported,
  feedback: fc.constant({ bytes: "unlimited" as const }),
});

/** A core that can learn: what the engine needs of the rest is made so. */
export function withEngine(
  core: CoreDescription,
  learning: CoreLearning,
  memories: NonNullable<CoreDescription["memories"]>,
): CoreDescription {
  const bits = core.weights!.bits!;
  const decision = core.decision;
  const table = decision === "none" ? undefined : decision?.table;
  const most = decision !== "none" && decision?.rule === "softmax" ? table!.bits! + 1 : 16;
  return {
    ...core,
    memories: { ...core.memories, ...memories },
    learning: {
      ...learning,
      error: { bits: Math.max(4, Math.min(learning.error.bits, most)) },
      remainder: Math.min(learning.remainder, 16 - bits),
    },
  };
}

/** Exponent of a rate that no update unit serves. */
const FAST = 60;

/**
 * The network with learning, or null where it has nothing that could learn: no readout of two classes, no projection to a target.
 *
 * @param ticks length of the mask, if the plan has one
 * @param excess bits by which the fastest rate of "projection parameter" is too fast; empty: not known, all rates are too fast
 */
export function withLearning(
  network: NetworkIr,
  plan: LearningPlan,
  scheme: string,
  core: CoreDescription,
  ticks: number,
  excess: ReadonlyMap<string, number>,
): NetworkIr | null {
  const readout = network.populations.findLastIndex(({ kind }) => kind === "readout");
  if (readout < 0 || network.populations[readout]!.size < 2) return null;
  const random = seeded(plan.seed);
  const projections: ProjectionLearningIr[] = [];
  const clamped: ProjectionIr[] = [];
  network.projections.forEach((projection, index) => {
    const target = network.populations[projection.to]!;
    const learnable = target.kind === "lif" || projection.to === readout;
    const refused = scheme === "queue" && projection.delayKind === "synaptic";
    const delays = projection.delayKind !== "none" && random.chance(60);
    const weights = !delays || random.chance(70);
    clamped.push(projection);
    if (!learnable || refused || (projections.length > 0 && random.chance(20))) return;
    const largest = projection.weight.reduce((most, w) => Math.max(most, Math.abs(w)), 0.05);
    const reach = largestDelay(projection);
    const rate = (parameter: string): number => {
      const slower = random.below(18) - random.below(10) / 32;
      return 2 ** (FAST - (excess.size === 0 ? 0 : (excess.get(`${projection.name} ${parameter}`) ?? 0) + slower));
    };
    projections.push({
      projection: index,
      weights: weights ? { rate: rate("weights"), limit: largest * (1 + random.below(4) / 4) } : null,
      delays: delays ? { rate: rate("delays"), min: 0, max: Math.min(255, reach + random.below(5)) } : null,
    });
  });
  if (projections.length === 0) return null;

  const targets = new Set(projections.map(({ projection }) => network.projections[projection]!.to));
  const populations = network.populations.map((population, index) =>
    targets.has(index) || index === readout ? uniformDecay(population) : population,
  );
  const hidden: HiddenLearningIr[] = [...targets]
    .filter((index) => populations[index]!.kind === "lif")
    .sort((a, b) => a - b)
    .map((population) => ({ population, feedback: feedbackOf(network, population, readout, scheme, random) }));
  const decision = core.decision;
  const softmax = plan.softmax && decision !== "none" && decision?.rule === "softmax";
  const steps = plan.errorSteps === "mask" && ticks > 0 ? "mask" : plan.errorSteps === "last" ? "last" : "all";
  const errorSteps = errorStepsOf(steps, ticks, random);
  const learning: LearningIr = {
    readout,
    projections,
    hidden,
    surrogate: plan.surrogate,
    smoothing: plan.sigma === 0 ? new Float64Array(0) : smoothingTaps(plan.sigma),
    filtered: plan.filtered,
    error: softmax ? { kind: "softmax" } : { kind: "linear", target: 1, clip: random.pick([0.25, 1, 4]) },
    errorSteps,
    meanSteps:
      errorSteps.kind === "all"
        ? random.pick([1, 4, 100])
        : errorSteps.kind === "last"
          ? errorSteps.steps
          : errorSteps.mask.reduce((sum, bit) => sum + bit, 0),
    updateEvery: plan.updateEvery,
    firingRate: plan.firingRate ? { target: 0.1, strength: random.pick([0.05, 1]) } : null,
    schedule: { kind: "constant" },
    channelShift: 0,
  };
  return { ...network, populations, projections: clamped, learning };
}

/** A mask has at least one valid step. */
function errorStepsOf(
  kind: LearningPlan["errorSteps"],
  ticks: number,
  random: ReturnType<typeof seeded>,
): LearningIr["errorSteps"] {
  if (kind === "last") return { kind, steps: 1 + random.below(4) };
  if (kind === "all") return { kind };
  const always = random.below(ticks);
  return { kind, mask: Uint8Array.from({ length: ticks }, (_, t) => Number(t === always || random.chance(60))) };
}

function uniformDecay(population: PopulationIr): PopulationIr {
  if (population.kind === "input") return population;
  const decay = new Float64Array(population.size).fill(population.decay[0]!);
  if (population.kind === "readout") return { ...population, decay, uniform: true };
  return { ...population, decay, uniform: population.threshold.every((theta) => theta === population.threshold[0]) };
}

function feedbackOf(
  { projections }: NetworkIr,
  population: number,
  readout: number,
  scheme: string,
  random: ReturnType<typeof seeded>,
): FeedbackIr {
  const direct = projections.flatMap(({ from, to, delayKind }, index) =>
    from === population && to === readout && !(scheme === "queue" && delayKind === "synaptic") ? [index] : [],
  );
  if (direct.length > 0 && random.chance(75)) return { kind: "symmetric", projection: random.pick(direct) };
  return { kind: "random", stored: random.chance(50), scale: random.pick([0.25, 1]), seed: random.below(1000) };
}
