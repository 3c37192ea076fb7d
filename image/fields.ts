/** Where the fields of each stored memory's word lie, from the manifest: packed from bit 0 upwards (docs/core.md, section 2). */

import type { Manifest } from "./manifest.ts";

/** A field of `width` bits from bit `bit`; width 0: the field does not exist. */
export interface Field {
  readonly bit: number;
  readonly width: number;
}

function pack(widths: readonly number[]): Field[] {
  let bit = 0;
  return widths.map((width) => {
    const field = { bit, width };
    bit += width;
    return field;
  });
}

/** Axon word. Schemes 1 and 2: row, length, delay. Scheme 3: bucket, then the first wait, which is `delay`. */
export function axonFields({ fields }: Manifest): { row: Field; length: Field; bucket: Field; delay: Field } {
  const [row, length, bucket, delay] = pack([fields.axonRow, fields.axonLength, fields.axonBucket, fields.axonDelay]);
  return { row: row!, length: length!, bucket: bucket!, delay: delay! };
}

/** Bucket word: row, length, gap. */
export function bucketFields({ fields }: Manifest): { row: Field; length: Field; gap: Field } {
  const [row, length, gap] = pack([fields.bucketRow, fields.bucketLength, fields.bucketGap]);
  return { row: row!, length: length!, gap: gap! };
}

/** Fields of one synapse by layout, within its lane; lane p begins at bit p * fields.synapse. */
export function synapseFields({ layouts }: Manifest, layout: number): { weight: Field; delay: Field; index: Field } {
  const { weightBits, delayBits, indexBits } = layouts[layout]!;
  const [weight, delay, index] = pack([weightBits, delayBits, indexBits]);
  return { weight: weight!, delay: delay!, index: index! };
}

/** Fields of one neuron's parameters within its lane; lane p begins at bit p * (parameterDecay + parameterThreshold). */
export function parameterFields({ fields }: Manifest): { decay: Field; threshold: Field } {
  const [decay, threshold] = pack([fields.parameterDecay, fields.parameterThreshold]);
  return { decay: decay!, threshold: threshold! };
}
