/**
 * Weights and delays in an image, free of lanes, padding and buckets: by source, then by target (ascending), as in the IR.
 *
 * A stored weight is the used weight and the remainder bits below it; a stored delay is the used delay and its fraction bits
 * (docs/core.md, section 10.1). The used value is the stored one >> those bits; there are none where nothing learns.
 */

import { axonFields, bucketFields, type Field, synapseFields } from "./fields.ts";
import { type Image, type Manifest, type MemoryId, memoryOf } from "./manifest.ts";
import { readField, readSigned, writeField } from "./words.ts";

/** Where the synapses of one projection are. */
export interface SynapsePlaces {
  /** Source i has synapses rowStart[i] .. rowStart[i + 1] - 1. */
  readonly rowStart: Uint32Array;
  readonly post: Uint32Array;
  /** Word in synapse memory and bit at which the synapse's lane begins. */
  readonly word: Uint32Array;
  readonly bit: Uint32Array;
  /** Scheme "queue": delay in steps of the bucket that the synapse is in; empty otherwise. */
  readonly bucketDelay: Uint16Array;
}

/** Weights and delays of one projection. Arrays are empty where the projection has no such delays. */
export interface StoredParameters {
  /** By synapse. */
  readonly weight: Int32Array;
  /** By synapse ("synaptic") or by source ("axonal"). */
  readonly delay: Int32Array;
}

export function synapsePlaces({ manifest, contents }: Image, projection: number): SynapsePlaces {
  const { from, to, storage, axonBase, layout } = manifest.projections[projection]!;
  const { lanes, scheme } = manifest.core;
  const size = manifest.populations[from]!.size;
  const targets = manifest.populations[to]!.size;
  const { index } = synapseFields(manifest, layout);
  const read = (id: MemoryId, word: number, { bit, width }: Field): number =>
    readField(contents[id]!, memoryOf(manifest, id).wordBits, word, bit, width);
  const axon = axonFields(manifest);
  const bucket = bucketFields(manifest);
  const rowStart = new Uint32Array(size + 1);
  const found: { readonly post: number; readonly word: number; readonly bit: number; readonly delay: number }[] = [];

  const walk = (first: number, length: number, delay: number): void => {
    for (let m = 0; m < length; m++) {
      for (let p = 0; p < lanes; p++) {
        const bit = p * manifest.fields.synapse;
        const group = storage === "dense" ? m : read("synapses", first + m, { ...index, bit: bit + index.bit });
        const post = group * lanes + p;
        // Null synapses have the group index all ones, which is beyond the population (docs/core.md, section 2).
        if (post < targets) found.push({ post, word: first + m, bit, delay });
      }
    }
  };

  for (let i = 0; i < size; i++) {
    const row = found.length;
    if (scheme !== "queue") {
      walk(read("axons", axonBase + i, axon.row), read("axons", axonBase + i, axon.length), 0);
    } else {
      let delay = read("axons", axonBase + i, axon.delay);
      for (let b = read("axons", axonBase + i, axon.bucket); ; b++) {
        walk(read("buckets", b, bucket.row), read("buckets", b, bucket.length), delay);
        const gap = read("buckets", b, bucket.gap);
        if (gap === 0) break;
        delay += gap;
      }
    }
    const sorted = found.splice(row).sort((a, b) => a.post - b.post);
    found.push(...sorted);
    rowStart[i + 1] = found.length;
  }
  return {
    rowStart,
    post: Uint32Array.from(found, ({ post }) => post),
    word: Uint32Array.from(found, ({ word }) => word),
    bit: Uint32Array.from(found, ({ bit }) => bit),
    bucketDelay: scheme === "queue" ? Uint16Array.from(found, ({ delay }) => delay) : new Uint16Array(0),
  };
}

/** Bits below a projection's used weight, and below its used delay. */
export function bitsBelow(
  { projections, layouts, fields }: Manifest,
  projection: number,
): { readonly weight: number; readonly delay: number } {
  const { delayKind, layout } = projections[projection]!;
  const { remainderBits, fractionBits } = layouts[layout]!;
  const delay = delayKind === "axonal" ? fields.axonFraction : delayKind === "synaptic" ? fractionBits : 0;
  return { weight: remainderBits, delay };
}

/** What the image stores of a projection. Delays that scheme "queue" keeps in buckets have no bits below. */
export function readParameters(image: Image, projection: number, places: SynapsePlaces): StoredParameters {
  const { manifest, contents } = image;
  const { from, delayKind, layout, axonBase } = manifest.projections[projection]!;
  const { storedWeight, storedDelay } = synapseFields(manifest, layout);
  const { wordBits } = memoryOf(manifest, "synapses");
  const bytes = contents.synapses!;
  const { word, bit, bucketDelay } = places;
  const weight = Int32Array.from(word, (at, s) =>
    readSigned(bytes, wordBits, at, bit[s]! + storedWeight.bit, storedWeight.width),
  );
  if (delayKind === "none") return { weight, delay: new Int32Array(0) };
  if (delayKind === "axonal") {
    const field = axonFields(manifest).storedDelay;
    const axonBits = memoryOf(manifest, "axons").wordBits;
    const delay = Int32Array.from({ length: manifest.populations[from]!.size }, (_, i) =>
      readField(contents.axons!, axonBits, axonBase + i, field.bit, field.width),
    );
    return { weight, delay };
  }
  if (bucketDelay.length > 0) return { weight, delay: Int32Array.from(bucketDelay) };
  const delay = Int32Array.from(word, (at, s) =>
    readField(bytes, wordBits, at, bit[s]! + storedDelay.bit, storedDelay.width),
  );
  return { weight, delay };
}

/** A projection's new parameters; an empty array leaves what the image has. */
export interface NewParameters extends StoredParameters {
  readonly projection: number;
}

/** The image with other stored weights and delays; everything else is shared with `image`. */
export function withParameters(image: Image, changes: readonly NewParameters[]): Image {
  const { manifest, contents } = image;
  const synapses = contents.synapses!.slice();
  const axons = contents.axons!.slice();
  const synapseBits = memoryOf(manifest, "synapses").wordBits;
  const axonBits = memoryOf(manifest, "axons").wordBits;
  for (const { projection, weight, delay } of changes) {
    const { delayKind, layout, axonBase } = manifest.projections[projection]!;
    const { word, bit } = synapsePlaces(image, projection);
    const { storedWeight, storedDelay } = synapseFields(manifest, layout);
    const put = (field: Field, values: Int32Array): void => {
      for (let s = 0; s < values.length; s++) {
        writeField(synapses, synapseBits, word[s]!, bit[s]! + field.bit, field.width, values[s]!);
      }
    };
    put(storedWeight, weight);
    if (delayKind === "synaptic") put(storedDelay, delay);
    if (delayKind !== "axonal") continue;
    const field = axonFields(manifest).storedDelay;
    for (let i = 0; i < delay.length; i++) {
      writeField(axons, axonBits, axonBase + i, field.bit, field.width, delay[i]!);
    }
  }
  return { manifest, contents: { ...contents, synapses, axons } };
}
