/** What a table of register records is; record-fields.ts and learning-fields.ts say which there are. */

import type { Image } from "../image/manifest.ts";

/** One field: its name in the struct, its bits (at least 1) and its value for an image. */
export interface RecordField {
  readonly name: string;
  readonly bits: number;
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
