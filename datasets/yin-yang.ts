import { type Random, randomStream } from "../formats/random.ts";
import { checkReal, checkWhole, checkWindow, LONGEST_WINDOW } from "./check-options.ts";
import { resolveRange } from "./check-sample.ts";
import type { Dataset, RawSample, SampleRange } from "./sample.ts";

export interface YinYangOptions {
  /** Number of samples. Default 5000, the training set of the paper (validation and test: 1000 each, other seeds). */
  readonly samples?: number;
  /** Seed of the points. Default 1. Training, validation and test sets are those of different seeds. */
  readonly seed?: number;
  /** Time in seconds of the spike of a coordinate that is 0. Default 0.010. */
  readonly earlySeconds?: number;
  /** Time in seconds of the spike of a coordinate that is 1. Default 0.040. */
  readonly lateSeconds?: number;
  /** Time in seconds of the bias channel's spike. Default 0.020. */
  readonly biasSeconds?: number;
}

/** Classes in order of their labels, as in the reference implementation. */
export const YIN_YANG_CLASSES = ["yin", "yang", "dot"] as const;

/** Channels: x, y, 1 - x, 1 - y, and the bias. */
export const YIN_YANG_CHANNELS = 5;

/** Radius of the symbol, whose centre is (0.5, 0.5), and of its two dots, whose centres are (0.25, 0.5) and (0.75, 0.5). */
const R_BIG = 0.5;
const R_SMALL = 0.1;

const NAME = "yin-yang";

/**
 * Class of a point: 0 yin, 1 yang, 2 dot; undefined outside the circle. With the distances l and r to the centres of the
 * left and the right dot, a point is a dot where l or r is below r_small; otherwise yang where
 *
 *     r <= r_small   or   r_small < l <= r_big / 2   or   (y > r_big and r > r_big / 2)
 *
 * Source: L. Kriener, J. Goeltz, M. A. Petrovici, The Yin-Yang dataset, NICE 2022, doi 10.1145/3517343.3517380.
 */
export function yinYangClass(x: number, y: number): 0 | 1 | 2 | undefined {
  if (distance(x - R_BIG, y - R_BIG) > R_BIG) return undefined;
  const right = distance(x - 1.5 * R_BIG, y - R_BIG);
  const left = distance(x - 0.5 * R_BIG, y - R_BIG);
  if (right < R_SMALL || left < R_SMALL) return 2;
  const yang = right <= R_SMALL || (left > R_SMALL && left <= R_BIG / 2) || (y > R_BIG && right > R_BIG / 2);
  return yang ? 1 : 0;
}

/** Not Math.hypot, whose rounding the language leaves open: a square root is exact to the bit everywhere. */
function distance(dx: number, dy: number): number {
  return Math.sqrt(dx * dx + dy * dy);
}

/** A point of a class, uniform over the class's area: points of the square are drawn until one has it. */
function drawPoint(random: Random, label: number): { readonly x: number; readonly y: number } {
  for (;;) {
    const x = 2 * R_BIG * random.unit();
    const y = 2 * R_BIG * random.unit();
    if (yinYangClass(x, y) === label) return { x, y };
  }
}

/**
 * The Yin-Yang data set (Kriener, Goeltz, Petrovici 2022, doi 10.1145/3517343.3517380) in latency code: 5 channels, 3
 * classes, a spike of every channel in every sample. Channels 0..3 are x, y, 1 - x, 1 - y; coordinate c in [0, 1] is a spike at
 *
 *     earlySeconds + c (lateSeconds - earlySeconds)
 *
 * and channel 4 is the bias. `meta` has x and y. The default times 10, 40 and 20 ms are those of the code published with T. C.
 * Wunderlich, C. Pehle, Sci. Rep. 11 (2021) 12829 (doi 10.1038/s41598-021-91786-z), for membranes of 20 ms.
 *
 * As in the reference implementation: geometry (r_big 0.5, r_small 0.1), labels, rejection per class. Different: the class
 * that sample n is drawn for is n mod 3 instead of random, so that classes are balanced exactly; and the random numbers.
 * Deterministic: sample n depends on seed and n alone. Nothing is held in memory.
 *
 * @throws DatasetError for options out of range
 */
export function yinYangDataset(options: YinYangOptions = {}): Dataset {
  const full: Required<YinYangOptions> = {
    samples: 5000,
    seed: 1,
    earlySeconds: 0.01,
    lateSeconds: 0.04,
    biasSeconds: 0.02,
    ...options,
  };
  const { samples: size, seed, earlySeconds, lateSeconds, biasSeconds } = full;
  checkWhole(NAME, { samples: size, seed }, { samples: [1, 2 ** 31 - 1], seed: [0, 2 ** 32 - 1] });
  checkWindow(NAME, earlySeconds, lateSeconds);
  checkReal(NAME, { biasSeconds }, { biasSeconds: [0, LONGEST_WINDOW] });

  function sample(index: number): RawSample {
    const label = index % YIN_YANG_CLASSES.length;
    const { x, y } = drawPoint(randomStream(seed, `sample ${index}`), label);
    const latency = (c: number): number => earlySeconds + c * (lateSeconds - earlySeconds);
    const events = [...[x, y, 1 - x, 1 - y].map(latency), biasSeconds].map((time, channel) => ({ time, channel }));
    events.sort((a, b) => a.time - b.time || a.channel - b.channel);
    return {
      index,
      label,
      times: Float64Array.from(events, (event) => event.time),
      channels: Uint16Array.from(events, (event) => event.channel),
      meta: { x, y },
    };
  }

  async function* samples(range?: SampleRange): AsyncGenerator<RawSample> {
    const { from, to } = resolveRange(NAME, size, range);
    for (let index = from; index < to; index++) yield sample(index);
  }

  return {
    name: NAME,
    channels: YIN_YANG_CHANNELS,
    classes: YIN_YANG_CLASSES.length,
    size,
    samples,
    close: () => undefined,
  };
}
