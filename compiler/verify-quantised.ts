/** Verifier after the pass "quantise": formats, scales, codes and the accumulator's bound, without the pass's own code. */

import { MAX_SHIFT } from "../assembly/layout.ts";
import { VerifierError } from "./compile-error.ts";
import type { NetworkIr, PopulationIr, ProjectionIr } from "./ir.ts";
import type { QuantisationCore } from "./quantisation-core.ts";
import type { QuantisedNetwork, QuantisedPopulation, QuantisedProjection } from "./quantised.ts";

/** @throws VerifierError */
export function verifyQuantised(ir: NetworkIr, network: QuantisedNetwork, core: QuantisationCore): void {
  const { populations, projections } = network;
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
    verifyDelays(place, source!, projection);
    addSums(projection, populations[projection.from]!, core, sums[projection.to]!);
  }
  verifyLearning(ir, network, core);
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

function verifyPopulation(wanted: PopulationIr, population: QuantisedPopulation, core: QuantisationCore): void {
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
  { weight, weightBits, weightFraction, storedWeight, remainderBits, weightClamp }: QuantisedProjection,
): void {
  if (weightClamp !== null) {
    verifyStored(
      place,
      wanted,
      2 ** (weightFraction + remainderBits),
      storedWeight,
      remainderBits,
      weightClamp,
      weight,
    );
    return;
  }
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
  const same = storedWeight.length === weight.length && storedWeight.every((code, s) => code === weight[s]);
  demand(remainderBits === 0 && same, `${place} stores more than its weights`);
}

/** Stored codes are the values plus half a used LSB, to the nearest, within their clamp; used codes are their upper bits. */
function verifyStored(
  place: string,
  wanted: ArrayLike<number>,
  scale: number,
  stored: ArrayLike<number>,
  below: number,
  { low, high }: { readonly low: number; readonly high: number },
  used: ArrayLike<number>,
): void {
  demand(stored.length === wanted.length && used.length === wanted.length, `${place} has lost parameters`);
  const half = below === 0 ? 0 : 2 ** (below - 1);
  for (let s = 0; s < stored.length; s++) {
    const code = stored[s]!;
    const exact = wanted[s]! * scale + half;
    const clamped = (code === low && exact < low) || (code === high && exact > high);
    const near = code >= low && code <= high && (clamped || Math.abs(code - exact) <= 0.5);
    if (!near || used[s] !== code >> below)
      demand(false, `${place}: parameter ${s} is stored as ${code} for ${wanted[s]}`);
  }
}

function verifyDelays(place: string, wanted: ProjectionIr, projection: QuantisedProjection): void {
  const { delayKind, delay, axonDelay, storedDelay, fractionBits, delayClamp, largestDelay } = projection;
  const [from, used] = delayKind === "axonal" ? [wanted.axonDelay, axonDelay] : [wanted.delay, delay];
  const clamp = delayClamp ?? { low: 0, high: 255 };
  demand(delayClamp !== null || fractionBits === 0, `${place} has a fraction of fixed delays`);
  verifyStored(place, from, 2 ** fractionBits, storedDelay, fractionBits, clamp, used);
  const most = delayClamp === null ? 0 : clamp.high >> fractionBits;
  demand(
    used.every((steps) => steps <= largestDelay) && most <= largestDelay,
    `${place} can have delays above ${largestDelay} steps`,
  );
}

/** Every learned parameter has registers, a trace of its source, and a window that reaches its largest delay. */
function verifyLearning(ir: NetworkIr, { learning, projections }: QuantisedNetwork, core: QuantisationCore): void {
  const wanted = core.learning === "none" ? [] : (ir.learning?.projections ?? []);
  demand((learning === null) === (wanted.length === 0), "learning has been lost or made up");
  if (learning === null) return;
  demand(learning.projections.length === wanted.length, "learned projections have been lost");
  for (const entry of wanted) {
    const { name, from } = ir.projections[entry.projection]!;
    const index = projections.findIndex((projection) => projection.name === name);
    const learned = learning.projections.find(({ projection }) => projection === index);
    const place = `projection ${name}`;
    demand(learned !== undefined, `${place} does not learn`);
    const { weights, delays, trace } = learned!;
    demand((weights === null) === (entry.weights === null), `${place}: learning of weights is lost or made up`);
    demand((delays === null) === (entry.delays === null), `${place}: learning of delays is lost or made up`);
    const { recurrent, largestDelay } = projections[index]!;
    const derivative = delays === null ? 0 : Math.max(1, learning.taps.length);
    const read = (recurrent ? 1 : 0) + largestDelay + derivative + 1;
    const source = learning.traces[trace];
    demand(source?.population === from && source.entries >= read, `${place} has no trace of ${read} values`);
  }
}

function addSums(
  { post, weight, weightShift, delayKind, weightClamp, remainderBits }: QuantisedProjection,
  source: QuantisedPopulation,
  { delays }: QuantisationCore,
  { positive, negative }: { positive: Float64Array; negative: Float64Array },
): void {
  const twice = delays.scheme === "queue" && delays.overflow === "deliver" && delayKind !== "none";
  const events = (source.kind === "input" ? source.maxEventsPerStep : 1) * (twice ? 2 : 1);
  const factor = events * 2 ** weightShift;
  for (let s = 0; s < post.length; s++) {
    if (weightClamp !== null) {
      positive[post[s]!]! += Math.max(0, weightClamp.high >> remainderBits) * factor;
      negative[post[s]!]! += Math.max(0, -(weightClamp.low >> remainderBits)) * factor;
      continue;
    }
    const sum = weight[s]! * factor;
    if (sum > 0) positive[post[s]!]! += sum;
    else negative[post[s]!]! -= sum;
  }
}
