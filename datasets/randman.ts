import { type Random, randomStream } from "../formats/random.ts";
import { checkReal, checkWhole, checkWindow, refuseOption } from "./check-options.ts";
import { resolveRange } from "./check-sample.ts";
import {
  cutoffOf,
  drawManifold,
  evaluateManifold,
  type ManifoldRange,
  manifoldRange,
  type RandomManifold,
} from "./random-manifold.ts";
import type { Dataset, RawSample, SampleRange } from "./sample.ts";

export interface RandmanOptions {
  /** Number of classes, each a manifold of its own. Default 10. */
  readonly classes?: number;
  /** Number of channels, the dimension that the manifolds are embedded in. Default 100. */
  readonly channels?: number;
  /** Dimension of the manifolds. Default 2. */
  readonly dimension?: number;
  /** Exponent of the spectrum 1/k^alpha: the larger, the smoother. 0.1 .. 10, default 2. */
  readonly alpha?: number;
  /** Number of samples. Default 10,000. */
  readonly samples?: number;
  /** Seed of the points on the manifolds. Default 1. Training and test sets of one task have different seeds. */
  readonly seed?: number;
  /** Seed of the manifolds themselves, which are the task. Default 1. */
  readonly manifoldSeed?: number;
  /** Start of the window in seconds. Default 0. */
  readonly earlySeconds?: number;
  /** End of the window in seconds; spikes lie before it. Default 0.1. */
  readonly lateSeconds?: number;
}

/** A manifold and the range of each of its channels. */
interface ClassManifold extends ManifoldRange {
  readonly manifold: RandomManifold;
}

const NAME = "randman";

/** Points that the range of a channel is taken from; the reference takes it from as many samples of a class. */
const RANGE_POINTS = 1000;

/** Bounds the memory of a data set to 400 MB. */
const MOST_COEFFICIENTS = 2 ** 24;

/** A standardised value stays below 1 by this share, so that a window of n steps has n steps. */
const BELOW_ONE = 1 - 1e-6;

function checkRandmanOptions(options: Required<RandmanOptions>): void {
  const seeds = [0, 2 ** 32 - 1] as const;
  checkWhole<Exclude<keyof RandmanOptions, "alpha" | "earlySeconds" | "lateSeconds">>(NAME, options, {
    classes: [1, 256],
    channels: [1, 4096],
    dimension: [1, 16],
    samples: [1, 2 ** 31 - 1],
    seed: seeds,
    manifoldSeed: seeds,
  });
  checkReal(NAME, { alpha: options.alpha }, { alpha: [0.1, 10] });
  checkWindow(NAME, options.earlySeconds, options.lateSeconds);
  const { classes, channels, dimension, alpha } = options;
  const coefficients = classes * channels * dimension * cutoffOf(alpha);
  if (coefficients <= MOST_COEFFICIENTS) return;
  const most = Math.floor(MOST_COEFFICIENTS / (classes * dimension * cutoffOf(alpha)));
  const what = `${coefficients} coefficients (classes x channels x dimension x ${cutoffOf(alpha)} terms), the limit is ${MOST_COEFFICIENTS}`;
  const remedy = "fewer classes, fewer dimensions or a larger alpha";
  refuseOption(NAME, "channels", channels, what, most >= 1 ? `give ${most} channels or ${remedy}` : `give ${remedy}`);
}

function drawPoint(random: Random, dimension: number): Float64Array {
  return Float64Array.from({ length: dimension }, random.unit);
}

function classManifold(
  { channels, dimension, alpha, manifoldSeed }: Required<RandmanOptions>,
  c: number,
): ClassManifold {
  const manifold = drawManifold(randomStream(manifoldSeed, `manifold of class ${c}`), channels, dimension, alpha);
  const range = manifoldRange(manifold, RANGE_POINTS, randomStream(manifoldSeed, `range of class ${c}`));
  return { manifold, ...range };
}

/**
 * Randman: smooth random manifolds (F. Zenke, T. P. Vogels, Neural Computation 33 (2021) 899, doi 10.1162/neco_a_01367). Every
 * channel fires exactly once in a sample, so that counts say nothing. A sample of class c is a point of c's manifold, uniform
 * in its coordinates; the value of a channel, standardised to [0, 1), is its spike at
 *
 *     earlySeconds + value (lateSeconds - earlySeconds)
 *
 * As in the reference implementation (github.com/fzenke/randman, NumPy version): the manifold (see `evaluateManifold`), its
 * cutoff and spectrum, no bias, and the defaults of its example of a spiking data set (10 classes, 100 units, dimension 2,
 * alpha 2, 1000 samples a class, 100 steps: here 100 ms). Different: the range that standardises a channel comes from 1000
 * points drawn with `manifoldSeed` and not from the samples themselves, so that sample n depends on the options and n alone
 * and sets of several seeds fit together; the few values beyond that range (about 2 in 1000) are put on its edge; the class of
 * sample n is n mod classes instead of shuffled; one spike a channel, where the reference can stack manifolds for several; the
 * random numbers. (The reference's PyTorch version has the spectrum 1/((i + 1)^alpha + 1) instead.)
 *
 * Held in memory: 24 B a coefficient, of which there are classes x channels x dimension x cutoff. The first sample of a class
 * evaluates its 1000 points for the range. On one core of a small machine, by default 0.3 s for all classes and 0.2 ms a
 * sample; at alpha 1, where the cutoff is 1000, 5 s and 5 ms.
 *
 * @throws DatasetError for options out of range
 */
export function randmanDataset(options: RandmanOptions = {}): Dataset {
  const full: Required<RandmanOptions> = {
    classes: 10,
    channels: 100,
    dimension: 2,
    alpha: 2,
    samples: 10_000,
    seed: 1,
    manifoldSeed: 1,
    earlySeconds: 0,
    lateSeconds: 0.1,
    ...options,
  };
  checkRandmanOptions(full);
  const { classes, channels, dimension, samples: size, seed, earlySeconds, lateSeconds } = full;
  const manifolds: (ClassManifold | undefined)[] = [];
  const value = new Float64Array(channels);

  function sample(index: number): RawSample {
    const label = index % classes;
    manifolds[label] ??= classManifold(full, label);
    const { manifold, least, most } = manifolds[label];
    evaluateManifold(manifold, drawPoint(randomStream(seed, `sample ${index}`), dimension), value);
    const times = Float64Array.from(value, (v, i) => {
      const standard = (v - least[i]!) / (most[i]! - least[i]!);
      return earlySeconds + Math.min(Math.max(standard, 0), BELOW_ONE) * (lateSeconds - earlySeconds);
    });
    const order = Uint16Array.from(times, (_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
    return { index, label, times: Float64Array.from(order, (i) => times[i]!), channels: order };
  }

  async function* samples(range?: SampleRange): AsyncGenerator<RawSample> {
    const { from, to } = resolveRange(NAME, size, range);
    for (let index = from; index < to; index++) yield sample(index);
  }

  return { name: NAME, channels, classes, size, samples, close: () => undefined };
}
