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

/** Two neighbouring fields as one. */
function span(low: Field, high: Field): Field {
  return { bit: low.bit, width: low.width + high.width };
}

/**
 * Axon word. Schemes 1 and 2: row, length, fraction, delay. Scheme 3: bucket, fraction, then the first wait, which is
 * `delay`. `storedDelay` spans fraction and delay: what learning changes (section 10.1).
 */
export function axonFields({ fields }: Manifest): {
  row: Field;
  length: Field;
  bucket: Field;
  delay: Field;
  storedDelay: Field;
} {
  const { axonRow, axonLength, axonBucket, axonFraction, axonDelay } = fields;
  const [row, length, bucket, fraction, delay] = pack([axonRow, axonLength, axonBucket, axonFraction, axonDelay]);
  return { row: row!, length: length!, bucket: bucket!, delay: delay!, storedDelay: span(fraction!, delay!) };
}

/** Bucket word: row, length, gap. */
export function bucketFields({ fields }: Manifest): { row: Field; length: Field; gap: Field } {
  const [row, length, gap] = pack([fields.bucketRow, fields.bucketLength, fields.bucketGap]);
  return { row: row!, length: length!, gap: gap! };
}

/**
 * Fields of one synapse by layout, within its lane; lane p begins at bit p * fields.synapse. `weight` and `delay` are the
 * used bits; `storedWeight` has the remainder below them, `storedDelay` the fraction (section 10.1).
 */
export function synapseFields(
  { layouts }: Manifest,
  layout: number,
): { weight: Field; delay: Field; index: Field; storedWeight: Field; storedDelay: Field } {
  const { remainderBits, weightBits, fractionBits, delayBits, indexBits } = layouts[layout]!;
  const [remainder, weight, fraction, delay, index] = pack([
    remainderBits,
    weightBits,
    fractionBits,
    delayBits,
    indexBits,
  ]);
  return {
    weight: weight!,
    delay: delay!,
    index: index!,
    storedWeight: span(remainder!, weight!),
    storedDelay: span(fraction!, delay!),
  };
}

/** Fields of one neuron's parameters within its lane; lane p begins at bit p * (parameterDecay + parameterThreshold). */
export function parameterFields({ fields }: Manifest): { decay: Field; threshold: Field } {
  const [decay, threshold] = pack([fields.parameterDecay, fields.parameterThreshold]);
  return { decay: decay!, threshold: threshold! };
}
