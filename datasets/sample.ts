/** One recorded sample: a list of spikes, each a time and a channel. */
export interface RawSample {
  /** Index in the data set, from 0. */
  readonly index: number;
  /** Class, from 0; undefined where the data set has no labels. */
  readonly label: number | undefined;
  /** Seconds from the start of the sample, finite, at least 0, non-decreasing. */
  readonly times: Float64Array;
  /** Channel of each spike, same length as `times`. */
  readonly channels: Uint16Array | Uint32Array;
  readonly meta?: Readonly<Record<string, number | string>>;
}

export interface SampleRange {
  /** Samples to skip; default 0. */
  readonly offset?: number;
  /** Samples to give at most; default all. */
  readonly limit?: number;
}

/**
 * A stream of samples. Each call of `samples` starts anew, and no reader holds all samples as objects, so that a data
 * set larger than memory works (docs of each reader say what it does hold).
 */
export interface Dataset {
  /** File name, or a generator with its options ("patterns:7"). */
  readonly name: string;
  /** Number of channels; every channel of every sample is below it. */
  readonly channels: number;
  /** Number of classes: the `classes` option, or the largest label plus one; undefined without labels. */
  readonly classes: number | undefined;
  /** Number of samples. */
  readonly size: number;
  /** @throws DatasetError at the first sample that is not as `RawSample` says. */
  samples(range?: SampleRange): AsyncIterable<RawSample>;
  /** Frees the file and temporary storage; may be called twice. */
  close(): void;
}

/** A sample cut into time steps: what a network is run on. */
export interface BinnedSample {
  readonly index: number;
  readonly label: number | undefined;
  readonly steps: number;
  /** Events of step t are `stepStart[t] .. stepStart[t + 1] - 1`; length steps + 1. */
  readonly stepStart: Uint32Array;
  /** Channel after grouping of each event; ascending within a step, or in order of time if so asked. */
  readonly channel: Uint16Array;
  /** Seconds from the start of its step of each event (of the first where several were merged); in [0, timestep). */
  readonly offset: Float64Array;
  /** Events that fell together with an earlier one of the same channel and step. */
  readonly merged: number;
  /** Events beyond the last step. */
  readonly dropped: number;
}
