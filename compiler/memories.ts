/** The memories of the core as this network uses them: words, widths, capacities. */

import type { CompleteCore, CoreMemories } from "../description/core.ts";
import { LEARNING_MEMORIES, type LearningMemoryId, learningShapes } from "../image/learning-shapes.ts";
import type { FieldWidths, LearningRegisters, MemoryId, MemoryRegisters, Ports } from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";
import type { PlacedDecision } from "./decision-tables.ts";
import type { PlacedPopulations } from "./place-populations.ts";
import type { PlacedProjections } from "./place-projections.ts";

/** Name of a memory in the core description, for those that have a capacity. */
export const CAPACITY_OF: Readonly<Partial<Record<MemoryId, keyof CoreMemories>>> = {
  axons: "axons",
  buckets: "buckets",
  synapses: "synapses",
  ring: "ring",
  "spike-ring": "spikeRing",
  "delay-queue": "delayQueue",
  spikes: "spikes",
  neurons: "neurons",
  parameters: "parameters",
  traces: "traces",
  feedback: "feedback",
  eligibilities: "eligibilities",
  changes: "changes",
  "axon-changes": "changes",
};

/** Bytes that a memory takes in its macros, all banks; rounded up. */
export function memoryBytes({
  words,
  macroBits,
  banks,
}: Pick<MemoryRegisters, "words" | "macroBits" | "banks">): number {
  return Math.ceil((words * macroBits * banks) / 8);
}

/** Bits of a word of the macro: the width rounded up to the core's macro step. */
export function macroBits(wordBits: number, { macroStep }: CompleteCore): number {
  return Math.ceil(wordBits / macroStep) * macroStep;
}

/** All memories, in the order of docs/core.md; a memory that the network does not use has no words. */
export function placeMemories(
  core: CompleteCore,
  fields: FieldWidths,
  populations: PlacedPopulations,
  projections: PlacedProjections,
  decision: PlacedDecision | null,
  learning: LearningRegisters | null,
): MemoryRegisters[] {
  const { lanes, spikeWord, queues } = core;
  const outputs = populations.registers.filter(({ output }) => output).reduce((sum, { size }) => sum + size, 0);
  const softmax = decision !== null && decision.registers.rule === "softmax";
  const tableBits = decision?.registers.tableBits ?? 0;
  const memory = (
    id: MemoryId,
    words: number,
    wordBits: number,
    ports: Ports,
    stored = false,
    banks = 1,
  ): MemoryRegisters => {
    const name = CAPACITY_OF[id];
    const bytes = name === undefined ? "unlimited" : core.memories[name].bytes;
    const bits = words === 0 ? 0 : wordBits;
    const capacityBytes = bytes === "unlimited" ? null : bytes;
    return { id, words, wordBits: bits, macroBits: macroBits(bits, core), banks, capacityBytes, ports, stored };
  };
  const axonBits = fields.axonRow + fields.axonLength + fields.axonBucket + fields.axonFraction + fields.axonDelay;
  const bucketBits = fields.bucketRow + fields.bucketLength + fields.bucketGap;
  const queueBits = fields.queueBucket + fields.queueWait;
  const { ring, neurons, spikeRing, delayQueue } = core.memories;
  return [
    memory("axons", projections.axonWords, axonBits, "1RW", true),
    memory("buckets", projections.bucketWords, bucketBits, "1RW", true),
    memory("synapses", projections.synapseWords, lanes * fields.synapse, learning?.ports.synapses ?? "1RW", true),
    memory("ring", populations.ringWords, core.accumulator.bits, ring.ports, false, lanes),
    memory("spike-ring", projections.spikeRingWords, spikeWord, spikeRing.ports),
    memory("delay-queue", queueBits > 0 ? core.delays.entries : 0, queueBits, delayQueue.ports),
    memory("spikes", populations.spikeWords, spikeWord, "1R1W"),
    memory("neurons", populations.stateWords, lanes * (fields.membrane + fields.refractory), neurons.ports),
    memory(
      "parameters",
      populations.parameterWords,
      lanes * (fields.parameterDecay + fields.parameterThreshold),
      "1RW",
      true,
    ),
    memory("scores", decision?.classes ?? 0, core.decision === "none" ? 0 : core.decision.scoreBits, "1R1W"),
    memory("exponents", softmax ? decision.classes : 0, tableBits, "1R1W"),
    memory("exponent-table", decision?.exponentTable.length ?? 0, tableBits, "1RW", true),
    // An input event is a channel and a bit that tells it from the marker of a step's end.
    memory(
      "input-queue",
      populations.channels > 0 ? queues.input : 0,
      Math.max(1, bitLength(populations.channels - 1)) + 1,
      "1R1W",
    ),
    memory("output-queue", outputs > 0 ? queues.output : 0, Math.max(1, bitLength(outputs - 1)), "1R1W"),
    ...learningMemories(memory, lanes, {
      learning,
      core: { lanes },
      populations: populations.registers,
      projections: projections.registers,
      fields,
    }),
  ];
}

/** Changes of synapses come first in the capacity that both kinds of changes share; those of axons have what is left. */
function learningMemories(
  memory: (
    id: MemoryId,
    words: number,
    wordBits: number,
    ports: Ports,
    stored: boolean,
    banks: number,
  ) => MemoryRegisters,
  lanes: number,
  manifest: Parameters<typeof learningShapes>[0],
): MemoryRegisters[] {
  const { learning } = manifest;
  const shapes = learningShapes(manifest);
  const ports: Readonly<Record<LearningMemoryId, Ports>> = {
    traces: learning?.ports.traces ?? "1RW",
    "surrogate-table": "1RW",
    surrogates: "1R1W",
    errors: "1R1W",
    signals: "1R1W",
    feedback: "1RW",
    eligibilities: learning?.ports.eligibilities ?? "1RW",
    changes: learning?.ports.changes ?? "1RW",
    "axon-changes": "1R1W",
  };
  const byLane: readonly MemoryId[] = ["surrogate-table", "surrogates", "errors", "signals"];
  const placed = LEARNING_MEMORIES.map((id) => {
    const { words, wordBits, stored } = shapes[id];
    return memory(id, words ?? 0, wordBits, ports[id], stored, byLane.includes(id) && words !== 0 ? lanes : 1);
  });
  const changes = placed.find(({ id }) => id === "changes")!;
  return placed.map((registers) => {
    const { id, capacityBytes } = registers;
    if (id !== "axon-changes" || capacityBytes === null) return registers;
    return { ...registers, capacityBytes: Math.max(1, capacityBytes - memoryBytes(changes)) };
  });
}
