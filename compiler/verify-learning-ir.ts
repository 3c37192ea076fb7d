/** Verifier of the IR's learning: indices and kinds, clamps that hold for the initial weights and delays, ranges of the rest. */

import { MAX_DELAY, MAX_TAPS } from "../assembly/layout.ts";
import { demand, isWhole, violation } from "./invariant.ts";
import type { HiddenLearningIr, LearningIr, NetworkIr, PopulationIr, ProjectionLearningIr } from "./ir.ts";

const MOST_STEPS = 65_535;
const MOST_SAMPLES = 2 ** 31 - 1;

/** @throws {Error} as verifyIr does */
export function verifyLearning(learning: LearningIr, ir: NetworkIr): void {
  const readout = ir.populations[learning.readout];
  demand(readout?.kind === "readout" && readout.size >= 2, "learning", "readout is a readout with at least 2 classes");
  demand(hasOneDecay(readout), "learning", "the readout has one decay for all its units");
  demand(ascends(learning.projections.map(({ projection }) => projection)), "learning", "projections ascend");
  for (const learned of learning.projections) verifyLearnedProjection(learned, learning.readout, ir);
  const targets = new Set(learning.projections.map(({ projection }) => ir.projections[projection]!.to));
  targets.delete(learning.readout);
  const hidden = learning.hidden.map(({ population }) => population);
  demand(ascends(hidden), "learning", "hidden populations stand in step order");
  const same = hidden.length === targets.size && hidden.every((population) => targets.has(population));
  demand(same, "learning", "hidden are the LIF targets of what learns");
  for (const population of learning.hidden) verifyHidden(population, learning.readout, ir);
  verifyRule(learning);
  verifyTimes(learning);
  const { channelShift } = learning;
  const inputs = ir.populations.filter(({ kind }) => kind === "input");
  const shifts = channelShift === 0 || (inputs.length === 1 && isWhole(channelShift, 1, inputs[0]!.size - 1));
  demand(shifts, "learning", "channelShift is 0, or below the channels of the only input");
}

function verifyLearnedProjection(
  { projection: index, weights, delays }: ProjectionLearningIr,
  readout: number,
  ir: NetworkIr,
): void {
  const projection = ir.projections[index];
  if (projection === undefined) throw violation("learning", `projection ${index} is an index of projections`);
  const { name, to, weight, delayKind, delay, axonDelay } = projection;
  const place = `learning of projection "${name}"`;
  const target = ir.populations[to];
  demand(to === readout || target?.kind === "lif", place, "the target is a LIF population or the readout");
  demand(hasOneDecay(target), place, "the target has one decay for all its neurons");
  demand(weights !== null || delays !== null, place, "something learns");
  if (weights !== null) {
    demand(isPositive(weights.rate) && isPositive(weights.limit), place, "rate and limit of weights are > 0");
    const within = weight.every((w) => Math.abs(w) <= weights.limit);
    demand(within, place, "initial weights are within the limit");
  }
  if (delays === null) return;
  const { rate, min, max } = delays;
  demand(isPositive(rate), place, "the rate of delays is > 0");
  demand(delayKind !== "none", place, "a projection that learns delays has delays");
  demand(isWhole(max, 0, MAX_DELAY) && isWhole(min, 0, max), place, `0 <= min <= max <= ${MAX_DELAY}`);
  const inClamp = (d: number): boolean => d >= min && d <= max;
  demand(delay.every(inClamp) && axonDelay.every(inClamp), place, "initial delays are within min and max");
}

function verifyHidden({ population, feedback }: HiddenLearningIr, readout: number, ir: NetworkIr): void {
  const place = `learning of population "${ir.populations[population]!.name}"`;
  if (feedback.kind === "random") {
    demand(isPositive(feedback.scale), place, "the scale of random feedback is > 0");
    demand(isWhole(feedback.seed, 0, 2 ** 32 - 1), place, "the seed of random feedback has 32 bits");
    return;
  }
  const projection = ir.projections[feedback.projection];
  const direct = projection?.from === population && projection.to === readout;
  demand(direct, place, "symmetric feedback is along a projection to the readout");
}

function verifyRule({ surrogate, smoothing, error, firingRate }: LearningIr): void {
  const { width, height } = surrogate;
  demand(isPositive(width) && isPositive(height), "learning", "width and height of the surrogate are > 0");
  demand(smoothing.length <= MAX_TAPS && smoothing.every(isPositive), "learning", `at most ${MAX_TAPS} taps, all > 0`);
  const linear = error.kind === "softmax" || (isPositive(error.clip) && isPositive(error.target));
  demand(linear, "learning", "target and clip of a linear error are > 0");
  if (firingRate === null) return;
  const { target, strength } = firingRate;
  const holds = target >= 0 && target <= 1 && isPositive(strength);
  demand(holds, "learning", "the firing rate's target is in [0, 1] and its strength > 0");
}

function verifyTimes({ errorSteps, meanSteps, updateEvery, schedule }: LearningIr): void {
  demand(isWhole(meanSteps, 1, MOST_STEPS), "learning", `meanSteps is 1..${MOST_STEPS}`);
  if (errorSteps.kind === "last") {
    demand(errorSteps.steps === meanSteps, "learning", "meanSteps is the number of last steps");
  } else if (errorSteps.kind === "mask") {
    const bits = errorSteps.mask.every((bit) => bit <= 1);
    const ones = errorSteps.mask.reduce((sum, bit) => sum + bit, 0);
    demand(bits && ones === meanSteps, "learning", "meanSteps is the number of ones in a mask of 0 and 1");
  }
  demand(isWhole(updateEvery, 0, MOST_SAMPLES), "learning", "updateEvery is a whole number >= 0");
  if (schedule.kind !== "steps") return;
  const { factor, every } = schedule;
  const holds = isPositive(factor) && factor <= 1 && isWhole(every, 1, MOST_SAMPLES);
  demand(holds, "learning", "the schedule's factor is in (0, 1], every so many epochs >= 1");
}

/** One decay up to rounding: 0.3 ms and 3 steps of 0.1 ms are one time constant, and their decays may differ in the last bit. */
function hasOneDecay(population: PopulationIr | undefined): boolean {
  if (population === undefined || population.kind === "input") return false;
  return population.decay.every((decay) => Math.abs(decay - population.decay[0]!) <= 1e-12);
}

function isPositive(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

function ascends(indices: readonly number[]): boolean {
  return indices.every((index, i) => i === 0 || index > indices[i - 1]!);
}
