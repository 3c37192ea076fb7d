/** How many things each memory of an image holds, and how wide they are, free of lanes and padding. */

import type {
  Manifest,
  MemoryId,
  MemoryRegisters,
  ProjectionLearningRegisters,
  ProjectionRegisters,
} from "../image/manifest.ts";
import { bitLength } from "../image/words.ts";

export interface Entries {
  /** What one entry is: "synapse", "axon". */
  readonly what: string;
  readonly count: number;
  /** Bits that the entries need, padding aside: the sum over the memory's symbols. */
  readonly usefulBits: number;
  /** Bits lost because one field serves entries of several formats: the widest is stored. */
  readonly layoutBits: number;
}

const WHAT: Readonly<Record<MemoryId, string>> = {
  axons: "axon",
  buckets: "bucket",
  synapses: "synapse",
  ring: "slot",
  "spike-ring": "bit",
  "delay-queue": "event",
  spikes: "bit",
  neurons: "neuron",
  parameters: "neuron",
  scores: "class",
  exponents: "class",
  "exponent-table": "entry",
  "input-queue": "event",
  "output-queue": "event",
  traces: "neuron",
  "surrogate-table": "entry",
  surrogates: "neuron",
  errors: "class",
  signals: "neuron",
  feedback: "weight",
  eligibilities: "synapse",
  changes: "synapse",
  "axon-changes": "axon",
};

/** Counts the entries of a memory from the populations, projections and symbols of its manifest. */
export function entriesOf(memory: MemoryRegisters, manifest: Manifest): Entries {
  const symbols = manifest.symbols.filter((symbol) => symbol.memory === memory.id);
  const usefulBits = symbols.reduce((sum, symbol) => sum + symbol.usefulBits, 0);
  const count = countEntries(memory, manifest);
  const stored = storedBits(memory, manifest);
  const layoutBits = stored === null ? 0 : count * stored - usefulBits;
  return { what: WHAT[memory.id], count, usefulBits, layoutBits };
}

/** Bits in which an entry is stored where entries may need fewer; null where all are alike. */
function storedBits({ id, wordBits }: MemoryRegisters, { fields }: Manifest): number | null {
  if (id === "synapses") return fields.synapse;
  if (id === "eligibilities") return fields.weightEligibility + fields.delayEligibility;
  if (id === "changes") return fields.weightChange + fields.delayChange;
  if (id === "traces") return wordBits;
  if (id === "neurons") return fields.membrane + fields.refractory;
  return id === "parameters" ? fields.parameterDecay + fields.parameterThreshold : null;
}

function countEntries({ id, words, banks }: MemoryRegisters, manifest: Manifest): number {
  const { populations, projections } = manifest;
  const neurons = populations.filter(({ kind }) => kind !== "input");
  switch (id) {
    case "synapses":
      return total(projections, (projection) => synapsesOf(projection, manifest));
    case "neurons":
      return total(neurons, ({ size }) => size);
    case "ring":
      return total(neurons, ({ slots, size }) => slots * size);
    case "spike-ring":
      return total(projections, ({ spikeRingSlots, from }) => spikeRingSlots * populations[from]!.size);
    case "spikes":
      return total(neurons, ({ kind, size }) => (kind === "lif" ? size : 0));
    case "parameters":
      return total(neurons, ({ parameterBase, size }) => (parameterBase >= 0 ? size : 0));
    case "surrogates":
    case "signals":
      return total(manifest.learning?.populations ?? [], ({ population }) => populations[population]!.size);
    case "errors":
      return manifest.learning === null ? 0 : populations[manifest.learning.readout]!.size;
    case "feedback":
      return feedbackWeights(manifest);
    case "eligibilities":
      return learnedSynapses(manifest, ({ eligibilityBase }) => eligibilityBase >= 0);
    case "changes":
      return learnedSynapses(manifest, ({ changeBase }) => changeBase >= 0);
    case "axons":
    case "buckets":
    case "delay-queue":
    case "scores":
    case "exponents":
    case "exponent-table":
    case "traces":
    case "surrogate-table":
    case "axon-changes":
    case "input-queue":
    case "output-queue":
      return words * banks;
  }
}

function learnedSynapses(manifest: Manifest, has: (entry: ProjectionLearningRegisters) => boolean): number {
  const learned = manifest.learning?.projections.filter(has) ?? [];
  return total(learned, ({ projection }) => synapsesOf(manifest.projections[projection]!, manifest));
}

/** Stored random feedback: one weight for each hidden neuron and class. */
function feedbackWeights({ learning, populations }: Manifest): number {
  const stored = learning?.populations.filter(({ feedback }) => feedback.kind === "stored") ?? [];
  return total(stored, ({ population }) => populations[population]!.size * populations[learning!.readout]!.size);
}

/**
 * Synapses of a projection: all pairs when dense, else its useful bits by the bits of one. More than four formats share layouts;
 * then a sparse projection's own weight width is not in the manifest, and the count is the nearest that its layout allows.
 */
export function synapsesOf(projection: ProjectionRegisters, { populations, layouts, symbols }: Manifest): number {
  const { name, from, to, storage, delayKind, layout } = projection;
  const target = populations[to]!;
  if (storage === "dense") return populations[from]!.size * target.size;
  const symbol = symbols.find((entry) => entry.memory === "synapses" && entry.name === `projection ${name}`);
  if (symbol === undefined) return 0;
  const { remainderBits, weightBits, fractionBits, delayBits } = layouts[layout]!;
  const bits =
    remainderBits +
    weightBits +
    (delayKind === "synaptic" ? fractionBits + delayBits : 0) +
    bitLength(target.groups - 1);
  return Math.round(symbol.usefulBits / bits);
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
