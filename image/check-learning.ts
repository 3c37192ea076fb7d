/** What the learning engine's registers must be to the rest of a manifest (docs/core.md, section 10). */

import type { LearningRegisters, Manifest, ParameterRegisters, ProjectionLearningRegisters } from "./manifest.ts";

/** Refuses a value at a place of the manifest unless the condition holds. */
export type Demand = (holds: boolean, place: string, value: unknown, problem: string) => void;

/** Refuses registers with which the engine would leave its memories, tables or widths. */
export function checkLearning(manifest: Manifest, demand: Demand): void {
  const { learning, layouts, fields } = manifest;
  for (const [index, { remainderBits, weightBits, fractionBits, delayBits }] of layouts.entries()) {
    const place = `layouts[${index}]`;
    demand(remainderBits + weightBits <= 16, `${place}.remainderBits`, remainderBits, "with the weight exceed 16 bits");
    demand(fractionBits + delayBits <= 15, `${place}.fractionBits`, fractionBits, "with the delay exceed 15 bits");
    demand(fractionBits === 0 || delayBits > 0, `${place}.fractionBits`, fractionBits, "stand below no delay");
  }
  const { axonFraction, axonDelay } = fields;
  const axonal = axonFraction === 0 || (axonDelay > 0 && axonFraction + axonDelay <= 15);
  demand(axonal, "fields.axonFraction", axonFraction, `does not go with a delay of ${axonDelay} bits`);
  if (learning === null) {
    for (const key of ["weightEligibility", "delayEligibility", "weightChange", "delayChange"] as const) {
      demand(fields[key] === 0, `fields.${key}`, fields[key], "must be 0 without a learning engine");
    }
    return;
  }
  checkEngine(manifest, learning, demand);
  checkTraces(manifest, learning, demand);
  checkHidden(manifest, learning, demand);
  const next = { projection: 0, eligibility: 0, change: 0, axonChange: 0 };
  for (const [index, registers] of learning.projections.entries()) {
    checkProjection(manifest, learning, registers, `learning.projections[${index}]`, next, demand);
  }
}

function checkEngine(manifest: Manifest, learning: LearningRegisters, demand: Demand): void {
  const { populations, decision, fields, core } = manifest;
  const readout = populations[learning.readout];
  demand(readout?.kind === "readout", "learning.readout", learning.readout, "is not a readout");
  const softmax = learning.error.kind === "softmax";
  if (softmax) {
    const decided = decision?.rule === "softmax" && decision.population === learning.readout;
    demand(decided, "learning.error.kind", "softmax", "needs the decision by softmax of the same readout");
    const most = decision!.tableBits + 1;
    demand(learning.errorBits <= most, "learning.errorBits", learning.errorBits, `must be at most ${most}`);
  }
  const kappa = learning.eligibilityDecay;
  const decays = learning.filtered ? kappa <= 2 ** core.decay.bits : kappa === 0;
  demand(decays, "learning.eligibilityDecay", kappa, "does not go with the kind of eligibility");
  const { projections } = learning;
  const hidden = projections.filter((p) => learning.filtered && isHidden(manifest, p));
  const changed = learning.updateEvery > 0 ? projections : [];
  const synaptic = (p: ProjectionLearningRegisters): boolean =>
    p.delays !== null && manifest.projections[p.projection]?.delayKind === "synaptic";
  const width = (key: keyof typeof fields, used: boolean, bits: number): void =>
    demand(fields[key] === (used ? bits : 0), `fields.${key}`, fields[key], `must be ${used ? bits : 0}`);
  const has = (chosen: typeof projections, of: (p: ProjectionLearningRegisters) => boolean): boolean => chosen.some(of);
  const { eligibilityBits, changeBits } = learning;
  width("weightEligibility", has(hidden, isWeight), eligibilityBits);
  width("delayEligibility", has(hidden, isDelay), eligibilityBits);
  width("weightChange", has(changed, isWeight), changeBits);
  width("delayChange", has(changed, synaptic), changeBits);
}

const isWeight = ({ weights }: ProjectionLearningRegisters): boolean => weights !== null;
const isDelay = ({ delays }: ProjectionLearningRegisters): boolean => delays !== null;

function isHidden({ projections, populations }: Manifest, { projection }: ProjectionLearningRegisters): boolean {
  return populations[projections[projection]?.to ?? -1]?.kind === "lif";
}

function checkTraces({ populations, core }: Manifest, { traces, traceBits }: LearningRegisters, demand: Demand): void {
  let base = 0;
  for (const [index, trace] of traces.entries()) {
    const place = `learning.traces[${index}]`;
    const source = populations[trace.population];
    demand(source !== undefined && source.kind !== "readout", `${place}.population`, trace.population, "never spikes");
    demand(trace.base === base, `${place}.base`, trace.base, `must be ${base}`);
    demand(trace.decay <= 2 ** core.decay.bits, `${place}.decay`, trace.decay, `exceeds ${2 ** core.decay.bits}`);
    demand(trace.fraction <= traceBits, `${place}.fraction`, trace.fraction, `must be at most ${traceBits}`);
    base += source!.size;
  }
}

function checkHidden(manifest: Manifest, learning: LearningRegisters, demand: Demand): void {
  const { populations, core } = manifest;
  const classes = populations[learning.readout]!.size;
  let signalBase = 0;
  let feedbackBase = 0;
  let previous = -1;
  for (const [index, hidden] of learning.populations.entries()) {
    const place = `learning.populations[${index}]`;
    const { population, feedback, regulariser } = hidden;
    const target = populations[population];
    demand(target?.kind === "lif" && population > previous, `${place}.population`, population, "is not the next LIF");
    previous = population;
    demand(hidden.signalBase === signalBase, `${place}.signalBase`, hidden.signalBase, `must be ${signalBase}`);
    signalBase += target!.groups;
    if (feedback.kind === "symmetric") {
      const source = manifest.projections[feedback.projection];
      const direct = source?.from === population && source.to === learning.readout;
      demand(direct, `${place}.feedback.projection`, feedback.projection, "does not go from it to the readout");
      const split = core.scheme === "queue" && source!.delayKind === "synaptic";
      demand(!split, `${place}.feedback.projection`, feedback.projection, "has rows that are split by delay");
    } else {
      demand(classes <= 256, `${place}.feedback`, feedback.kind, `numbers at most 256 classes, not ${classes}`);
    }
    if (feedback.kind === "stored") {
      demand(feedback.base === feedbackBase, `${place}.feedback.base`, feedback.base, `must be ${feedbackBase}`);
      feedbackBase += target!.size * Math.ceil(classes / core.lanes);
    }
    if (regulariser !== null) {
      const own = learning.traces[regulariser.trace]?.population === population;
      demand(own, `${place}.regulariser.trace`, regulariser.trace, "is not a trace of the population");
    }
    if (learning.filtered) {
      demand(
        hidden.modulationShift === 0,
        `${place}.modulationShift`,
        hidden.modulationShift,
        "must be 0 when filtered",
      );
    }
  }
}

function checkProjection(
  manifest: Manifest,
  learning: LearningRegisters,
  registers: ProjectionLearningRegisters,
  place: string,
  next: { projection: number; eligibility: number; change: number; axonChange: number },
  demand: Demand,
): void {
  const { projections, populations, core, layouts } = manifest;
  const { projection: number, weights, delays } = registers;
  const projection = projections[number];
  demand(projection !== undefined && number >= next.projection, `${place}.projection`, number, "is not in order");
  next.projection = number + 1;
  const { from, to, delayKind, layout } = projection!;
  const hidden = isHidden(manifest, registers);
  const known = hidden ? learning.populations.some(({ population }) => population === to) : to === learning.readout;
  demand(known, `${place}.projection`, number, "has a target that has no learning signal");
  demand(weights !== null || delays !== null, `${place}.weights`, weights, "or delays must learn");
  const split = core.scheme === "queue" && delayKind === "synaptic";
  demand(!split, `${place}.projection`, number, "has rows that are split by delay");
  const { remainderBits, weightBits } = layouts[layout]!;
  const bits = remainderBits + weightBits;
  if (weights !== null) {
    checkParameter(learning, weights, `${place}.weights`, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1, demand);
  }
  if (delays !== null) {
    demand(delayKind !== "none", `${place}.delays`, delayKind, "cannot be learned");
    const largest = 2 ** fractionOf(manifest, number) * (largestDelay(manifest, number) + 1) - 1;
    checkParameter(learning, delays, `${place}.delays`, 0, largest, demand);
    const wait = (delays.high >> fractionOf(manifest, number)) - (projection!.recurrent ? 0 : 1);
    const { queueWait } = manifest.fields;
    const waits = core.scheme !== "queue" || wait < 2 ** queueWait;
    demand(waits, `${place}.delays.high`, delays.high, `waits longer than ${queueWait} bits count`);
  }
  checkWindow(manifest, learning, registers, place, demand);

  const { synapseWords, synapseBase } = registers;
  const eligible = learning.filtered && hidden;
  const synaptic = weights !== null || (delays !== null && delayKind === "synaptic");
  const base = (
    key: "eligibilityBase" | "changeBase" | "axonChangeBase",
    used: boolean,
    counter: "eligibility" | "change" | "axonChange",
    words: number,
  ): void => {
    const wanted = used ? next[counter] : -1;
    demand(registers[key] === wanted, `${place}.${key}`, registers[key], `must be ${wanted}`);
    if (used) next[counter] += words;
  };
  const late = learning.updateEvery > 0;
  base("eligibilityBase", eligible, "eligibility", synapseWords);
  base("changeBase", late && synaptic, "change", synapseWords);
  base("axonChangeBase", late && delays !== null && delayKind === "axonal", "axonChange", populations[from]!.size);
  const { words } = manifest.memories.find(({ id }) => id === "synapses")!;
  demand(synapseBase + synapseWords <= words, `${place}.synapseWords`, synapseWords, `end beyond ${words} words`);
}

function checkParameter(
  { updateEvery }: LearningRegisters,
  { low, high, changeShift }: ParameterRegisters,
  place: string,
  least: number,
  largest: number,
  demand: Demand,
): void {
  demand(low >= least && low <= high, `${place}.low`, low, `must be from ${least} to high ${high}`);
  demand(high <= largest, `${place}.high`, high, `must be at most ${largest}`);
  demand(updateEvery > 0 || changeShift === 0, `${place}.changeShift`, changeShift, "must be 0 without changes");
}

/** The trace is of the source, and its window reaches what the projection reads. */
function checkWindow(
  manifest: Manifest,
  { traces, taps }: LearningRegisters,
  { projection, trace, delays }: ProjectionLearningRegisters,
  place: string,
  demand: Demand,
): void {
  const { from, recurrent } = manifest.projections[projection]!;
  const source = traces[trace];
  demand(source?.population === from, `${place}.trace`, trace, "is not a trace of the source");
  const derivative = delays === null ? 0 : Math.max(1, taps.length);
  // Fixed delays are in the contents, and are held against the window there.
  const most = delays === null ? 0 : delays.high >> fractionOf(manifest, projection);
  const needs = (recurrent ? 1 : 0) + most + derivative + 1;
  demand(source!.entries >= needs, `${place}.trace`, trace, `keeps ${source!.entries} values, ${needs} are read`);
}

function fractionOf({ projections, layouts, fields }: Manifest, projection: number): number {
  const { delayKind, layout } = projections[projection]!;
  return delayKind === "axonal" ? fields.axonFraction : layouts[layout]!.fractionBits;
}

/** Largest delay that the scheme's structures hold for a projection. */
function largestDelay({ projections, populations, core, fields }: Manifest, projection: number): number {
  const { to, spikeRingSlots } = projections[projection]!;
  if (core.scheme === "ring") return populations[to]!.slots - 1;
  if (core.scheme === "spike-ring") return spikeRingSlots - 1;
  return 2 ** fields.axonDelay - 1;
}
