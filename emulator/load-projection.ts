/** Projections of an image as the wasm module holds them: PROJ_* records, axons, buckets, rows. */
import * as l from "../assembly/layout.ts";
import type { Image, ProjectionRegisters } from "../image/manifest.ts";
import { readField } from "../image/words.ts";
import { type Place, writeRecord, writeWords } from "./memory-map.ts";
import { decodeRow, isDelayed, rowBytes, rowForm, storeRow } from "./rows.ts";

export interface PlaceProjection extends Place {
  readonly popAddress: readonly number[];
  readonly projAddress: readonly number[];
  /** Address of the BUCKET_* record of bucket 0 (scheme "queue"); the others follow. */
  readonly buckets: number;
}

export function placeProjection(
  image: Image,
  projection: ProjectionRegisters,
  index: number,
  place: PlaceProjection,
): void {
  const { manifest, contents } = image;
  const { core, fields, memories, populations } = manifest;
  const { allocator, clear, writes, popAddress, projAddress, buckets } = place;
  const source = populations[projection.from]!;
  const target = populations[projection.to]!;
  const layout = manifest.layouts[projection.layout]!;
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
  /** Places one row and returns its address and number of synapses. */
  const placeRow = (first: number, words: number): readonly [address: number, synapses: number] => {
    const row = decodeRow(image, layout, first, words, target.size);
    const address = allocator.allocate(rowBytes(row.post.length, form));
    writes.push((view) => storeRow(view, address, row, form));
    return [address, row.post.length];
  };
  const axonBits = memories.find((memory) => memory.id === "axons")!.wordBits;
  if (core.scheme !== "queue") {
    for (let i = 0; i < source.size; i++) {
      const word = projection.axonBase + i;
      const first = readField(contents.axons!, axonBits, word, 0, fields.axonRow);
      const words = readField(contents.axons!, axonBits, word, fields.axonRow, fields.axonLength);
      const at = fields.axonRow + fields.axonLength;
      const slots = readField(contents.axons!, axonBits, word, at, fields.axonDelay);
      const delay = core.scheme === "ring" ? slots * slotBytes : slots;
      const [address, synapses] = placeRow(first, words);
      writes.push((view) => writeWords(view, axons + i * l.AXON_BYTES, [address, synapses, words, delay]));
    }
    return;
  }
  const bucketBits = memories.find((memory) => memory.id === "buckets")!.wordBits;
  for (let i = 0; i < source.size; i++) {
    const word = projection.axonBase + i;
    let bucket = readField(contents.axons!, axonBits, word, 0, fields.axonBucket);
    const wait = readField(contents.axons!, axonBits, word, fields.axonBucket, fields.axonDelay);
    let gap = 1;
    for (let n = 0; gap > 0; n++) {
      const first = readField(contents.buckets!, bucketBits, bucket, 0, fields.bucketRow);
      const words = readField(contents.buckets!, bucketBits, bucket, fields.bucketRow, fields.bucketLength);
      gap = readField(contents.buckets!, bucketBits, bucket, fields.bucketRow + fields.bucketLength, fields.bucketGap);
      const [row, synapses] = placeRow(first, words);
      const address = buckets + bucket * l.BUCKET_BYTES;
      const values = [row, synapses, words, gap, record, bucket];
      writes.push((view) => writeWords(view, address, values));
      if (n === 0) writes.push((view) => writeWords(view, axons + i * l.AXON_BYTES, [address, 0, 0, wait]));
      bucket += 1;
    }
  }
}
