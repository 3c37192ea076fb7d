/** What quantisation has done to each population and projection, in numbers that a user can act on. */

import type { AccumulatorBound } from "./accumulator-bound.ts";
import type { LifIr, ProjectionIr, ReadoutIr } from "./ir.ts";
import type { QuantisedLif, QuantisedProjection, QuantisedReadout } from "./quantised.ts";
import { roundAway, weightLimits } from "./weight-scale.ts";

export interface ProjectionQuantisation {
  readonly name: string;
  readonly synapses: number;
  readonly weightBits: number;
  readonly weightFraction: number;
  /** Weight LSB in threshold units. */
  readonly lsb: number;
  readonly weightShift: number;
  /** Fraction bits given up because membrane or accumulator are no finer; 0 when the clipping criterion was met. */
  readonly fractionBitsLost: number;
  /** Largest |code| over the largest positive code; may exceed 1 by the most negative code. */
  readonly rangeUsed: number;
  /** Share of weights that were clipped. */
  readonly clippedShare: number;
  /** Share of the non-zero weights that became 0. */
  readonly zeroedShare: number;
  /** Signal to quantisation noise, 10 log10(sum w^2 / sum (w - q)^2); null when there is no noise or no signal. */
  readonly sqnrDb: number | null;
}

export interface PopulationQuantisation {
  readonly name: string;
  readonly kind: "lif" | "readout";
  readonly membraneBits: number;
  readonly membraneFraction: number;
  /** Membrane LSB in threshold units. */
  readonly lsb: number;
  /** Range in threshold units for which the membrane's scale was chosen, and where it saturates. */
  readonly range: number;
  readonly limit: number;
  readonly accumulatorFraction: number;
  readonly currentShift: number;
  /** Largest sums that can arrive in one step, in accumulator LSB. */
  readonly bound: AccumulatorBound;
  /** Threshold codes, and the largest relative error of rounding; null for readouts. */
  readonly threshold: { readonly least: number; readonly largest: number; readonly relativeError: number } | null;
  /** The neuron whose decay factor is changed most by rounding; time constants in ms, null: infinite. */
  readonly decay: {
    readonly neuron: number;
    readonly wanted: number;
    readonly code: number;
    readonly effective: number;
    readonly tauMs: number | null;
    readonly effectiveTauMs: number | null;
  };
}

/** The scale of one quantity of the learning engine. */
export interface LearningScale {
  /** "trace sound, tau of hidden", "population hidden", "projection sound -> hidden". */
  readonly place: string;
  readonly quantity: "trace" | "error" | "surrogate" | "learning signal" | "modulation" | "eligibility" | "axon sum";
  readonly bits: number;
  /** In the units of docs/learning.md: traces in spikes, errors in probability, weights in threshold units. */
  readonly lsb: number;
  /** Largest value that the format holds, and the largest that the bound of learning-scales.ts allows for. */
  readonly limit: number;
  readonly bound: number;
}

/** The rate of one learned parameter: a power of two, and the stored format that it works on. */
export interface LearningRate {
  readonly projection: string;
  readonly parameter: "weights" | "delays";
  /** As asked, and 2^-exponent T. */
  readonly wanted: number;
  readonly effective: number;
  readonly ratio: number;
  /** Shift of the update, of a step's product into a change (0 at every step). */
  readonly shift: number;
  readonly changeShift: number;
  /** Stored bits and LSB (threshold units or steps), clamp in the same units. */
  readonly storedBits: number;
  readonly lsb: number;
  readonly low: number;
  readonly high: number;
}

export interface LearningQuantisation {
  readonly scales: readonly LearningScale[];
  readonly rates: readonly LearningRate[];
}

export interface QuantisationReport {
  readonly populations: readonly PopulationQuantisation[];
  readonly projections: readonly ProjectionQuantisation[];
  /** Null: nothing is learned. */
  readonly learning: LearningQuantisation | null;
  /** What a user should know, each beginning with the place. */
  readonly warnings: readonly string[];
}

/** Measures one projection against its float64 weights. */
export function reportProjection(
  { weight }: ProjectionIr,
  quantised: QuantisedProjection,
  wantedFraction: number,
): ProjectionQuantisation {
  const { weightBits, weightFraction, weight: codes } = quantised;
  const { min, max } = weightLimits(weightBits);
  const scale = 2 ** weightFraction;
  const lsb = 2 ** -weightFraction;
  let signal = 0;
  let noise = 0;
  let clipped = 0;
  let zeroed = 0;
  let nonZero = 0;
  let largest = 0;
  for (let s = 0; s < codes.length; s++) {
    const w = weight[s]!;
    const code = codes[s]!;
    const rounded = roundAway(w * scale);
    if (rounded > max || rounded < min) clipped += 1;
    if (w !== 0) {
      nonZero += 1;
      if (code === 0) zeroed += 1;
    }
    largest = Math.max(largest, Math.abs(code));
    signal += w * w;
    noise += (w - code * lsb) ** 2;
  }
  return {
    name: quantised.name,
    synapses: codes.length,
    weightBits,
    weightFraction,
    lsb,
    weightShift: quantised.weightShift,
    fractionBitsLost: Number.isFinite(wantedFraction) ? Math.max(0, wantedFraction - weightFraction) : 0,
    rangeUsed: largest / max,
    clippedShare: codes.length === 0 ? 0 : clipped / codes.length,
    zeroedShare: nonZero === 0 ? 0 : zeroed / nonZero,
    sqnrDb: noise === 0 || signal === 0 ? null : 10 * Math.log10(signal / noise),
  };
}

/** Measures one population against its float64 parameters. `decayBits` is F. */
export function reportPopulation(
  wanted: LifIr | ReadoutIr,
  quantised: QuantisedLif | QuantisedReadout,
  {
    range,
    bound,
    decayBits,
    timestepMs,
  }: { range: number; bound: AccumulatorBound; decayBits: number; timestepMs: number },
): PopulationQuantisation {
  const lsb = 2 ** -quantised.membraneFraction;
  let neuron = 0;
  const error = (j: number): number => Math.abs(quantised.decay[j]! / 2 ** decayBits - wanted.decay[j]!);
  for (let j = 1; j < wanted.size; j++) if (error(j) > error(neuron)) neuron = j;
  const effective = quantised.decay[neuron]! / 2 ** decayBits;
  return {
    name: quantised.name,
    kind: quantised.kind,
    membraneBits: quantised.membraneBits,
    membraneFraction: quantised.membraneFraction,
    lsb,
    range,
    limit: 2 ** (quantised.membraneBits - 1) * lsb,
    accumulatorFraction: quantised.accumulatorFraction,
    currentShift: quantised.currentShift,
    bound,
    threshold: wanted.kind === "lif" && quantised.kind === "lif" ? thresholdReport(wanted, quantised, lsb) : null,
    decay: {
      neuron,
      wanted: wanted.decay[neuron]!,
      code: quantised.decay[neuron]!,
      effective,
      tauMs: tau(wanted.decay[neuron]!, timestepMs),
      effectiveTauMs: tau(effective, timestepMs),
    },
  };
}

function thresholdReport(wanted: LifIr, { threshold }: QuantisedLif, lsb: number): PopulationQuantisation["threshold"] {
  let least = Number.POSITIVE_INFINITY;
  let largest = 0;
  let relativeError = 0;
  for (let j = 0; j < threshold.length; j++) {
    least = Math.min(least, threshold[j]!);
    largest = Math.max(largest, threshold[j]!);
    relativeError = Math.max(relativeError, Math.abs((threshold[j]! * lsb) / wanted.threshold[j]! - 1));
  }
  return { least, largest, relativeError };
}

/** Time constant of a decay factor per step, in ms; null when it does not decay. */
function tau(decay: number, timestepMs: number): number | null {
  if (decay >= 1) return null;
  return decay <= 0 ? 0 : -timestepMs / Math.log(decay);
}
