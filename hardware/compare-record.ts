/** Counters, cycles by phase and cause, outputs and decision: the emulator's against the RTL's. */

import * as layout from "../assembly/layout.ts";
import type { Counters, Decision, OutputEvent, StepRecord } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import type { Found } from "./difference.ts";
import type { CoreView } from "./places.ts";
import type { SenderCounts } from "./stream.ts";

/** "input", "update" of PHASE_INPUT, PHASE_UPDATE, by code. */
function namesOf(prefix: string, count: number): readonly string[] {
  const codes = layout as unknown as Readonly<Record<string, number>>;
  const names = Array<string>(count).fill("");
  for (const [key, code] of Object.entries(codes)) {
    if (key.startsWith(prefix)) names[code] = key.slice(prefix.length).toLowerCase().replaceAll("_", " ");
  }
  return names;
}

export const PHASE_NAMES: readonly string[] = namesOf("PHASE_", layout.PHASES);
export const CAUSE_NAMES: readonly string[] = namesOf("CAUSE_", layout.CAUSES);
const COUNTER_NAMES: readonly string[] = namesOf("COUNT_", layout.COUNTS);

/** Counters that the sender keeps (docs/core.md, section 7); the RTL has their places and leaves them 0. */
const BY_SENDER: ReadonlyMap<number, keyof SenderCounts> = new Map([
  [layout.COUNT_INPUT_DROPPED, "inputDropped"],
  [layout.COUNT_TICKS_SKIPPED, "ticksSkipped"],
  [layout.COUNT_TICKS_MERGED, "ticksMerged"],
]);

function unlike(what: string, module: string, emulator: number | string, rtl: number | string): Found | null {
  return emulator === rtl ? null : { what, module, address: "", emulator, rtl };
}

/** The first of several comparisons that found something. */
function first(found: Iterable<Found | null>): Found | null {
  for (const one of found) if (one !== null) return one;
  return null;
}

export function compareCounters(
  { populations, projections }: Manifest,
  counters: Counters,
  rtl: CoreView,
  sender: SenderCounts,
): Found | null {
  function* all(): Generator<Found | null> {
    for (const [code, value] of counters.core.entries()) {
      const bySender = BY_SENDER.get(code);
      const found = bySender === undefined ? rtl.state("core-counters", code) : sender[bySender];
      yield unlike(`counter ${COUNTER_NAMES[code]}`, bySender === undefined ? "u_counters" : "sender", value, found);
    }
    for (const [p, { name }] of populations.entries()) {
      const three = [counters.spikes, counters.accumulatorSaturated, counters.membraneSaturated];
      for (const [n, label] of ["spikes", "accumulator saturated", "membrane saturated"].entries()) {
        const found = rtl.state("population-counters", 3 * p + n);
        yield unlike(`counter ${label} of ${name}`, "u_counters", three[n]![p]!, found);
      }
    }
    for (const [q, { name }] of projections.entries()) {
      const found = rtl.state("projection-counters", q);
      yield unlike(`counter merged bits of ${name}`, "u_counters", counters.mergedBits[q]!, found);
    }
  }
  return first(all());
}

/** Cycles by phase and cause of a span of time, from a counter that runs on. */
export interface CycleCounter {
  /** PHASES x CAUSES cycles since the last call. */
  take(): Uint32Array;
  /** The host has cleared the RTL's. */
  clear(): void;
}

export function cycleCounter(rtl: CoreView): CycleCounter {
  const last = new Uint32Array(layout.PHASES * layout.CAUSES);
  return {
    take() {
      const taken = last.slice();
      for (let place = 0; place < last.length; place++) {
        const now = rtl.state("cycles", place);
        // Modulo 2^32, as the counters wrap.
        taken[place] = now - last[place]!;
        last[place] = now;
      }
      return taken;
    },
    clear: () => void last.fill(0),
  };
}

/** Phases that a step's record does not hold: they come once a sample. */
const OUTSIDE = [layout.PHASE_CLEAR, layout.PHASE_APPLY, layout.PHASE_DRAIN];

export function compareCycles(expected: Uint32Array, found: Uint32Array, phases: readonly number[]): Found | null {
  function* all(): Generator<Found | null> {
    for (const phase of phases) {
      for (let cause = 0; cause < layout.CAUSES; cause++) {
        const place = phase * layout.CAUSES + cause;
        const what = `cycles of phase ${PHASE_NAMES[phase]}, cause ${CAUSE_NAMES[cause]}`;
        yield unlike(what, "u_counters", expected[place]!, found[place]!);
      }
    }
  }
  return first(all());
}

/** @param cycles of the RTL since the step before */
export function compareStep(
  expected: StepRecord,
  found: Omit<StepRecord, "cycles">,
  cycles: Uint32Array,
): Found | null {
  const inSteps = PHASE_NAMES.map((_, phase) => phase).filter((phase) => !OUTSIDE.includes(phase));
  return (
    unlike("tick of the step", "sender", expected.tick, found.tick) ??
    unlike("cycle of the tick", "sender", expected.tickCycle, found.tickCycle) ??
    unlike("cycle in which the step is entered", "u_controller", expected.enter, found.enter) ??
    compareCycles(expected.cycles, cycles, inSteps) ??
    unlike("cycle in which the step is done", "u_controller", expected.done, found.done)
  );
}

export function compareOutputs(
  { populations }: Manifest,
  expected: readonly OutputEvent[],
  found: readonly { readonly cycle: number; readonly event: number }[],
): { readonly found: Found; readonly cycle: number } | null {
  // Number of the first neuron over all output populations in step order (section 7).
  let total = 0;
  const bases = populations.map(({ output, size }) => {
    const base = total;
    total += output ? size : 0;
    return base;
  });
  for (let n = 0; n < Math.max(expected.length, found.length); n++) {
    const [wanted, got] = [expected[n], found[n]];
    const event = wanted === undefined ? "none" : bases[wanted.population]! + wanted.neuron;
    const unequal =
      unlike(`output event ${n}`, "u_output_queue", event, got?.event ?? "none") ??
      unlike(
        `cycle in which output event ${n} leaves`,
        "u_output_queue",
        wanted?.cycle ?? "none",
        got?.cycle ?? "none",
      );
    if (unequal !== null) return { found: unequal, cycle: Math.min(wanted?.cycle ?? Infinity, got?.cycle ?? Infinity) };
  }
  return null;
}

export function compareDecision(expected: Decision | null, found: Decision | null): Found | null {
  const show = (decision: Decision | null): string =>
    decision === null ? "none" : `class ${decision.class}, step ${decision.step}, cycle ${decision.cycle}`;
  return unlike("decision", "u_controller", show(expected), show(found));
}
