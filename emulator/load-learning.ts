/** The learning engine of an image as the wasm module holds it: traces, targets, learned projections, scratch. */
import * as l from "../assembly/layout.ts";
import * as t from "../assembly/learning-tables.ts";
import type { Image, LearningRegisters, Manifest } from "../image/manifest.ts";
import { readField } from "../image/words.ts";
import { channelCount } from "./check.ts";
import { learnedRecord } from "./learned-record.ts";
import { type LearnedRows, padded, placeLearnedRows } from "./load-learned-rows.ts";
import { placeTargets, type TargetMap } from "./load-targets.ts";
import { type Allocator, type Place, writeRecord } from "./memory-map.ts";

export interface LearningMap {
  /** Addresses of TR_* records. */
  readonly traces: readonly number[];
  /** Hidden populations in order, then the readout. */
  readonly targets: readonly TargetMap[];
  /** By learned projection of the manifest. */
  readonly projections: readonly (LearnedRows & { readonly counts: number })[];
  /** Errors saturated, words walked. */
  readonly counts: number;
  readonly apply: number;
}

export interface PlaceLearning extends Place {
  readonly popAddress: readonly number[];
  readonly projAddress: readonly number[];
  readonly targets: number;
  readonly rowTables: readonly number[];
}

/** Steps for which a window moves down its stretch before it is copied back up. */
const TURN_ENTRIES = 64;

const traceRoundings = { floor: l.ROUND_FLOOR, nearest: l.ROUND_NEAREST, stochastic: l.ROUND_STOCHASTIC };
const updateRoundings = { nearest: l.UPDATE_NEAREST, stochastic: l.UPDATE_STOCHASTIC, sign: l.UPDATE_SIGN };
const errorSteps = { all: l.ERROR_STEPS_ALL, last: l.ERROR_STEPS_LAST, mask: l.ERROR_STEPS_MASK };

/** A table of ROW_* records for each projection that learns or gives symmetric feedback, 0 for the others. */
export function placeRowTables(manifest: Manifest, allocator: Allocator): readonly number[] {
  const { learning, projections, populations } = manifest;
  const needed = new Set<number>(learning?.projections.map(({ projection }) => projection));
  for (const { feedback } of learning?.populations ?? []) {
    if (feedback.kind === "symmetric") needed.add(feedback.projection);
  }
  return projections.map(({ from }, index) =>
    needed.has(index) ? allocator.allocate(populations[from]!.size * t.ROW_BYTES) : 0,
  );
}

export function placeLearning(
  image: Image,
  learning: LearningRegisters,
  place: PlaceLearning,
): { readonly registers: Readonly<Record<string, number>>; readonly map: LearningMap } {
  const { manifest } = image;
  const { allocator, writes, rowTables, popAddress } = place;
  const eventCounts = allocator.allocate(2 * channelCount(manifest));
  const traceTable = allocator.allocate(learning.traces.length * t.TRACE_RECORD_BYTES);
  const traces = learning.traces.map((_, n) => traceTable + n * t.TRACE_RECORD_BYTES);
  for (const [n, trace] of learning.traces.entries()) placeTrace(manifest, trace, traces[n]!, eventCounts, place);

  // Records: first the learned projections, which the engine walks, then those that only give feedback.
  const only = rowTables.flatMap((table, index) =>
    table > 0 && !learning.projections.some(({ projection }) => projection === index) ? [index] : [],
  );
  const learned = allocator.allocate((learning.projections.length + only.length) * t.LEARNED_BYTES);
  const placeRows = (index: number, n: number) =>
    placeLearnedRows(image, index, learning.projections[n] ?? null, {
      ...place,
      table: rowTables[index]!,
      record: learned + n * t.LEARNED_BYTES,
    });
  const rows = learning.projections.map(({ projection }, n) => placeRows(projection, n));
  for (const [n, index] of only.entries()) placeRows(index, learning.projections.length + n);

  const targets = placeTargets(image, learning, { ...place, traces });
  const counts = rows.map(() => allocator.allocate(4 * l.LEARN_COUNTS));
  learning.projections.forEach((registers, n) => {
    const record = learned + n * t.LEARNED_BYTES;
    const to = manifest.projections[registers.projection]!.to;
    const target = place.targets + targets.findIndex(({ population }) => population === to) * t.TARGET_BYTES;
    const fields = learnedRecord(image, learning, registers, rows[n]!, {
      projection: place.projAddress[registers.projection]!,
      trace: traces[registers.trace]!,
      target,
      counts: counts[n]!,
    });
    writes.push((view) => writeRecord(view, record, fields));
  });

  const mask = learning.errorSteps.kind === "mask" ? learning.errorSteps.mask : [];
  const errorMask = allocator.allocate(mask.length);
  const taps = allocator.allocate(2 * l.MAX_TAPS);
  const entries = 2 ** learning.surrogateEntriesLog2;
  const surrogateTable = allocator.allocate(2 * entries);
  writes.push((view) => {
    for (const [t, bit] of mask.entries()) view.setUint8(errorMask + t, bit);
    for (const [m, c] of learning.taps.entries()) view.setInt16(taps + 2 * m, c, true);
    if (learning.populations.length === 0) return;
    const table = image.contents["surrogate-table"]!;
    for (let i = 0; i < entries; i++) {
      view.setUint16(
        surrogateTable + 2 * i,
        readField(table, learning.surrogateBits, i, 0, learning.surrogateBits),
        true,
      );
    }
  });
  const longest = Math.max(16, ...rows.map((row) => row.longest));
  const sources = Math.max(
    16,
    ...learning.projections.map(({ projection }) => sourceSize(manifest, projection)),
    ...learning.traces.map(({ population }) => manifest.populations[population]!.size),
  );
  const map: LearningMap = {
    traces,
    targets,
    projections: rows.map((row, n) => ({ ...row, counts: counts[n]! })),
    counts: allocator.allocate(8),
    apply: allocator.allocate(4 * l.CAUSES),
  };
  const { error } = learning;
  const linear = error.kind === "linear" ? error : { shift: 0, clip: 0, target: 0 };
  return {
    map,
    registers: {
      learning: 1,
      traceBits: learning.traceBits,
      traceRounding: traceRoundings[learning.traceRounding],
      errorKind: error.kind === "softmax" ? l.ERROR_SOFTMAX : l.ERROR_LINEAR,
      errorBits: learning.errorBits,
      errorShift: linear.shift,
      errorClip: linear.clip,
      errorTarget: linear.target,
      errorSteps: errorSteps[learning.errorSteps.kind],
      errorLast: learning.errorSteps.kind === "last" ? learning.errorSteps.steps : 0,
      errorMask,
      surrogateTable,
      surrogateLast: entries - 1,
      signalBits: learning.signalBits,
      updateRounding: updateRoundings[learning.updateRounding],
      updateEvery: learning.updateEvery,
      changeBits: learning.changeBits,
      changeCarry: Number(learning.carry),
      skipping: Number(learning.skip),
      filtered: Number(learning.filtered),
      eligibilityBits: learning.eligibilityBits,
      eligibilityDecay: learning.eligibilityDecay,
      tapCount: learning.taps.length,
      taps,
      traceSinglePort: Number(learning.ports.traces === "1RW"),
      traceRecords: traceTable,
      traceRecordCount: traces.length,
      targets: place.targets,
      hiddenCount: learning.populations.length,
      learned,
      learnedCount: learning.projections.length,
      eventCounts,
      learnCounts: map.counts,
      applyCycles: map.apply,
      rowScratch: allocator.allocate(t.ROW_SCRATCH * 2 * longest),
      rowScratchBytes: 2 * longest,
      windowScratch: allocator.allocate(2 * t.WINDOW_BYTES),
      tallies: allocator.allocate(128),
      rowDraws: allocator.allocate(4 * 2 * padded(sources)),
      rowDrawBytes: 2 * padded(sources),
    },
  };

  function placeTrace(
    { populations }: Manifest,
    { population, decay, fraction, entries: kept, base }: LearningRegisters["traces"][number],
    record: number,
    counted: number,
    { allocator: room, writes: later }: Place,
  ): void {
    const { kind, size, channelBase, maxEventsPerStep } = populations[population]!;
    const turn = 2 * TURN_ENTRIES;
    // A window is read in whole vectors, up to 15 values beyond its end and one before a tap's.
    const stride = turn + 2 * kept + 64;
    const windows = room.allocate(size * stride + 64);
    const zeros = room.allocate(4 * size);
    later.push((view) => {
      const spikes = view.getInt32(popAddress[population]! + l.POP_SPIKES, true);
      writeRecord(view, record, [
        [t.TR_INPUT, Number(kind === "input")],
        [t.TR_SIZE, size],
        [t.TR_SOURCE, kind === "input" ? counted + 2 * channelBase : spikes],
        // The counter has the bits of maxEventsPerStep.
        [t.TR_CAP, kind === "input" ? 2 ** (32 - Math.clz32(maxEventsPerStep)) - 1 : 1],
        [t.TR_DECAY, decay],
        [t.TR_FRACTION, fraction],
        [t.TR_ENTRIES, kept],
        [t.TR_BASE, base],
        [t.TR_WINDOWS, windows],
        [t.TR_STRIDE, stride],
        [t.TR_POSITION, turn],
        [t.TR_ZEROS, zeros],
        [t.TR_TURN, turn],
      ]);
    });
  }
}

function sourceSize({ projections, populations }: Manifest, projection: number): number {
  return populations[projections[projection]!.from]!.size;
}
