/** What the memory contents of an image must be: every row, bucket, delay and index within the core that the manifest describes. */

import { MAX_DELAY } from "../assembly/layout.ts";
import type { Refuse } from "./check-manifest.ts";
import { checkRow, type RowLimits } from "./check-rows.ts";
import { axonFields, bucketFields, parameterFields } from "./fields.ts";
import { type Image, memoryOf } from "./manifest.ts";
import { readField } from "./words.ts";

/** Refuses contents that would lead a core out of its memories. The manifest must have been checked. */
export function checkContents(image: Image, refuse: Refuse): void {
  const words = image.manifest.core.scheme === "queue" ? checkBuckets(image, refuse) : checkAxons(image, refuse);
  const { words: has } = memoryOf(image.manifest, "synapses");
  // Rows do not overlap: together they are as long as the memory.
  if (words !== has) refuse("memory synapses", has, `the rows of all axons are ${words} words long`);
  checkParameters(image, refuse);
  checkTable(image, refuse);
}

/** Largest delay that axon and synapses of each projection may have together: what the scheme holds, and the window of its trace. */
function largestDelay({ manifest }: Image, projection: number): number {
  const { to, spikeRingSlots, delayKind, recurrent } = manifest.projections[projection]!;
  const held = (): number => {
    if (manifest.core.scheme === "ring") return manifest.populations[to]!.slots - 1;
    if (manifest.core.scheme === "queue") return MAX_DELAY;
    return delayKind === "axonal" ? spikeRingSlots - 1 : 0;
  };
  const learned = manifest.learning?.projections.find((entry) => entry.projection === projection);
  if (learned === undefined || manifest.learning === null) return held();
  const { traces, taps } = manifest.learning;
  const derivative = learned.delays === null ? 0 : Math.max(1, taps.length);
  return Math.min(held(), traces[learned.trace]!.entries - 1 - (recurrent ? 1 : 0) - derivative);
}

/** The words of a learned projection's rows are those that its registers name. */
function checkSpan({ manifest }: Image, projection: number, first: number, next: number, refuse: Refuse): void {
  const learned = manifest.learning?.projections.findIndex((entry) => entry.projection === projection) ?? -1;
  if (learned < 0) return;
  const { synapseBase, synapseWords } = manifest.learning!.projections[learned]!;
  const place = `manifest learning.projections[${learned}]`;
  if (synapseBase !== first) refuse(`${place}.synapseBase`, synapseBase, `must be ${first}`);
  if (synapseWords !== next - first) refuse(`${place}.synapseWords`, synapseWords, `must be ${next - first}`);
}

function checkAxons(image: Image, refuse: Refuse): number {
  const { manifest, contents } = image;
  const { wordBits } = memoryOf(image.manifest, "axons");
  const bytes = contents.axons!;
  const { row, length, delay } = axonFields(manifest);
  let next = 0;
  for (const [index, projection] of manifest.projections.entries()) {
    const limits = rowLimits(image, index);
    const largest = largestDelay(image, index);
    const firstWord = next;
    for (let i = 0; i < manifest.populations[projection.from]!.size; i++) {
      const word = projection.axonBase + i;
      const place = `memory axons, word ${word} (projection ${projection.name}, source ${i})`;
      const own = readField(bytes, wordBits, word, delay.bit, delay.width);
      const most = projection.delayKind === "axonal" ? largest : 0;
      if (own > most) refuse(place, own, `the axonal delay must be at most ${most}`);
      const first = readField(bytes, wordBits, word, row.bit, row.width);
      const words = readField(bytes, wordBits, word, length.bit, length.width);
      const synaptic = manifest.core.scheme === "ring" ? largest - own : 0;
      next = checkRun(image, limits, place, first, words, next, synaptic, refuse);
    }
    checkSpan(image, index, firstWord, next, refuse);
  }
  return next;
}

function checkBuckets(image: Image, refuse: Refuse): number {
  const { manifest, contents } = image;
  const { wordBits: axonBits } = memoryOf(image.manifest, "axons");
  const { wordBits: bucketBits, words: buckets } = memoryOf(image.manifest, "buckets");
  const axon = axonFields(manifest);
  const { row, length, gap } = bucketFields(manifest);
  let bucket = 0;
  let next = 0;
  for (const [index, projection] of manifest.projections.entries()) {
    const limits = rowLimits(image, index);
    const largest = largestDelay(image, index);
    const firstWord = next;
    for (let i = 0; i < manifest.populations[projection.from]!.size; i++) {
      const word = projection.axonBase + i;
      const place = `memory axons, word ${word} (projection ${projection.name}, source ${i})`;
      const first = readField(contents.axons!, axonBits, word, axon.bucket.bit, axon.bucket.width);
      let delay = readField(contents.axons!, axonBits, word, axon.delay.bit, axon.delay.width);
      if (first !== bucket) refuse(place, first, `the first bucket must be ${bucket}`);
      if (delay > 0 && projection.delayKind === "none")
        refuse(place, delay, "a projection without delays waits 0 steps");
      for (let last = false; !last; bucket++) {
        if (bucket >= buckets) refuse(place, bucket, `the bucket table has ${buckets} words`);
        const at = `memory buckets, word ${bucket}`;
        const start = readField(contents.buckets!, bucketBits, bucket, row.bit, row.width);
        const words = readField(contents.buckets!, bucketBits, bucket, length.bit, length.width);
        const steps = readField(contents.buckets!, bucketBits, bucket, gap.bit, gap.width);
        if (steps > 0 && projection.delayKind !== "synaptic")
          refuse(at, steps, "only synaptic delays have several buckets");
        next = checkRun(image, limits, at, start, words, next, 0, refuse);
        delay += steps;
        last = steps === 0;
      }
      if (delay > largest) refuse(place, delay, `the delay of the last bucket must be at most ${largest}`);
    }
    checkSpan(image, index, firstWord, next, refuse);
  }
  if (bucket !== buckets) refuse("memory buckets", buckets, `the axons use ${bucket} words`);
  return next;
}

function rowLimits(image: Image, index: number): RowLimits {
  const { layouts, projections, populations } = image.manifest;
  const { to, layout } = projections[index]!;
  return {
    layout: layouts[layout]!,
    layoutIndex: layout,
    size: populations[to]!.size,
    groups: populations[to]!.groups,
  };
}

/** Checks one row and returns the word after it. Rows follow each other; an empty one starts at 0. */
function checkRun(
  image: Image,
  limits: RowLimits,
  place: string,
  first: number,
  words: number,
  next: number,
  largestDelay: number,
  refuse: Refuse,
): number {
  const { words: has } = memoryOf(image.manifest, "synapses");
  const start = words === 0 ? 0 : next;
  if (first !== start) refuse(place, first, `the row must start at word ${start}`);
  if (next + words > has) refuse(place, words, `the row ends beyond the ${has} words of the synapse memory`);
  const dense = limits.layout.indexBits === 0;
  if (dense && words !== 0 && words !== limits.groups) refuse(place, words, `a dense row has ${limits.groups} words`);
  if (!dense || limits.layout.delayBits > 0) checkRow(image, limits, first, words, largestDelay, refuse);
  return next + words;
}

function checkParameters(image: Image, refuse: Refuse): void {
  const { manifest, contents } = image;
  const { core, populations } = manifest;
  const { wordBits } = memoryOf(image.manifest, "parameters");
  const { decay, threshold } = parameterFields(manifest);
  const laneBits = decay.width + threshold.width;
  for (const { kind, size, parameterBase, membraneBits, name } of populations) {
    if (parameterBase < 0) continue;
    for (let j = 0; j < size; j++) {
      const word = parameterBase + Math.floor(j / core.lanes);
      const bit = (j % core.lanes) * laneBits;
      const place = `memory parameters, word ${word} (population ${name}, neuron ${j})`;
      const a = readField(contents.parameters!, wordBits, word, bit + decay.bit, decay.width);
      if (a > 2 ** core.decay.bits) refuse(place, a, `the decay must be at most ${2 ** core.decay.bits}`);
      if (kind !== "lif") continue;
      const theta = readField(contents.parameters!, wordBits, word, bit + threshold.bit, threshold.width);
      const limit = 2 ** (membraneBits - 1) - 1;
      if (theta < 1 || theta > limit) refuse(place, theta, `the threshold must be from 1 to ${limit}`);
    }
  }
}

function checkTable({ manifest, contents }: Image, refuse: Refuse): void {
  const { decision } = manifest;
  if (decision?.rule !== "softmax") return;
  const { tableBits } = decision;
  const first = readField(contents["exponent-table"]!, tableBits, 0, 0, tableBits);
  // The quotient divides by a sum of which the first entry is always a part.
  if (first !== 2 ** tableBits - 1) refuse("memory exponent-table, word 0", first, `must be ${2 ** tableBits - 1}`);
}
