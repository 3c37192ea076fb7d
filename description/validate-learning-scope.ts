/** Checks of `learn` against the rest of the network: what can learn there, from which readout, by which feedback. */

import { type Fields, field, report } from "./checks.ts";
import { didYouMean } from "./did-you-mean.ts";
import { at, type Issue } from "./issues.ts";
import { type HiddenPopulation, type LearningScope, learningScope, learns } from "./learning-scope.ts";
import type { NetworkDescription } from "./network.ts";
import { type Duration, inSteps } from "./units.ts";
import { checkClamps } from "./validate-learning-clamps.ts";
import type { Surroundings } from "./validate-projections.ts";

/**
 * Adds every mistake of `learn` in its surroundings. Nothing is said as long as populations or the ends of projections are
 * themselves mistaken: what learns follows from them.
 */
export function checkLearningScope(issues: Issue[], fields: Fields, around: Surroundings): undefined {
  const network = readable(fields, around);
  if (network === undefined || !learns(network)) return;
  const place = learnPath(network);
  checkVoltageUnit(issues, place, around);
  checkDelaysExist(issues, network);
  const scope = learningScope(network);
  if (scope === undefined) {
    const remedy = "add for example digit: readout({ size: 10, tau: ms(40) })";
    return report(issues, place, undefined, "learns from the error of a readout, and the network has none", remedy);
  }
  checkReadout(issues, place, scope, around);
  checkTargets(issues, network, scope);
  if (scope.projections.length === 0) {
    const problem = "nothing learns: no projection to a lif population or to the readout has a rate";
    report(issues, place, undefined, problem, "write for example learn({ weights: { rate: 0.1 } })");
  }
  checkTimeConstants(issues, network, scope, around.timestepMs);
  checkClamps(issues, network, scope, around.timestepMs);
  checkFeedbackNames(issues, network);
  for (const hidden of scope.hidden) checkSymmetric(issues, network, scope, hidden);
  checkChannelShift(issues, network, around);
}

/** The network, when populations and ends of projections are such that `learningScope` can read them. */
function readable(fields: Fields, { populations }: Surroundings): NetworkDescription | undefined {
  const projections = field(fields, "projections");
  if (!Array.isArray(projections) || [...populations.values()].some(({ kind }) => kind === undefined)) return undefined;
  const joined = projections.every((projection: unknown) => {
    if (typeof projection !== "object" || projection === null) return false;
    const { from, to } = projection as Fields;
    const source = typeof from === "string" ? populations.get(from) : undefined;
    const target = typeof to === "string" ? populations.get(to) : undefined;
    return source !== undefined && source.kind !== "readout" && target !== undefined && target.kind !== "input";
  });
  return joined && populations.size > 0 ? (fields as unknown as NetworkDescription) : undefined;
}

/** The network's `learn`, or the first projection that has one. */
function learnPath({ learn, projections }: NetworkDescription): string {
  if (learn !== undefined) return "learn";
  const first = projections.findIndex((projection) => typeof projection.learn === "object");
  return at(at("projections", first), "learn");
}

/** Rates, surrogate widths and limits are in threshold units, for which millivolts would have to be divided by a threshold. */
function checkVoltageUnit(issues: Issue[], path: string, { voltages }: Surroundings): undefined {
  const first = voltages.find(({ unit }) => unit === "mV");
  if (first === undefined) return;
  const problem = `learning is in threshold units, and ${first.path} is in millivolts`;
  report(
    issues,
    path,
    undefined,
    problem,
    "give thresholds and weights as multiples of the threshold, without mV(...)",
  );
}

/** Learned delays are those that a projection has. */
function checkDelaysExist(issues: Issue[], { projections }: NetworkDescription): void {
  for (const [i, { learn, delays }] of projections.entries()) {
    if (delays !== undefined || typeof learn !== "object" || typeof learn?.delays !== "object") continue;
    const path = at(at(at("projections", i), "learn"), "delays");
    const remedy = "add delays: synaptic({ max: steps(24), init: uniform() }) to the projection, or leave this away";
    report(issues, path, learn.delays, "learns delays, and the projection has none", remedy);
  }
}

function checkReadout(
  issues: Issue[],
  path: string,
  { readout }: LearningScope,
  { populations }: Surroundings,
): undefined {
  const size = populations.get(readout)?.size;
  if (size === undefined || size >= 2) return;
  const problem = `learns from the error of ${readout}, which has 1 class and needs at least 2`;
  report(issues, path, undefined, problem, `give ${readout} a unit for each class`);
}

/** `learn` stands only where it can mean something. */
function checkTargets(
  issues: Issue[],
  { projections, populations }: NetworkDescription,
  { readout }: LearningScope,
): void {
  for (const [i, { learn, to }] of projections.entries()) {
    if (typeof learn !== "object" || populations[to]!.kind === "lif" || to === readout) continue;
    const problem = `projects to ${to}, and the error that is learned from is that of the last readout, ${readout}`;
    const remedy = `leave learn away here, or join ${readout}`;
    report(issues, at(at("projections", i), "learn"), learn, problem, remedy);
  }
}

/** A trace decays as its target does: one decay for all neurons of a target, and for the readout, which filters what it learns. */
function checkTimeConstants(
  issues: Issue[],
  { populations }: NetworkDescription,
  { hidden, readout }: LearningScope,
  timestepMs: number | undefined,
): void {
  for (const name of [...hidden.map((population) => population.name), readout]) {
    const population = populations[name]!;
    const tau = population.kind === "input" ? undefined : population.tau;
    if (!Array.isArray(tau)) continue;
    const decays = tau.map((value: unknown) => inKnownSteps(value, timestepMs));
    const other = decays.findIndex((value) => value !== decays[0]);
    if (other < 0 || decays.includes(undefined)) continue;
    const problem = `learning needs a trace for each distinct time constant, and neuron ${other} differs from neuron 0`;
    report(issues, at(at("populations", name), "tau"), tau, problem, "give one tau for all, for example tau: ms(20)");
  }
}

/** Undefined for what is not a time constant, or not known without the time step. */
function inKnownSteps(value: unknown, timestepMs: number | undefined): number | undefined {
  if (value === "infinite") return Number.POSITIVE_INFINITY;
  if (typeof value !== "object" || value === null || timestepMs === undefined) return undefined;
  const steps = inSteps(value as Duration, timestepMs);
  return Number.isFinite(steps) ? steps : undefined;
}

/** Feedback by name is for lif populations that exist. */
function checkFeedbackNames(issues: Issue[], { learn, populations }: NetworkDescription): void {
  const feedback: unknown = learn?.feedback;
  if (typeof feedback !== "object" || feedback === null) return;
  const byName = field(feedback as Fields, "populations");
  if (typeof byName !== "object" || byName === null || Array.isArray(byName)) return;
  const lifs = Object.keys(populations).filter((name) => populations[name]!.kind === "lif");
  for (const [name, value] of Object.entries(byName)) {
    if (value === undefined || lifs.includes(name)) continue;
    const known = Object.hasOwn(populations, name);
    const problem = known ? "feedback is for lif populations" : "no population has this name";
    report(issues, at("learn.feedback.populations", name), value, problem, didYouMean(known ? "" : name, lifs));
  }
}

/** Symmetric feedback is the transpose of one projection. */
function checkSymmetric(
  issues: Issue[],
  { learn }: NetworkDescription,
  { readout }: LearningScope,
  { name, feedback, direct }: HiddenPopulation,
): undefined {
  if (feedback !== "symmetric" || direct.length === 1) return;
  const found = direct.length === 0 ? "no projection" : `${direct.length} projections`;
  const problem = `symmetric feedback of ${name} needs one projection ${name} -> ${readout}, and there is ${found}`;
  const remedy = `give feedback: { populations: { ${name}: { random: "stored" } } }`;
  report(issues, at("learn", "feedback"), learn?.feedback, problem, remedy);
}

/** All channels move together, so that there is one input, and some channel is left. */
function checkChannelShift(issues: Issue[], { learn }: NetworkDescription, { populations }: Surroundings): undefined {
  const shift: unknown = learn?.channelShift;
  if (typeof shift !== "number" || !(shift > 0)) return;
  const path = at("learn", "channelShift");
  const inputs = [...populations].filter(([, { kind }]) => kind === "input");
  if (inputs.length !== 1) {
    const names = inputs.map(([name]) => name).join(", ");
    const problem = `moves the channels of one input population, and there are ${inputs.length}: ${names}`;
    return report(issues, path, shift, problem, "leave it away");
  }
  const [name, { size }] = inputs[0]!;
  if (size === undefined || shift < size) return;
  const problem = `must be at most ${size - 1}: ${name} has ${size} channels`;
  report(issues, path, shift, problem, "use a smaller shift, for example 0.03 of the channels");
}
