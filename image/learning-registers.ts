/** Registers of the learning engine, a part of the manifest (manifest.ts); section numbers refer to docs/core.md. */

export type Ports = "1R1W" | "1RW";

/** A trace of section 10.2: presynaptic spikes of one population, decaying as one kind of target does. */
export interface TraceRegisters {
  /** "sound, tau of hidden". */
  readonly name: string;
  readonly population: number;
  /** Decay A, 0..2^F; a spike adds 2^fraction. */
  readonly decay: number;
  readonly fraction: number;
  /** Values kept of each neuron, H >= 1; entry 0 is this step's. */
  readonly entries: number;
  /** First word in trace memory; one word a neuron. */
  readonly base: number;
}

/** Where a hidden population's learning signal comes from. */
export type FeedbackRegisters =
  | { readonly kind: "symmetric"; readonly projection: number }
  | { readonly kind: "stored"; readonly base: number }
  | { readonly kind: "regenerated"; readonly seed: number };

export interface HiddenRegisters {
  readonly population: number;
  /** First word of its surrogates and of its signals. */
  readonly signalBase: number;
  readonly surrogateShift: number;
  readonly feedback: FeedbackRegisters;
  readonly signalShift: number;
  /** 0 when filtered. */
  readonly modulationShift: number;
  /** Shift -15..30; target in trace LSB. */
  readonly regulariser: { readonly trace: number; readonly target: number; readonly shift: number } | null;
}

/** How one kind of parameter is updated: U's shift, and the clamp of the stored value. */
export interface ParameterRegisters {
  /** 0..30. */
  readonly shift: number;
  /** Shift of a step's product into the change; 0 when updated at every step. */
  readonly changeShift: number;
  /** In stored LSB, low <= high. */
  readonly low: number;
  readonly high: number;
}

export interface ProjectionLearningRegisters {
  readonly projection: number;
  readonly trace: number;
  readonly weights: ParameterRegisters | null;
  /** Of the projection's own kind of delay. */
  readonly delays: ParameterRegisters | null;
  /** Rounds the sum of a row for axonal delays; 0 otherwise. */
  readonly axonShift: number;
  /** Filtered, hidden target: shift of psi * x and psi * v into an eligibility; 0 otherwise. */
  readonly eligibilityShift: number;
  /** The projection's words in synapse memory. */
  readonly synapseBase: number;
  readonly synapseWords: number;
  /** First words in eligibilities, changes, axon changes; -1 where it has none. */
  readonly eligibilityBase: number;
  readonly changeBase: number;
  readonly axonChangeBase: number;
}

/** The learning engine (section 10). */
export interface LearningRegisters {
  readonly traceBits: number;
  readonly traceRounding: "floor" | "nearest" | "stochastic";
  readonly errorBits: number;
  readonly surrogateBits: number;
  readonly surrogateEntriesLog2: number;
  readonly signalBits: number;
  readonly feedbackBits: number;
  readonly eligibilityBits: number;
  readonly changeBits: number;
  readonly updateRounding: "nearest" | "stochastic" | "sign";
  readonly carry: boolean;
  readonly skip: boolean;
  readonly ports: {
    readonly traces: Ports;
    readonly synapses: Ports;
    readonly eligibilities: Ports;
    readonly changes: Ports;
  };
  readonly filtered: boolean;
  /** Readout whose error is learned from; the decided one when the error is "softmax". */
  readonly readout: number;
  readonly error:
    | { readonly kind: "softmax" }
    | { readonly kind: "linear"; readonly shift: number; readonly clip: number; readonly target: number };
  readonly errorSteps:
    | { readonly kind: "all" }
    | { readonly kind: "last"; readonly steps: number }
    | { readonly kind: "mask"; readonly mask: readonly number[] };
  /** 0: at every step; n: at the end of every n samples. */
  readonly updateEvery: number;
  /** Taps c_1..c_M in units of 2^-8, 0..255; empty: the backward difference. */
  readonly taps: readonly number[];
  /** Decay of eligibilities, 0..2^F; 0 when not filtered. */
  readonly eligibilityDecay: number;
  readonly traces: readonly TraceRegisters[];
  /** Hidden populations, in step order. */
  readonly populations: readonly HiddenRegisters[];
  /** Learned projections, in their order. */
  readonly projections: readonly ProjectionLearningRegisters[];
}
