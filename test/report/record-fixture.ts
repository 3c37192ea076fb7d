import * as l from "../../assembly/layout.ts";
import type { Counters, SampleRecord, StepRecord } from "../../emulator/record.ts";

/** Cycles by [phase, cause]. */
export type Spent = readonly (readonly [phase: number, cause: number, cycles: number])[];

export function stepOf(enter: number, spent: Spent, tick = 0): StepRecord {
  const cycles = new Uint32Array(l.PHASES * l.CAUSES);
  let total = 0;
  for (const [phase, cause, count] of spent) {
    cycles[phase * l.CAUSES + cause] = count;
    total += count;
  }
  return { tick, enter, tickCycle: enter, done: enter + total, cycles };
}

export function countersOf(core: Readonly<Record<number, number>>, over: Partial<Counters> = {}): Counters {
  const words = new Uint32Array(l.COUNTS);
  for (const [index, count] of Object.entries(core)) words[Number(index)] = count;
  return {
    core: words,
    spikes: new Uint32Array(3),
    accumulatorSaturated: new Uint32Array(3),
    membraneSaturated: new Uint32Array(3),
    mergedBits: new Uint32Array(2),
    learning: null,
    ...over,
  };
}

/** Two steps of 10 and 30 cycles after a clear phase of 13, 5 cycles of drain. */
export function sampleOf(counters: Counters, over: Partial<SampleRecord> = {}): SampleRecord {
  const steps = [
    stepOf(13, [
      [l.PHASE_INPUT, l.CAUSE_BUSY, 4],
      [l.PHASE_INPUT, l.CAUSE_FETCH, 2],
      [l.PHASE_UPDATE, l.CAUSE_BUSY, 4],
    ]),
    stepOf(23, [
      [l.PHASE_IDLE, l.CAUSE_WAIT, 7],
      [l.PHASE_INPUT, l.CAUSE_BUSY, 20],
      [l.PHASE_INPUT, l.CAUSE_HAZARD, 6],
      [l.PHASE_UPDATE, l.CAUSE_BUSY, 4],
    ]),
  ];
  return {
    steps,
    clearCycles: 13,
    apply: new Uint32Array(l.CAUSES),
    end: 65,
    lastInputCycle: 20,
    decision: { class: 1, step: 1, cycle: 59 },
    outputs: [],
    counters,
    ...over,
  };
}
