/** Products of a learning engine: the factors of each, as the modules multiply (rtl/mora_trace.sv, mora_signal_stages.sv, mora_learn_*.sv). */

import { shapeOf } from "../hardware/shape.ts";
import type { Manifest } from "../image/manifest.ts";
import { derivatives, type Engine } from "./engine.ts";

/** Two factors, in bits; of a product that is no wider than each of them, the lower half. */
export type Product = readonly [a: number, b: number, half?: true];

/** One neuron's trace at a time decays. */
export function traceProducts({ learning: { traceBits } }: Engine, { core }: Manifest): readonly Product[] {
  return [[traceBits, core.decay.bits + 1]];
}

/** Errors times feedback by lane, which yosys takes as wide as their sum; the sum times the surrogate. */
export function signalProducts(engine: Engine, manifest: Manifest): readonly Product[] {
  const { lanes, hidden, weightBits, learning } = engine;
  const { errorBits, signalBits, surrogateBits, feedbackBits, filtered } = learning;
  if (!hidden) return [];
  const sum = Math.max(feedbackBits, weightBits) + errorBits + shapeOf(manifest).classBits + 1;
  return [...repeated(lanes, [[sum, sum, true]]), ...(filtered ? [] : [[signalBits, surrogateBits + 1] as const])];
}

/** The taps of each derivative. */
export function tapProducts(engine: Engine): readonly Product[] {
  const { taps, traceBits } = engine.learning;
  return repeated(taps.length * derivatives(engine), [[8, traceBits + 1]]);
}

/** Of each lane. */
export function learnProducts(engine: Engine, { core }: Manifest): readonly Product[] {
  const { lanes, learning, weights, synaptic, axonal, weightBits, derivativeBits, modulationBits } = engine;
  const { traceBits, surrogateBits, eligibilityBits, filtered } = learning;
  const value = traceBits + 1;
  const traced = (bits: number): number => (filtered ? Math.max(bits, eligibilityBits) : bits);
  const eligibility = (bits: number): readonly Product[] => [
    [eligibilityBits, core.decay.bits + 2],
    [bits, surrogateBits + 1],
  ];
  const ofLane: readonly Product[] = [
    // The learning signal times what the parameter is worth, or its eligibility.
    ...(weights ? [[modulationBits, traced(value)] as const] : []),
    ...(synaptic ? [[modulationBits, traced(derivativeBits)] as const] : []),
    ...(filtered && weights ? eligibility(value) : []),
    ...(filtered && (synaptic || axonal) ? eligibility(derivativeBits) : []),
    // What a delay is worth: the derivative times the weight. An axon's is summed first.
    ...(synaptic || (filtered && axonal) ? [[derivativeBits, weightBits] as const] : []),
    ...(axonal ? [[modulationBits, filtered ? Math.max(eligibilityBits, weightBits) : weightBits] as const] : []),
  ];
  return repeated(lanes, ofLane);
}

/** An axon's sum times the derivative. */
export function axonProducts({ axonal, derivativeBits }: Engine): readonly Product[] {
  return axonal ? [[16, derivativeBits]] : [];
}

function repeated(count: number, products: readonly Product[]): readonly Product[] {
  return Array.from({ length: count }, () => products).flat();
}

/** What products take without multipliers, in bits of a times bits of b; and multipliers of 18 x 18 bits. */
export function productFeatures(products: readonly Product[]): {
  readonly engineProducts: number;
  readonly engineMultipliers: number;
} {
  const sum = (of: (product: Product) => number): number => products.reduce((total, one) => total + of(one), 0);
  return {
    engineProducts: sum(([a, b, half]) => (half ? (a * (a + 1)) / 2 : a * b)),
    engineMultipliers: sum(([a, b]) => Math.ceil(a / 18) * Math.ceil(b / 18)),
  };
}
