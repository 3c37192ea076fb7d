/** A data set cut into time steps once and kept for all epochs: 2 B an event, 4 B a step. */

import { setImmediate } from "node:timers/promises";
import { type BinOptions, bin } from "../datasets/bin.ts";
import type { BinnedSample, Dataset, SampleRange } from "../datasets/sample.ts";

export interface BinnedSet {
  readonly name: string;
  readonly size: number;
  /** Label of each sample; -1 without one. */
  readonly labels: Int32Array;
  /** Index of each sample in its data set. */
  readonly indices: Uint32Array;
  /** Steps of each sample. */
  readonly steps: Uint32Array;
  /** Events of all samples; those merged with another in binning, and those beyond the last step. */
  readonly events: number;
  readonly merged: number;
  readonly dropped: number;
  /** Sample `n`: views of the store. It has no event offsets: trained networks get their events in bursts. */
  sample(n: number): BinnedSample;
}

const NO_OFFSETS = new Float64Array(0);

/** Reads and bins every sample of a range. @throws DatasetError as the reader and `bin` do */
export async function collect(
  dataset: Dataset,
  binning: BinOptions,
  range: SampleRange = {},
  onSample: (n: number) => void = () => undefined,
): Promise<BinnedSet> {
  const channels: Uint16Array[] = [];
  const starts: Uint32Array[] = [];
  const labels: number[] = [];
  const indices: number[] = [];
  const sums = { events: 0, merged: 0, dropped: 0 };
  for await (const raw of dataset.samples(range)) {
    const { channel, stepStart, label, index, merged, dropped } = bin(raw, binning, dataset.name);
    channels.push(channel);
    starts.push(stepStart);
    labels.push(label ?? -1);
    indices.push(index);
    sums.events += channel.length;
    sums.merged += merged;
    sums.dropped += dropped;
    onSample(labels.length);
    // Lets a progress bar draw and an interrupt through.
    if (labels.length % 32 === 0) await setImmediate();
  }
  return {
    name: dataset.name,
    size: labels.length,
    labels: Int32Array.from(labels),
    indices: Uint32Array.from(indices),
    steps: Uint32Array.from(starts, (start) => start.length - 1),
    ...sums,
    sample(n) {
      const label = labels[n]!;
      return {
        index: indices[n]!,
        label: label < 0 ? undefined : label,
        steps: starts[n]!.length - 1,
        stepStart: starts[n]!,
        channel: channels[n]!,
        offset: NO_OFFSETS,
        merged: 0,
        dropped: 0,
      };
    },
  };
}
