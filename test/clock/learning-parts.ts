/** Macros and registers of the learning engine (docs/core.md, section 10.2), built from an image. */

import { LEARN_COUNTS } from "../../assembly/layout.ts";
import type { LearningCounters } from "../../emulator/record.ts";
import type {
  HiddenRegisters,
  LearningRegisters,
  Manifest,
  MemoryId,
  ProjectionLearningRegisters,
} from "../../image/manifest.ts";
import type { Word } from "./bits.ts";
import { ClearedMacro, Macro } from "./memory.ts";

/** One lane of a word of errors or signals: column draw (16 bits), and e, M or L. */
export interface SignalLane {
  readonly column: number;
  readonly signal: number;
}

/** One lane of a word of eligibilities or changes; a field that no projection needs stays 0. */
export interface ParameterLane {
  readonly weight: number;
  readonly delay: number;
}

/** The counters while they count. */
export interface CountingCounters extends LearningCounters {
  errorSaturated: number;
  learnWords: number;
}

export interface LearningParts {
  readonly registers: LearningRegisters;
  /** One word a neuron: the entries, this step's first. */
  readonly traces: ClearedMacro<readonly number[]>;
  /** A copy a lane. */
  readonly surrogateTables: readonly Macro<Word>[];
  /** By lane: banks of one column. */
  readonly surrogates: readonly Macro<number>[];
  readonly errors: readonly Macro<SignalLane>[];
  readonly signals: readonly Macro<SignalLane>[];
  readonly feedback: Macro<Word>;
  readonly eligibilities: ClearedMacro<readonly ParameterLane[]>;
  readonly changes: Macro<readonly ParameterLane[]>;
  readonly axonChanges: Macro<number>;
  readonly counters: CountingCounters;
  /** By population, by channel: events of this step (inputs only). */
  readonly eventCounts: readonly number[][];
  /** By population, by group: a flag for some signal that is not 0, set as the signals are written. */
  readonly activeGroups: readonly boolean[][];
  /** Registers that the host writes; `on` is false without learning settings. */
  on: boolean;
  label: number;
  rateShift: number;
  pending: number;
  /** Whether the error of the present step is valid. */
  valid: boolean;
}

export function buildLearning(manifest: Manifest, table: (id: MemoryId) => Macro<Word>): LearningParts | null {
  const { learning: registers, populations, core } = manifest;
  if (registers === null) return null;
  const wordsOf = (id: MemoryId): number => manifest.memories.find((memory) => memory.id === id)?.words ?? 0;
  const banks = <T>(id: MemoryId, zero: T): Macro<T>[] =>
    Array.from({ length: core.lanes }, () => new Macro(id, "1R1W", Array<T>(wordsOf(id)).fill(zero)));
  const zeroTrace = Array<number>(Math.max(0, ...registers.traces.map(({ entries }) => entries))).fill(0);
  const zeroLanes = Array.from({ length: core.lanes }, (): ParameterLane => ({ weight: 0, delay: 0 }));
  const zeroSignal: SignalLane = { column: 0, signal: 0 };
  const { ports } = registers;
  return {
    registers,
    traces: new ClearedMacro("traces", ports.traces, wordsOf("traces"), zeroTrace),
    surrogateTables: Array.from({ length: core.lanes }, () => table("surrogate-table")),
    surrogates: banks("surrogates", 0),
    errors: banks("errors", zeroSignal),
    signals: banks("signals", zeroSignal),
    feedback: table("feedback"),
    eligibilities: new ClearedMacro("eligibilities", ports.eligibilities, wordsOf("eligibilities"), zeroLanes),
    changes: new Macro("changes", ports.changes, Array(wordsOf("changes")).fill(zeroLanes)),
    axonChanges: new Macro("axon changes", "1R1W", Array<number>(wordsOf("axon-changes")).fill(0)),
    counters: {
      errorSaturated: 0,
      learnWords: 0,
      traceSaturated: new Uint32Array(registers.traces.length),
      signalSaturated: new Uint32Array(registers.populations.length),
      projections: registers.projections.map(() => new Uint32Array(LEARN_COUNTS)),
    },
    eventCounts: populations.map(({ kind, size }) => Array<number>(kind === "input" ? size : 0).fill(0)),
    activeGroups: populations.map(({ groups }) => Array<boolean>(groups).fill(false)),
    on: false,
    label: -1,
    rateShift: 0,
    pending: 0,
    valid: false,
  };
}

/** All memories of the engine end their cycle. */
export function clockLearning(engine: LearningParts): void {
  engine.traces.clock();
  for (const copy of engine.surrogateTables) copy.clock();
  for (const bank of [...engine.surrogates, ...engine.errors, ...engine.signals]) bank.clock();
  engine.feedback.clock();
  engine.eligibilities.clock();
  engine.changes.clock();
  engine.axonChanges.clock();
}

/** An event of a channel, counted in as many bits as its population's maxEventsPerStep needs. */
export function countEvent(engine: LearningParts, manifest: Manifest, population: number, channel: number): void {
  let limit = 1;
  while (limit <= manifest.populations[population]!.maxEventsPerStep) limit *= 2;
  const counts = engine.eventCounts[population]!;
  counts[channel] = Math.min(counts[channel]! + 1, limit - 1);
}

/** The learning registers of a hidden population; undefined for the readout. */
export function hiddenOf(engine: LearningParts, population: number): HiddenRegisters | undefined {
  return engine.registers.populations.find((hidden) => hidden.population === population);
}

/** Where a target's signals stand: banks, and the word of group 0. */
export function signalBanks(
  engine: LearningParts,
  population: number,
): { readonly banks: readonly Macro<SignalLane>[]; readonly base: number } {
  const hidden = hiddenOf(engine, population);
  return hidden === undefined ? { banks: engine.errors, base: 0 } : { banks: engine.signals, base: hidden.signalBase };
}

/** Whether a learned projection keeps eligibilities: filtered, and not into the readout. */
export function keepsEligibilities(engine: LearningParts, target: number): boolean {
  return engine.registers.filtered && hiddenOf(engine, target) !== undefined;
}

/** Whether every word of the projection's synapses may be changed, now or at the sample's end. */
export function learnsSynapses(learned: ProjectionLearningRegisters, synaptic: boolean): boolean {
  return learned.weights !== null || (learned.delays !== null && synaptic);
}
