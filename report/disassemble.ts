/** Synapse rows of an image, word by word, as the issue stage and the lanes see them. */

import { axonFields, bucketFields, type Field, synapseFields } from "../image/fields.ts";
import { type Image, type MemoryId, memoryOf, type ProjectionRegisters } from "../image/manifest.ts";
import { readField, readSigned } from "../image/words.ts";
import { fixed } from "./numbers.ts";
import type { Table } from "./table.ts";

/** One lane of a synapse word; null: not active (padding, or a null synapse). */
export interface DisassembledSynapse {
  readonly lane: number;
  readonly post: number;
  /** Weight code, LSB 2^-weightFraction threshold units. */
  readonly code: number;
  readonly weight: number;
  /** Steps from sending to arrival, beyond the step of a recurrent projection. */
  readonly delay: number;
  /** Bits below the used weight and delay, which only learning changes; 0 where there are none. */
  readonly remainder: number;
  readonly fraction: number;
}

export interface DisassembledWord {
  readonly address: number;
  readonly lanes: readonly (DisassembledSynapse | null)[];
}

/** The words of one axon; several buckets in scheme "queue", else one without number. */
export interface DisassembledRow {
  readonly projection: string;
  readonly source: number;
  readonly axon: number;
  readonly buckets: readonly {
    readonly bucket: number | null;
    /** Steps after the spike at which these words are walked. */
    readonly delay: number;
    readonly words: readonly DisassembledWord[];
  }[];
}

/** @throws RangeError when the projection has no such source */
export function disassembleRow(image: Image, projection: ProjectionRegisters, source: number): DisassembledRow {
  const { manifest } = image;
  const size = manifest.populations[projection.from]!.size;
  if (!(Number.isInteger(source) && source >= 0 && source < size)) {
    throw new RangeError(`projection ${projection.name}: source ${source} is not within 0..${size - 1}`);
  }
  const axon = projection.axonBase + source;
  const field = reader(image, "axons", axon);
  const fields = axonFields(manifest);
  const row = { projection: projection.name, source, axon };
  if (manifest.core.scheme !== "queue") {
    const words = disassembleWords(image, projection, field(fields.row), field(fields.length));
    return { ...row, buckets: [{ bucket: null, delay: field(fields.delay), words }] };
  }
  const buckets: DisassembledRow["buckets"][number][] = [];
  let delay = field(fields.delay);
  for (let bucket = field(fields.bucket); ; bucket++) {
    const bucketField = reader(image, "buckets", bucket);
    const { row: first, length, gap } = bucketFields(manifest);
    const words = disassembleWords(image, projection, bucketField(first), bucketField(length));
    buckets.push({ bucket, delay, words });
    if (bucketField(gap) === 0) return { ...row, buckets };
    delay += bucketField(gap);
  }
}

function reader({ manifest, contents }: Image, id: MemoryId, word: number): (field: Field) => number {
  const { wordBits } = memoryOf(manifest, id);
  return ({ bit, width }) => readField(contents[id]!, wordBits, word, bit, width);
}

function disassembleWords(
  { manifest, contents }: Image,
  projection: ProjectionRegisters,
  first: number,
  length: number,
): readonly DisassembledWord[] {
  const { lanes } = manifest.core;
  const { wordBits } = memoryOf(manifest, "synapses");
  const bytes = contents.synapses!;
  const { weight, delay, index, storedWeight, storedDelay } = synapseFields(manifest, projection.layout);
  const size = manifest.populations[projection.to]!.size;
  return Array.from({ length }, (_, m) => {
    const address = first + m;
    const lane = (p: number): DisassembledSynapse | null => {
      const bit = p * manifest.fields.synapse;
      const group = index.width > 0 ? readField(bytes, wordBits, address, bit + index.bit, index.width) : m;
      const post = group * lanes + p;
      if ((index.width > 0 && group === 2 ** index.width - 1) || post >= size) return null;
      const read = (field: number, width: number): number => readField(bytes, wordBits, address, bit + field, width);
      const code = readSigned(bytes, wordBits, address, bit + weight.bit, weight.width);
      return {
        lane: p,
        post,
        code,
        weight: code * 2 ** -projection.weightFraction,
        delay: read(delay.bit, delay.width),
        remainder: read(storedWeight.bit, weight.bit - storedWeight.bit),
        fraction: read(storedDelay.bit, delay.bit - storedDelay.bit),
      };
    };
    return { address, lanes: Array.from({ length: lanes }, (__, p) => lane(p)) };
  });
}

/** A row per word: in each lane post, weight code and, where synapses have delays, "@delay". */
export function disassemblyTable({ projection, source, axon, buckets }: DisassembledRow): Table {
  const lanes = buckets.flatMap(({ words }) => words)[0]?.lanes.length ?? 0;
  const delayed = buckets.some(({ words }) =>
    words.some((word) => word.lanes.some((synapse) => (synapse?.delay ?? 0) > 0)),
  );
  const cell = (synapse: DisassembledSynapse | null): string =>
    synapse === null ? "-" : `${synapse.post}: ${synapse.code}${delayed ? ` @${synapse.delay}` : ""}`;
  const all = buckets.flatMap(({ words }) => words.flatMap((word) => word.lanes));
  const active = all.filter((synapse) => synapse !== null).length;
  return {
    title: `Row of source ${source} in projection ${projection} (axon ${axon})`,
    columns: [
      { title: "bucket" },
      { title: "delay" },
      { title: "word" },
      ...Array.from({ length: lanes }, (_, p) => ({ title: `lane ${p}`, align: "left" as const })),
    ],
    rows: buckets.flatMap(({ bucket, delay, words }) =>
      words.map(({ address, lanes: synapses }) => [
        bucket === null ? "-" : String(bucket),
        String(delay),
        String(address),
        ...synapses.map(cell),
      ]),
    ),
    notes: [
      `Lanes show post: weight code${delayed ? " @delay in steps" : ""}; "-" is not active. ${active} of ${all.length} lanes active${all.length === 0 ? "" : ` (${fixed((100 * active) / all.length, 1)} %)`}.`,
    ],
  };
}
