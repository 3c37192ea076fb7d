/** The macros, queues and registers of one core, built from an image. */

import { COUNTS } from "../../assembly/layout.ts";
import type { Counters, OutputEvent } from "../../emulator/record.ts";
import type { Image, Manifest, MemoryId, ProjectionRegisters } from "../../image/manifest.ts";
import { unpackWords, unsignedField, type Word } from "./bits.ts";
import { DelayQueue, Fifo } from "./fifo.ts";
import { buildLearning, clockLearning, type LearningParts } from "./learning-parts.ts";
import { ClearedMacro, Macro, type Ports } from "./memory.ts";

/** One lane of a word of neuron state. */
export interface NeuronState {
  readonly u: number;
  readonly refractory: number;
}

/** What the sender offers: an event of a channel, or the end of a step. */
export type InputElement = { readonly channel: number } | "marker";

export interface CoreParts {
  readonly manifest: Manifest;
  readonly axons: Macro<Word>;
  readonly buckets: Macro<Word>;
  readonly synapses: Macro<Word>;
  readonly ring: readonly ClearedMacro<number>[];
  readonly spikeRing: ClearedMacro<number>;
  readonly delayQueue: DelayQueue;
  readonly spikes: Macro<number>;
  readonly neurons: ClearedMacro<readonly NeuronState[]>;
  readonly parameters: Macro<Word>;
  readonly scores: ClearedMacro<number>;
  readonly exponents: Macro<number>;
  readonly exponentTable: Macro<Word>;
  readonly inputQueue: Fifo<InputElement>;
  readonly outputQueue: Fifo<Omit<OutputEvent, "cycle">>;
  /** Ring slot of each population's next update, and of each projection's next scan. */
  readonly heads: number[];
  readonly spikeRingHeads: number[];
  readonly counters: Counters;
  readonly learning: LearningParts | null;
  /** Softmax: q of this step's decision. */
  quotient: number;
  /** Registers `sample` and `step`. */
  sample: number;
  step: number;
  /** Cycle of the sample in which the last input event was popped, -1 without one. */
  lastInputCycle: number;
  /** The cycle of the sample. */
  cycle: number;
}

/** All memories end their cycle. */
export function clockMemories(core: CoreParts): void {
  for (const bank of core.ring) bank.clock();
  core.axons.clock();
  core.buckets.clock();
  core.synapses.clock();
  core.spikeRing.clock();
  core.delayQueue.clock();
  core.spikes.clock();
  core.neurons.clock();
  core.parameters.clock();
  core.scores.clock();
  core.exponents.clock();
  core.exponentTable.clock();
  core.inputQueue.clock();
  core.outputQueue.clock();
  if (core.learning !== null) clockLearning(core.learning);
}

export function buildCore(image: Image): CoreParts {
  const { manifest } = image;
  const { core, populations, projections, learning } = manifest;
  const wordsOf = (id: MemoryId): number => manifest.memories.find((memory) => memory.id === id)?.words ?? 0;
  const table = (id: MemoryId, ports: Ports = "1RW"): Macro<Word> => {
    const memory = manifest.memories.find((candidate) => candidate.id === id);
    const contents = image.contents[id] ?? new Uint8Array(0);
    return new Macro(id, ports, memory === undefined ? [] : unpackWords(contents, memory.words, memory.wordBits));
  };
  const zeroState: readonly NeuronState[] = Array(core.lanes).fill({ u: 0, refractory: 0 });
  const cleared = (id: MemoryId, ports: Ports): ClearedMacro<number> => new ClearedMacro(id, ports, wordsOf(id), 0);
  const engine = buildLearning(manifest, (id) => table(id));
  return {
    manifest,
    axons: table("axons"),
    buckets: table("buckets"),
    synapses: table("synapses", learning?.ports.synapses),
    ring: Array.from({ length: core.lanes }, () => cleared("ring", core.ports.ring)),
    spikeRing: cleared("spike-ring", core.ports.spikeRing),
    delayQueue: new DelayQueue(core.ports.queue, core.delayQueue),
    spikes: new Macro("spikes", "1R1W", Array<number>(wordsOf("spikes")).fill(0)),
    neurons: new ClearedMacro("neurons", core.ports.neuron, wordsOf("neurons"), zeroState),
    parameters: table("parameters"),
    scores: cleared("scores", "1R1W"),
    exponents: new Macro("exponents", "1R1W", Array<number>(wordsOf("exponents")).fill(0)),
    exponentTable: table("exponent-table"),
    inputQueue: new Fifo(core.inputQueue),
    outputQueue: new Fifo(core.outputQueue),
    heads: populations.map(() => 0),
    spikeRingHeads: projections.map(() => 0),
    counters: {
      core: new Uint32Array(COUNTS),
      spikes: new Uint32Array(populations.length),
      accumulatorSaturated: new Uint32Array(populations.length),
      membraneSaturated: new Uint32Array(populations.length),
      mergedBits: new Uint32Array(projections.length),
      learning: engine?.counters ?? null,
    },
    learning: engine,
    quotient: 0,
    sample: 0,
    step: 0,
    lastInputCycle: -1,
    cycle: 0,
  };
}

/** Adds to a 32-bit counter that wraps. */
export function count(counters: Uint32Array, index: number, amount = 1): void {
  counters[index] = (counters[index] ?? 0) + amount;
}

/** Fan-out of a population, in the order of its requests. */
export function fanOut(manifest: Manifest, population: number): readonly ProjectionRegisters[] {
  const { firstProjection, projectionCount } = manifest.populations[population]!;
  return manifest.projections.slice(firstProjection, firstProjection + projectionCount);
}

/** First bucket of each projection (scheme 3): buckets stand in the order of the axons. */
export function bucketBases(core: CoreParts): readonly number[] {
  return core.manifest.projections.map((projection) =>
    unsignedField(core.axons.peek(projection.axonBase), 0, core.manifest.fields.axonBucket),
  );
}
