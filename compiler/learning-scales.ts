/**
 * Scales of the learning engine: powers of two, LSB 2^-fraction (docs/core.md, section 10.1). Bounds are in the units of
 * docs/learning.md: spikes for traces, probability for errors, threshold units for weights.
 */

import type { LearningIr } from "./ir.ts";

/**
 * Bits by which the LSB of learning signal, modulation, eligibility and axon sum is finer than their worst-case bounds ask
 * for: the error of a class is rarely near 1 and errors of several classes rarely add up, so that typical values are a small part of
 * the bound. What does exceed the range saturates, and is counted (signalSaturated, eligibilitySaturated, changeSaturated).
 */
export const SIGNAL_GAIN = 2;

/** Headroom of a trace over one spike, in bits, at most: 16 spikes at once, or in a time constant. */
const MAX_TRACE_HEADROOM = 4;

/** Headroom that an eligibility has for what its filter adds up, in bits, at most; a sum of many steps in a row is rare. */
const MAX_FILTER_HEADROOM = 2;

/** Widths of a Gaussian surrogate that its table covers; beyond, psi is below 1.2 % of its height. */
const GAUSSIAN_REACH = 3;

/** ceil(log2(x)) for x > 0. */
export function ceilLog2(x: number): number {
  return Math.ceil(Math.log2(x));
}

/** Exponent e with 2^-e nearest to `value` > 0 in log2. */
export function nearestExponent(value: number): number {
  return 0 - Math.round(Math.log2(value));
}

/**
 * Bits h above the value of one spike, 1..4, so that 2^h holds the sum of a spike train with `events` spikes in every step:
 * ceil(log2(events / (1 - alpha))). The trace's fraction is traceBits - h; beyond h = 4 it saturates, which is counted.
 */
export function traceHeadroom(events: number, alpha: number): number {
  const largest = alpha < 1 ? events / (1 - alpha) : Number.POSITIVE_INFINITY;
  return Math.min(MAX_TRACE_HEADROOM, Math.max(1, ceilLog2(largest)));
}

export interface SurrogateScale {
  /** Codes of the table's entries, unsigned; the last is 0, since everything beyond the table reads it. */
  readonly table: Uint16Array;
  readonly fraction: number;
  /** Exponent of a bin's width: 2^binExponent threshold units. */
  readonly binExponent: number;
}

/**
 * Table of psi over |v - theta|: entry i is psi at (i + 0.5) bins, with the largest fraction for which the height fits. One
 * table serves all populations, so that a bin is as wide for all: the smallest power of two with which the bins before the last reach the end of
 * psi, and not less than the coarsest membrane's LSB.
 *
 * @param coarsest smallest membrane fraction of the populations
 */
export function surrogateScale(
  { shape, width, height }: LearningIr["surrogate"],
  bits: number,
  entriesLog2: number,
  coarsest: number,
): SurrogateScale {
  const entries = 2 ** entriesLog2;
  const reach = shape === "gaussian" ? GAUSSIAN_REACH * width : width;
  const binExponent = Math.max(-coarsest, ceilLog2(reach / (entries - 1)));
  const fraction = Math.floor(Math.log2((2 ** bits - 1) / height));
  const table = Uint16Array.from({ length: entries }, (_, i) => {
    const x = (i + 0.5) * 2 ** binExponent;
    return i === entries - 1 ? 0 : Math.round(2 ** fraction * height * profile(shape, x / width));
  });
  return { table, fraction, binExponent };
}

/** psi of height 1 at x widths from the threshold. */
function profile(shape: LearningIr["surrogate"]["shape"], x: number): number {
  switch (shape) {
    case "gaussian":
      return Math.exp(-(x * x) / 2);
    case "triangle":
      return Math.max(0, 1 - x);
    case "boxcar":
      return x < 1 ? 1 : 0;
  }
}

export interface ErrorScale {
  readonly fraction: number;
  /** Largest sum of |error| over the classes: 2 for softmax, as probabilities go from one class to another. */
  readonly bound: number;
  readonly registers:
    | { readonly kind: "softmax" }
    | { readonly kind: "linear"; readonly shift: number; readonly clip: number; readonly target: number };
}

/** Softmax: LSB 2^-(errorBits-1). Linear: membrane LSB, shifted so far that the clip just fits the error's width. */
export function errorScale(
  error: LearningIr["error"],
  errorBits: number,
  membraneFraction: number,
  membraneBits: number,
): ErrorScale {
  if (error.kind === "softmax") return { fraction: errorBits - 1, bound: 2, registers: { kind: "softmax" } };
  const most = 2 ** (membraneBits - 1) - 1;
  const code = (value: number): number => Math.min(most, Math.round(value * 2 ** membraneFraction));
  const clip = Math.max(1, code(error.clip));
  let shift = 0;
  while (Math.floor(clip / 2 ** shift + 0.5) > 2 ** (errorBits - 1) - 1) shift += 1;
  const registers = { kind: "linear", shift, clip, target: code(error.target) } as const;
  return { fraction: membraneFraction - shift, bound: 2 * error.clip, registers };
}

export interface SignalScale {
  /** Fractions of learning signal and modulation; equal when filtered. */
  readonly signal: number;
  readonly modulation: number;
  readonly signalShift: number;
  readonly modulationShift: number;
  /** Bounds |L| <= error bound * feedback, |M| <= bound of L * height. */
  readonly signalBound: number;
  readonly modulationBound: number;
}

/**
 * L with LSB 2^-(signalBits - 1 - ceil(log2(bound)) + SIGNAL_GAIN), but never finer than the products B e; M likewise, with
 * the bound of L times the surrogate's height, never finer than the products L psi.
 *
 * @param feedback largest |B| and the fraction of its codes
 */
export function signalScale(
  signalBits: number,
  error: ErrorScale,
  feedback: { readonly largest: number; readonly fraction: number },
  surrogate: { readonly height: number; readonly fraction: number },
  filtered: boolean,
): SignalScale {
  const finest = (bound: number): number => signalBits - 1 - ceilLog2(bound) + SIGNAL_GAIN;
  const signalBound = error.bound * feedback.largest;
  const signal = Math.min(finest(signalBound), feedback.fraction + error.fraction);
  const signalShift = feedback.fraction + error.fraction - signal;
  if (filtered) {
    return { signal, modulation: signal, signalShift, modulationShift: 0, signalBound, modulationBound: signalBound };
  }
  const modulationBound = signalBound * surrogate.height;
  const modulation = Math.min(finest(modulationBound), signal + surrogate.fraction);
  const modulationShift = signal + surrogate.fraction - modulation;
  return { signal, modulation, signalShift, modulationShift, signalBound, modulationBound };
}

/**
 * Fraction of a filtered eligibility: bound height * 2^h * 1 / (1 - kappa), of which the filter's part has at most two bits of
 * headroom, less SIGNAL_GAIN; never finer than the products psi x.
 */
export function eligibilityFraction(
  bits: number,
  height: number,
  headroom: number,
  kappa: number,
  product: number,
): number {
  const filter = kappa < 1 ? Math.min(MAX_FILTER_HEADROOM, ceilLog2(1 / (1 - kappa))) : MAX_FILTER_HEADROOM;
  return Math.min(product, bits - 1 - ceilLog2(height) - headroom - filter + SIGNAL_GAIN);
}
