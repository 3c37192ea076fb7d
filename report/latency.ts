/** The latency report: statistics of records. What ran and what was decided is in the records; nothing is run or decided here. */

import {
  CAUSE_BUSY,
  CAUSE_OUTPUT,
  CAUSES,
  PHASE_APPLY,
  PHASE_CLEAR,
  PHASE_DRAIN,
  PHASE_IDLE,
  PHASES,
} from "../assembly/layout.ts";
import type { SampleRecord } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import { type Activity, createActivityTally } from "./activity.ts";
import { createDistribution, type Summary } from "./distribution.ts";
import { CAUSE_NAMES, PHASE_NAMES, PHASE_ORDER } from "./names.ts";

export interface PhaseLatency {
  readonly phase: string;
  /** Cycles a step; clear, apply and drain: cycles an inference. */
  readonly cycles: Summary;
  /** Of all cycles of the run. */
  readonly share: number;
  /** Cycles of the whole run by cause. */
  readonly causes: Readonly<Record<string, number>>;
}

/** A span of an inference in three units. */
export interface Span {
  readonly cycles: Summary;
  readonly steps: Summary;
  readonly microseconds: Summary;
}

export interface LatencyReport {
  readonly clockHz: number;
  /** Where the clock comes from. */
  readonly clockOrigin: "as described, not synthesised";
  readonly inferences: number;
  readonly steps: number;
  /** Cycles a step without waiting for its tick. */
  readonly step: Summary;
  readonly phases: readonly PhaseLatency[];
  readonly perInference: {
    /** From the clear phase's first cycle (which the first tick follows) to the class being known; to the end without a decision. */
    readonly fromStart: Span;
    /** From the cycle in which the last input event was taken; only inferences whose decision came after it. */
    readonly fromLastInput: Span;
    /** Inferences decided before their last input event was taken. */
    readonly decidedBeforeLastInput: number;
  };
  readonly throughput: {
    /** Back to back: clear, ticks, drain, then the next sample. Per second at the clock. */
    readonly inferencesPerSecond: number;
    readonly stepsPerSecond: number;
    readonly inputEventsPerSecond: number;
    readonly synapticOpsPerSecond: number;
  };
  /** Active lanes over lanes, of the synapse words that were issued; null without any. */
  readonly laneUtilisation: number | null;
  readonly deadlineMisses: number;
}

export interface LatencyTally {
  add(record: SampleRecord): void;
  latency(): LatencyReport;
  activity(): Activity;
}

/** Phases that belong to no step. */
const ONCE_A_SAMPLE: readonly number[] = [PHASE_CLEAR, PHASE_APPLY, PHASE_DRAIN];

/** Collects records one by one and keeps only counts, so that a data set of any size works. The model's counters must start at zero. */
export function createLatencyTally(manifest: Manifest): LatencyTally {
  const { clockHz, lanes } = manifest.core;
  const counters = createActivityTally(manifest);
  const matrix = new Float64Array(PHASES * CAUSES);
  const byPhase = Array.from({ length: PHASES }, createDistribution);
  const step = createDistribution();
  const fromStart = createSpan(clockHz);
  const fromLastInput = createSpan(clockHz);
  let inferences = 0;
  let steps = 0;
  let cycles = 0;
  let early = 0;

  function addSteps({ steps: records }: SampleRecord): void {
    for (const record of records) {
      let working = 0;
      for (let phase = 0; phase < PHASES; phase++) {
        let total = 0;
        for (let cause = 0; cause < CAUSES; cause++) {
          const spent = record.cycles[phase * CAUSES + cause]!;
          matrix[phase * CAUSES + cause]! += spent;
          total += spent;
        }
        if (!ONCE_A_SAMPLE.includes(phase)) byPhase[phase]!.add(total);
        if (phase !== PHASE_IDLE) working += total;
      }
      step.add(working);
    }
  }

  function addInference(record: SampleRecord): void {
    const done = record.steps.at(-1)?.done ?? record.clearCycles;
    const apply = record.apply.reduce((sum, spent) => sum + spent, 0);
    const drain = record.end - done - apply;
    byPhase[PHASE_APPLY]!.add(apply);
    for (let cause = 0; cause < CAUSES; cause++) matrix[PHASE_APPLY * CAUSES + cause]! += record.apply[cause]!;
    byPhase[PHASE_CLEAR]!.add(record.clearCycles);
    byPhase[PHASE_DRAIN]!.add(drain);
    matrix[PHASE_CLEAR * CAUSES + CAUSE_BUSY]! += record.clearCycles;
    matrix[PHASE_DRAIN * CAUSES + CAUSE_OUTPUT]! += drain;
    const known = record.decision?.cycle ?? record.end;
    const knownStep = record.decision?.step ?? record.steps.length - 1;
    fromStart.add(known, knownStep + 1);
    if (record.lastInputCycle < 0) return;
    if (known < record.lastInputCycle) early += 1;
    else fromLastInput.add(known - record.lastInputCycle, knownStep - stepAt(record, record.lastInputCycle));
  }

  return {
    add(record) {
      addSteps(record);
      addInference(record);
      counters.add(record.counters);
      inferences += 1;
      steps += record.steps.length;
      cycles += record.end;
    },
    activity: () => counters.activity(),
    latency() {
      const { core } = counters.activity();
      const perSecond = (count: number): number => (cycles === 0 ? 0 : (count / cycles) * clockHz);
      return {
        clockHz,
        clockOrigin: "as described, not synthesised",
        inferences,
        steps,
        step: step.summary(),
        phases: PHASE_ORDER.map((p) => {
          const causes = matrix.subarray(p * CAUSES, (p + 1) * CAUSES);
          const total = causes.reduce((sum, spent) => sum + spent, 0);
          return {
            phase: PHASE_NAMES[p]!,
            cycles: byPhase[p]!.summary(),
            share: cycles === 0 ? 0 : total / cycles,
            causes: Object.fromEntries(CAUSE_NAMES.map((cause, c) => [cause, causes[c]!])),
          };
        }),
        perInference: {
          fromStart: fromStart.span(),
          fromLastInput: fromLastInput.span(),
          decidedBeforeLastInput: early,
        },
        throughput: {
          inferencesPerSecond: perSecond(inferences),
          stepsPerSecond: perSecond(steps),
          inputEventsPerSecond: perSecond(core.inputEvents!),
          synapticOpsPerSecond: perSecond(core.synapticOps!),
        },
        laneUtilisation: core.words === 0 ? null : core.synapticOps! / (core.words! * lanes),
        deadlineMisses: core.deadlineMisses!,
      };
    },
  };
}

/** Executed step in whose span a cycle lies. */
function stepAt({ steps }: SampleRecord, cycle: number): number {
  let step = steps.length - 1;
  while (step > 0 && steps[step]!.enter > cycle) step -= 1;
  return step;
}

function createSpan(clockHz: number): { add(cycles: number, steps: number): void; span(): Span } {
  const inCycles = createDistribution();
  const inSteps = createDistribution();
  const microseconds = (cycles: number): number => (cycles / clockHz) * 1e6;
  return {
    add(cycles, steps) {
      inCycles.add(cycles);
      inSteps.add(steps);
    },
    span() {
      const { n, mean, median, p99, max } = inCycles.summary();
      return {
        cycles: { n, mean, median, p99, max },
        steps: inSteps.summary(),
        microseconds: {
          n,
          mean: microseconds(mean),
          median: microseconds(median),
          p99: microseconds(p99),
          max: microseconds(max),
        },
      };
    },
  };
}
