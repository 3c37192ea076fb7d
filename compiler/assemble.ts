/** The pass placement -> image: memory contents, packed bit by bit (docs/core.md, section 2). */

import { axonFields, bucketFields, parameterFields, synapseFields } from "../image/fields.ts";
import { type Image, type Manifest, type MemoryId, memoryOf } from "../image/manifest.ts";
import { wordBytes, writeField } from "../image/words.ts";
import { feedbackCode } from "./feedback.ts";
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
  packLearning(contents, network, manifest);
  const tableBits = manifest.decision?.tableBits ?? 0;
  for (const [entry, value] of exponentTable.entries()) {
    writeField(contents["exponent-table"]!, tableBits, entry, 0, tableBits, value);
  }
  return { manifest, contents };
}

function packAxons(bytes: Uint8Array, network: QuantisedNetwork, { manifest, rows }: Placement): void {
  const bits = memoryOf(manifest, "axons").wordBits;
  const { row, length, bucket, delay, storedDelay } = axonFields(manifest);
  for (const [index, { axonBase }] of manifest.projections.entries()) {
    const { rowStart, delayKind, storedDelay: codes, delayClamp } = network.projections[index]!;
    const { rows: packed, buckets, bucketBase } = rows[index]!;
    for (let i = 0; i < rowStart.length - 1; i++) {
      const word = axonBase + i;
      if (buckets !== null) {
        writeField(bytes, bits, word, bucket.bit, bucket.width, bucketBase + buckets.firstBucket[i]!);
        writeField(bytes, bits, word, delay.bit, delay.width, buckets.wait[i]!);
        if (delayClamp !== null) writeField(bytes, bits, word, storedDelay.bit, storedDelay.width, codes[i]!);
        continue;
      }
      writeField(bytes, bits, word, row.bit, row.width, packed.rowStart[i]!);
      writeField(bytes, bits, word, length.bit, length.width, packed.rowLength[i]!);
      // A fixed delay has no fraction, though the word may have room for one.
      const field = delayClamp === null ? delay : storedDelay;
      if (delayKind === "axonal") writeField(bytes, bits, word, field.bit, field.width, codes[i]!);
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
    const { post, storedWeight, storedDelay, delayKind } = network.projections[projection]!;
    const { rows: packed } = rows[projection]!;
    const { storedWeight: weight, storedDelay: delay, index } = synapseFields(manifest, layout);
    const delays = delayKind === "synaptic" && delay.width > 0;
    const sparse = storage === "sparse";
    if (sparse) fillNulls(bytes, bits, packed, lanes, laneBits, index);
    for (let s = 0; s < post.length; s++) {
      const word = packed.synapseWord[s]!;
      const lane = (post[s]! & (lanes - 1)) * laneBits;
      writeField(bytes, bits, word, lane + weight.bit, weight.width, storedWeight[s]!);
      if (delays) writeField(bytes, bits, word, lane + delay.bit, delay.width, storedDelay[s]!);
      if (sparse) writeField(bytes, bits, word, lane + index.bit, index.width, post[s]! >>> laneShift);
    }
  }
}

/** One copy of the surrogate table, and the feedback weights that are read from memory. */
function packLearning(
  contents: Partial<Record<MemoryId, Uint8Array>>,
  { learning }: QuantisedNetwork,
  manifest: Manifest,
): void {
  if (learning === null || manifest.learning === null) return;
  const { surrogateBits, feedbackBits, readout, populations } = manifest.learning;
  for (const [entry, psi] of learning.surrogate.entries()) {
    writeField(contents["surrogate-table"]!, surrogateBits, entry, 0, surrogateBits, psi);
  }
  const { lanes } = manifest.core;
  const bits = memoryOf(manifest, "feedback").wordBits;
  const classes = manifest.populations[readout]!.size;
  const words = Math.ceil(classes / lanes);
  for (const [index, { population, feedback }] of populations.entries()) {
    const source = learning.hidden[index]!.feedback;
    if (feedback.kind !== "stored" || source.kind !== "stored") continue;
    for (let j = 0; j < manifest.populations[population]!.size; j++) {
      for (let k = 0; k < classes; k++) {
        const word = feedback.base + j * words + Math.floor(k / lanes);
        const code = feedbackCode(source.seed, j, k, feedbackBits);
        writeField(contents.feedback!, bits, word, (k % lanes) * feedbackBits, feedbackBits, code);
      }
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
