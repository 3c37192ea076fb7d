/** The pass IR -> quantised IR: every number becomes an integer with a format and a power-of-two scale. */

import { didYouMean } from "../description/did-you-mean.ts";
import type { Issue } from "../description/issues.ts";
import type { AccumulatorBound } from "./accumulator-bound.ts";
import { chooseScales, incomingWeights, type PopulationScales, type ScaledWeights } from "./accumulator-scale.ts";
import { CompileError } from "./compile-error.ts";
import { type LifIr, largestDelay, type NetworkIr, type ProjectionIr, type ReadoutIr } from "./ir.ts";
import { checkLearnable, type LearnedProjection, learnedProjections } from "./learning-limits.ts";
import { inputBound, type MeasuredRanges, membraneFraction, membraneRange } from "./membrane-scale.ts";
import type { QuantisationCore } from "./quantisation-core.ts";
import {
  type PopulationQuantisation,
  type ProjectionQuantisation,
  type QuantisationReport,
  reportPopulation,
  reportProjection,
} from "./quantisation-report.ts";
import { quantiseLearning } from "./quantise-learning.ts";
import type { QuantisedLif, QuantisedNetwork, QuantisedProjection, QuantisedReadout } from "./quantised.ts";

import { delayClamp, storedDelays, usedDelays } from "./stored-codes.ts";

export interface QuantisedResult {
  readonly network: QuantisedNetwork;
  readonly report: QuantisationReport;
}

/**
 * Quantises a network for a core.
 *
 * @param ranges measured membrane ranges by population, in place of worst-case bounds
 * @throws CompileError naming every population whose threshold or sums do not fit its formats
 */
export function quantise(network: NetworkIr, core: QuantisationCore, ranges: MeasuredRanges = {}): QuantisedResult {
  const issues: Issue[] = [];
  checkNames(network, core, ranges, issues);
  const learned = learnedProjections(network, core);
  checkLearnable(network, core, issues);
  if (issues.length > 0) throw new CompileError("quantise", issues);
  const limits = new Map(
    [...learned].flatMap(([index, { limit }]) => (limit === null ? [] : [[index, limit] as const])),
  );
  const indexOf = new Map(network.projections.map((projection, index) => [projection, index]));
  const learnedOf = (projection: ProjectionIr): LearnedProjection | undefined => learned.get(indexOf.get(projection)!);
  const sorted = network.projections
    .map((projection, index) => ({ projection, index }))
    .sort((p, q) => p.projection.from - q.projection.from || p.index - q.index);
  const warnings: string[] = [];
  const projections = new Map<ProjectionIr, { quantised: QuantisedProjection; report: ProjectionQuantisation }>();
  const reports: PopulationQuantisation[] = [];

  const populations = network.populations.map((population, index) => {
    if (population.kind === "input") return population;
    const bits = ownMembraneBits(core, population.name);
    const measured = Object.hasOwn(ranges, population.name) ? ranges[population.name] : undefined;
    const range = membraneRange(
      population,
      inputBound(network, index, limits),
      measured,
      learned.size > 0 && network.learning?.readout === index,
    );
    const scales = chooseScales(
      network,
      core,
      { name: population.name, size: population.size, membraneFraction: membraneFraction(range, bits) },
      sorted
        .filter(({ projection }) => projection.to === index)
        .map(({ projection }) => {
          const learning = learnedOf(projection);
          const weights =
            learning === undefined || learning.limit === null ? null : { ...learning, limit: learning.limit };
          return incomingWeights(projection, core, weights);
        }),
      issues,
    );
    for (const weights of scales.weights) {
      const { projection, wantedFraction } = weights;
      const quantised = quantiseProjection(weights, learnedOf(projection));
      const report = reportProjection(projection, quantised, wantedFraction);
      projections.set(projection, { quantised, report });
      warnings.push(...projectionWarnings(report));
    }
    const quantised = quantisePopulation(population, core, bits, scales, range, issues);
    const details = {
      range,
      bound: scales.bound satisfies AccumulatorBound,
      decayBits: core.decay.bits,
      timestepMs: network.timestepMs,
    };
    const report = reportPopulation(population, quantised, details);
    reports.push(report);
    warnings.push(...scales.warnings, ...populationWarnings(report));
    return quantised;
  });
  if (issues.length > 0) throw new CompileError("quantise", issues);
  const ordered = sorted.map(({ projection }) => projections.get(projection)!);
  const quantised = {
    timestepMs: network.timestepMs,
    populations,
    projections: ordered.map((entry) => entry.quantised),
  };
  const learning = learned.size === 0 ? null : quantiseLearning(network, core, quantised, issues);
  if (issues.length > 0) throw new CompileError("quantise", issues);
  return {
    network: { ...quantised, learning: learning?.learning ?? null },
    report: {
      populations: reports,
      projections: ordered.map(({ report }) => report),
      learning: learning?.report ?? null,
      warnings: [...warnings, ...(learning?.warnings ?? [])],
    },
  };
}

/** Codes and formats of one projection; delays that learn are stored with their fraction. */
function quantiseProjection(
  { projection, format, codes, stored, clamp, learned, weightFraction, weightShift }: ScaledWeights,
  learning: LearnedProjection | undefined,
): QuantisedProjection {
  const { name, from, to, recurrent, storage, delayKind, rowStart, post, delay, axonDelay } = projection;
  const delays = learning?.delays ?? null;
  const fraction = delays?.fraction ?? 0;
  const wanted = delayKind === "axonal" ? axonDelay : delay;
  const delayRange = delays === null ? null : delayClamp(delays.min, delays.max, fraction);
  const storedDelay = delayRange === null ? wanted : storedDelays(wanted, delayRange, fraction);
  const used = delayRange === null ? wanted : usedDelays(storedDelay, fraction);
  return {
    ...{ name, from, to, recurrent, storage, delayKind, rowStart, post },
    delay: delayKind === "synaptic" ? used : delay,
    axonDelay: delayKind === "axonal" ? used : axonDelay,
    weightBits: format.bits,
    weight: codes,
    weightFraction,
    weightShift,
    remainderBits: learned?.remainder ?? 0,
    fractionBits: fraction,
    storedWeight: stored,
    storedDelay,
    weightClamp: clamp,
    delayClamp: delayRange,
    largestDelay: delays?.max ?? largestDelay(projection),
  };
}

function ownMembraneBits({ membrane }: QuantisationCore, name: string): number {
  return Object.hasOwn(membrane.populations, name) ? membrane.populations[name]! : membrane.bits;
}

function quantisePopulation(
  population: LifIr | ReadoutIr,
  core: QuantisationCore,
  membraneBits: number,
  { membraneFraction: f, accumulatorFraction }: PopulationScales,
  range: number,
  issues: Issue[],
): QuantisedLif | QuantisedReadout {
  const decay = Uint32Array.from(population.decay, (alpha) => Math.round(alpha * 2 ** core.decay.bits));
  const formats = {
    name: population.name,
    size: population.size,
    membraneBits,
    membraneFraction: f,
    accumulatorFraction,
    currentShift: f - accumulatorFraction,
    decay,
  };
  if (population.kind === "readout") return { kind: "readout", ...formats, uniform: same(decay) };
  const threshold = new Int32Array(population.size);
  const limit = 2 ** (membraneBits - 1) - 1;
  let refused = -1;
  for (let j = 0; j < population.size; j++) {
    const code = Math.round(population.threshold[j]! * 2 ** f);
    if ((code < 1 || code > limit) && refused < 0) refused = j;
    threshold[j] = Math.min(limit, Math.max(1, code));
  }
  if (refused >= 0) {
    const theta = population.threshold[refused]!;
    issues.push({
      path: `population ${population.name}`,
      value: theta,
      problem:
        `the threshold of neuron ${refused} rounds to ${Math.round(theta * 2 ** f)} membrane LSB, not 1 to ${limit}: the membrane's ` +
        `${membraneBits} bits hold a range of ${range} threshold units with an LSB of 2^${-f}`,
      remedy: "use a wider membrane, thresholds that differ less, smaller weights, or measured ranges",
    });
  }
  const { reset, refractorySteps, output } = population;
  return {
    kind: "lif",
    ...formats,
    uniform: same(decay) && same(threshold),
    threshold,
    reset,
    refractorySteps,
    output,
  };
}

function same(codes: ArrayLike<number>): boolean {
  for (let j = 1; j < codes.length; j++) if (codes[j] !== codes[0]) return false;
  return true;
}

/** Names in the core description or the ranges that the network does not have. */
function checkNames(network: NetworkIr, core: QuantisationCore, ranges: MeasuredRanges, issues: Issue[]): void {
  const projections = network.projections.map(({ name }) => name);
  const neurons = network.populations.filter(({ kind }) => kind !== "input").map(({ name }) => name);
  const check = (names: object, known: readonly string[], path: string, what: string): void => {
    for (const name of Object.keys(names)) {
      if (known.includes(name)) continue;
      issues.push({
        path: `${path}["${name}"]`,
        value: undefined,
        problem: `the network has no ${what} of this name`,
        remedy: didYouMean(name, known),
      });
    }
  };
  check(core.weights.projections, projections, "weights.projections", "projection");
  check(core.membrane.populations, neurons, "membrane.populations", "LIF or readout population");
  for (const [name, measured] of Object.entries(ranges)) {
    if (Number.isFinite(measured) && measured >= 0) continue;
    issues.push({
      path: `ranges["${name}"]`,
      value: measured,
      problem: "must be finite and not negative",
      remedy: "measure it with the float64 model",
    });
  }
}

function projectionWarnings(report: ProjectionQuantisation): string[] {
  const place = `projection ${report.name}`;
  const warnings: string[] = [];
  if (report.fractionBitsLost > 0)
    warnings.push(
      `${place}: weights are ${report.fractionBitsLost} bit coarser than their ${report.weightBits} bits allow, to fit membrane and accumulator`,
    );
  if (report.zeroedShare > 0.5)
    warnings.push(`${place}: ${(100 * report.zeroedShare).toFixed(1)} % of the non-zero weights round to 0`);
  return warnings;
}

function populationWarnings(report: PopulationQuantisation): string[] {
  const place = `population ${report.name}`;
  const { decay, threshold } = report;
  const warnings: string[] = [];
  if (decay.wanted < 1 && decay.effective === 1)
    warnings.push(`${place}: the decay of neuron ${decay.neuron} rounds to 1, it does not leak`);
  if (decay.wanted > 0 && decay.effective === 0)
    warnings.push(`${place}: the decay of neuron ${decay.neuron} rounds to 0, it keeps nothing`);
  if (threshold !== null && threshold.relativeError > 0.05)
    warnings.push(`${place}: rounding changes a threshold by ${(100 * threshold.relativeError).toFixed(1)} %`);
  return warnings;
}
