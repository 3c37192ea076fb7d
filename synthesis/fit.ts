/** Least squares with coefficients of 0 or more, of relative errors: what the area estimate is fitted with. */

import type { Features } from "./features.ts";

export interface Sample {
  readonly features: Features;
  readonly value: number;
  /** What its error is a share of; its value, if that is left out. At least 1. */
  readonly scale?: number;
}

export type Coefficients = Readonly<Record<string, number>>;

/** Errors of an estimate, as shares of the value. */
export interface FitError {
  readonly points: number;
  readonly mean: number;
  readonly largest: number;
}

/** Rounds of coordinate descent; the fits of a few dozen points stand still long before. */
const ROUNDS = 20_000;
const STILL = 1e-9;

/**
 * The coefficients c >= 0 with the least sum of ((c . features - value) / scale)^2 over the samples, scale being at least 1: more of a
 * thing never takes less area, and small cores count as much as large ones. By coordinate descent.
 */
export function fitNonNegative(samples: readonly Sample[], names: readonly string[]): Coefficients {
  const scales = samples.map(({ value, scale = value }) => Math.max(1, scale));
  const rows = samples.map(({ features }, n) => names.map((name) => (features[name] ?? 0) / scales[n]!));
  const targets = samples.map(({ value }, n) => value / scales[n]!);
  // Products of columns, made once: a step then takes as long as there are features, not samples.
  const products = names.map((_, k) =>
    Float64Array.from(names, (_, j) => rows.reduce((sum, row) => sum + row[k]! * row[j]!, 0)),
  );
  /** Of each column with what is left of the targets. */
  const slopes = Float64Array.from(names, (_, k) => rows.reduce((sum, row, n) => sum + row[k]! * targets[n]!, 0));
  const coefficients = new Float64Array(names.length);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let k = 0; k < names.length; k++) {
      const column = products[k]!;
      const norm = column[k]!;
      if (norm === 0) continue;
      const next = Math.max(0, coefficients[k]! + slopes[k]! / norm);
      const step = next - coefficients[k]!;
      if (step === 0) continue;
      coefficients[k] = next;
      for (let j = 0; j < names.length; j++) slopes[j]! -= step * column[j]!;
      moved = Math.max(moved, Math.abs(step) * Math.sqrt(norm));
    }
    if (moved < STILL) break;
  }
  return Object.fromEntries(names.map((name, k) => [name, coefficients[k]!]).filter(([, value]) => value !== 0));
}

export function estimated(coefficients: Coefficients, features: Features): number {
  return Object.entries(coefficients).reduce((sum, [name, value]) => sum + value * (features[name] ?? 0), 0);
}

/** Each sample estimated by a fit to all others. */
export function leaveOneOut(samples: readonly Sample[], names: readonly string[]): FitError {
  return errorsOf(
    samples.map((left, n) => {
      const fit = fitNonNegative(samples.toSpliced(n, 1), names);
      return relativeError(estimated(fit, left.features), left.value);
    }),
  );
}

/** Share of the value, which counts as 1 at least. */
export function relativeError(estimate: number, value: number): number {
  return Math.abs(estimate - value) / Math.max(1, value);
}

export function errorsOf(errors: readonly number[]): FitError {
  return {
    points: errors.length,
    mean: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    largest: Math.max(...errors),
  };
}
