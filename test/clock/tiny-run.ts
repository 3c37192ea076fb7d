/** Runs a hand-packed image and reads its cycles by phase. */

import {
  CAUSE_BUSY,
  CAUSE_FETCH,
  CAUSE_HAZARD,
  CAUSE_OUTPUT,
  CAUSE_PORT,
  CAUSE_WAIT,
  CAUSES,
} from "../../assembly/layout.ts";
import type { CoreState, RunSettings, SampleRecord, StepRecord, Stimulus } from "../../emulator/record.ts";
import { createClockModel } from "./clock-model.ts";
import { type TinyNetwork, tinyImage } from "./tiny-image.ts";

/** Events of each tick: a channel, or [channel, offset]. */
export type TinyEvents = readonly (readonly (number | readonly [channel: number, offset: number])[])[];

export function tinyStimulus(ticks: TinyEvents): Stimulus {
  const events = ticks.flat().map((event) => (typeof event === "number" ? ([event, 0] as const) : event));
  const eventStart = new Uint32Array(ticks.length + 1);
  ticks.forEach((tick, t) => {
    eventStart[t + 1] = eventStart[t]! + tick.length;
  });
  return {
    ticks: ticks.length,
    eventStart,
    channel: Uint32Array.from(events.map(([channel]) => channel)),
    offset: Uint32Array.from(events.map(([, offset]) => offset)),
  };
}

export const BURST: RunSettings = { arrival: "burst", receiver: { readiness: 256, seed: 0 }, sample: 0 };
export const TIMED: RunSettings = { ...BURST, arrival: "timed" };

export interface TinyRun {
  /** Record of the last sample. */
  readonly record: SampleRecord;
  readonly records: readonly SampleRecord[];
  /** State after each step of each sample. */
  readonly states: readonly CoreState[];
}

export function tinyRun(network: TinyNetwork, ticks: TinyEvents, settings: RunSettings = BURST, samples = 1): TinyRun {
  const states: CoreState[] = [];
  const model = createClockModel(tinyImage(network));
  const records = Array.from({ length: samples }, () =>
    model.run(tinyStimulus(ticks), settings, (_, state) => {
      states.push(state);
    }),
  );
  return { record: records.at(-1)!, records, states };
}

/** Cycles of one phase of a step by cause, without the zeros. */
export function cyclesOf(step: StepRecord | undefined, phase: number): Record<string, number> {
  const names: [string, number][] = [
    ["busy", CAUSE_BUSY],
    ["fetch", CAUSE_FETCH],
    ["port", CAUSE_PORT],
    ["hazard", CAUSE_HAZARD],
    ["output", CAUSE_OUTPUT],
    ["wait", CAUSE_WAIT],
  ];
  const found = names.map(([name, cause]) => [name, step?.cycles[phase * CAUSES + cause] ?? -1] as const);
  return Object.fromEntries(found.filter(([, cycles]) => cycles !== 0));
}
