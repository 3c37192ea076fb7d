import { DatasetError } from "./dataset-error.ts";
import type { BinnedSample, RawSample } from "./sample.ts";

export interface BinOptions {
  /** Length of a time step in milliseconds, > 0. */
  readonly timestepMs: number;
  /** Steps to keep, or "all" for as many as the last event needs (at least one). Default "all". */
  readonly steps?: number | "all";
  /** Neighbouring channels that become one: channel c goes to floor(c / group). Default 1. */
  readonly group?: number;
  /** Whether several events of one (grouped) channel in one step count once. Default true. */
  readonly merge?: boolean;
  /** Order of the events of a step: ascending channel, or time of arrival (timed use). Default "channel". */
  readonly order?: "channel" | "time";
  /** Number of channels before grouping, for the range check. */
  readonly channels: number;
}

/**
 * Share of a step by which a time may fall short of a bin edge and still count as on it. Decimal times such as
 * 1.005 s are not exact in binary (1.005 * 1000 is 1004.9999999999999), and the error is below this as long as there
 * are fewer than a million steps. float16 times, the finest of which is 2^-24 s, are not moved by it.
 */
const EDGE = 1e-9;

/** Longest sample in steps: keeps a stray time stamp from allocating without bound. */
const MAX_STEPS = 1 << 20;

/** Number of channels after grouping by `group`. */
export function groupedChannels(channels: number, group: number): number {
  return Math.ceil(channels / group);
}

/** Step of a time: floor(time * 1000 / timestepMs + 1e-9), time in seconds. */
export function stepOf(time: number, timestepMs: number): number {
  return Math.floor((time * 1000) / timestepMs + EDGE);
}

function checkOptions(options: BinOptions, file: string): void {
  const { timestepMs, steps = "all", group = 1, channels } = options;
  const refuse = (field: string, value: number, what: string): never => {
    throw new DatasetError({
      code: "option-range",
      file,
      place: { field },
      value,
      what: `${value} is out of range`,
      remedy: what,
    });
  };
  if (!(timestepMs > 0) || !Number.isFinite(timestepMs)) refuse("timestepMs", timestepMs, "give milliseconds above 0");
  if (steps !== "all" && !(Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEPS)) {
    refuse("steps", steps, `give "all" or a whole number from 1 to ${MAX_STEPS}`);
  }
  if (!Number.isInteger(group) || group < 1) refuse("group", group, "give a whole number of channels from 1");
  if (!Number.isInteger(channels) || channels < 1) refuse("channels", channels, "give a whole number from 1");
  if (groupedChannels(channels, group) > 65536) {
    refuse(
      "channels",
      channels,
      `at most 65,536 channels after grouping; a group of ${Math.ceil(channels / 65536)} fits`,
    );
  }
}

/**
 * Cuts a sample into time steps: bin t holds the events with floor(time / timestep) = t (see `stepOf` for the edge).
 *
 * @param file the data set's name, for errors
 * @throws DatasetError for options out of range, a channel at or above `channels`, or more than 2^24 steps with "all".
 */
export function bin(sample: RawSample, options: BinOptions, file: string = "binning"): BinnedSample {
  checkOptions(options, file);
  const { timestepMs, group = 1, merge = true, order = "channel", channels } = options;
  const { times, channels: source } = sample;
  const events = times.length;

  const stepOfEvent = new Int32Array(events);
  let last = 0;
  for (let e = 0; e < events; e++) {
    const step = stepOf(times[e]!, timestepMs);
    if (step > last) last = step;
    stepOfEvent[e] = Math.min(step, MAX_STEPS);
  }
  const wanted = options.steps ?? "all";
  const steps = wanted === "all" ? last + 1 : wanted;
  if (steps > MAX_STEPS) {
    throw new DatasetError({
      code: "option-range",
      file,
      place: { sample: sample.index, field: "steps" },
      value: steps,
      what: `the sample lasts ${steps} steps, the limit is ${MAX_STEPS}`,
      remedy: "give steps as a number, a longer timestep, or the right unit of time",
    });
  }

  const grouped = groupedChannels(channels, group);
  const lastSeen = new Int32Array(grouped).fill(-1);
  const keep = new Uint32Array(events);
  const stepStart = new Uint32Array(steps + 1);
  let kept = 0;
  let merged = 0;
  let dropped = 0;
  for (let e = 0; e < events; e++) {
    const raw = source[e]!;
    if (raw >= channels) {
      throw new DatasetError({
        code: "channel-range",
        file,
        place: { sample: sample.index, event: e },
        value: raw,
        what: `channel ${raw} is not below ${channels}`,
        remedy: `give at least ${raw + 1} channels`,
      });
    }
    const step = stepOfEvent[e]!;
    if (step >= steps) {
      dropped++;
      continue;
    }
    const target = Math.floor(raw / group);
    // Times do not decrease, so the events of a step follow each other and one mark per channel is enough.
    if (merge && lastSeen[target] === step) {
      merged++;
      continue;
    }
    lastSeen[target] = step;
    keep[kept++] = e;
    stepStart[step + 1]!++;
  }
  for (let t = 0; t < steps; t++) stepStart[t + 1]! += stepStart[t]!;

  const kept32 = keep.subarray(0, kept);
  if (order === "channel") {
    for (let t = 0; t < steps; t++) {
      const from = stepStart[t]!;
      const to = stepStart[t + 1]!;
      if (to - from < 2) continue;
      kept32
        .subarray(from, to)
        .sort((a, b) => Math.floor(source[a]! / group) - Math.floor(source[b]! / group) || a - b);
    }
  }
  const channel = new Uint16Array(kept);
  const offset = new Float64Array(kept);
  const timestep = timestepMs / 1000;
  for (let k = 0; k < kept; k++) {
    const e = kept32[k]!;
    channel[k] = Math.floor(source[e]! / group);
    offset[k] = Math.max(0, times[e]! - stepOfEvent[e]! * timestep);
  }
  return { index: sample.index, label: sample.label, steps, stepStart, channel, offset, merged, dropped };
}
