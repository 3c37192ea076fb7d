import { randomStream } from "../formats/random.ts";
import { resolveRange } from "./check-sample.ts";
import { DatasetError } from "./dataset-error.ts";
import type { Dataset, RawSample, SampleRange } from "./sample.ts";

export interface PatternOptions {
  /** Default 4. */
  readonly classes?: number;
  /** Default 64. */
  readonly channels?: number;
  /** Length of a sample in steps. Default 64. */
  readonly steps?: number;
  /** Each spike moves by a whole number of steps, uniform in -jitter .. +jitter. Default 1. */
  readonly jitterSteps?: number;
  /** Number of samples. Default 400. */
  readonly samples?: number;
  /** Seed of offsets, starts and jitter. Default 1. */
  readonly seed?: number;
  /** Offsets of a class lie in 0 .. span - 1 steps. Default 16. */
  readonly span?: number;
  /** Times the pattern is played in a sample: every channel fires exactly so often. Default 2. */
  readonly repeats?: number;
  /** Milliseconds a step. Default 1. */
  readonly timestepMs?: number;
}

/** The options with every default filled in, and the offsets that follow from them. */
export interface PatternSet extends Required<PatternOptions> {
  /** Steps from one play of the pattern to the next: span + 8. */
  readonly period: number;
  /** The first play starts at a random step in `jitterSteps .. latestStart`. */
  readonly latestStart: number;
  /** Offset in steps of each class and channel, row-major [classes][channels]. */
  readonly offsets: Uint16Array;
}

function checkPatternOptions(options: Required<PatternOptions>): void {
  const limits: Record<Exclude<keyof PatternOptions, "timestepMs">, readonly [number, number]> = {
    classes: [1, 256],
    channels: [1, 65536],
    steps: [1, 65536],
    jitterSteps: [0, 1024],
    samples: [1, 2 ** 31 - 1],
    seed: [0, 2 ** 32 - 1],
    span: [1, 4096],
    repeats: [1, 4096],
  };
  for (const [field, [low, high]] of Object.entries(limits)) {
    const value = options[field as keyof PatternOptions];
    if (Number.isInteger(value) && value >= low && value <= high) continue;
    throw patternError(field, value, `${value} is out of range`, `give a whole number from ${low} to ${high}`);
  }
  const { timestepMs } = options;
  if (!(timestepMs > 0 && Number.isFinite(timestepMs))) {
    throw patternError("timestepMs", timestepMs, `${timestepMs} is out of range`, "give milliseconds above 0");
  }
}

function patternError(field: string, value: number, what: string, remedy: string): DatasetError {
  return new DatasetError({ code: "option-range", file: "patterns", place: { field }, value, what, remedy });
}

/**
 * Draws the classes. Offsets of a class are a random order of 0, 1, .., span - 1 repeated over the channels, so that every
 * class has the same number of channels at every offset too: the histogram of spikes over steps is the same for all.
 *
 * @throws DatasetError for options out of range, or when the patterns do not fit into `steps`
 */
export function patternSet(options: PatternOptions = {}): PatternSet {
  const full: Required<PatternOptions> = {
    classes: 4,
    channels: 64,
    steps: 64,
    jitterSteps: 1,
    samples: 400,
    seed: 1,
    span: 16,
    repeats: 2,
    timestepMs: 1,
    ...options,
  };
  checkPatternOptions(full);
  const { classes, channels, steps, jitterSteps, span, repeats, seed } = full;
  const period = span + 8;
  // Aligned spikes arrive up to span - 1 steps after the last one was sent, and they must arrive within the sample.
  const length = (repeats - 1) * period + 2 * (span - 1) + jitterSteps + 1;
  const latestStart = steps - length;
  if (latestStart < jitterSteps) {
    const needed = length + jitterSteps;
    throw patternError("steps", steps, `${repeats} plays of ${span} steps do not fit`, `give at least ${needed} steps`);
  }
  const offsets = new Uint16Array(classes * channels);
  for (let c = 0; c < classes; c++) {
    const random = randomStream(seed, `class ${c}`);
    const row = offsets.subarray(c * channels, (c + 1) * channels);
    for (let i = 0; i < channels; i++) row[i] = i % span;
    for (let i = channels - 1; i > 0; i--) {
      const j = random.below(i + 1);
      const held = row[i]!;
      row[i] = row[j]!;
      row[j] = held;
    }
  }
  return { ...full, period, latestStart, offsets };
}

/** Sample `index` of a pattern set; its label is index mod classes. */
export function patternSample(set: PatternSet, index: number): RawSample {
  const { classes, channels, jitterSteps, repeats, period, offsets, timestepMs, seed } = set;
  const random = randomStream(seed, `sample ${index}`);
  const label = index % classes;
  const start = jitterSteps + random.below(set.latestStart - jitterSteps + 1);
  const events: { time: number; channel: number }[] = [];
  for (let r = 0; r < repeats; r++) {
    for (let i = 0; i < channels; i++) {
      const jitter = random.below(2 * jitterSteps + 1) - jitterSteps;
      const step = start + r * period + offsets[label * channels + i]! + jitter;
      // Inside the step and away from its edges, so that the bin does not hang on rounding.
      events.push({ time: ((step + 0.1 + 0.8 * random.unit()) * timestepMs) / 1000, channel: i });
    }
  }
  events.sort((a, b) => a.time - b.time || a.channel - b.channel);
  return {
    index,
    label,
    times: Float64Array.from(events, (event) => event.time),
    channels: Uint16Array.from(events, (event) => event.channel),
  };
}

/**
 * Seeded spatio-temporal patterns whose classes differ only in timing: in every sample every channel fires exactly
 * `repeats` times, at a random start plus the class's offset for that channel plus jitter. Counts say nothing.
 * Deterministic; any sample can be made by itself; nothing is held in memory.
 *
 * @throws DatasetError as `patternSet` does
 */
export function patternDataset(options: PatternOptions = {}): Dataset {
  const set = patternSet(options);
  async function* samples(range?: SampleRange): AsyncGenerator<RawSample> {
    const { from, to } = resolveRange("patterns", set.samples, range);
    for (let index = from; index < to; index++) yield patternSample(set, index);
  }
  return {
    name: "patterns",
    channels: set.channels,
    classes: set.classes,
    size: set.samples,
    samples,
    close: () => undefined,
  };
}
