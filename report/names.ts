/** Names of phases, causes and counters for people, in the order of assembly/layout.ts. */

import * as l from "../assembly/layout.ts";

/** Phases in the order in which time passes them, for tables. */
export const PHASE_ORDER: readonly number[] = [
  l.PHASE_IDLE,
  l.PHASE_CLEAR,
  l.PHASE_CIRCULATE,
  l.PHASE_INPUT,
  l.PHASE_DELIVER,
  l.PHASE_UPDATE,
  l.PHASE_READOUT,
  l.PHASE_DECIDE,
  l.PHASE_TRACE,
  l.PHASE_ERROR,
  l.PHASE_SIGNAL,
  l.PHASE_LEARN,
  l.PHASE_APPLY,
  l.PHASE_DRAIN,
];

/** By PHASE_*. */
export const PHASE_NAMES: readonly string[] = named(l.PHASES, [
  [l.PHASE_IDLE, "idle"],
  [l.PHASE_CLEAR, "clear"],
  [l.PHASE_CIRCULATE, "circulate"],
  [l.PHASE_INPUT, "input"],
  [l.PHASE_DELIVER, "deliver"],
  [l.PHASE_UPDATE, "update"],
  [l.PHASE_READOUT, "readout"],
  [l.PHASE_DECIDE, "decide"],
  [l.PHASE_TRACE, "trace"],
  [l.PHASE_ERROR, "error"],
  [l.PHASE_SIGNAL, "signal"],
  [l.PHASE_LEARN, "learn"],
  [l.PHASE_APPLY, "apply"],
  [l.PHASE_DRAIN, "drain"],
]);

/** Phases of the learning engine: an image without one has none of them. */
export const LEARNING_PHASES: readonly number[] = [
  l.PHASE_TRACE,
  l.PHASE_ERROR,
  l.PHASE_SIGNAL,
  l.PHASE_LEARN,
  l.PHASE_APPLY,
];

/** By CAUSE_*. */
export const CAUSE_NAMES: readonly string[] = named(l.CAUSES, [
  [l.CAUSE_BUSY, "busy"],
  [l.CAUSE_FETCH, "fetch"],
  [l.CAUSE_PORT, "port"],
  [l.CAUSE_HAZARD, "hazard"],
  [l.CAUSE_OUTPUT, "output"],
  [l.CAUSE_WAIT, "wait"],
]);

/** By COUNT_*; the words of docs/core.md, section 6. */
export const COUNTER_NAMES: readonly string[] = named(l.COUNTS, [
  [l.COUNT_INPUT_EVENTS, "inputEvents"],
  [l.COUNT_ROWS, "rows"],
  [l.COUNT_WORDS, "words"],
  [l.COUNT_SYNAPTIC_OPS, "synapticOps"],
  [l.COUNT_SETS, "sets"],
  [l.COUNT_PUSHES, "pushes"],
  [l.COUNT_QUEUE_DROPPED, "queueDropped"],
  [l.COUNT_QUEUE_EARLY, "queueEarly"],
  [l.COUNT_QUEUE_PEAK, "queuePeak"],
  [l.COUNT_INPUT_DROPPED, "inputDropped"],
  [l.COUNT_TICKS_SKIPPED, "ticksSkipped"],
  [l.COUNT_TICKS_MERGED, "ticksMerged"],
  [l.COUNT_DEADLINE_MISSES, "deadlineMisses"],
  [l.COUNT_SCORE_SATURATED, "scoreSaturated"],
  [l.COUNT_OUTPUT_EVENTS, "outputEvents"],
]);

function named(count: number, pairs: readonly (readonly [index: number, name: string])[]): readonly string[] {
  const names = new Array<string>(count);
  for (const [index, name] of pairs) names[index] = name;
  return names;
}
