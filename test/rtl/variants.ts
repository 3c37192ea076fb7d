/**
 * What runs on one build of the RTL: networks and cores that differ from a case in registers and memory contents only, each with
 * samples of its own. Whether a candidate is one is not reasoned about but seen: its package must be the same text.
 */

import { MAX_UPDATE_SHIFT } from "../../assembly/layout.ts";
import type { NetworkIr, PopulationIr, ProjectionIr } from "../../compiler/ir.ts";
import type { CoreDescription } from "../../description/core.ts";
import { parametersPackage } from "../../hardware/parameters.ts";
import type { HostChoices } from "../../hardware/run-files.ts";
import type { ParameterRegisters } from "../../image/learning-registers.ts";
import type { Image } from "../../image/manifest.ts";
import { type Case, compileCase, equallyLong } from "../generators/case.ts";
import type { LearningPlan } from "../generators/learning.ts";
import { type Seeded, seeded } from "../generators/seeded.ts";
import type { SamplePlan } from "../generators/stimulus.ts";
import type { Configuration } from "./features.ts";

export type Variant = Configuration;

/** Candidates tried for each variant wanted: changed networks may need other widths or memories. */
const TRIES = 12;

const DECAYS = [0, 0.25, 0.5, 0.9, 0.95, 1];
const THRESHOLDS = [0.05, 0.1, 0.25, 0.5, 1];

/** The case itself, then others of its shape, as many as wanted where enough are found. @param samples to choose from */
export function variantsOf(
  value: Case,
  wanted: number,
  seed: number,
  samples: readonly (readonly SamplePlan[])[],
): readonly Variant[] {
  const random = seeded(seed);
  const own = compileCase(value)!;
  const text = parametersPackage(own.image.manifest);
  const variants: Variant[] = [own];
  for (let n = 0; n < TRIES * wanted && variants.length < wanted; n++) {
    const plan = value.learning && changedLearning(value.learning, random);
    const presented = random.pick(samples);
    const candidate = compileCase({
      network: changedNetwork(value.network, random),
      core: changedCore(value.core, random),
      ...(plan !== undefined && { learning: plan }),
      // A mask of valid steps wants samples of its own length.
      samples: plan?.errorSteps === "mask" ? equallyLong(presented) : presented,
    });
    if (candidate === null || parametersPackage(candidate.image.manifest) !== text) continue;
    const image = changedShifts(candidate.image, random);
    variants.push({ image, samples: candidate.samples.map((sample) => ({ ...sample, host: hostChoices(random) })) });
  }
  return variants;
}

/** What the core must give the same results with. */
function hostChoices(random: Seeded): HostChoices {
  if (random.chance(40)) return {};
  return { knownTicks: random.chance(50), externalTick: random.chance(50), clearsCounters: random.chance(30) };
}

/** Registers of the learning engine; what the plan's seed chooses are parameters mostly, and stay. */
function changedLearning(plan: LearningPlan, random: Seeded): LearningPlan {
  return {
    ...plan,
    surrogate: { ...plan.surrogate, width: random.pick([0.1, 0.5, 2]), height: random.pick([0.5, 1]) },
    sigma: plan.sigma === 0 ? 0 : random.pick([plan.sigma, 0.4, 1, 2]),
    errorSteps: random.pick(["all", "all", "last", "mask"]),
    updateEvery: plan.updateEvery === 0 ? 0 : random.pick([1, 2, 3]),
  };
}

/** Updates that are faster or slower by some bits than the compiler has found best. */
function changedShifts(image: Image, random: Seeded): Image {
  const { learning } = image.manifest;
  if (learning === null || random.chance(40)) return image;
  const moved = (registers: ParameterRegisters | null): ParameterRegisters | null =>
    registers && {
      ...registers,
      shift: Math.min(MAX_UPDATE_SHIFT, Math.max(0, registers.shift + random.below(9) - 5)),
    };
  const projections = learning.projections.map((one) => ({
    ...one,
    weights: moved(one.weights),
    delays: moved(one.delays),
  }));
  return { ...image, manifest: { ...image.manifest, learning: { ...learning, projections } } };
}

/** Some of the core's registers: seed, ticks, decision. */
function changedCore(core: CoreDescription, random: Seeded): CoreDescription {
  const { decision, accumulator } = core;
  const period = random.chance(30) ? ("free" as const) : { cycles: 1 + random.below(random.pick([60, 800])) };
  // Merged ticks have no bound on their sums.
  const overruns =
    accumulator?.saturate === "add" ? (["queue", "skip", "merge"] as const) : (["queue", "skip"] as const);
  const at = random.pick([
    "end" as const,
    { step: 1 + random.below(6) },
    { margin: random.pick([0.001, 0.1, 0.5, 2]), minSteps: 1 + random.below(4) },
  ]);
  return {
    ...core,
    seed: random.below(2 ** 32),
    tick: { period, overrun: random.pick(overruns) },
    ...(typeof decision === "object" && { decision: { ...decision, at, stop: random.chance(50) } }),
  };
}

/** The same populations and synapses with other numbers in them. */
function changedNetwork(network: NetworkIr, random: Seeded): NetworkIr {
  return {
    ...network,
    populations: network.populations.map((population) => changedPopulation(population, random)),
    projections: network.projections.map((projection) => changedProjection(projection, random)),
  };
}

function changedPopulation(population: PopulationIr, random: Seeded): PopulationIr {
  if (population.kind === "input") return population;
  // One value for all stands in a register, as many as neurons in a memory.
  const changed = (values: Float64Array, choices: readonly number[]): Float64Array =>
    population.uniform ? new Float64Array(values.length).fill(random.pick(choices)) : permuted(values, random);
  const decay = changed(population.decay, DECAYS);
  if (population.kind === "readout") return { ...population, decay };
  const reset = random.pick(["subtract", "zero"] as const);
  return { ...population, decay, threshold: changed(population.threshold, THRESHOLDS), reset };
}

/** Delays stay with their axons or synapses in half of the projections: queues are split by them. */
function changedProjection(projection: ProjectionIr, random: Seeded): ProjectionIr {
  const weight = permuted(projection.weight, random).map((value) => (random.chance(30) ? -value : value));
  if (random.chance(50)) return { ...projection, weight };
  const { delay, axonDelay } = projection;
  return { ...projection, weight, delay: permuted(delay, random), axonDelay: permuted(axonDelay, random) };
}

/** The same values in another order (Fisher and Yates). */
function permuted<T extends Float64Array | Uint16Array>(values: T, random: Seeded): T {
  const shuffled = values.slice() as T;
  for (let n = shuffled.length - 1; n > 0; n--) {
    const m = random.below(n + 1);
    [shuffled[n], shuffled[m]] = [shuffled[m]!, shuffled[n]!];
  }
  return shuffled;
}
