/** The core's phases and events, and selected memories, as a VCD; samples follow each other on one time axis. */

import { PHASE_APPLY, PHASE_CLEAR, PHASE_DRAIN, PHASE_IDLE, PHASES } from "../assembly/layout.ts";
import type { CoreState, SampleRecord } from "../emulator/record.ts";
import type { TraceEvent } from "../emulator/trace.ts";
import type { Manifest } from "../image/manifest.ts";
import { LEARNING_PHASES, PHASE_NAMES } from "./names.ts";
import { createVcd, type VcdSignal } from "./vcd.ts";
import type { VcdProbe } from "./vcd-memory.ts";

export interface VcdTrace {
  /** State after an executed step, whose first following cycle is `done`. */
  step(done: number, state: CoreState): void;
  /** Ends a sample: writes its changes in order of time. */
  sample(record: SampleRecord, trace: readonly TraceEvent[]): void;
}

/** Scope and names of the events' signals: a strobe that is high for the event's cycle, and what it carries. */
const EVENTS: Readonly<Record<"input" | "row" | "output", string>> = {
  input: "input_channel",
  row: "row_source",
  output: "output_neuron",
};
type EventKind = keyof typeof EVENTS;

/**
 * Signals: scope `phases`, one wire per phase, high while it lasts; scope `events`, a strobe for each input event taken (with its
 * channel), each synapse row walked (with projection and source neuron), each output spike leaving (with its neuron); scope `memories`, the
 * probes, which change at the end of a step.
 */
export function createVcdTrace(
  manifest: Manifest,
  probes: readonly VcdProbe[],
  write: (text: string) => void,
): VcdTrace {
  const phases = PHASE_NAMES.map((name): VcdSignal => ({ name, scope: "phases", bits: 1 })).filter(
    (_, phase) => manifest.learning !== null || !LEARNING_PHASES.includes(phase),
  );
  const phaseSignal = Array.from({ length: PHASES }, (_, phase) =>
    phases.findIndex(({ name }) => name === PHASE_NAMES[phase]),
  );
  const kinds = Object.keys(EVENTS) as EventKind[];
  const events = kinds.flatMap((kind): VcdSignal[] => [
    { name: kind, scope: "events", bits: 1 },
    { name: EVENTS[kind], scope: "events", bits: 16 },
  ]);
  const rowProjection: VcdSignal = { name: "row_projection", scope: "events", bits: 6 };
  const signals = [...phases, ...events, rowProjection, ...probes.map(({ signal }) => signal)];
  const firstEvent = phases.length;
  const projectionIndex = firstEvent + events.length;
  const firstProbe = projectionIndex + 1;
  const vcd = createVcd(signals, manifest.core.clockHz, write);

  type Change = readonly [cycle: number, index: number, value: number];
  let changes: Change[] = [];
  let base = 0;

  function phaseChanges(trace: readonly TraceEvent[], { clearCycles, end, steps, apply }: SampleRecord): void {
    const applyStart = steps.at(-1)?.done ?? clearCycles;
    const drainStart = applyStart + apply.reduce((sum, cycles) => sum + cycles, 0);
    const starts = [
      { cycle: 0, value: PHASE_CLEAR },
      // A step that starts at once has an idle phase of no length, which is not drawn.
      ...steps.map(({ enter }) => ({ cycle: enter, value: PHASE_IDLE })),
      ...trace.filter(({ kind }) => kind === "phase"),
      ...(drainStart > applyStart ? [{ cycle: applyStart, value: PHASE_APPLY }] : []),
      ...(end > drainStart ? [{ cycle: drainStart, value: PHASE_DRAIN }] : []),
    ].sort((a, b) => a.cycle - b.cycle);
    starts.forEach(({ cycle, value }, n) => {
      const until = starts[n + 1]?.cycle ?? end;
      if (until === cycle) return;
      changes.push([cycle, phaseSignal[value]!, 1], [until, phaseSignal[value]!, 0]);
    });
  }

  function eventChanges(trace: readonly TraceEvent[]): void {
    // In order of time, so that the rising edge of an event wins over the falling edge of the one before it.
    for (const { cycle, kind, value } of trace.toSorted((a, b) => a.cycle - b.cycle)) {
      if (kind === "phase") continue;
      const strobe = firstEvent + 2 * kinds.indexOf(kind);
      changes.push([cycle, strobe, 1], [cycle + 1, strobe, 0]);
      changes.push([cycle, strobe + 1, kind === "row" ? value & 0xffff : value]);
      if (kind === "row") changes.push([cycle, projectionIndex, value >>> 16]);
    }
  }

  return {
    step(done, state) {
      probes.forEach(({ read }, n) => {
        changes.push([done, firstProbe + n, read(state)]);
      });
    },
    sample(record, trace) {
      phaseChanges(trace, record);
      eventChanges(trace);
      changes.sort((a, b) => a[0] - b[0]);
      for (const [cycle, index, value] of coalesce(changes)) vcd.change(base + cycle, index, value);
      base += record.end;
      vcd.finish(base);
      changes = [];
    },
  };
}

/** Keeps the last value of each signal in a cycle, so that a viewer sees no glitches. */
function coalesce<T extends readonly [number, number, number]>(changes: readonly T[]): readonly T[] {
  const kept: T[] = [];
  let start = 0;
  while (start < changes.length) {
    const last = new Map<number, T>();
    let next = start;
    while (next < changes.length && changes[next]![0] === changes[start]![0]) {
      last.set(changes[next]![1], changes[next]!);
      next += 1;
    }
    kept.push(...last.values());
    start = next;
  }
  return kept;
}
