/** Projections of an image as the wasm module holds them: PROJ_* records, axons, buckets, rows. */
import * as l from "../assembly/layout.ts";
import * as t from "../assembly/learning-tables.ts";
import { axonFields, bucketFields, type Field } from "../image/fields.ts";
import { type Image, memoryOf, type ProjectionRegisters } from "../image/manifest.ts";
import { readField } from "../image/words.ts";
import { type Place, writeRecord, writeWords } from "./memory-map.ts";
import { decodeRow, isDelayed, rowBytes, rowForm, storeRow } from "./rows.ts";

export interface PlaceProjection extends Place {
  readonly popAddress: readonly number[];
  readonly projAddress: readonly number[];
  /** Address of the BUCKET_* record of bucket 0 (scheme "queue"); the others follow. */
  readonly buckets: number;
  /** Address of the ROW_* records of its rows, if learning or its feedback needs them, else 0. */
  readonly learnedRows: number;
}

export function placeProjection(
  image: Image,
  projection: ProjectionRegisters,
  index: number,
  place: PlaceProjection,
): void {
  const { manifest, contents } = image;
  const { core, populations } = manifest;
  const { allocator, clear, writes, popAddress, projAddress, buckets, learnedRows } = place;
  const source = populations[projection.from]!;
  const target = populations[projection.to]!;
  const form = rowForm(manifest, projection);
  const slotBytes = form.slotSize * (core.accumulator.bits > 16 ? 4 : 2);
  const ringSlotBytes = Math.ceil(source.size / 32) * 4;
  const ring = projection.spikeRingSlots > 0 ? clear(projection.spikeRingSlots * ringSlotBytes) : 0;
  const axons = allocator.allocate(source.size * l.AXON_BYTES);
  const record = projAddress[index]!;
  const fieldsOfRecord: readonly (readonly [number, number])[] = [
    [l.PROJ_TO, popAddress[projection.to]!],
    [l.PROJ_RECURRENT, Number(projection.recurrent)],
    [l.PROJ_KERNEL, form.kernel],
    [l.PROJ_AXONS, axons],
    [l.PROJ_RING, ring],
    [l.PROJ_RING_SLOTS, projection.spikeRingSlots],
    [l.PROJ_RING_SLOT_BYTES, ringSlotBytes],
    [l.PROJ_SOURCE_SIZE, source.size],
    [l.PROJ_DELAYED, Number(isDelayed(projection))],
    [l.PROJ_INDEX, index],
  ];
  writes.push((view) => {
    writeRecord(view, record, fieldsOfRecord);
  });
  /** Places the row of source `i` and returns its address and number of synapses. */
  const placeRow = (i: number, first: number, words: number): readonly [address: number, synapses: number] => {
    const row = decodeRow(image, projection.layout, first, words, target.size);
    // With a learning engine the words before a row say where the row is stored as learning sees it (assembly/fold.ts).
    const header = manifest.learning ? allocator.allocate(16) : 0;
    const address = allocator.allocate(rowBytes(row.post.length, form));
    writes.push((view) => storeRow(view, address, row, form));
    if (learnedRows > 0) {
      const learned = learnedRows + i * t.ROW_BYTES;
      writes.push((view) => {
        view.setInt32(header, learned, true);
        view.setInt32(learned + t.RW_FOLDED, address, true);
        view.setInt32(learned + t.RW_WORDS, words, true);
      });
    }
    return [address, row.post.length];
  };
  const axonBits = memoryOf(manifest, "axons").wordBits;
  const axonField = ({ bit, width }: Field, word: number): number =>
    readField(contents.axons!, axonBits, word, bit, width);
  const axon = axonFields(manifest);
  if (core.scheme !== "queue") {
    for (let i = 0; i < source.size; i++) {
      const word = projection.axonBase + i;
      const words = axonField(axon.length, word);
      const slots = axonField(axon.delay, word);
      const delay = core.scheme === "ring" ? slots * slotBytes : slots;
      const [address, synapses] = placeRow(i, axonField(axon.row, word), words);
      writes.push((view) => writeWords(view, axons + i * l.AXON_BYTES, [address, synapses, words, delay]));
    }
    return;
  }
  const bucketBits = memoryOf(manifest, "buckets").wordBits;
  const bucketField = ({ bit, width }: Field, word: number): number =>
    readField(contents.buckets!, bucketBits, word, bit, width);
  const fields = bucketFields(manifest);
  for (let i = 0; i < source.size; i++) {
    const word = projection.axonBase + i;
    let bucket = axonField(axon.bucket, word);
    const wait = axonField(axon.delay, word);
    let gap = 1;
    for (let n = 0; gap > 0; n++) {
      const words = bucketField(fields.length, bucket);
      gap = bucketField(fields.gap, bucket);
      const [row, synapses] = placeRow(i, bucketField(fields.row, bucket), words);
      const address = buckets + bucket * l.BUCKET_BYTES;
      const values = [row, synapses, words, gap, record, bucket];
      writes.push((view) => writeWords(view, address, values));
      if (n === 0) writes.push((view) => writeWords(view, axons + i * l.AXON_BYTES, [address, 0, 0, wait]));
      bucket += 1;
    }
  }
}
