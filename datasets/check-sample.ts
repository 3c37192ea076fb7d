import { DatasetError } from "./dataset-error.ts";

/** Checks the events of one sample: equal lengths, times finite, not negative and in order, channels in range. */
export function checkEvents(
  file: string,
  sample: number,
  times: Float64Array,
  channels: Uint16Array | Uint32Array,
  channelCount: number,
): void {
  if (times.length !== channels.length) {
    throw new DatasetError({
      code: "length-mismatch",
      file,
      place: { sample },
      value: channels.length,
      what: `${times.length} times but ${channels.length} channels`,
      remedy: "every event needs one time and one channel",
    });
  }
  let previous = 0;
  for (let event = 0; event < times.length; event++) {
    const time = times[event]!;
    // One comparison per event on the good path: NaN fails it as a step back does.
    if (!(time >= previous) || time === Number.POSITIVE_INFINITY) refuseTime(file, sample, event, time, previous);
    previous = time;
    const channel = channels[event]!;
    if (channel >= channelCount) {
      throw new DatasetError({
        code: "channel-range",
        file,
        place: { sample, event },
        value: channel,
        what: `channel ${channel} is not below ${channelCount}`,
        remedy: `open the data set with at least ${channel + 1} channels, or correct the file`,
      });
    }
  }
}

function refuseTime(file: string, sample: number, event: number, time: number, previous: number): never {
  const place = { sample, event };
  if (!Number.isFinite(time)) {
    throw new DatasetError({
      code: "time-not-finite",
      file,
      place,
      value: time,
      what: `the time is ${time}`,
      remedy: "times must be finite numbers",
    });
  }
  if (time < 0) {
    throw new DatasetError({
      code: "time-negative",
      file,
      place,
      value: time,
      what: `the time is ${time} s`,
      remedy: "shift the times so that the sample starts at 0 s or later",
    });
  }
  throw new DatasetError({
    code: "time-order",
    file,
    place,
    value: time,
    what: `the time ${time} s comes after ${previous} s`,
    remedy: "sort the events of a sample by time",
  });
}

/** Integer typed array of the channels; a negative or huge one is refused before it wraps. */
export function toChannels(file: string, sample: number, units: ArrayLike<number>, channels: number): Uint32Array {
  const out = new Uint32Array(units.length);
  for (let event = 0; event < units.length; event++) {
    const unit = units[event]!;
    if (!(unit >= 0 && unit < channels && Number.isInteger(unit))) {
      throw new DatasetError({
        code: "channel-range",
        file,
        place: { sample, event },
        value: unit,
        what: `channel ${unit} is not a whole number from 0 to ${channels - 1}`,
        remedy:
          unit >= channels
            ? `open the data set with at least ${unit + 1} channels, or correct the file`
            : "correct the file",
      });
    }
    out[event] = unit;
  }
  return out;
}

/** Checks one label: a whole number from 0, below `classes` where that is given. */
export function checkLabel(file: string, sample: number, label: number, classes: number | undefined): void {
  const limit = classes ?? 65536;
  if (Number.isInteger(label) && label >= 0 && label < limit) return;
  throw new DatasetError({
    code: "label-range",
    file,
    place: { sample },
    value: label,
    what: `label ${label} is not a whole number from 0 to ${limit - 1}`,
    remedy:
      classes === undefined ? "number the classes from 0" : "give the right number of classes, or correct the file",
  });
}

/** Refuses an empty data set. */
export function checkNotEmpty(file: string, size: number): void {
  if (size > 0) return;
  throw new DatasetError({
    code: "empty",
    file,
    value: 0,
    what: "the data set has no samples",
    remedy: "give a file with at least one sample",
  });
}

export interface DatasetLimits {
  /** Number of channels; each reader states its default. */
  readonly channels?: number;
  /** Number of classes; default the largest label plus one. */
  readonly classes?: number;
}

/** Checks the numbers that a caller gives with a file. */
export function checkLimits(file: string, limits: DatasetLimits): void {
  for (const field of ["channels", "classes"] as const) {
    const value = limits[field];
    if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= 1 << 24)) continue;
    throw new DatasetError({
      code: "option-range",
      file,
      place: { field },
      value,
      what: `${value} is out of range`,
      remedy: `give a whole number from 1 to ${1 << 24}`,
    });
  }
}

/** First and one-past-last index of a range of samples, clipped to the data set. */
export function resolveRange(
  file: string,
  size: number,
  range: { readonly offset?: number; readonly limit?: number } | undefined,
): { readonly from: number; readonly to: number } {
  const offset = range?.offset ?? 0;
  const limit = range?.limit ?? Number.POSITIVE_INFINITY;
  for (const [field, value] of [
    ["offset", offset],
    ["limit", limit],
  ] as const) {
    if ((Number.isInteger(value) || value === Number.POSITIVE_INFINITY) && value >= 0) continue;
    throw new DatasetError({
      code: "option-range",
      file,
      place: { field },
      value,
      what: `${value} is out of range`,
      remedy: "give a whole number from 0",
    });
  }
  const from = Math.min(offset, size);
  return { from, to: Math.min(size, from + limit) };
}
