/**
 * Synapse rows for P lanes (docs/core.md, section 2): at which word each synapse stands, and how busy the lanes are.
 *
 * Neuron j belongs to lane j mod P, so a sparse row cannot be shorter than its fullest lane: packing each lane's
 * synapses without gaps is the shortest possible row.
 */

import type { QuantisedProjection } from "./quantised.ts";

/** Rows as runs of synapses: row r holds synapses order[start[r]] .. order[start[r+1] - 1]. */
export interface RowRuns {
  readonly start: Uint32Array;
  /** Null: synapses in their own order. */
  readonly order: Uint32Array | null;
}

export interface PackedRows {
  /** First word and words of each row; an empty row starts at word 0. */
  readonly rowStart: Uint32Array;
  readonly rowLength: Uint32Array;
  /** Word of each synapse; its lane is post mod P. */
  readonly synapseWord: Uint32Array;
  /** Words of all rows, from the base on. */
  readonly words: number;
}

/** Rows in order from word `base` on. */
export function packRows(
  { post }: QuantisedProjection,
  storage: "dense" | "sparse",
  runs: RowRuns,
  lanes: number,
  groups: number,
  base: number,
): PackedRows {
  const rows = runs.start.length - 1;
  const rowStart = new Uint32Array(rows);
  const rowLength = new Uint32Array(rows);
  const synapseWord = new Uint32Array(post.length);
  const lane = lanes - 1;
  const shift = 31 - Math.clz32(lanes);
  const filled = new Uint32Array(lanes);
  let next = base;
  for (let row = 0; row < rows; row++) {
    const end = runs.start[row + 1]!;
    let length = 0;
    if (storage === "dense") {
      length = groups;
      for (let s = runs.start[row]!; s < end; s++) synapseWord[s] = next + (post[s]! >>> shift);
    } else {
      filled.fill(0);
      for (let k = runs.start[row]!; k < end; k++) {
        const s = runs.order === null ? k : runs.order[k]!;
        const place = filled[post[s]! & lane]!++;
        synapseWord[s] = next + place;
        if (place >= length) length = place + 1;
      }
    }
    rowStart[row] = length === 0 ? 0 : next;
    rowLength[row] = length;
    next += length;
  }
  return { rowStart, rowLength, synapseWord, words: next - base };
}

/** How well the rows of a projection keep the lanes busy. */
export interface PackingReport {
  readonly projection: string;
  readonly storage: "dense" | "sparse";
  /** Rows (axons, or buckets in scheme 3), synapses, and words of the synapse memory. */
  readonly rows: number;
  readonly synapses: number;
  readonly words: number;
  /** Words if every row of n synapses took ceil(n / P): also the cycles of delivering every row once (1R1W). */
  readonly idealWords: number;
  /** Active lanes over lanes in all words, 0..1; 1 for no words. */
  readonly fill: number;
}

export function reportPacking(
  { name, post }: QuantisedProjection,
  storage: "dense" | "sparse",
  runs: RowRuns,
  { words }: PackedRows,
  lanes: number,
): PackingReport {
  const rows = runs.start.length - 1;
  let idealWords = 0;
  for (let row = 0; row < rows; row++) idealWords += Math.ceil((runs.start[row + 1]! - runs.start[row]!) / lanes);
  return {
    projection: name,
    storage,
    rows,
    synapses: post.length,
    words,
    idealWords,
    fill: words === 0 ? 1 : post.length / (words * lanes),
  };
}
