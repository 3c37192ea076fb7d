/**
 * The quantised IR: the network of ir.ts in integers with formats and scales (docs/core.md, section 1).
 *
 * Scales are powers of two: an integer with fraction n stands for code * 2^-n threshold units; n may be negative.
 * Populations stand as in the IR; projections are sorted by source population (stable), as the core numbers them.
 */

import type { DelayKind, InputIr } from "./ir.ts";
import type { QuantisedLearning } from "./quantised-learning.ts";
import type { StoredClamp } from "./stored-codes.ts";

/** What LIF populations and readouts share. */
interface NeuronFormats {
  readonly name: string;
  readonly size: number;
  /** Bits of u or y, 8..32. */
  readonly membraneBits: number;
  /** Membrane LSB is 2^-membraneFraction threshold units. */
  readonly membraneFraction: number;
  /** Accumulator LSB is 2^-accumulatorFraction; at most membraneFraction. */
  readonly accumulatorFraction: number;
  /** membraneFraction - accumulatorFraction, 0..15. */
  readonly currentShift: number;
  /** A = round(alpha * 2^F), ties up, 0..2^F; one per neuron. */
  readonly decay: Uint32Array;
  /** True when decay and threshold codes are the same for all neurons. */
  readonly uniform: boolean;
}

export interface QuantisedLif extends NeuronFormats {
  readonly kind: "lif";
  /** round(theta * 2^membraneFraction), ties up, 1..2^(membraneBits-1)-1; one per neuron. */
  readonly threshold: Int32Array;
  readonly reset: "subtract" | "zero";
  readonly refractorySteps: number;
  readonly output: boolean;
}

export interface QuantisedReadout extends NeuronFormats {
  readonly kind: "readout";
}

export type QuantisedPopulation = InputIr | QuantisedLif | QuantisedReadout;

export interface QuantisedProjection {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly recurrent: boolean;
  readonly storage: "dense" | "sparse";
  readonly delayKind: DelayKind;
  /** As in ProjectionIr. */
  readonly rowStart: Uint32Array;
  readonly post: Uint32Array;
  readonly delay: Uint16Array;
  readonly axonDelay: Uint16Array;
  /** Bits of a weight, 2..16. */
  readonly weightBits: number;
  /** Weight codes, sat(round(w * 2^weightFraction)), to the nearest, ties away from zero. */
  readonly weight: Int16Array;
  /** Weight LSB is 2^-weightFraction threshold units. */
  readonly weightFraction: number;
  /** accumulatorFraction of the target - weightFraction, 0..15. */
  readonly weightShift: number;
  /** Bits stored below a learned weight and a learned delay; 0 where the parameter does not learn. */
  readonly remainderBits: number;
  readonly fractionBits: number;
  /** What the core stores (stored-codes.ts): weight = storedWeight >> remainderBits. */
  readonly storedWeight: Int16Array;
  /** By synapse or by axon, as the kind of delay is; delay = storedDelay >> fractionBits. */
  readonly storedDelay: Uint16Array;
  /** Clamp of the stored codes; null where the parameter does not learn. */
  readonly weightClamp: StoredClamp | null;
  readonly delayClamp: StoredClamp | null;
  /** Largest delay in steps that the projection has, or can come to have by learning. */
  readonly largestDelay: number;
}

export interface QuantisedNetwork {
  readonly timestepMs: number;
  readonly populations: readonly QuantisedPopulation[];
  readonly projections: readonly QuantisedProjection[];
  /** Null: the core has no learning engine, or the network learns nothing. */
  readonly learning: QuantisedLearning | null;
}

/** The network with its formats, still without learning. */
export type QuantisedInference = Omit<QuantisedNetwork, "learning">;
