/** The learning engine's memories and counters, out of the wasm module and back into it. */
import * as l from "../assembly/layout.ts";
import * as t from "../assembly/learning-tables.ts";
import type { Manifest } from "../image/manifest.ts";
import type { LearnedRow, LearnedRows } from "./load-learned-rows.ts";
import type { LearningMap } from "./load-learning.ts";
import type { LearningCounters, LearningState, ProjectionLearningState } from "./record.ts";

/** What outlasts a sample: parameters and changes as a checkpoint keeps them. */
export interface LastingState {
  readonly pending: number;
  readonly projections: readonly Pick<ProjectionLearningState, "weight" | "delay" | "weightChange" | "delayChange">[];
}

type RowArray = Exclude<keyof LearnedRow, "count">;

export function readLearning(
  manifest: Manifest,
  map: LearningMap,
  memory: WebAssembly.Memory,
  pending: number,
): LearningState {
  const view = new DataView(memory.buffer);
  const learning = manifest.learning!;
  const hidden = map.targets.slice(0, -1);
  const readout = map.targets.at(-1)!;
  // 16-bit values stand at even addresses; typed arrays read them many times faster than a DataView does.
  const words = new Int16Array(memory.buffer);
  const signed = (address: number, count: number) => new Int32Array(words.subarray(address / 2, address / 2 + count));
  const unsigned = (address: number, count: number) => new Uint16Array(memory.buffer, address, count).slice();
  const rows = ({ rows: all }: LearnedRows, array: RowArray) => {
    const present = all.filter((row) => row[array] > 0);
    const values = new Int32Array(present.reduce((sum, { count }) => sum + count, 0));
    let at = 0;
    for (const row of present) {
      values.set(words.subarray(row[array] / 2, row[array] / 2 + row.count), at);
      at += row.count;
    }
    return values;
  };
  return {
    traces: learning.traces.map(({ entries }, n) => {
      const record = map.traces[n]!;
      const field = (offset: number) => view.getInt32(record + offset, true);
      const size = field(t.TR_SIZE);
      const stride = field(t.TR_STRIDE);
      const first = field(t.TR_WINDOWS) + field(t.TR_POSITION);
      const windows = new Uint16Array(size * entries);
      for (let i = 0; i < size; i++) {
        windows.set(new Uint16Array(memory.buffer, first + i * stride, entries), i * entries);
      }
      return windows;
    }),
    surrogates: hidden.map(({ surrogate, size }) => unsigned(surrogate, size)),
    signals: hidden.map(({ signal, size }) => signed(signal, size)),
    errors: signed(readout.signal, readout.size),
    pending,
    projections: map.projections.map((projection, n) => {
      const learnsDelays = learning.projections[n]!.delays !== null;
      const { axonDelays, axonChanges, rows: all } = projection;
      return {
        weight: rows(projection, "weight"),
        delay: !learnsDelays
          ? new Int32Array(0)
          : axonDelays > 0
            ? signed(axonDelays, all.length)
            : rows(projection, "delay"),
        weightEligibility: rows(projection, "weightEligibility"),
        delayEligibility: rows(projection, "delayEligibility"),
        weightChange: rows(projection, "weightChange"),
        delayChange: axonChanges > 0 ? signed(axonChanges, all.length) : rows(projection, "delayChange"),
      };
    }),
  };
}

/**
 * Writes stored parameters and changes back, between samples. Folded rows follow when they are sent.
 *
 * @throws RangeError when an array has another length than the image's
 */
export function writeLearning(
  manifest: Manifest,
  map: LearningMap,
  memory: WebAssembly.Memory,
  { projections }: LastingState,
): void {
  const view = new DataView(memory.buffer);
  for (const [n, placed] of map.projections.entries()) {
    const { name } = manifest.projections[manifest.learning!.projections[n]!.projection]!;
    const state = projections[n]!;
    const put = (what: string, values: Int32Array, addresses: readonly (readonly [number, number])[]): void => {
      const room = addresses.reduce((sum, [address, count]) => sum + (address > 0 ? count : 0), 0);
      if (values.length !== room) {
        throw new RangeError(
          `${what} of "${name}": ${values.length} values, the image has ${room}; use its own checkpoint`,
        );
      }
      let at = 0;
      for (const [address, count] of addresses) {
        if (address > 0) for (let s = 0; s < count; s++) view.setInt16(address + 2 * s, values[at++]!, true);
      }
    };
    const byRow = (array: RowArray) => placed.rows.map((row) => [row[array], row.count] as const);
    const axonal = placed.axonDelays > 0;
    const sources = placed.rows.length;
    put("weights", state.weight, byRow("weight"));
    const learnsDelays = manifest.learning!.projections[n]!.delays !== null;
    if (learnsDelays) put("delays", state.delay, axonal ? [[placed.axonDelays, sources]] : byRow("delay"));
    put("weight changes", state.weightChange, byRow("weightChange"));
    put("delay changes", state.delayChange, axonal ? [[placed.axonChanges, sources]] : byRow("delayChange"));
    for (let i = 0; i < sources; i++) view.setInt32(placed.table + i * t.ROW_BYTES + t.RW_STALE, 1, true);
    if (axonal) writeAxons(view, map, n);
  }
}

/** The axon table's delays, in the unit that delivery wants, from the stored ones. */
function writeAxons(view: DataView, map: LearningMap, n: number): void {
  const { rows, axonDelays, fractionBits, table } = map.projections[n]!;
  const record = view.getInt32(table + t.RW_PROJECTION, true);
  const unit = view.getInt32(record + t.LP_AXON_UNIT, true);
  const axons = view.getInt32(view.getInt32(record + t.LP_PROJECTION, true) + l.PROJ_AXONS, true);
  for (let i = 0; i < rows.length; i++) {
    const used = view.getUint16(axonDelays + 2 * i, true) >> fractionBits;
    view.setInt32(axons + i * l.AXON_BYTES + l.AXON_DELAY, used * unit, true);
  }
}

export function readLearningCounters(map: LearningMap, memory: WebAssembly.Memory): LearningCounters {
  const view = new DataView(memory.buffer);
  const words = (address: number, count: number) => new Uint32Array(memory.buffer.slice(address, address + 4 * count));
  return {
    errorSaturated: view.getUint32(map.counts, true),
    learnWords: view.getUint32(map.counts + 4, true),
    traceSaturated: Uint32Array.from(map.traces, (record) => view.getUint32(record + t.TR_SATURATED, true)),
    signalSaturated: Uint32Array.from(map.targets.slice(0, -1), ({ record }) =>
      view.getUint32(record + t.TG_SATURATED, true),
    ),
    projections: map.projections.map(({ counts }) => words(counts, l.LEARN_COUNTS)),
  };
}

/** Spans of memory that hold the engine's counters. */
export function learningCounterSpans(map: LearningMap): readonly (readonly [address: number, bytes: number])[] {
  return [
    [map.counts, 8],
    ...map.traces.map((record) => [record + t.TR_SATURATED, 4] as const),
    ...map.targets.map(({ record }) => [record + t.TG_SATURATED, 4] as const),
    ...map.projections.map(({ counts }) => [counts, 4 * l.LEARN_COUNTS] as const),
  ];
}
