/**
 * The typed intermediate representation: a network with every number resolved, in float64 and time steps.
 *
 * Populations stand in step order (docs/core.md, "One time step"): inputs first, then LIF populations and readouts
 * in an order in which every non-recurrent projection points forward.
 */

export interface InputIr {
  readonly kind: "input";
  readonly name: string;
  readonly size: number;
  /** Upper bound on events of one channel in one step; the accumulator bound is computed with it. */
  readonly maxEventsPerStep: number;
}

export interface LifIr {
  readonly kind: "lif";
  readonly name: string;
  readonly size: number;
  /** Membrane decay per step, alpha = exp(-dt/tau), in [0, 1]; one per neuron. */
  readonly decay: Float64Array;
  /** Firing threshold in threshold units, > 0; one per neuron. */
  readonly threshold: Float64Array;
  /** True when decay and threshold are the same for all neurons, so that registers serve instead of a memory. */
  readonly uniform: boolean;
  readonly reset: "subtract" | "zero";
  /** Steps after a spike in which the membrane is held and input is discarded; 0 for none. */
  readonly refractorySteps: number;
  /** Whether spikes leave the core as output events. */
  readonly output: boolean;
}

export interface ReadoutIr {
  readonly kind: "readout";
  readonly name: string;
  readonly size: number;
  /** Decay per step, kappa = exp(-dt/tau_out), in [0, 1]; one per neuron. */
  readonly decay: Float64Array;
  readonly uniform: boolean;
}

export type PopulationIr = InputIr | LifIr | ReadoutIr;

export type DelayKind = "none" | "axonal" | "synaptic";

export interface ProjectionIr {
  /** "from -> to", made unique with " #2" and so on. */
  readonly name: string;
  /** Indices into `populations`. */
  readonly from: number;
  readonly to: number;
  /** True when `to` is updated before `from` sends, so that a delay of d arrives at step t+1+d. */
  readonly recurrent: boolean;
  readonly storage: "dense" | "sparse";
  readonly delayKind: DelayKind;
  /** Row i holds synapses rowStart[i] .. rowStart[i+1]-1; length pre + 1. */
  readonly rowStart: Uint32Array;
  /** Postsynaptic index of each synapse, strictly increasing within a row. */
  readonly post: Uint32Array;
  /** Weight of each synapse in threshold units. */
  readonly weight: Float64Array;
  /** Delay of each synapse in steps ("synaptic"); empty otherwise. */
  readonly delay: Uint16Array;
  /** Delay of each presynaptic neuron in steps ("axonal"); empty otherwise. */
  readonly axonDelay: Uint16Array;
}

/** What a learned projection learns; an absent parameter is fixed. */
export interface ProjectionLearningIr {
  /** Index into `projections`. */
  readonly projection: number;
  readonly weights: { readonly rate: number; readonly limit: number } | null;
  /** Clamp in steps, min <= max <= 255; the largest delay that the projection can come to have. */
  readonly delays: { readonly rate: number; readonly min: number; readonly max: number } | null;
}

/** Where the learning signal of a hidden (LIF) population comes from. */
export type FeedbackIr =
  /** Transposed weights of this projection (population -> readout that is learned from). */
  | { readonly kind: "symmetric"; readonly projection: number }
  /** Fixed random weights uniform in (-scale, scale): B_jk = scale * feedbackDraw(seed, j, k) (compiler/feedback.ts). */
  | { readonly kind: "random"; readonly stored: boolean; readonly scale: number; readonly seed: number };

/** A hidden population that is the target of a learned projection. */
export interface HiddenLearningIr {
  /** Index into `populations`; a LIF population with one decay for all neurons. */
  readonly population: number;
  readonly feedback: FeedbackIr;
}

export interface LearningIr {
  /** The readout whose error is learned from: the one that decides. */
  readonly readout: number;
  /** Learned projections, in the order of `projections`. */
  readonly projections: readonly ProjectionLearningIr[];
  /** Hidden targets of learned projections, in step order. */
  readonly hidden: readonly HiddenLearningIr[];
  readonly surrogate: {
    readonly shape: "gaussian" | "triangle" | "boxcar";
    readonly width: number;
    readonly height: number;
  };
  /** Taps c_m, m = 1..M, of the smoothed derivative eps = sum_m c_m (x[d+m] - x[max(d-m, 0)]); empty: x[d+1] - x[d]. */
  readonly smoothing: Float64Array;
  readonly filtered: boolean;
  readonly error:
    | { readonly kind: "softmax" }
    | { readonly kind: "linear"; readonly target: number; readonly clip: number };
  /** Steps with a valid error: all, the last n of a sample (n >= 1), or a mask, whose length samples must have. */
  readonly errorSteps:
    | { readonly kind: "all" }
    | { readonly kind: "last"; readonly steps: number }
    | { readonly kind: "mask"; readonly mask: Uint8Array };
  /** T: every rate is divided by it. Steps of `last`, ones of the mask, or for "all" the declared `steps` of a sample. */
  readonly meanSteps: number;
  /** 0: at every step; n: at the end of every n samples. */
  readonly updateEvery: number;
  readonly firingRate: { readonly target: number; readonly strength: number } | null;
  readonly schedule:
    | { readonly kind: "constant" }
    | { readonly kind: "cosine" }
    | { readonly kind: "steps"; readonly factor: number; readonly every: number };
  readonly channelShift: number;
}

export interface NetworkIr {
  readonly timestepMs: number;
  readonly populations: readonly PopulationIr[];
  readonly projections: readonly ProjectionIr[];
  /** Absent: the network does not learn. */
  readonly learning?: LearningIr;
}

/** Largest delay of a projection in steps; 0 without delays. */
export function largestDelay({ delay, axonDelay }: Pick<ProjectionIr, "delay" | "axonDelay">): number {
  let largest = 0;
  for (let s = 0; s < delay.length; s++) if (delay[s]! > largest) largest = delay[s]!;
  for (let i = 0; i < axonDelay.length; i++) if (axonDelay[i]! > largest) largest = axonDelay[i]!;
  return largest;
}
