/**
 * The learning description: which parameters learn, by which three-factor rule, and when they are updated.
 *
 * `network({ learn: learn({...}) })` holds for every projection that can learn; `learn` on a projection adds to it or says
 * "none". The rules are those of docs/learning.md (e-prop, Bellec et al. 2020, with delays as in Vassallo and TaheriNejad
 * 2026). Scales: weights are in threshold units, delays in steps, errors in probability. A rate multiplies the MEAN of the
 * gradient over T steps, dw = -rate / T sum_t L e. T is a constant of the network, so that no engine has to divide: the number
 * of steps in which the error is valid (`errorSteps`), or `steps` when it always is; a sample longer than that learns in
 * proportion. A hardware engine takes the power of two nearest to rate / T.
 */

import type { Duration } from "./units.ts";

/** How a parameter learns. */
export interface ParameterLearning {
  /** Weights: threshold units; delays: steps, per unit of the mean gradient; > 0. */
  readonly rate: number;
}

export interface WeightLearning extends ParameterLearning {
  /** |w| never exceeds this, in threshold units; default: the power of two at or above twice the largest initial |w|. */
  readonly limit?: number;
}

export interface DelayLearning extends ParameterLearning {
  /** Clamp in steps, default 0 to the `max` of the projection's delays. */
  readonly min?: Duration;
  readonly max?: Duration;
}

/** psi(u), u before reset. Width: standard deviation (Gaussian) or half base (triangle, boxcar), in threshold units. */
export interface Surrogate {
  readonly shape: "gaussian" | "triangle" | "boxcar";
  /** > 0; default 0.5. */
  readonly width?: number;
  /** psi at u = threshold, > 0; default 0.5. */
  readonly height?: number;
}

/**
 * Derivative of the delayed spike train by its delay: the backward difference s[t-d-1] - s[t-d], or smoothed in time by a
 * Gaussian of standard deviation `smoothed` (the second reading of "Gaussian surrogate for spike derivatives").
 */
export type DelayDerivative = "difference" | { readonly smoothed: Duration };

/** Where the learning signal of a hidden layer comes from; "symmetric" needs a projection to the readout. */
export type Feedback =
  | "symmetric"
  | {
      /** Fixed random weights, uniform in (-scale, scale): read from a memory, or drawn again each time from `seed`. */
      readonly random: "stored" | "regenerated";
      /** Threshold units, > 0; default 1 / sqrt(classes). */
      readonly scale?: number;
      /** 0..2^32-1; default the network's. */
      readonly seed?: number;
    };

/** softmax(y) - target, or clip(y - target) with target 0 or `target`, clipped to +-clip, both in threshold units. */
export type ErrorRule = "softmax" | { readonly linear: { readonly target?: number; readonly clip?: number } };

/** Steps in which the error is valid: all, the last ones of a sample, or a mask with 0 or 1 for each step. */
export type ErrorSteps = "all" | { readonly last: Duration } | { readonly mask: readonly (0 | 1)[] };

/** When parameters change: at every step, at the end of each sample, or at the end of every `samples` samples. */
export type UpdateTime = "step" | "sample" | { readonly samples: number };

/** Adds strength * (mean rate of the neuron so far - target) to its learning signal. */
export interface FiringRate {
  /** Spikes per step that a hidden neuron should have, 0..1. */
  readonly target: number;
  /** Learning signal per spike per step of deviation, > 0. */
  readonly strength: number;
}

/** Factor on every rate, by epoch of `epochs`; a hardware engine takes the nearest power of two. */
export type Schedule = "constant" | "cosine" | { readonly factor: number; readonly every: number };

/** What a projection can say for itself; anything left out comes from the network's `learn`. */
export interface ProjectionLearning {
  readonly weights?: WeightLearning | "fixed";
  /** Of the kind that the projection has; "fixed" (default) leaves them as they are. */
  readonly delays?: DelayLearning | "fixed";
}

export interface NetworkLearning extends ProjectionLearning {
  /** Default Gaussian, width 0.5, height 0.5. */
  readonly surrogate?: Surrogate;
  /** Default "difference". */
  readonly derivative?: DelayDerivative;
  /** "trace": no state per synapse (default). "filtered": low-passed with the readout's kappa, the exact gradient. */
  readonly eligibility?: "trace" | "filtered";
  /** For all hidden populations, or by name with the rest symmetric where that exists; default "symmetric". */
  readonly feedback?: Feedback | { readonly populations: Readonly<Record<string, Feedback>> };
  /** Default "softmax". */
  readonly error?: ErrorRule;
  /** Default "all". */
  readonly errorSteps?: ErrorSteps;
  /** T when the error is valid at all steps: the usual number of steps of a sample, 1..65,535; default 100. */
  readonly steps?: number;
  /** Default "sample". */
  readonly update?: UpdateTime;
  readonly firingRate?: FiringRate;
  /** Default "cosine". */
  readonly schedule?: Schedule;
  /** Training only: each sample's channels move together by a whole number drawn from -n..n; default 0. */
  readonly channelShift?: number;
}

/** Makes a learning description, for a network or for one projection. Nothing is checked here. */
export function learn<L extends ProjectionLearning | NetworkLearning>(learning: L): L {
  return learning;
}

/** A Gaussian surrogate: height * exp(-(u - threshold)^2 / (2 width^2)). */
export function gaussian(width: number = 0.5, height: number = 0.5): Surrogate {
  return { shape: "gaussian", width, height };
}
