/** What a table of register records is; record-fields.ts and learning-fields.ts say which there are. */

import type { Image } from "../image/manifest.ts";

/** One field: its name in the struct, its bits (at least 1) and its value for an image. */
export interface RecordField {
  readonly name: string;
  readonly bits: number;
  /** False: no core of this shape reads it, and it has no flip-flops; the struct has it, since all files are parsed in every build. */
  readonly stored?: boolean;
  /** `index` numbers the population or projection; 0 for the core. Negative values are stored in two's complement. */
  value(image: Image, index: number): number;
}

/** All records of one kind. */
export interface RecordTable {
  /** Name in the package: `core_t`, `CORE_BITS`. */
  readonly name: string;
  readonly count: number;
  readonly fields: readonly RecordField[];
}

/** Bits of one record. */
export function recordBits({ fields }: RecordTable): number {
  return fields.reduce((sum, { bits }) => sum + bits, 0);
}

/** Bits of a record that have flip-flops, bit 0 for the first bit of the first field. */
export function storedBits({ fields }: RecordTable): bigint {
  let mask = 0n;
  let bit = 0n;
  for (const { bits, stored = true } of fields) {
    if (stored) mask |= ((1n << BigInt(bits)) - 1n) << bit;
    bit += BigInt(bits);
  }
  return mask;
}
