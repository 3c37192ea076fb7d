/** Words and widths that each memory must have, from the registers of a manifest. */

import { learningShapes, type MemoryShape } from "./learning-shapes.ts";
import type { Manifest, MemoryId } from "./manifest.ts";
import { bitLength } from "./words.ts";

/** Shapes by memory; a memory of no words has a width of 0 whatever stands here. */
export function expectedMemories(manifest: Manifest): Readonly<Record<MemoryId, MemoryShape>> {
  const { core, populations, projections, fields, decision } = manifest;
  const { lanes, spikeWord } = core;
  const neurons = populations.filter(({ kind }) => kind !== "input");
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const sizes = (chosen: typeof populations): number => sum(chosen.map(({ size }) => size));
  const channels = sizes(populations.filter(({ kind }) => kind === "input"));
  const outputs = sizes(populations.filter(({ output }) => output));
  const classes = decision === null ? 0 : populations[decision.population]!.size;
  const softmax = decision?.rule === "softmax";
  const tableBits = decision?.tableBits ?? 0;
  const delayed = core.scheme === "queue" && projections.some(({ delayKind }) => delayKind !== "none");
  const spikeWords = (size: number): number => Math.ceil(size / spikeWord);
  const perNeuron = fields.parameterDecay + fields.parameterThreshold;
  const parametered = neurons.filter(({ parameterBase }) => parameterBase !== -1);
  const rings = projections.map(({ from, spikeRingSlots }) => spikeRingSlots * spikeWords(populations[from]!.size));
  const spiking = neurons.filter(({ kind }) => kind === "lif");
  const learning = learningShapes(manifest);
  const table = (words: number | null, wordBits: number): MemoryShape => ({ words, wordBits, stored: true });
  const written = (words: number, wordBits: number): MemoryShape => ({ words, wordBits, stored: false });
  return {
    axons: table(
      sum(projections.map(({ from }) => populations[from]!.size)),
      fields.axonRow + fields.axonLength + fields.axonBucket + fields.axonFraction + fields.axonDelay,
    ),
    buckets: table(core.scheme === "queue" ? null : 0, fields.bucketRow + fields.bucketLength + fields.bucketGap),
    synapses: table(null, lanes * fields.synapse),
    ring: written(sum(neurons.map(({ slots, groups }) => slots * groups)), core.accumulator.bits),
    "spike-ring": written(sum(rings), spikeWord),
    "delay-queue": written(delayed ? core.delayQueue : 0, fields.queueBucket + fields.queueWait),
    spikes: written(sum(spiking.map(({ size }) => spikeWords(size))), spikeWord),
    neurons: written(sum(neurons.map(({ groups }) => groups)), lanes * (fields.membrane + fields.refractory)),
    parameters: table(sum(parametered.map(({ groups }) => groups)), lanes * perNeuron),
    scores: written(classes, core.scoreBits),
    exponents: written(softmax ? classes : 0, tableBits),
    "exponent-table": table(softmax ? 2 ** decision.tableEntriesLog2 : 0, tableBits),
    // An input event is a channel and a bit that tells it from the marker of a step's end.
    "input-queue": written(channels > 0 ? core.inputQueue : 0, Math.max(1, bitLength(channels - 1)) + 1),
    "output-queue": written(outputs > 0 ? core.outputQueue : 0, Math.max(1, bitLength(outputs - 1))),
    ...learning,
  };
}
