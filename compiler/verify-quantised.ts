/** Verifier after the pass "quantise": formats, scales, codes and the accumulator's bound, without the pass's own code. */

import { MAX_SHIFT } from "../assembly/layout.ts";
import type { CompleteCore } from "../description/core.ts";
import { VerifierError } from "./compile-error.ts";
import type { NetworkIr, PopulationIr } from "./ir.ts";
import type { QuantisedNetwork, QuantisedPopulation, QuantisedProjection } from "./quantised.ts";

/** @throws VerifierError */
export function verifyQuantised(
  ir: NetworkIr,
  { populations, projections }: QuantisedNetwork,
  core: CompleteCore,
): void {
  demand(populations.length === ir.populations.length, "populations have been lost");
  demand(projections.length === ir.projections.length, "projections have been lost");
  for (const [index, population] of populations.entries()) verifyPopulation(ir.populations[index]!, population, core);
  const wanted = new Map(ir.projections.map((projection) => [projection.name, projection]));
  const sums = populations.map(({ size }) => ({ positive: new Float64Array(size), negative: new Float64Array(size) }));
  for (const [index, projection] of projections.entries()) {
    const place = `projection ${projection.name}`;
    demand(index === 0 || projections[index - 1]!.from <= projection.from, `${place} is not sorted by source`);
    const source = wanted.get(projection.name);
    demand(source !== undefined && source.post === projection.post, `${place} is not of the network`);
    const target = populations[projection.to]!;
    demand(target.kind !== "input", `${place} arrives at an input`);
    if (target.kind === "input") continue;
    const shift = target.accumulatorFraction - projection.weightFraction;
    demand(
      projection.weightShift === shift && inShift(shift),
      `${place} has the weight shift ${projection.weightShift}`,
    );
    verifyWeights(place, source!.weight, projection);
    addSums(projection, populations[projection.from]!, core, sums[projection.to]!);
  }
  if (core.accumulator.saturate !== "read") return;
  const limit = 2 ** (core.accumulator.bits - 1);
  for (const [index, { positive, negative }] of sums.entries()) {
    const fits = positive.every((sum) => sum < limit) && negative.every((sum) => sum <= limit);
    demand(fits, `population ${populations[index]!.name} can leave its accumulator's width`);
  }
}

function demand(holds: boolean, problem: string): void {
  if (!holds) throw new VerifierError("quantise", problem);
}

function inShift(shift: number): boolean {
  return shift >= 0 && shift <= MAX_SHIFT;
}

function verifyPopulation(wanted: PopulationIr, population: QuantisedPopulation, core: CompleteCore): void {
  const place = `population ${population.name}`;
  demand(wanted.name === population.name && wanted.size === population.size, `${place} is not ${wanted.name}`);
  if (population.kind === "input" || wanted.kind === "input") {
    demand(population === wanted, `${place} has been changed`);
    return;
  }
  const { currentShift, membraneFraction: f, accumulatorFraction, membraneBits, decay } = population;
  demand(
    currentShift === f - accumulatorFraction && inShift(currentShift),
    `${place} has the current shift ${currentShift}`,
  );
  const scale = 2 ** core.decay.bits;
  const near = (code: number, exact: number): boolean => Math.abs(code - exact) <= 0.5;
  demand(
    decay.length === population.size && decay.every((code, j) => near(code, wanted.decay[j]! * scale)),
    `${place} has a wrong decay`,
  );
  if (population.kind !== "lif" || wanted.kind !== "lif") return;
  const limit = 2 ** (membraneBits - 1);
  const { threshold } = population;
  const fits = threshold.every((code, j) => code >= 1 && code < limit && near(code, wanted.threshold[j]! * 2 ** f));
  demand(threshold.length === population.size && fits, `${place} has a wrong threshold`);
}

function verifyWeights(
  place: string,
  wanted: Float64Array,
  { weight, weightBits, weightFraction }: QuantisedProjection,
): void {
  const max = 2 ** (weightBits - 1) - 1;
  const scale = 2 ** weightFraction;
  demand(weight.length === wanted.length, `${place} has lost weights`);
  for (let s = 0; s < weight.length; s++) {
    const code = weight[s]!;
    const exact = wanted[s]! * scale;
    const clipped = (code === max && exact > max) || (code === -max - 1 && exact < -max - 1);
    if (code > max || code < -max - 1 || (!clipped && Math.abs(code - exact) > 0.5)) {
      demand(false, `${place}: synapse ${s} has the code ${code} for ${wanted[s]}`);
    }
  }
}

function addSums(
  { post, weight, weightShift, delayKind }: QuantisedProjection,
  source: QuantisedPopulation,
  { delays }: CompleteCore,
  { positive, negative }: { positive: Float64Array; negative: Float64Array },
): void {
  const twice = delays.scheme === "queue" && delays.overflow === "deliver" && delayKind !== "none";
  const events = (source.kind === "input" ? source.maxEventsPerStep : 1) * (twice ? 2 : 1);
  const factor = events * 2 ** weightShift;
  for (let s = 0; s < post.length; s++) {
    const sum = weight[s]! * factor;
    if (sum > 0) positive[post[s]!]! += sum;
    else negative[post[s]!]! -= sum;
  }
}
