/** Populations of a network: event inputs, LIF neurons, leaky-integrator readouts (NIR's Input, LIF and LI). */

import type { Duration, Threshold, TimeConstant } from "./units.ts";

/** Where spikes enter: one axon for each channel. */
export interface InputPopulation {
  readonly kind: "input";
  readonly channels: number;
  /** Upper bound on events of one channel in one time step; default 1. */
  readonly maxEventsPerStep?: number;
}

/**
 * Leaky integrate-and-fire neurons: u[t] = exp(-dt/tau) u[t-1] + I[t]; a spike when u[t] >= threshold, then reset.
 */
export interface LifPopulation {
  readonly kind: "lif";
  readonly size: number;
  /** Membrane time constant, > 0; one for all neurons, or an array with one for each. */
  readonly tau: TimeConstant | readonly TimeConstant[];
  /** Firing threshold, > 0; one for all neurons, or an array with one for each. */
  readonly threshold: Threshold | readonly Threshold[];
  /** "subtract": u -= threshold; "zero": u = 0. */
  readonly reset: "subtract" | "zero";
  /** Whole steps after a spike in which the membrane is held and input is discarded; default none. */
  readonly refractory?: Duration;
  /** Whether spikes leave the core as output events; default false. */
  readonly output?: boolean;
}

/** Leaky integrators that never fire: y[t] = exp(-dt/tau) y[t-1] + I[t]. */
export interface ReadoutPopulation {
  readonly kind: "readout";
  readonly size: number;
  /** Time constant, > 0; one for all units, or an array with one for each. */
  readonly tau: TimeConstant | readonly TimeConstant[];
}

export type Population = InputPopulation | LifPopulation | ReadoutPopulation;

export function input(options: Omit<InputPopulation, "kind">): InputPopulation {
  return { kind: "input", ...options };
}

export function lif(options: Omit<LifPopulation, "kind">): LifPopulation {
  return { kind: "lif", ...options };
}

export function readout(options: Omit<ReadoutPopulation, "kind">): ReadoutPopulation {
  return { kind: "readout", ...options };
}
