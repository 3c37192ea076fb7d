/** The map of the memories: which population or projection stands where, and how many bits it needs by itself. */

import type { CompleteCore } from "../description/core.ts";
import {
  type FieldWidths,
  type LearningRegisters,
  type MemoryId,
  type MemoryRegisters,
  memoryOf,
  type PopulationRegisters,
  type SymbolEntry,
} from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import type { PlacedDecision } from "./decision-tables.ts";
import { learningSymbols, synapseBase } from "./place-learning.ts";
import type { PlacedProjections } from "./place-projections.ts";
import type { QuantisedNetwork } from "./quantised.ts";

/** Symbols of each memory, by ascending first word; every word of a memory belongs to one symbol. */
export function placeSymbols(
  network: QuantisedNetwork,
  core: CompleteCore,
  fields: FieldWidths,
  populations: readonly PopulationRegisters[],
  projections: PlacedProjections,
  decision: PlacedDecision | null,
  learning: LearningRegisters | null,
  memories: readonly MemoryRegisters[],
): SymbolEntry[] {
  const symbols: SymbolEntry[] = [];
  const add = (name: string, memory: MemoryId, firstWord: number, words: number, usefulBits: number): void => {
    if (words > 0) symbols.push({ name, memory, firstWord, words, usefulBits });
  };
  const memoryBits = (id: MemoryId, words: number): number => words * memoryOf({ memories }, id).wordBits;
  for (const [index, registers] of projections.registers.entries()) {
    const { rowStart, weightBits, remainderBits, post } = network.projections[index]!;
    const name = `projection ${registers.name}`;
    const axons = rowStart.length - 1;
    const { rows, buckets, bucketBase } = projections.rows[index]!;
    const layout = projections.layouts[registers.layout]!;
    const delayBits = registers.delayKind === "synaptic" ? layout.fractionBits + layout.delayBits : 0;
    const groups = populations[registers.to]!.groups;
    const indexBits = registers.storage === "sparse" ? bitLength(groups - 1) : 0;
    const first = synapseBase(projections, index);
    add(name, "axons", registers.axonBase, axons, memoryBits("axons", axons));
    if (buckets !== null) {
      const words = buckets.gap.length;
      add(name, "buckets", bucketBase, words, memoryBits("buckets", words));
    }
    add(name, "synapses", first, rows.words, post.length * (remainderBits + weightBits + delayBits + indexBits));
    const { spikeRingBase, spikeRingSlots } = registers;
    const ringWords = spikeRingSlots * Math.ceil(axons / core.spikeWord);
    if (spikeRingSlots > 0) add(name, "spike-ring", spikeRingBase, ringWords, spikeRingSlots * axons);
  }
  for (const population of populations) addPopulation(add, core, fields, population);
  if (decision !== null) {
    for (const id of ["scores", "exponents", "exponent-table"] as const) {
      const { words } = memoryOf({ memories }, id);
      add("decision", id, 0, words, memoryBits(id, words));
    }
  }
  for (const id of ["delay-queue", "input-queue", "output-queue"] as const) {
    const { words } = memoryOf({ memories }, id);
    add(id.replace("-", " "), id, 0, words, memoryBits(id, words));
  }
  if (learning !== null) learningSymbols(add, network, core, fields, learning);
  return symbols;
}

function addPopulation(
  add: (name: string, memory: MemoryId, firstWord: number, words: number, usefulBits: number) => void,
  core: CompleteCore,
  fields: FieldWidths,
  population: PopulationRegisters,
): void {
  if (population.kind === "input") return;
  const { size, groups, slots } = population;
  const name = `population ${population.name}`;
  add(name, "ring", population.ringBase, slots * groups, slots * size * core.accumulator.bits);
  add(
    name,
    "neurons",
    population.stateBase,
    groups,
    size * (population.membraneBits + bitLength(population.refractorySteps)),
  );
  if (population.kind === "lif") add(name, "spikes", population.spikeBase, Math.ceil(size / core.spikeWord), size);
  if (population.parameterBase >= 0) {
    const thresholdBits = population.kind === "lif" ? population.membraneBits : 0;
    add(name, "parameters", population.parameterBase, groups, size * (fields.parameterDecay + thresholdBits));
  }
}
