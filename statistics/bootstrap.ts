/** Two networks on the same recordings: is the difference of their accuracies more than chance? */

import { randomStream } from "../formats/random.ts";

export interface BootstrapOptions {
  /** Seed of the resamples, 0..2^32-1. Default 1. */
  readonly seed?: number;
  /** Resamples drawn, at least 39. Default 9,999. */
  readonly resamples?: number;
}

export interface AccuracyDifference {
  /** Recordings. */
  readonly n: number;
  /** Accuracy of the first minus accuracy of the second, in [-1, 1]. */
  readonly difference: number;
  /** Percentile 95 % interval of the difference. The two differ at the 5 % level when 0 lies outside. */
  readonly low: number;
  readonly high: number;
  readonly resamples: number;
}

/** The fewest resamples with a 2.5 % quantile: 0.025 (resamples + 1) is at least 1. */
const FEWEST = 39;

/** Keeps a mistyped number from running for hours. */
const MOST = 1_000_000;

/**
 * Paired bootstrap of a difference of accuracies: the difference of each recording is one unit, n of them are drawn with
 * replacement, and the interval reaches from the k-th smallest to the k-th largest mean, k = floor(0.025 (resamples + 1)).
 * Pairing takes out that some recordings are hard for both, so that the interval is narrower than the two single ones suggest.
 * Deterministic in the seed; with the default 9,999 resamples k is 250.
 *
 * Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), sections 12.5 and 13.3.
 *
 * @param first by recording: 1 right, 0 wrong. Where a recording was run several times (seeds), the share that was right:
 *   runs of one recording are not independent, and must not be given as recordings of their own.
 * @param second the same recordings in the same order
 * @throws RangeError for lengths that differ, no recordings, a value outside [0, 1], or options out of range
 */
export function pairedBootstrap(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { seed = 1, resamples = 9999 }: BootstrapOptions = {},
): AccuracyDifference {
  const n = first.length;
  if (second.length !== n) {
    throw new RangeError(`paired bootstrap: ${n} and ${second.length} recordings; give both on the same ones`);
  }
  if (n === 0) throw new RangeError("paired bootstrap: no recordings; give at least one");
  if (!(Number.isInteger(resamples) && resamples >= FEWEST && resamples <= MOST)) {
    throw new RangeError(`paired bootstrap: ${resamples} resamples; give a whole number from ${FEWEST} to ${MOST}`);
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new RangeError(`paired bootstrap: seed ${seed}; give a whole number from 0 to ${2 ** 32 - 1}`);
  }
  const difference = Float64Array.from(first, (_, i) => shareAt(first, i) - shareAt(second, i));
  const random = randomStream(seed, "paired bootstrap");
  const means = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += difference[random.below(n)]!;
    means[r] = sum / n;
  }
  means.sort();
  const k = Math.floor(0.025 * (resamples + 1));
  return {
    n,
    difference: difference.reduce((sum, value) => sum + value, 0) / n,
    low: means[k - 1]!,
    high: means[resamples - k]!,
    resamples,
  };
}

function shareAt(right: ArrayLike<number>, recording: number): number {
  const value = right[recording]!;
  if (value >= 0 && value <= 1) return value;
  throw new RangeError(
    `paired bootstrap: recording ${recording}: ${value} is neither right nor wrong; give 1, 0, or a share between`,
  );
}
