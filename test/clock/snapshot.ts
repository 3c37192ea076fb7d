/** Logical contents of the core's memories, free of lanes, words and padding, as the comparison wants them. */

import type { CoreState, Counters } from "../../emulator/record.ts";
import type { CoreParts, NeuronState } from "./core-parts.ts";
import { copyLearningCounters, learningState } from "./learning-state.ts";

export function snapshotState(core: CoreParts): CoreState {
  const { manifest } = core;
  const { lanes, spikeWord } = manifest.core;
  const neurons = (population: number, field: (state: NeuronState) => number): Int32Array => {
    const { kind, size, stateBase } = manifest.populations[population]!;
    if (kind === "input") return new Int32Array(0);
    return Int32Array.from({ length: size }, (_, j) =>
      field(core.neurons.peek(stateBase + Math.floor(j / lanes))[j % lanes]!),
    );
  };
  const bit = (word: number, j: number): number => Math.floor(word / 2 ** (j % spikeWord)) % 2;
  return {
    ring: manifest.populations.map(({ kind, size, slots, groups, ringBase }) =>
      kind === "input"
        ? new Int32Array(0)
        : Int32Array.from({ length: slots * size }, (_, position) => {
            const slot = Math.floor(position / size);
            const j = position % size;
            return core.ring[j % lanes]!.peek(ringBase + slot * groups + Math.floor(j / lanes));
          }),
    ),
    heads: [...core.heads],
    membrane: manifest.populations.map((_, index) => neurons(index, (state) => state.u)),
    refractory: manifest.populations.map((_, index) => neurons(index, (state) => state.refractory)),
    spikes: manifest.populations.map(({ kind, size, spikeBase }) =>
      kind === "lif"
        ? Uint8Array.from({ length: size }, (_, j) => bit(core.spikes.peek(spikeBase + Math.floor(j / spikeWord)), j))
        : new Uint8Array(0),
    ),
    spikeRing: manifest.projections.map(({ from, spikeRingBase, spikeRingSlots }) => {
      const { size } = manifest.populations[from]!;
      const words = Math.ceil(size / spikeWord);
      return Uint8Array.from({ length: spikeRingSlots * size }, (_, position) => {
        const slot = Math.floor(position / size);
        const i = position % size;
        return bit(core.spikeRing.peek(spikeRingBase + slot * words + Math.floor(i / spikeWord)), i);
      });
    }),
    spikeRingHeads: [...core.spikeRingHeads],
    queue: core.delayQueue.peek(),
    scores: Int32Array.from({ length: core.scores.words }, (_, k) => core.scores.peek(k)),
    learning: learningState(core),
  };
}

export function copyCounters(counters: Counters): Counters {
  return {
    core: counters.core.slice(),
    spikes: counters.spikes.slice(),
    accumulatorSaturated: counters.accumulatorSaturated.slice(),
    membraneSaturated: counters.membraneSaturated.slice(),
    mergedBits: counters.mergedBits.slice(),
    learning: counters.learning === null ? null : copyLearningCounters(counters.learning),
  };
}
