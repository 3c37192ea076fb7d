/** The learning engine's part of a hand-packed image: registers with plain defaults, bases counted up in order. */

import type {
  HiddenRegisters,
  LearningRegisters,
  Manifest,
  MemoryId,
  ProjectionLearningRegisters,
  TraceRegisters,
} from "../../image/manifest.ts";
import { pack } from "./tiny-words.ts";

export interface TinyLearning extends Partial<Omit<LearningRegisters, "traces" | "populations" | "projections">> {
  readonly readout: number;
  readonly traces: readonly (Partial<TraceRegisters> & { readonly population: number })[];
  readonly hidden?: readonly (Partial<HiddenRegisters> & { readonly population: number })[];
  readonly learned: readonly (Partial<ProjectionLearningRegisters> & {
    readonly projection: number;
    readonly trace: number;
  })[];
  /** psi by entry; a power of two of them. */
  readonly surrogateTable?: readonly number[];
  /** Stored feedback of all populations in order: [neuron][class]. */
  readonly feedback?: readonly (readonly number[])[];
}

/** Every memory with two ports. */
export const LEARNING_PORTS: LearningRegisters["ports"] = {
  traces: "1R1W",
  synapses: "1R1W",
  eligibilities: "1R1W",
  changes: "1R1W",
};

/** What the engine adds to a manifest: its registers, sizes of its memories, words of its tables. */
export interface TinyEngine {
  readonly registers: LearningRegisters;
  readonly words: readonly (readonly [MemoryId, number])[];
  readonly stored: readonly (readonly [MemoryId, number, readonly Uint8Array[]])[];
}

/** Words of each projection in synapse memory. */
export interface SynapseRange {
  readonly first: number;
  readonly words: number;
}

export function tinyLearning(
  learning: TinyLearning,
  { core, populations, projections }: Pick<Manifest, "core" | "populations" | "projections">,
  ranges: readonly SynapseRange[],
): TinyEngine {
  const { traces, hidden, learned, surrogateTable, feedback, ...given } = learning;
  const table = surrogateTable ?? [1, 1, 1, 1];
  let traceWords = 0;
  let signalWords = 0;
  let synapseWords = 0;
  let axons = 0;
  const classes = populations[learning.readout]!.size;
  const registers: LearningRegisters = {
    traceBits: 8,
    traceRounding: "floor",
    errorBits: 8,
    surrogateBits: 4,
    surrogateEntriesLog2: Math.log2(table.length),
    signalBits: 12,
    feedbackBits: 8,
    eligibilityBits: 16,
    changeBits: 16,
    updateRounding: "nearest",
    carry: false,
    skip: false,
    ports: LEARNING_PORTS,
    filtered: false,
    error: { kind: "linear", shift: 0, clip: 1000, target: 0 },
    errorSteps: { kind: "all" },
    updateEvery: 0,
    taps: [],
    eligibilityDecay: 0,
    ...given,
    traces: traces.map((trace): TraceRegisters => {
      const base = traceWords;
      traceWords += populations[trace.population]!.size;
      return { name: `trace ${base}`, decay: 128, fraction: 4, entries: 2, base, ...trace };
    }),
    populations: (hidden ?? []).map((population): HiddenRegisters => {
      const signalBase = signalWords;
      signalWords += populations[population.population]!.groups;
      return {
        signalBase,
        surrogateShift: 0,
        feedback: { kind: "regenerated", seed: 0 },
        signalShift: 0,
        modulationShift: 0,
        regulariser: null,
        ...population,
      };
    }),
    projections: learned.map((projection): ProjectionLearningRegisters => {
      const range = ranges[projection.projection]!;
      const base = synapseWords;
      const axonBase = axons;
      synapseWords += range.words;
      axons += populations[projections[projection.projection]!.from]!.size;
      return {
        weights: null,
        delays: null,
        axonShift: 0,
        eligibilityShift: 0,
        synapseBase: range.first,
        synapseWords: range.words,
        eligibilityBase: base,
        changeBase: base,
        axonChangeBase: axonBase,
        ...projection,
      };
    }),
  };
  const { lanes } = core;
  const feedbackWords = (feedback ?? []).flatMap((row) =>
    Array.from({ length: Math.ceil(classes / lanes) }, (_, word) =>
      pack(
        Array.from({ length: lanes }, (_, lane) => [row[word * lanes + lane] ?? 0, registers.feedbackBits] as const),
      ),
    ),
  );
  return {
    registers,
    words: [
      ["traces", traceWords],
      ["surrogates", signalWords],
      ["errors", Math.ceil(classes / lanes)],
      ["signals", signalWords],
      ["eligibilities", registers.filtered ? synapseWords : 0],
      ["changes", registers.updateEvery > 0 ? synapseWords : 0],
      ["axon-changes", registers.updateEvery > 0 ? axons : 0],
    ],
    stored: [
      ["surrogate-table", registers.surrogateBits, table.map((psi) => pack([[psi, registers.surrogateBits]]))],
      ["feedback", lanes * registers.feedbackBits, feedbackWords],
    ],
  };
}
