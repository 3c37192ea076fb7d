/** What the numbers of a manifest must be to each other, so that everything that reads the image can trust it. */

import { MAX_NEURONS } from "../assembly/layout.ts";
import { checkLearning, type Demand } from "./check-learning.ts";
import {
  type Manifest,
  type MemoryRegisters,
  memoryOf,
  type PopulationRegisters,
  type ProjectionRegisters,
} from "./manifest.ts";
import { expectedMemories } from "./memory-shapes.ts";
import { MEMORY_IDS } from "./schema.ts";
import { bitLength } from "./words.ts";

/** Throws; says where, what value and what is wrong. */
export type Refuse = (place: string, value: unknown, problem: string) => never;

/** Refuses a manifest whose structure is right, but that no core could be configured with. */
export function checkManifest(manifest: Manifest, refuse: Refuse): void {
  const { core, populations, projections } = manifest;
  const demand = (holds: boolean, place: string, value: unknown, problem: string): void => {
    if (!holds) refuse(`manifest ${place}`, value, problem);
  };
  const { bits, currentBits } = core.accumulator;
  demand(currentBits <= bits, "core.accumulator.currentBits", currentBits, `must be at most ${bits}`);
  demand(core.lanes <= core.spikeWord, "core.lanes", core.lanes, `must be at most spikeWord ${core.spikeWord}`);
  const queued = core.scheme === "queue";
  demand(
    core.delayQueue > 0 === queued,
    "core.delayQueue",
    core.delayQueue,
    `does not go with the scheme "${core.scheme}"`,
  );
  const merges = core.overrun === "merge" && core.accumulator.saturate === "read";
  demand(!merges, "core.overrun", core.overrun, 'does not go with accumulator.saturate = "read"');

  checkPopulations(manifest, demand);
  let axons = 0;
  let ringWords = 0;
  for (const [index, projection] of projections.entries()) {
    const place = `projections[${index}]`;
    demand(projection.axonBase === axons, `${place}.axonBase`, projection.axonBase, `must be ${axons}`);
    ringWords = checkProjection(manifest, projection, place, ringWords, demand);
    axons += populations[projection.from]!.size;
    const sorted = index === 0 || projections[index - 1]!.from <= projection.from;
    demand(sorted, `${place}.from`, projection.from, "projections must stand by source population");
  }
  checkDecision(manifest, demand);
  checkFields(manifest, demand);
  checkLearning(manifest, demand);
  const expected = expectedMemories(manifest);
  for (const [index, id] of MEMORY_IDS.entries()) {
    checkMemory(manifest.memories[index]!, expected[id], `memories[${index}]`, id, demand);
  }
  for (const [index, { memory, firstWord, words }] of manifest.symbols.entries()) {
    const has = memoryOf(manifest, memory).words;
    demand(
      firstWord + words <= has,
      `symbols[${index}]`,
      firstWord + words,
      `ends beyond the ${has} words of ${memory}`,
    );
  }
}

function checkPopulations({ core, populations, projections, fields }: Manifest, demand: Demand): void {
  const next = { channelBase: 0, firstNeuron: 0, stateBase: 0, ringBase: 0, spikeBase: 0, parameterBase: 0 };
  let inputsOver = false;
  for (const [index, population] of populations.entries()) {
    const place = `populations[${index}]`;
    const same = (key: keyof PopulationRegisters, wanted: unknown): void =>
      demand(population[key] === wanted, `${place}.${key}`, population[key], `must be ${wanted}`);
    const { size, kind } = population;
    const fanOut = projections.flatMap(({ from }, p) => (from === index ? [p] : []));
    same("firstProjection", fanOut[0] ?? 0);
    same("projectionCount", fanOut.length);
    if (kind === "input") {
      demand(!inputsOver, `${place}.kind`, kind, "inputs must stand first");
      for (const key of ["groups", "slots", "membraneBits", "refractorySteps", "firstNeuron"] as const) same(key, 0);
      same("channelBase", next.channelBase);
      same("parameterBase", -1);
      same("output", false);
      demand(
        population.maxEventsPerStep >= 1,
        `${place}.maxEventsPerStep`,
        population.maxEventsPerStep,
        "must be at least 1",
      );
      next.channelBase += size;
      continue;
    }
    inputsOver = true;
    const groups = Math.ceil(size / core.lanes);
    for (const key of ["firstNeuron", "stateBase", "ringBase"] as const) same(key, next[key]);
    for (const key of ["channelBase", "maxEventsPerStep"] as const) same(key, 0);
    same("groups", groups);
    same("spikeBase", kind === "lif" ? next.spikeBase : 0);
    if (population.parameterBase !== -1) same("parameterBase", next.parameterBase);
    demand(population.slots >= 1, `${place}.slots`, population.slots, "must be at least 1");
    if (core.scheme !== "ring") same("slots", 1);
    const { membraneBits, threshold, decay, refractorySteps } = population;
    const wide = membraneBits >= 8 && membraneBits <= fields.membrane;
    demand(wide, `${place}.membraneBits`, membraneBits, `must be from 8 to fields.membrane ${fields.membrane}`);
    demand(decay <= 2 ** core.decay.bits, `${place}.decay`, decay, `must be at most ${2 ** core.decay.bits}`);
    const held = kind === "lif" && population.parameterBase === -1;
    const fits = held ? threshold >= 1 && threshold < 2 ** (membraneBits - 1) : threshold === 0;
    demand(fits, `${place}.threshold`, threshold, `does not go with ${kind} and ${membraneBits} bits of membrane`);
    same("currentShift", population.membraneFraction - population.accumulatorFraction);
    if (kind === "readout") {
      same("refractorySteps", 0);
      same("output", false);
    }
    const counted = bitLength(refractorySteps) <= fields.refractory;
    demand(counted, `${place}.refractorySteps`, refractorySteps, `needs more than ${fields.refractory} bits`);
    next.firstNeuron += size;
    next.stateBase += groups;
    next.ringBase += groups * population.slots;
    if (kind === "lif") next.spikeBase += Math.ceil(size / core.spikeWord);
    if (population.parameterBase !== -1) next.parameterBase += groups;
  }
  demand(next.channelBase <= MAX_NEURONS, "populations", next.channelBase, `are more than ${MAX_NEURONS} channels`);
  demand(next.firstNeuron <= MAX_NEURONS, "populations", next.firstNeuron, `are more than ${MAX_NEURONS} neurons`);
}

/** Returns the first spike-ring word after the projection. */
function checkProjection(
  { core, populations, layouts }: Manifest,
  projection: ProjectionRegisters,
  place: string,
  ringWords: number,
  demand: Demand,
): number {
  const { from, to, storage, layout, delayKind, spikeRingBase, spikeRingSlots } = projection;
  const source = populations[from];
  const target = populations[to];
  demand(source !== undefined && source.kind !== "readout", `${place}.from`, from, "is not a population that spikes");
  demand(target !== undefined && target.kind !== "input", `${place}.to`, to, "is not a population of neurons");
  const recurrent = to <= from;
  demand(projection.recurrent === recurrent, `${place}.recurrent`, projection.recurrent, `must be ${recurrent}`);
  const format = layouts[layout];
  demand(format !== undefined, `${place}.layout`, layout, `is not one of the ${layouts.length} layouts`);
  const indexed = format!.indexBits > 0;
  demand(indexed === (storage === "sparse"), `${place}.layout`, layout, `does not go with ${storage} rows`);
  const groupsFit = !indexed || bitLength(target!.groups) <= format!.indexBits;
  demand(groupsFit, `${place}.layout`, layout, `cannot number ${target!.groups} groups and a null`);
  const delayBits = core.scheme === "ring" ? format!.delayBits : 0;
  demand(
    format!.delayBits === delayBits,
    `layouts[${layout}].delayBits`,
    format!.delayBits,
    "are for the scheme ring only",
  );
  const shift = target!.accumulatorFraction - projection.weightFraction;
  demand(projection.weightShift === shift, `${place}.weightShift`, projection.weightShift, `must be ${shift}`);
  const refused = core.scheme === "spike-ring" && delayKind === "synaptic";
  demand(!refused, `${place}.delayKind`, delayKind, "cannot be held by the scheme spike-ring");
  const split = core.scheme === "queue" && delayKind === "synaptic" && storage === "dense";
  demand(!split, `${place}.storage`, storage, "must be sparse for synaptic delays in the scheme queue");
  const ring = core.scheme === "spike-ring" && delayKind === "axonal";
  demand(
    spikeRingBase === (ring ? ringWords : -1),
    `${place}.spikeRingBase`,
    spikeRingBase,
    `must be ${ring ? ringWords : -1}`,
  );
  demand(spikeRingSlots > 0 === ring, `${place}.spikeRingSlots`, spikeRingSlots, "does not go with scheme and delays");
  return ringWords + spikeRingSlots * Math.ceil(source!.size / core.spikeWord);
}

function checkDecision({ decision, populations, core }: Manifest, demand: Demand): void {
  if (decision === null) return;
  const { rule, at } = decision;
  const readout = populations[decision.population];
  const classes = readout?.kind === "readout" ? readout.size : 0;
  demand(classes >= 2, "decision.population", decision.population, "is not a readout of 2 classes or more");
  // The divider of a table of one bit could not be built.
  const least = { tableBits: 2, tableEntriesLog2: 1 };
  for (const key of ["tableBits", "tableEntriesLog2"] as const) {
    const goes = rule === "softmax" ? decision[key] >= least[key] : decision[key] === 0;
    demand(goes, `decision.${key}`, decision[key], `does not go with the rule ${rule}`);
  }
  if (rule === "sum") demand(decision.tableShift === 0, "decision.tableShift", decision.tableShift, "must be 0");
  if (at === "step") demand(decision.step >= 1, "decision.step", decision.step, "must be at least 1");
  if (at === "margin") {
    const limit = 2 ** (core.scoreBits - 1) - 1;
    demand(decision.minSteps >= 1, "decision.minSteps", decision.minSteps, "must be at least 1");
    const reachable = decision.margin >= 1 && decision.margin <= limit;
    demand(reachable, "decision.margin", decision.margin, `must be from 1 to ${limit}`);
  }
}

function checkFields({ fields, layouts, core, populations }: Manifest, demand: Demand): void {
  const lane = Math.max(
    0,
    ...layouts.map(
      ({ remainderBits, weightBits, fractionBits, delayBits, indexBits }) =>
        remainderBits + weightBits + fractionBits + delayBits + indexBits,
    ),
  );
  demand(fields.synapse === lane, "fields.synapse", fields.synapse, `must be ${lane}, as the widest layout`);
  const perNeuron = populations.filter(({ parameterBase }) => parameterBase !== -1);
  const decay = perNeuron.length > 0 ? core.decay.bits + 1 : 0;
  const threshold = perNeuron.some(({ kind }) => kind === "lif") ? fields.membrane : 0;
  demand(fields.parameterDecay === decay, "fields.parameterDecay", fields.parameterDecay, `must be ${decay}`);
  const own = fields.parameterThreshold;
  demand(own === threshold, "fields.parameterThreshold", own, `must be ${threshold}`);
}

function checkMemory(
  memory: MemoryRegisters,
  expected: { readonly words: number | null; readonly wordBits: number; readonly stored: boolean },
  place: string,
  id: string,
  demand: Demand,
): void {
  demand(memory.id === id, `${place}.id`, memory.id, `must be "${id}"`);
  const { words, wordBits, macroBits } = memory;
  if (expected.words !== null) demand(words === expected.words, `${place}.words`, words, `must be ${expected.words}`);
  const bits = words === 0 ? 0 : expected.wordBits;
  demand(wordBits === bits, `${place}.wordBits`, wordBits, `must be ${bits}`);
  demand(macroBits >= wordBits, `${place}.macroBits`, macroBits, `must be at least ${wordBits}`);
  demand(memory.stored === expected.stored, `${place}.stored`, memory.stored, `must be ${expected.stored}`);
}
