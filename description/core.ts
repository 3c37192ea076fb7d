/**
 * The core description: the hardware on which a network is to run, as plain data that JSON can hold.
 *
 * docs/core.md says what each parameter does; section numbers below are its own. Every field is optional: what is left
 * out comes from the preset (description/presets.ts), and the preset "default" is complete.
 */

import type { Frequency, TickPeriod } from "./core-units.ts";

/** How much of the weight range is kept: all of it, the given percentile of |w|, or what makes the squared error least. */
export type Clipping = "max" | "mse" | { readonly percentile: number };

export interface WeightFormat {
  /** 2..16, two's complement; default 8. */
  readonly bits: number;
  /** Default "mse"; docs/decisions/0003-quantisation-defaults.md has the comparison. */
  readonly clipping: Clipping;
}

export interface CoreWeights extends WeightFormat {
  /** Other formats for single projections, by name ("sound -> hidden"). */
  readonly projections: Readonly<Record<string, Partial<WeightFormat>>>;
}

export interface CoreDelays {
  /** Section 3; default "ring". */
  readonly scheme: "ring" | "spike-ring" | "queue";
  /** Entries of the delay queue, 1..4096 (scheme "queue" only); default 256. */
  readonly entries: number;
  /** What a push into the full delay queue does; default "drop". */
  readonly overflow: "drop" | "deliver";
}

export interface CoreAccumulator {
  /** 8..32; default 16. */
  readonly bits: number;
  /** Width of the current that the neuron update takes, 8..bits; default `bits`. */
  readonly current: number;
  /** "read": the compiler proves that no sum can leave the width; "add": every add saturates. Default "read". */
  readonly saturate: "read" | "add";
}

export interface CoreMembrane {
  /** 8..32; default 16. */
  readonly bits: number;
  /** Other widths for single populations, by name. */
  readonly populations: Readonly<Record<string, number>>;
}

export interface CoreDecay {
  /** Fraction bits of the decay factor, 1..16; default 12. */
  readonly bits: number;
  /** Rounding of the decayed membrane (section 1); default "nearest". */
  readonly rounding: "floor" | "zero" | "nearest" | "stochastic";
}

/** When the class is known: after the last tick, after n executed steps, or as soon as the margin is reached. */
export type DecisionTime =
  | "end"
  | { readonly step: number }
  /** Margin in summed probability ("softmax") or threshold units ("sum"); minSteps defaults to 1. */
  | { readonly margin: number; readonly minSteps?: number };

export interface CoreDecision {
  /** Default "softmax". */
  readonly rule: "softmax" | "sum";
  /** Readout that is decided on; default (absent) the last readout in step order. */
  readonly population?: string;
  /** Default "end". */
  readonly at: DecisionTime;
  /** Whether a decision ends the sample; default false. */
  readonly stop: boolean;
  /** 16..32; default 32. */
  readonly scoreBits: number;
  /** Exponent table of "softmax": bits of an entry (2..16, default 12), log2 of entries (1..12, default 8). */
  readonly table: { readonly bits: number; readonly entriesLog2: number };
}

/** Capacity of a memory in bytes. */
export interface Capacity {
  readonly bytes: number | "unlimited";
}

/** Capacity, and one read and one write a cycle (1R1W) or one access (1RW). */
export interface PortedCapacity extends Capacity {
  readonly ports: "1R1W" | "1RW";
}

/** Memories of a network's size; queues, scores and exponent table follow from their own parameters. */
export interface CoreMemories {
  readonly axons: Capacity;
  readonly buckets: Capacity;
  /** Ports matter to learning only: inference never writes here. */
  readonly synapses: PortedCapacity;
  readonly ring: PortedCapacity;
  readonly spikeRing: PortedCapacity;
  readonly delayQueue: PortedCapacity;
  readonly spikes: Capacity;
  readonly neurons: PortedCapacity;
  readonly parameters: Capacity;
  /** Of the learning engine. */
  readonly traces: PortedCapacity;
  readonly feedback: Capacity;
  readonly eligibilities: PortedCapacity;
  /** Changes of synapses and axons together. */
  readonly changes: PortedCapacity;
}

/** The learning engine (section 10). */
export interface CoreLearning {
  /** 4..15, default 12; rounding of its decay, default "stochastic". */
  readonly trace: { readonly bits: number; readonly rounding: "floor" | "nearest" | "stochastic" };
  /** 4..16, default 12. */
  readonly error: { readonly bits: number };
  /** Table of the surrogate: bits of an entry 2..15, default 8; log2 of entries 2..10, default 6. */
  readonly surrogate: { readonly bits: number; readonly entriesLog2: number };
  /** Learning signal and modulation, 4..16, default 16. */
  readonly signal: { readonly bits: number };
  /** Random feedback weights, 2..16, default 8. */
  readonly feedback: { readonly bits: number };
  /** Kappa-filtered eligibility, 8..16, default 16. */
  readonly eligibility: { readonly bits: number };
  /** Change of a parameter between updates, 8..16, default 16; carry keeps what an update rounds away, default false. */
  readonly change: { readonly bits: number; readonly carry: boolean };
  /** Bits stored below a learned weight, 0..8 and at most 16 together; default 4. */
  readonly remainder: number;
  /** Bits stored below a learned delay, 0..8; default 5. */
  readonly fraction: number;
  /** Rounding of updates: "sign" changes by +-1 LSB at most; default "stochastic". */
  readonly rounding: "nearest" | "stochastic" | "sign";
  /** Whether work whose result is nothing is skipped: changes cycles, never results; default true. */
  readonly skip: boolean;
}

/** Any part of a learning engine; the rest comes from DEFAULT_LEARNING (description/presets.ts). */
export type PartialLearning = {
  readonly [K in keyof CoreLearning]?: CoreLearning[K] extends object ? Partial<CoreLearning[K]> : CoreLearning[K];
};

export interface CoreQueues {
  /** Entries, 1..4096; default 16. */
  readonly input: number;
  readonly output: number;
}

export interface CoreTick {
  /** Default "free". */
  readonly period: TickPeriod;
  /** What a tick does that comes while a step still runs (section 5.6); default "queue". */
  readonly overrun: "queue" | "skip" | "merge";
}

/** A core with nothing left out. */
export interface CompleteCore {
  readonly name: string;
  readonly clock: Frequency;
  /** Postsynaptic neurons a cycle: 1, 2, 4, 8, 16 or 32; default 4. */
  readonly lanes: number;
  readonly delays: CoreDelays;
  readonly weights: CoreWeights;
  readonly accumulator: CoreAccumulator;
  readonly membrane: CoreMembrane;
  readonly decay: CoreDecay;
  readonly decision: "none" | CoreDecision;
  readonly memories: CoreMemories;
  /** Bits to which the word width of a memory macro is rounded up, 1..256 (1: any width); default 8. */
  readonly macroStep: number;
  readonly queues: CoreQueues;
  /** Bits of a word of spike memory and spike ring: 8, 16 or 32, at least `lanes`; default 32. */
  readonly spikeWord: number;
  /** Read of a ring bank or spike ring word while it is written: forwarded or stalled; default "forward". */
  readonly hazard: "forward" | "stall";
  /** Clearing between samples: a sweep over the memories, or valid bits; default "sweep". */
  readonly clear: "sweep" | "valid";
  readonly tick: CoreTick;
  /** Default "none": the core runs networks and learns nothing. */
  readonly learning: "none" | CoreLearning;
  /** Seed of the core's random draws, 0..2^32-1; default 1. */
  readonly seed: number;
}

export type PresetName = "tiny" | "default" | "large" | "learning";

/** What a user writes: any part of a core; the rest comes from `preset` (default "default"). */
export interface CoreDescription {
  readonly preset?: PresetName;
  readonly name?: string;
  readonly clock?: Frequency;
  readonly lanes?: number;
  readonly delays?: Partial<CoreDelays>;
  readonly weights?: Partial<CoreWeights>;
  readonly accumulator?: Partial<CoreAccumulator>;
  readonly membrane?: Partial<CoreMembrane>;
  readonly decay?: Partial<CoreDecay>;
  readonly decision?:
    | "none"
    | (Partial<Omit<CoreDecision, "table">> & { readonly table?: Partial<CoreDecision["table"]> });
  readonly memories?: { readonly [K in keyof CoreMemories]?: Partial<CoreMemories[K]> };
  readonly macroStep?: number;
  readonly queues?: Partial<CoreQueues>;
  readonly spikeWord?: number;
  readonly hazard?: "forward" | "stall";
  readonly clear?: "sweep" | "valid";
  readonly tick?: Partial<CoreTick>;
  readonly learning?: "none" | PartialLearning;
  readonly seed?: number;
}

/**
 * Makes a core description. Nothing is checked here; `completeCore` reports all mistakes together.
 *
 * @example
 * export default core({ clock: MHz(50), lanes: 8, memories: { synapses: { bytes: kB(128) } } });
 */
export function core(description: CoreDescription): CoreDescription {
  return description;
}
