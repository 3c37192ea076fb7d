/** Rows of a learned projection (or of one that gives symmetric feedback) as learning sees them: ROW_* records and arrays. */
import * as t from "../assembly/learning-tables.ts";
import type { Image, ProjectionLearningRegisters } from "../image/manifest.ts";
import { bitsBelow, readParameters, synapsePlaces } from "../image/synapses.ts";
import { type Place, writeRecord } from "./memory-map.ts";

/** Addresses of one row's arrays of 16-bit values by synapse; 0 where there is none. */
export interface LearnedRow {
  readonly count: number;
  readonly weight: number;
  readonly delay: number;
  readonly weightEligibility: number;
  readonly delayEligibility: number;
  readonly weightChange: number;
  readonly delayChange: number;
}

export interface LearnedRows {
  readonly table: number;
  readonly rows: readonly LearnedRow[];
  /** Addresses of 16-bit values by source: stored axonal delays, their changes; 0 where there are none. */
  readonly axonDelays: number;
  readonly axonChanges: number;
  readonly fractionBits: number;
  readonly remainderBits: number;
  /** Synapses of the longest row, padded. */
  readonly longest: number;
  /** Most steps that the image stores for a synapse. */
  readonly longestDelay: number;
}

/** Arrays are read sixteen values at a time. */
export function padded(values: number): number {
  return Math.ceil(values / 16) * 16;
}

export interface PlaceRows extends Place {
  readonly table: number;
  /** Address of the projection's LP_* record. */
  readonly record: number;
}

/** @param learned registers of the projection's learning; null when it only gives feedback. */
export function placeLearnedRows(
  image: Image,
  projection: number,
  learned: ProjectionLearningRegisters | null,
  { table, record, allocator, clear, writes }: PlaceRows,
): LearnedRows {
  const { manifest } = image;
  const { delayKind, from } = manifest.projections[projection]!;
  const sources = manifest.populations[from]!.size;
  const places = synapsePlaces(image, projection);
  const stored = readParameters(image, projection, places);
  const below = bitsBelow(manifest, projection);
  const changes = manifest.learning!.updateEvery > 0 && learned !== null;
  const bySynapse = delayKind === "synaptic";
  const keeps = learned !== null && learned.eligibilityBase >= 0;
  const rows: LearnedRow[] = [];
  let longest = 16;
  for (let i = 0; i < sources; i++) {
    const start = places.rowStart[i]!;
    const count = places.rowStart[i + 1]! - start;
    const bytes = 2 * padded(count);
    longest = Math.max(longest, padded(count));
    const optional = (present: boolean, room: (bytes: number) => number) => (present ? room(bytes) : 0);
    const row: LearnedRow = {
      count,
      weight: allocator.allocate(bytes),
      delay: optional(bySynapse, allocator.allocate),
      weightEligibility: optional(keeps && learned.weights !== null, clear),
      delayEligibility: optional(keeps && learned.delays !== null, clear),
      weightChange: optional(changes && learned.weights !== null, allocator.allocate),
      delayChange: optional(changes && bySynapse && learned.delays !== null, allocator.allocate),
    };
    const post = allocator.allocate(bytes);
    rows.push(row);
    const address = table + i * t.ROW_BYTES;
    const { weights, delays } = learned ?? { weights: null, delays: null };
    // The padding holds what the clamp leaves alone.
    const idleWeight = Math.max(0, weights?.low ?? 0);
    const idleDelay = Math.max(0, delays?.low ?? 0);
    writes.push((view) => {
      for (let s = 0; s < padded(count); s++) {
        const inside = s < count;
        view.setInt16(row.weight + 2 * s, inside ? stored.weight[start + s]! : idleWeight, true);
        if (bySynapse) view.setUint16(row.delay + 2 * s, inside ? stored.delay[start + s]! : idleDelay, true);
        view.setUint16(post + 2 * s, inside ? places.post[start + s]! : 0, true);
      }
      writeRecord(view, address, [
        [t.RW_WEIGHT, row.weight],
        [t.RW_DELAY, row.delay],
        [t.RW_POST, post],
        [t.RW_COUNT, count],
        [t.RW_WEIGHT_ELIGIBILITY, row.weightEligibility],
        [t.RW_DELAY_ELIGIBILITY, row.delayEligibility],
        [t.RW_WEIGHT_CHANGE, row.weightChange],
        [t.RW_DELAY_CHANGE, row.delayChange],
        [t.RW_PROJECTION, record],
      ]);
    });
  }
  const axonal = delayKind === "axonal";
  const axonDelays = axonal ? allocator.allocate(2 * sources) : 0;
  const axonChanges = axonal && changes && learned.delays !== null ? allocator.allocate(2 * sources) : 0;
  if (axonal) {
    writes.push((view) => {
      for (let i = 0; i < sources; i++) view.setUint16(axonDelays + 2 * i, stored.delay[i]!, true);
    });
  }
  const longestDelay = bySynapse ? stored.delay.reduce((most, code) => Math.max(most, code >> below.delay), 0) : 0;
  return {
    table,
    rows,
    axonDelays,
    axonChanges,
    fractionBits: below.delay,
    remainderBits: below.weight,
    longest,
    longestDelay,
  };
}
