/**
 * Products of a learning engine: the factors of each, as the modules multiply (rtl/mora_trace.sv, mora_signal_stages.sv, mora_learn_*.sv)
 * and as yosys sees them. It drops what a factor repeats of its sign where both are signed, and zeros above a factor where one is not;
 * a signed factor beside an unsigned one stays as wide as the product is written.
 */

import { shapeOf } from "../hardware/shape.ts";
import type { Manifest } from "../image/manifest.ts";
import { derivatives, type Engine } from "./engine.ts";

/** Two factors, in bits, and of their product the lower bits that are wanted, if not all. */
export type Product = readonly [a: number, b: number, wanted?: number];

/** A signed factor beside an unsigned one. */
function mixed(signed: number, unsigned: number): Product {
  const width = signed + unsigned + 1;
  return [width, unsigned, width];
}

/** One neuron's trace at a time decays. */
export function traceProducts({ learning: { traceBits } }: Engine, { core }: Manifest): readonly Product[] {
  return [[traceBits, core.decay.bits + 1]];
}

/** Errors times feedback by lane, added to an unsigned sum and therefore as wide as it; the sum times the surrogate. */
export function signalProducts(engine: Engine, manifest: Manifest): readonly Product[] {
  const { lanes, hidden, weightBits, learning } = engine;
  const { errorBits, signalBits, surrogateBits, feedbackBits, filtered } = learning;
  if (!hidden) return [];
  const sum = Math.max(feedbackBits, weightBits) + errorBits + shapeOf(manifest).classBits + 1;
  return [...repeated(lanes, [[sum, sum, sum]]), ...(filtered ? [] : [mixed(signalBits, surrogateBits)])];
}

/** The taps of each derivative, times differences. */
export function tapProducts(engine: Engine): readonly Product[] {
  const { derivativeBits, learning } = engine;
  const sum = derivativeBits + 9;
  return repeated(learning.taps.length * derivatives(engine), [[sum, 8, sum]]);
}

/** Of each lane. */
export function learnProducts(engine: Engine, { core }: Manifest): readonly Product[] {
  const { lanes, learning, weights, synaptic, axonal, weightBits, derivativeBits, modulationBits } = engine;
  const { traceBits, surrogateBits, eligibilityBits, filtered } = learning;
  const value = traceBits + 1;
  const traced = (bits: number): number => (filtered ? Math.max(bits, eligibilityBits) : bits);
  const eligibility = (bits: number): readonly Product[] => [
    mixed(eligibilityBits, core.decay.bits + 1),
    mixed(bits, surrogateBits),
  ];
  // Eligibility or weight, of which it is not seen that both are narrow.
  const widest = modulationBits + Math.max(eligibilityBits, weightBits);
  const term: Product = [widest, modulationBits, widest];
  const ofLane: readonly Product[] = [
    // The learning signal times what the parameter is worth, or its eligibility.
    ...(weights ? [[modulationBits, traced(value)] as const] : []),
    ...(synaptic ? [[modulationBits, traced(derivativeBits)] as const] : []),
    ...(filtered && weights ? eligibility(value) : []),
    ...(filtered && (synaptic || axonal) ? eligibility(derivativeBits) : []),
    // What a delay is worth: the derivative times the weight. An axon's is summed first.
    ...(synaptic || (filtered && axonal) ? [[derivativeBits, weightBits] as const] : []),
    ...(axonal ? [filtered ? term : ([modulationBits, weightBits] as const)] : []),
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
  return { engineProducts: sum(partialBits), engineMultipliers: sum(multipliers) };
}

/** Bits of a for each bit of b, as far as they are wanted. */
function partialBits([a, b, wanted = a + b]: Product): number {
  let bits = 0;
  for (let n = 0; n < b; n++) bits += Math.max(0, Math.min(a, wanted - n));
  return bits;
}

const FACTOR = 18;

/** Pieces of 18 bits, each of one factor with each of the other; a piece of one bit, or beyond what is wanted, takes none. */
function multipliers([a, b, wanted = a + b]: Product): number {
  const pieces = (bits: number): readonly number[] =>
    Array.from({ length: Math.ceil(bits / FACTOR) }, (_, n) => n).filter((n) => bits - n * FACTOR > 1);
  return pieces(a).flatMap((m) => pieces(b).filter((n) => (m + n) * FACTOR < wanted)).length;
}
