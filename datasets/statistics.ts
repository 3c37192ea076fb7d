import { type BinOptions, bin } from "./bin.ts";
import type { Dataset, SampleRange } from "./sample.ts";

/** Smallest, mean and largest of a quantity over samples (or steps); all 0 when there are none. */
export interface Spread {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

export interface DatasetStatistics {
  readonly name: string;
  /** Samples read. */
  readonly samples: number;
  readonly channels: number;
  /** Samples of each class; empty without labels. */
  readonly perClass: readonly number[];
  /** Seconds from the start of a sample to its last event (0 without events). */
  readonly duration: Spread;
  readonly eventsPerSample: Spread;
  /** Samples without any event. */
  readonly emptySamples: number;
  /** Channels that never fired. */
  readonly silentChannels: number;
  /** Mean rate of each channel in spikes per second, over the summed durations; length channels. */
  readonly ratePerChannel: Float64Array;
  /** After binning; undefined when no binning was asked for. */
  readonly binned:
    | {
        readonly timestepMs: number;
        readonly stepsPerSample: Spread;
        /** Events that enter the network in a step. */
        readonly eventsPerStep: Spread;
        /** Share, 0 to 1, of the events within the steps that fell together with another. */
        readonly mergedShare: number;
        /** Share, 0 to 1, of all events that lie beyond the last step. */
        readonly droppedShare: number;
      }
    | undefined;
}

export interface StatisticsOptions extends SampleRange {
  /** Binning to describe; `channels` comes from the data set. */
  readonly binning?: Omit<BinOptions, "channels">;
  /** Called after each sample. */
  readonly onProgress?: (done: number) => void;
}

class Range {
  private low = Number.POSITIVE_INFINITY;
  private high = Number.NEGATIVE_INFINITY;
  private sum = 0;
  private count = 0;

  add(value: number): void {
    this.low = Math.min(this.low, value);
    this.high = Math.max(this.high, value);
    this.sum += value;
    this.count++;
  }

  get spread(): Spread {
    if (this.count === 0) return { min: 0, mean: 0, max: 0 };
    return { min: this.low, mean: this.sum / this.count, max: this.high };
  }

  get total(): number {
    return this.sum;
  }
}

/**
 * Reads a data set (or a range of it) once and describes it.
 *
 * @throws DatasetError of the reader or of the binning
 */
export async function describeDataset(dataset: Dataset, options: StatisticsOptions = {}): Promise<DatasetStatistics> {
  const { binning, onProgress, ...range } = options;
  const perClass = new Array<number>(dataset.classes ?? 0).fill(0);
  const perChannel = new Float64Array(dataset.channels);
  const duration = new Range();
  const eventCount = new Range();
  const stepCount = new Range();
  const eventsPerStep = new Range();
  let samples = 0;
  let emptySamples = 0;
  let merged = 0;
  let dropped = 0;
  for await (const sample of dataset.samples(range)) {
    samples++;
    if (sample.label !== undefined) perClass[sample.label] = (perClass[sample.label] ?? 0) + 1;
    duration.add(sample.times.at(-1) ?? 0);
    eventCount.add(sample.times.length);
    if (sample.times.length === 0) emptySamples++;
    for (const channel of sample.channels) perChannel[channel]!++;
    if (binning !== undefined) {
      const cut = bin(sample, { ...binning, channels: dataset.channels });
      stepCount.add(cut.steps);
      for (let t = 0; t < cut.steps; t++) eventsPerStep.add(cut.stepStart[t + 1]! - cut.stepStart[t]!);
      merged += cut.merged;
      dropped += cut.dropped;
    }
    onProgress?.(samples);
  }
  const seconds = duration.total;
  const events = eventCount.total;
  return {
    name: dataset.name,
    samples,
    channels: dataset.channels,
    perClass,
    duration: duration.spread,
    eventsPerSample: eventCount.spread,
    emptySamples,
    silentChannels: perChannel.reduce((silent, count) => silent + (count === 0 ? 1 : 0), 0),
    ratePerChannel: perChannel.map((count) => (seconds === 0 ? 0 : count / seconds)),
    binned:
      binning === undefined
        ? undefined
        : {
            timestepMs: binning.timestepMs,
            stepsPerSample: stepCount.spread,
            eventsPerStep: eventsPerStep.spread,
            mergedShare: events === dropped ? 0 : merged / (events - dropped),
            droppedShare: events === 0 ? 0 : dropped / events,
          },
  };
}
