/** What of a network's learning a core can serve: which projections learn, and refusals with reason and remedy. */

import { MAX_TAPS } from "../assembly/layout.ts";
import { MAX_STORED_WEIGHT_BITS } from "../description/check-core-learning.ts";
import type { Issue } from "../description/issues.ts";
import { bitLength } from "../image/words.ts";
import type { LearningIr, NetworkIr, ProjectionIr, ProjectionLearningIr } from "./ir.ts";
import type { QuantisationCore } from "./quantisation-core.ts";

/** Fraction and delay of a stored delay together (docs/core.md, section 10.1). */
const MAX_STORED_DELAY_BITS = 15;
/** Classes that feedbackCode numbers (section 10.5). */
const MAX_RANDOM_CLASSES = 256;

/** How one projection learns on this core. */
export interface LearnedProjection {
  /** +-limit of weights in threshold units, null: fixed; bits below the used weight. */
  readonly limit: number | null;
  readonly remainder: number;
  /** Clamp of delays in steps and bits below a step; null: fixed. */
  readonly delays: { readonly min: number; readonly max: number; readonly fraction: number } | null;
}

/** By index of the projection; empty when the core has no engine or the network learns nothing: inference only. */
export function learnedProjections(
  { learning }: NetworkIr,
  core: QuantisationCore,
): ReadonlyMap<number, LearnedProjection> {
  if (learning === undefined || core.learning === "none") return new Map();
  const { remainder, fraction } = core.learning;
  return new Map(
    learning.projections.map(({ projection, weights, delays }) => [
      projection,
      {
        limit: weights?.limit ?? null,
        remainder: weights === null ? 0 : remainder,
        delays: delays === null ? null : { min: delays.min, max: delays.max, fraction },
      },
    ]),
  );
}

/** Adds everything that the core's engine cannot serve. */
export function checkLearnable(network: NetworkIr, core: QuantisationCore, issues: Issue[]): void {
  const { learning } = network;
  if (learning === undefined || core.learning === "none" || learning.projections.length === 0) return;
  for (const learned of learning.projections) checkProjection(network, core, learned, issues);
  for (const { population, feedback } of learning.hidden) {
    const name = `population ${network.populations[population]!.name}`;
    if (feedback.kind === "symmetric") {
      const projection = network.projections[feedback.projection]!;
      if (!splitsRows(projection, core)) continue;
      issues.push({
        path: name,
        value: "symmetric feedback",
        problem: `would walk the rows of projection ${projection.name}, which the delay scheme "queue" splits by synaptic delay`,
        remedy: 'use random feedback, axonal or no delays there, or delays: { scheme: "ring" } in the core',
      });
    } else if (network.populations[learning.readout]!.size > MAX_RANDOM_CLASSES) {
      issues.push({
        path: name,
        value: "random feedback",
        problem: `numbers at most ${MAX_RANDOM_CLASSES} classes, the readout has ${network.populations[learning.readout]!.size}`,
        remedy: "use symmetric feedback, or fewer classes",
      });
    }
  }
  checkError(network, core, learning, issues);
  checkTargets(network, core, learning, issues);
  if (learning.smoothing.length > MAX_TAPS) {
    issues.push({
      path: "learn.derivative",
      value: `${learning.smoothing.length} taps`,
      problem: `the engine has ${MAX_TAPS} taps for the smoothed delay derivative`,
      remedy: `use a standard deviation of at most ${(MAX_TAPS / 3).toFixed(1)} steps, or "difference"`,
    });
  }
}

/** Rows that stand in several buckets. */
function splitsRows({ delayKind }: ProjectionIr, core: QuantisationCore): boolean {
  return core.delays.scheme === "queue" && delayKind === "synaptic";
}

function checkProjection(
  { projections }: NetworkIr,
  core: QuantisationCore,
  { projection: index, weights, delays }: ProjectionLearningIr,
  issues: Issue[],
): void {
  const projection = projections[index]!;
  const path = `projection ${projection.name}`;
  const { scheme } = core.delays;
  if (projection.delayKind === "synaptic" && scheme !== "ring") {
    issues.push({
      path,
      value: delays === null ? "learned weights with synaptic delays" : "learned synaptic delays",
      problem:
        scheme === "queue"
          ? 'the delay scheme "queue" splits rows into buckets by delay, which the learning engine does not walk'
          : 'the delay scheme "spike-ring" holds one delay for each axon, not for each synapse',
      remedy: 'use delays: { scheme: "ring" } in the core, or axonal delays',
    });
  }
  if (core.learning === "none") return;
  const { remainder, fraction } = core.learning;
  const own = Object.hasOwn(core.weights.projections, projection.name)
    ? core.weights.projections[projection.name]?.bits
    : undefined;
  const bits = own ?? core.weights.bits;
  if (weights !== null && bits + remainder > MAX_STORED_WEIGHT_BITS) {
    issues.push({
      path,
      value: `${bits}-bit weights`,
      problem: `learned weights with learning.remainder = ${remainder} take ${bits + remainder} bits, more than ${MAX_STORED_WEIGHT_BITS}`,
      remedy: `use at most ${MAX_STORED_WEIGHT_BITS - remainder} bits here, or a smaller remainder`,
    });
  }
  if (delays !== null && bitLength(delays.max) + fraction > MAX_STORED_DELAY_BITS) {
    issues.push({
      path,
      value: delays.max,
      problem: `learned delays up to ${delays.max} steps with learning.fraction = ${fraction} take ${bitLength(delays.max) + fraction} bits, more than ${MAX_STORED_DELAY_BITS}`,
      remedy: `use at most ${2 ** (MAX_STORED_DELAY_BITS - fraction) - 1} steps, or a smaller fraction`,
    });
  }
}

/** The softmax error is the decision unit's. */
function checkError(
  { populations }: NetworkIr,
  { decision, learning: engine }: QuantisationCore,
  learning: LearningIr,
  issues: Issue[],
): void {
  const readout = populations[learning.readout]!.name;
  const softmax = learning.error.kind === "softmax";
  if (decision === "none") {
    if (!softmax) return;
    issues.push({
      path: "decision",
      value: "none",
      problem: `the error "softmax" at ${readout} is taken from the decision unit, and the core has none`,
      remedy: 'give the core decision: { rule: "softmax" }, or learn with error: { linear: {} }',
    });
    return;
  }
  if (softmax && decision.rule === "sum") {
    issues.push({
      path: "decision.rule",
      value: "sum",
      problem: `the error "softmax" at ${readout} is taken from the decision unit, which sums`,
      remedy: 'give the core decision: { rule: "softmax" }, or learn with error: { linear: {} }',
    });
  }
  const decided = decision.population ?? populations.findLast(({ kind }) => kind === "readout")?.name;
  if (decided !== readout) {
    issues.push({
      path: "decision.population",
      value: decided,
      problem: `the network learns from the error of ${readout}, and the core decides on another readout`,
      remedy: `write decision: { population: "${readout}" }, or learn from the readout that decides`,
    });
  }
  if (!softmax || decision.rule === "sum" || engine === "none") return;
  if (engine.error.bits > decision.table.bits + 1) {
    issues.push({
      path: "learning.error.bits",
      value: engine.error.bits,
      problem: `a probability of decision.table.bits = ${decision.table.bits} gives an error of ${decision.table.bits + 1} bits`,
      remedy: `use at most ${decision.table.bits + 1} error bits, or wider table entries`,
    });
  }
}

/** A trace decays as its target does, so that a target has one decay. */
function checkTargets(
  { populations, projections }: NetworkIr,
  core: QuantisationCore,
  learning: LearningIr,
  issues: Issue[],
): void {
  const targets = new Set(learning.projections.map(({ projection }) => projections[projection]!.to));
  for (const index of targets) {
    const population = populations[index]!;
    if (population.kind === "input") continue;
    const code = (alpha: number): number => Math.round(alpha * 2 ** core.decay.bits);
    const other = population.decay.findIndex((alpha) => code(alpha) !== code(population.decay[0]!));
    if (other < 0) continue;
    issues.push({
      path: `population ${population.name}`,
      value: population.decay[other],
      problem: `neuron ${other} decays differently from neuron 0, and a trace serves one decay for all`,
      remedy: "give the population one time constant, or do not learn what projects to it",
    });
  }
}
