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

export interface NetworkIr {
  readonly timestepMs: number;
  readonly populations: readonly PopulationIr[];
  readonly projections: readonly ProjectionIr[];
}

/** Largest delay of a projection in steps; 0 without delays. */
export function largestDelay({ delay, axonDelay }: Pick<ProjectionIr, "delay" | "axonDelay">): number {
  let largest = 0;
  for (let s = 0; s < delay.length; s++) if (delay[s]! > largest) largest = delay[s]!;
  for (let i = 0; i < axonDelay.length; i++) if (axonDelay[i]! > largest) largest = axonDelay[i]!;
  return largest;
}
