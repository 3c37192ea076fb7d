/** The pass placement -> image: memory contents, packed bit by bit (docs/core.md, section 2). */

import { axonFields, bucketFields, parameterFields, synapseFields } from "../image/fields.ts";
import { type Image, type Manifest, type MemoryId, memoryOf } from "../image/manifest.ts";
import { wordBytes, writeField } from "../image/words.ts";
import type { Placement } from "./placed.ts";
import type { QuantisedNetwork } from "./quantised.ts";

export function assemble(network: QuantisedNetwork, placement: Placement): Image {
  const { manifest, exponentTable } = placement;
  const contents: Partial<Record<MemoryId, Uint8Array>> = {};
  for (const { id, stored, words, wordBits } of manifest.memories) {
    if (stored) contents[id] = new Uint8Array(words * wordBytes(wordBits));
  }
  packAxons(contents.axons!, network, placement);
  packBuckets(contents.buckets!, placement);
  packSynapses(contents.synapses!, network, placement);
  packParameters(contents.parameters!, network, manifest);
  const tableBits = manifest.decision?.tableBits ?? 0;
  for (const [entry, value] of exponentTable.entries()) {
    writeField(contents["exponent-table"]!, tableBits, entry, 0, tableBits, value);
  }
  return { manifest, contents };
}

function packAxons(bytes: Uint8Array, network: QuantisedNetwork, { manifest, rows }: Placement): void {
  const bits = memoryOf(manifest, "axons").wordBits;
  const { row, length, bucket, delay } = axonFields(manifest);
  for (const [index, { axonBase }] of manifest.projections.entries()) {
    const { rowStart, delayKind, axonDelay } = network.projections[index]!;
    const { rows: packed, buckets, bucketBase } = rows[index]!;
    for (let i = 0; i < rowStart.length - 1; i++) {
      const word = axonBase + i;
      if (buckets !== null) {
        writeField(bytes, bits, word, bucket.bit, bucket.width, bucketBase + buckets.firstBucket[i]!);
        writeField(bytes, bits, word, delay.bit, delay.width, buckets.wait[i]!);
        continue;
      }
      writeField(bytes, bits, word, row.bit, row.width, packed.rowStart[i]!);
      writeField(bytes, bits, word, length.bit, length.width, packed.rowLength[i]!);
      if (delayKind === "axonal") writeField(bytes, bits, word, delay.bit, delay.width, axonDelay[i]!);
    }
  }
}

function packBuckets(bytes: Uint8Array, { manifest, rows }: Placement): void {
  const bits = memoryOf(manifest, "buckets").wordBits;
  const { row, length, gap } = bucketFields(manifest);
  for (const { rows: packed, buckets, bucketBase } of rows) {
    if (buckets === null) continue;
    for (let b = 0; b < buckets.gap.length; b++) {
      writeField(bytes, bits, bucketBase + b, row.bit, row.width, packed.rowStart[b]!);
      writeField(bytes, bits, bucketBase + b, length.bit, length.width, packed.rowLength[b]!);
      writeField(bytes, bits, bucketBase + b, gap.bit, gap.width, buckets.gap[b]!);
    }
  }
}

function packSynapses(bytes: Uint8Array, network: QuantisedNetwork, { manifest, rows }: Placement): void {
  const bits = memoryOf(manifest, "synapses").wordBits;
  const { lanes } = manifest.core;
  const laneBits = manifest.fields.synapse;
  const laneShift = 31 - Math.clz32(lanes);
  for (const [projection, { layout, storage }] of manifest.projections.entries()) {
    const { post, weight: codes, delay: delays } = network.projections[projection]!;
    const { rows: packed } = rows[projection]!;
    const { weight, delay, index } = synapseFields(manifest, layout);
    const sparse = storage === "sparse";
    if (sparse) fillNulls(bytes, bits, packed, lanes, laneBits, index);
    for (let s = 0; s < post.length; s++) {
      const word = packed.synapseWord[s]!;
      const lane = (post[s]! & (lanes - 1)) * laneBits;
      writeField(bytes, bits, word, lane + weight.bit, weight.width, codes[s]!);
      if (delay.width > 0 && delays.length > 0)
        writeField(bytes, bits, word, lane + delay.bit, delay.width, delays[s]!);
      if (sparse) writeField(bytes, bits, word, lane + index.bit, index.width, post[s]! >>> laneShift);
    }
  }
}

/** Group index all ones in every lane of the projection's rows. */
function fillNulls(
  bytes: Uint8Array,
  bits: number,
  { rowStart, rowLength }: Placement["rows"][number]["rows"],
  lanes: number,
  laneBits: number,
  index: { readonly bit: number; readonly width: number },
): void {
  for (let row = 0; row < rowStart.length; row++) {
    const end = rowStart[row]! + rowLength[row]!;
    for (let word = rowStart[row]!; word < end; word++) {
      for (let p = 0; p < lanes; p++) writeField(bytes, bits, word, p * laneBits + index.bit, index.width, -1);
    }
  }
}

function packParameters(bytes: Uint8Array, network: QuantisedNetwork, manifest: Manifest): void {
  const bits = memoryOf(manifest, "parameters").wordBits;
  const { lanes } = manifest.core;
  const { decay, threshold } = parameterFields(manifest);
  const laneBits = decay.width + threshold.width;
  for (const [index, { parameterBase }] of manifest.populations.entries()) {
    const population = network.populations[index]!;
    if (parameterBase < 0 || population.kind === "input") continue;
    for (let j = 0; j < population.size; j++) {
      const word = parameterBase + Math.floor(j / lanes);
      const lane = (j % lanes) * laneBits;
      writeField(bytes, bits, word, lane + decay.bit, decay.width, population.decay[j]!);
      if (population.kind === "lif")
        writeField(bytes, bits, word, lane + threshold.bit, threshold.width, population.threshold[j]!);
    }
  }
}
