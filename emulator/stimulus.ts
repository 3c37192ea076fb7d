/** What a core gets: a sample in time steps as a stimulus, and the settings of a plain run. */
import type { Manifest } from "../image/manifest.ts";
import type { RunSettings, Stimulus } from "./record.ts";

/** Burst arrival, a receiver that is always ready, sample 0. */
export const PLAIN_SETTINGS: RunSettings = {
  arrival: "burst",
  receiver: { readiness: 256, seed: 0 },
  sample: 0,
};

/** A sample cut into time steps, as `bin` makes it; events of step t are stepStart[t] .. stepStart[t + 1] - 1. */
export interface SteppedEvents {
  readonly steps: number;
  /** Length steps + 1. */
  readonly stepStart: Uint32Array;
  readonly channel: ArrayLike<number>;
  /** Seconds from the start of its step of each event; in order within a step for timed arrival. */
  readonly offset: ArrayLike<number>;
}

/** One sample as the core gets it: a tick a step; timed events at floor(offset x clock) after it, within the period. */
export function stimulusOf(
  events: SteppedEvents,
  { core }: Manifest,
  arrival: RunSettings["arrival"] = "burst",
): Stimulus {
  const cycle = (seconds: number): number => Math.min(Math.floor(seconds * core.clockHz), core.period - 1);
  return {
    ticks: events.steps,
    eventStart: events.stepStart,
    channel: Uint32Array.from(events.channel),
    offset: arrival === "timed" ? Uint32Array.from(events.offset, cycle) : new Uint32Array(0),
  };
}
