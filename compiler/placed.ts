/** The placement: every structure at an address of a memory. What assemble.ts packs and the memory report is read off. */

import type { Manifest } from "../image/manifest.ts";
import type { Buckets } from "./buckets.ts";
import type { PackedRows, PackingReport } from "./rows.ts";

/** Rows of one projection in the synapse memory, and how its axons find them. */
export interface PlacedRows {
  readonly rows: PackedRows;
  /** Scheme "queue": the projection's buckets, whose first entry of the bucket table is bucketBase; null otherwise. */
  readonly buckets: Buckets | null;
  readonly bucketBase: number;
}

export interface Placement {
  readonly manifest: Manifest;
  /** By projection. */
  readonly rows: readonly PlacedRows[];
  /** Entries of the exponent table; empty without one. */
  readonly exponentTable: Uint16Array;
  readonly packing: readonly PackingReport[];
}
