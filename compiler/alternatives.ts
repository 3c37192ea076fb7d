/** What would make a memory fit: computed changes of the network or the core, each tried on the memory's own arithmetic. */

import type { CompleteCore } from "../description/core.ts";
import type { Manifest, MemoryRegisters, SymbolEntry } from "../image/manifest.ts";
import { synapseBits } from "./layouts.ts";
import { macroBits, memoryBytes } from "./memories.ts";

/** Each as a noun phrase that goes before "would fit"; possibly none. */
export function alternatives(
  manifest: Manifest,
  core: CompleteCore,
  memory: MemoryRegisters,
  capacityBytes: number,
  symbol: SymbolEntry,
): string[] {
  /** Largest value below `from` and not below `least` for which a memory of this shape fits. */
  const largest = (
    from: number,
    least: number,
    shape: (value: number) => { words?: number; wordBits?: number },
  ): number => {
    for (let value = from - 1; value >= least; value--) {
      const { words = memory.words, wordBits = memory.wordBits } = shape(value);
      if (memoryBytes({ ...memory, words, macroBits: macroBits(wordBits, core) }) <= capacityBytes) return value;
    }
    return Number.NaN;
  };
  const found: string[] = [];
  const offer = (value: number, text: (value: number) => string): void => {
    if (!Number.isNaN(value)) found.push(text(value));
  };
  switch (memory.id) {
    case "synapses":
      offerSynapses(manifest, core, memory, capacityBytes, symbol, largest, offer);
      break;
    case "ring": {
      const population = manifest.populations.find(({ name }) => symbol.name === `population ${name}`)!;
      offer(
        largest(core.accumulator.bits, 8, (wordBits) => ({ wordBits })),
        (bits) => `${bits}-bit accumulators`,
      );
      const others = memory.words - symbol.words;
      offer(
        largest(population.slots, 1, (slots) => ({ words: others + slots * population.groups })),
        (slots) =>
          slots === 1 ? `${symbol.name} without delays` : `a largest delay of ${slots - 1} steps into ${symbol.name}`,
      );
      break;
    }
    case "neurons": {
      const { membrane, refractory } = manifest.fields;
      offer(
        largest(membrane, 8, (bits) => ({ wordBits: core.lanes * (bits + refractory) })),
        (bits) => `${bits}-bit membranes`,
      );
      break;
    }
    case "delay-queue":
      offer(
        largest(core.delays.entries, 1, (words) => ({ words })),
        (words) => `delays: { entries: ${words} }`,
      );
      break;
    case "parameters":
      found.push("one time constant and threshold for a population instead of one for each neuron");
      break;
    case "spike-ring": {
      const projection = manifest.projections.find(({ name }) => symbol.name === `projection ${name}`)!;
      const perSlot = symbol.words / projection.spikeRingSlots;
      const others = memory.words - symbol.words;
      offer(
        largest(projection.spikeRingSlots, 1, (slots) => ({ words: others + slots * perSlot })),
        (slots) =>
          slots === 1 ? `${symbol.name} without delays` : `a largest delay of ${slots - 1} steps in ${symbol.name}`,
      );
      break;
    }
    case "traces":
    case "feedback":
    case "eligibilities":
    case "changes":
    case "axon-changes":
      offerLearning(manifest, core, memory, symbol, largest, offer, found);
      break;
    case "axons":
    case "buckets":
    case "spikes": {
      const words = Math.floor((capacityBytes * 8) / memory.macroBits);
      const unit = { axons: "axons", buckets: "buckets (fewer different delays in a row)", spikes: "spike words" }[
        memory.id
      ];
      if (words > 0) found.push(`${words} ${unit} in place of ${memory.words}`);
      break;
    }
    default:
      break;
  }
  return found;
}

type Largest = (from: number, least: number, shape: (value: number) => { words?: number; wordBits?: number }) => number;
type Offer = (value: number, text: (value: number) => string) => void;

/** What makes the learning engine's own memories smaller: narrower formats, shorter windows, rules without the memory. */
function offerLearning(
  { learning, core: { lanes }, fields }: Manifest,
  core: CompleteCore,
  memory: MemoryRegisters,
  symbol: SymbolEntry,
  largest: Largest,
  offer: Offer,
  found: string[],
): void {
  if (learning === null || core.learning === "none") return;
  const scaled = (width: number, bits: number) => (value: number) => ({
    wordBits: (memory.wordBits / bits) * Math.min(width, value),
  });
  switch (memory.id) {
    case "traces": {
      const { entries } = learning.traces.reduce((most, trace) => (trace.entries > most.entries ? trace : most));
      const bits = learning.traceBits;
      offer(largest(bits, 4, scaled(bits, bits)), (value) => `learning: { trace: { bits: ${value} } }`);
      const window = largest(entries, 1, (value) => ({ wordBits: value * bits }));
      offer(window, (value) => `learned delays that are ${entries - value} steps shorter (${symbol.name})`);
      break;
    }
    case "feedback":
      offer(
        largest(learning.feedbackBits, 2, (bits) => ({ wordBits: lanes * bits })),
        (bits) => `learning: { feedback: { bits: ${bits} } }`,
      );
      found.push('feedback: { random: "regenerated" }, which has no memory');
      break;
    case "eligibilities": {
      const kinds = (fields.weightEligibility > 0 ? 1 : 0) + (fields.delayEligibility > 0 ? 1 : 0);
      offer(
        largest(learning.eligibilityBits, 8, (bits) => ({ wordBits: lanes * kinds * bits })),
        (bits) => `learning: { eligibility: { bits: ${bits} } }`,
      );
      found.push('eligibility: "trace", which has no memory for each synapse');
      break;
    }
    default: {
      const bits = learning.changeBits;
      offer(largest(bits, 8, scaled(bits, bits)), (value) => `learning: { change: { bits: ${value} } }`);
      found.push('update: "step", which has no changes');
    }
  }
}

function offerSynapses(
  manifest: Manifest,
  core: CompleteCore,
  memory: MemoryRegisters,
  capacityBytes: number,
  symbol: SymbolEntry,
  largest: Largest,
  offer: Offer,
): void {
  const { layouts, projections, populations } = manifest;
  const widest = Math.max(...layouts.map(({ weightBits }) => weightBits));
  const lane = (change: (layout: (typeof layouts)[number]) => (typeof layouts)[number]): number =>
    core.lanes * Math.max(...layouts.map((layout) => synapseBits(change(layout))));
  const narrower = (bits: number) => ({
    wordBits: lane((layout) => ({ ...layout, weightBits: Math.min(bits, layout.weightBits) })),
  });
  offer(largest(widest, 2, narrower), (bits) => `${bits}-bit weights`);
  const remainder = Math.max(...layouts.map(({ remainderBits }) => remainderBits));
  const shorterRemainder = (bits: number) => ({
    wordBits: lane((layout) => ({ ...layout, remainderBits: Math.min(bits, layout.remainderBits) })),
  });
  offer(largest(remainder, 0, shorterRemainder), (bits) => `learning: { remainder: ${bits} }`);
  const delayBits = Math.max(...layouts.map((layout) => layout.delayBits));
  const shorter = (bits: number) => ({
    wordBits: lane((layout) => ({ ...layout, delayBits: Math.min(bits, layout.delayBits) })),
  });
  offer(largest(delayBits, 0, shorter), (bits) =>
    bits === 0 ? "no delays" : `a largest delay of ${2 ** bits - 1} steps`,
  );

  const projection = projections.find(({ name }) => symbol.name === `projection ${name}`)!;
  const pre = populations[projection.from]!.size;
  const post = populations[projection.to]!;
  const dense = projection.storage === "dense";
  // A row that becomes sparse needs group indices, in every lane.
  const indexBits = dense ? Math.ceil(Math.log2(post.groups + 1)) : 0;
  const own = layouts[projection.layout]!;
  const wordBits = Math.max(memory.wordBits, core.lanes * (synapseBits(own) + indexBits));
  const words = Math.floor((capacityBytes * 8) / macroBits(wordBits, core)) - (memory.words - symbol.words);
  for (let percent = 99; percent >= 1; percent--) {
    if (pre * expectedRowLength(post.groups, core.lanes, percent / 100) > words) continue;
    const share = `a density of about ${percent / 100}${dense ? " (sparse)" : ""} in ${symbol.name}`;
    offer(percent, () => share);
    break;
  }
}

/**
 * Expected words of a sparse row whose synapses are drawn with the given density: the mean of the fullest of P lanes, each
 * binomial over the groups.
 */
function expectedRowLength(groups: number, lanes: number, density: number): number {
  let mean = 0;
  let atMost = 0;
  /** ln(groups choose k). */
  let ways = 0;
  for (let k = 0; k < groups; k++) {
    atMost += Math.exp(ways + k * Math.log(density) + (groups - k) * Math.log1p(-density));
    mean += 1 - Math.min(1, atMost) ** lanes;
    ways += Math.log((groups - k) / (k + 1));
  }
  return mean;
}
