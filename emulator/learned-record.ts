/** The LP_* record of a learned projection, with the cycles of its phases where nothing is skipped (docs/core.md, section 10.4). */
import * as t from "../assembly/learning-tables.ts";
import { axonFields, bucketFields } from "../image/fields.ts";
import { type Image, type LearningRegisters, memoryOf, type ProjectionLearningRegisters } from "../image/manifest.ts";
import { readField } from "../image/words.ts";
import type { LearnedRows } from "./load-learned-rows.ts";
import { rowForm } from "./rows.ts";

interface Addresses {
  readonly projection: number;
  readonly trace: number;
  readonly target: number;
  readonly counts: number;
}

const delayKinds = { none: 0, synaptic: 1, axonal: 2 };

/** Words of each row of a projection. */
export function rowWords(image: Image, projection: number): readonly number[] {
  const { manifest, contents } = image;
  const { axonBase, from } = manifest.projections[projection]!;
  const axon = axonFields(manifest);
  const axonBits = memoryOf(manifest, "axons").wordBits;
  const bucket = bucketFields(manifest);
  const bucketBits = memoryOf(manifest, "buckets").wordBits;
  return Array.from({ length: manifest.populations[from]!.size }, (_, i) => {
    const read = ({ bit, width }: { readonly bit: number; readonly width: number }): number =>
      readField(contents.axons!, axonBits, axonBase + i, bit, width);
    if (manifest.core.scheme !== "queue") return read(axon.length);
    return readField(contents.buckets!, bucketBits, read(axon.bucket), bucket.length.bit, bucket.length.width);
  });
}

/** Busy and port cycles of rows of so many words each, `interval` a word, `least` a row with words. */
function walk(words: readonly number[], interval: number, least: number): readonly [busy: number, port: number] {
  let busy = 0;
  let port = 0;
  for (const length of words) {
    busy += Math.max(1, length);
    if (length > 0) port += Math.max(least, length * interval) - length;
  }
  return [busy, port];
}

export function learnedRecord(
  image: Image,
  learning: LearningRegisters,
  registers: ProjectionLearningRegisters,
  rows: LearnedRows,
  addresses: Addresses,
): readonly (readonly [number, number])[] {
  const { manifest } = image;
  const projection = manifest.projections[registers.projection]!;
  const layout = manifest.layouts[projection.layout]!;
  const form = rowForm(manifest, projection);
  const { scheme, accumulator } = manifest.core;
  const { weights, delays } = registers;
  const axonal = delays !== null && projection.delayKind === "axonal";
  const bySynapse = weights !== null || (delays !== null && projection.delayKind === "synaptic");
  const everyStep = learning.updateEvery === 0;
  const keeps = registers.eligibilityBase >= 0;
  const single = (name: keyof LearningRegisters["ports"]): boolean => learning.ports[name] === "1RW";
  const slow = (bySynapse && single(everyStep ? "synapses" : "changes")) || (keeps && single("eligibilities"));
  const interval = slow ? 2 : 1;
  const least = axonal && everyStep ? 2 : 1;
  const words = rowWords(image, registers.projection);
  const [busy, port] = walk(words, interval, least);
  const applyInterval = single("synapses") || single("changes") ? 2 : 1;
  let applyBusy = 0;
  let applyPort = 0;
  for (const length of words) {
    const walked = bySynapse ? length : 0;
    const cycles = Math.max(axonal ? 2 : 1, walked * applyInterval);
    applyBusy += Math.max(1, walked);
    applyPort += cycles - Math.max(1, walked);
  }
  const slotBytes = form.slotSize * (accumulator.bits > 16 ? 4 : 2);
  return [
    [t.LP_PROJECTION, addresses.projection],
    [t.LP_SOURCE_SIZE, manifest.populations[projection.from]!.size],
    [t.LP_TRACE, addresses.trace],
    [t.LP_TARGET, addresses.target],
    [t.LP_ROWS, rows.table],
    [t.LP_WEIGHTS, Number(weights !== null)],
    [t.LP_DELAYS, Number(delays !== null)],
    [t.LP_DELAY_KIND, delayKinds[projection.delayKind]],
    [t.LP_WEIGHT_SHIFT, weights?.shift ?? 0],
    [t.LP_WEIGHT_CHANGE, weights?.changeShift ?? 0],
    [t.LP_WEIGHT_LOW, weights?.low ?? 0],
    [t.LP_WEIGHT_HIGH, weights?.high ?? 0],
    [t.LP_DELAY_SHIFT, delays?.shift ?? 0],
    [t.LP_DELAY_CHANGE, delays?.changeShift ?? 0],
    [t.LP_DELAY_LOW, delays?.low ?? 0],
    [t.LP_DELAY_HIGH, delays?.high ?? 0],
    [t.LP_AXON_SHIFT, registers.axonShift],
    [t.LP_ELIGIBILITY_SHIFT, registers.eligibilityShift],
    [t.LP_FILTERED, Number(keeps)],
    [t.LP_OFFSET, Number(projection.recurrent)],
    [t.LP_REMAINDER, rows.remainderBits],
    [t.LP_WEIGHT_BITS, layout.weightBits],
    [t.LP_FRACTION, rows.fractionBits],
    [t.LP_AXON_DELAYS, rows.axonDelays],
    [t.LP_AXON_CHANGES, rows.axonChanges],
    [t.LP_AXON_BASE, projection.axonBase],
    [t.LP_COUNTS, addresses.counts],
    [t.LP_BUSY, busy],
    [t.LP_PORT, port],
    [t.LP_FETCH, 5 + Number(scheme === "queue") + (axonal ? 3 : 0)],
    [t.LP_APPLY_BUSY, applyBusy],
    [t.LP_APPLY_PORT, applyPort],
    [t.LP_INTERVAL, interval],
    [t.LP_LEAST, least],
    [t.LP_DENSE, Number(projection.storage === "dense")],
    [t.LP_SLOT_SIZE, form.slotSize],
    [t.LP_FOLD_SHIFT, form.weightShift],
    [t.LP_AXON_UNIT, scheme === "ring" ? slotBytes : 1],
    [t.LP_WORDS, words.reduce((sum, length) => sum + length, 0)],
    [t.LP_LONGEST, Math.max(rows.longestDelay, (delays?.high ?? 0) >> rows.fractionBits)],
  ];
}
