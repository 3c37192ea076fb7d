/**
 * The manifest of an image: every register of the core and the map of its memories, with names. docs/core.md gives the
 * meaning of each; section numbers refer to it. Plain JSON, so that `mora inspect` and other tools can read it.
 */

import type { LearningRegisters, Ports } from "./learning-registers.ts";

export type {
  FeedbackRegisters,
  HiddenRegisters,
  LearningRegisters,
  ParameterRegisters,
  Ports,
  ProjectionLearningRegisters,
  TraceRegisters,
} from "./learning-registers.ts";

export type SchemeName = "ring" | "spike-ring" | "queue";
export type RoundingName = "floor" | "zero" | "nearest" | "stochastic";

/** Everything of the core that does not depend on the network; resolved, no defaults left. */
export interface CoreRegisters {
  readonly name: string;
  readonly clockHz: number;
  readonly lanes: number;
  readonly scheme: SchemeName;
  readonly accumulator: {
    readonly bits: number;
    readonly currentBits: number;
    readonly saturate: "add" | "read";
  };
  readonly decay: { readonly bits: number; readonly rounding: RoundingName };
  readonly scoreBits: number;
  /** Seed of the random draws, unsigned 32 bits. */
  readonly seed: number;
  readonly ports: {
    readonly ring: Ports;
    readonly neuron: Ports;
    readonly spikeRing: Ports;
    readonly queue: Ports;
  };
  readonly hazard: "forward" | "stall";
  readonly clear: "sweep" | "valid";
  /** Bits of a word of spike memory and spike ring: 8, 16 or 32. */
  readonly spikeWord: number;
  readonly inputQueue: number;
  readonly outputQueue: number;
  /** Entries of the delay queue (scheme "queue"), 0 otherwise. */
  readonly delayQueue: number;
  readonly queueOverflow: "drop" | "deliver";
  /** Tick period in cycles; 0 is free running. */
  readonly period: number;
  readonly overrun: "queue" | "skip" | "merge";
}

export interface PopulationRegisters {
  readonly name: string;
  readonly kind: "input" | "lif" | "readout";
  readonly size: number;
  /** First global channel address; input populations only, 0 otherwise. */
  readonly channelBase: number;
  /** Events of one channel in one step that the accumulator's width was proved for; input populations, 0 otherwise. */
  readonly maxEventsPerStep: number;
  /** Number of the first neuron over all non-input populations (address of random draws); 0 for inputs. */
  readonly firstNeuron: number;
  /** ceil(size / lanes); 0 for inputs. */
  readonly groups: number;
  /** First word in neuron state. */
  readonly stateBase: number;
  /** First word of each ring bank; slots x groups words follow. */
  readonly ringBase: number;
  readonly slots: number;
  /** First word in spike memory (LIF). */
  readonly spikeBase: number;
  /** First word in parameter memory, or -1 when `decay` and `threshold` are registers. */
  readonly parameterBase: number;
  /** Decay A, 0..2^F, and threshold in membrane LSB; when parameterBase is -1 (threshold 0 for readouts). */
  readonly decay: number;
  readonly threshold: number;
  readonly membraneBits: number;
  /** Membrane LSB is 2^-membraneFraction threshold units, accumulator LSB 2^-accumulatorFraction. */
  readonly membraneFraction: number;
  readonly accumulatorFraction: number;
  /** membraneFraction - accumulatorFraction, 0..15. */
  readonly currentShift: number;
  readonly reset: "subtract" | "zero";
  readonly refractorySteps: number;
  readonly output: boolean;
  /** Fan-out: projections [firstProjection, firstProjection + projectionCount). */
  readonly firstProjection: number;
  readonly projectionCount: number;
}

export interface ProjectionRegisters {
  readonly name: string;
  /** Population indices. */
  readonly from: number;
  readonly to: number;
  readonly recurrent: boolean;
  readonly storage: "dense" | "sparse";
  readonly delayKind: "none" | "axonal" | "synaptic";
  /** Index into `layouts`. */
  readonly layout: number;
  /** First entry in the axon table; one entry per source neuron. */
  readonly axonBase: number;
  /** Weight LSB is 2^-weightFraction threshold units; weightShift = accumulatorFraction of target - weightFraction, 0..15. */
  readonly weightFraction: number;
  readonly weightShift: number;
  /** Spike ring of the projection (scheme "spike-ring", axonal delays): first word and slots; -1 and 0 otherwise. */
  readonly spikeRingBase: number;
  readonly spikeRingSlots: number;
}

/** Field widths of one synapse, packed from bit 0 of the lane in this order. Index 0 bits: dense rows. */
export interface LayoutRegisters {
  /** Bits below the used weight and the used delay that only learning changes; 0 where it does not. */
  readonly remainderBits: number;
  readonly weightBits: number;
  readonly fractionBits: number;
  readonly delayBits: number;
  readonly indexBits: number;
}

/** How a class is decided (section 4); null when the core has no decision unit or the network no readout. */
export interface DecisionRegisters {
  readonly population: number;
  readonly rule: "sum" | "softmax";
  readonly at: "end" | "step" | "margin";
  /** Executed steps after which "step" decides. */
  readonly step: number;
  /** Score difference for "margin", in score LSB, and executed steps before it may decide. */
  readonly margin: number;
  readonly minSteps: number;
  readonly stop: boolean;
  /** Softmax: bits X of a table entry, log2 of entries, right shift s of the difference. 0 for "sum". */
  readonly tableBits: number;
  readonly tableEntriesLog2: number;
  readonly tableShift: number;
}

/** Field widths of the tables whose widths depend on the network. 0 where a field does not exist. */
export interface FieldWidths {
  readonly axonRow: number;
  readonly axonLength: number;
  /** Bits below a learned axonal delay. */
  readonly axonFraction: number;
  readonly axonDelay: number;
  readonly axonBucket: number;
  readonly bucketRow: number;
  readonly bucketLength: number;
  readonly bucketGap: number;
  readonly queueBucket: number;
  readonly queueWait: number;
  /** Width of one synapse in every lane: the widest layout. */
  readonly synapse: number;
  /** Widest membrane of the network: the stored width of u. */
  readonly membrane: number;
  readonly refractory: number;
  /** Parameter memory: decay F + 1 bits, threshold as membrane. */
  readonly parameterDecay: number;
  readonly parameterThreshold: number;
  /** Lanes of eligibilities and changes: weight's field, then delay's; 0 where no projection needs it. */
  readonly weightEligibility: number;
  readonly delayEligibility: number;
  readonly weightChange: number;
  readonly delayChange: number;
}

export type MemoryId =
  | "axons"
  | "buckets"
  | "synapses"
  | "ring"
  | "spike-ring"
  | "delay-queue"
  | "spikes"
  | "neurons"
  | "parameters"
  | "scores"
  | "exponents"
  | "exponent-table"
  | "input-queue"
  | "output-queue"
  | "traces"
  | "surrogate-table"
  | "surrogates"
  | "errors"
  | "signals"
  | "feedback"
  | "eligibilities"
  | "changes"
  | "axon-changes";

/** One memory of the core. Contents are stored for the read-only ones; the others start as zero. */
export interface MemoryRegisters {
  readonly id: MemoryId;
  /** Words used by this network. For "ring": words of one bank; there are `lanes` banks of `wordBits` = accumulator bits. */
  readonly words: number;
  /** Bits used in a word. */
  readonly wordBits: number;
  /** Bits of a word of the macro (wordBits rounded up to the core's macro step). */
  readonly macroBits: number;
  readonly banks: number;
  /** Capacity in bytes that the core description gives; null when unlimited. */
  readonly capacityBytes: number | null;
  readonly ports: Ports;
  /** True when the image holds its contents; synapses and axons may be changed by learning. */
  readonly stored: boolean;
}

export interface SymbolEntry {
  /** "population hidden" or "projection sound -> hidden". */
  readonly name: string;
  readonly memory: MemoryId;
  readonly firstWord: number;
  readonly words: number;
  /** Bits that the symbol needs, without padding of lanes, rows or layout. */
  readonly usefulBits: number;
}

export interface Manifest {
  readonly network: { readonly timestepMs: number };
  readonly core: CoreRegisters;
  readonly populations: readonly PopulationRegisters[];
  readonly projections: readonly ProjectionRegisters[];
  readonly layouts: readonly LayoutRegisters[];
  readonly decision: DecisionRegisters | null;
  /** Null: the core has no learning engine, or the network learns nothing. */
  readonly learning: LearningRegisters | null;
  readonly fields: FieldWidths;
  readonly memories: readonly MemoryRegisters[];
  readonly symbols: readonly SymbolEntry[];
}

/**
 * An image in memory. A stored memory of n words of b bits is an array of n * ceil(b / 8) bytes, each word little-endian
 * from its own byte boundary, bit 0 first.
 */
export interface Image {
  readonly manifest: Manifest;
  readonly contents: Readonly<Partial<Record<MemoryId, Uint8Array>>>;
}

/** The registers of one memory; every manifest lists all memories. */
export function memoryOf({ memories }: Pick<Manifest, "memories">, id: MemoryId): MemoryRegisters {
  return memories.find((memory) => memory.id === id)!;
}
