/** State that is held in registers (flip-flops), by part: the "registers" row of the memory report. */

import { COUNTS } from "../assembly/layout.ts";
import type { Manifest, MemoryId } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import { learningParts, type RegisterPart } from "./learning-registers.ts";

export type { RegisterPart } from "./learning-registers.ts";

/** Bits of a register for 0..largest; a largest below 0 needs none. */
function bitsUpTo(largest: number): number {
  return bitLength(Math.max(0, largest));
}

/**
 * Register bits of the core as this image configures it. An estimate by formula, not by synthesis: what docs/core.md
 * names as register is counted once, at the width of the largest value that this image needs. A(x) = bits of 0..x.
 *
 *     population table   kind 2, reset 1, output 1, and for each other number of PopulationRegisters A(largest in the table), but
 *                        membrane width 5, shift 4, decay F + 1 and threshold membrane bits (both only without parameter memory)
 *     projection table   from, to, layout, axon base, spike ring base and slots A(largest), recurrent 1, shift 4
 *     heads              A(slots - 1) for each accumulator ring and each spike ring
 *     decision           best and second best score, class, maximum, exponent sum and quotient (softmax)
 *     source stage       axon word, bucket word, spike word of the scan, element number
 *     issue stage        synapse address and remaining words; stage S: a synapse word, target base, head, shift
 *     lanes              P x (ring address, accumulator with its addend: accumulator bits twice)
 *     neuron update      P x (u, product u x A, current, threshold, refractory count), spike word being built
 *     FIFO control       read and write pointer A(entries - 1) and count A(entries) for each queue
 *     sequencer          sample, step, seed, draw key, tick counter, period: 32 each; phase 4, population 5, projection 6
 *     counters           32 for each counter of docs/core.md, section 6
 *     valid bits         clear "valid": one for each ring bank entry, state word, spike ring word, score, trace and eligibility word
 *     learning ...       learning-registers.ts
 *
 * Not counted: configuration that is fixed at synthesis, the host's bus, the cycle counters by phase and cause.
 */
export function registerParts(manifest: Manifest): readonly RegisterPart[] {
  const { core, populations, projections, layouts, fields } = manifest;
  const lanes = core.lanes;
  const word = (id: MemoryId): number => manifest.memories.find((memory) => memory.id === id)?.wordBits ?? 0;
  const depth = (id: MemoryId): number => manifest.memories.find((memory) => memory.id === id)?.words ?? 0;
  const address = (id: MemoryId): number => bitsUpTo(depth(id) - 1);
  const acc = core.accumulator.bits;
  const product = fields.membrane + core.decay.bits + 1;
  const longestRow = Math.max(0, ...populations.map(({ groups }) => groups));
  const shift = 4;
  const parts: RegisterPart[] = [
    { part: "population table", bits: populationTable(manifest) },
    { part: "projection table", bits: projectionTable(manifest) },
    {
      part: "heads",
      bits:
        sum(populations.map(({ slots }) => bitsUpTo(slots - 1))) +
        sum(projections.map(({ spikeRingSlots }) => bitsUpTo(spikeRingSlots - 1))),
    },
    { part: "decision", bits: decisionBits(manifest) },
    {
      part: "source stage",
      bits:
        word("axons") +
        word("buckets") +
        core.spikeWord +
        bitsUpTo(Math.max(...populations.map(({ size }) => size)) - 1),
    },
    {
      part: "issue stage",
      bits:
        address("synapses") +
        bitsUpTo(longestRow) +
        word("synapses") +
        address("ring") * 2 +
        shift +
        bitsUpTo(layouts.length - 1),
    },
    { part: "lanes", bits: lanes * (address("ring") + 2 * acc) },
    {
      part: "neuron update",
      bits: lanes * (2 * fields.membrane + product + core.accumulator.currentBits + fields.refractory) + core.spikeWord,
    },
    { part: "FIFO control", bits: sum([core.inputQueue, core.outputQueue, core.delayQueue].map(fifoBits)) },
    { part: "sequencer", bits: 6 * 32 + 4 + 5 + 6 },
    { part: "counters", bits: 32 * (COUNTS + 3 * populations.length + projections.length) },
    { part: "valid bits", bits: core.clear === "valid" ? validBits(manifest) : 0 },
  ];
  return [...parts, ...learningParts(manifest)].filter(({ bits }) => bits > 0);
}

function populationTable({ populations, core, fields }: Manifest): number {
  const width = (of: (index: number) => number): number => bitsUpTo(Math.max(...populations.map((_, i) => of(i))));
  const column = (
    key: "size" | "channelBase" | "firstNeuron" | "groups" | "stateBase" | "ringBase" | "slots" | "spikeBase",
  ): number => width((i) => populations[i]![key]);
  const fanOut = width((i) => populations[i]!.firstProjection) + width((i) => populations[i]!.projectionCount);
  const perPopulation =
    2 +
    1 +
    1 +
    5 +
    4 +
    fanOut +
    width((i) => populations[i]!.refractorySteps) +
    column("size") +
    column("channelBase") +
    column("firstNeuron") +
    column("groups") +
    column("stateBase") +
    column("ringBase") +
    column("slots") +
    column("spikeBase") +
    width((i) => populations[i]!.parameterBase);
  const inRegisters = populations.filter(({ kind, parameterBase }) => kind !== "input" && parameterBase < 0).length;
  return populations.length * perPopulation + inRegisters * (core.decay.bits + 1 + fields.membrane);
}

function projectionTable({ projections }: Manifest): number {
  if (projections.length === 0) return 0;
  const column = (key: "from" | "to" | "layout" | "axonBase" | "spikeRingBase" | "spikeRingSlots"): number =>
    bitsUpTo(Math.max(...projections.map((projection) => projection[key])));
  const perProjection =
    column("from") +
    column("to") +
    column("layout") +
    column("axonBase") +
    column("spikeRingBase") +
    column("spikeRingSlots") +
    1 +
    4;
  return projections.length * perProjection;
}

function decisionBits({ decision, core, populations, fields }: Manifest): number {
  if (decision === null) return 0;
  const classBits = bitsUpTo(populations[decision.population]!.size - 1);
  const common = 2 * core.scoreBits + 2 * classBits + core.scoreBits;
  if (decision.rule === "sum") return common;
  const exponentSum = decision.tableBits + bitsUpTo(populations[decision.population]!.size);
  return common + fields.membrane + exponentSum + 2 * decision.tableBits + 2;
}

function fifoBits(entries: number): number {
  return entries === 0 ? 0 : 2 * bitsUpTo(entries - 1) + bitsUpTo(entries);
}

function validBits({ memories }: Manifest): number {
  const cleared: readonly MemoryId[] = ["ring", "neurons", "spike-ring", "scores", "traces", "eligibilities"];
  return sum(memories.filter(({ id }) => cleared.includes(id)).map(({ words, banks }) => words * banks));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
