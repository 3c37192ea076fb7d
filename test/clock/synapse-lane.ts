/** One synapse in its lane of a word of synapse memory, and an axon's stored delay (docs/core.md, sections 2 and 10.1). */

import type { Manifest, ProjectionRegisters } from "../../image/manifest.ts";
import { signedField, unsignedField, type Word, withField } from "./bits.ts";
import { shiftRight } from "./numbers.ts";

export interface LaneSynapse {
  readonly group: number;
  /** Weight and delay as they stand in the word, with remainder and fraction. */
  readonly storedWeight: number;
  readonly storedDelay: number;
  /** What the core uses of them. */
  readonly weight: number;
  readonly delay: number;
}

/** Fields from the low bit: remainder, weight, fraction, delay, index. `null` in a lane that is not active. */
export function unpackSynapse(
  { core, fields, layouts, populations }: Manifest,
  projection: ProjectionRegisters,
  word: Word,
  wordOfRow: number,
  lane: number,
): LaneSynapse | null {
  const layout = layouts[projection.layout]!;
  const base = lane * fields.synapse;
  const weightWidth = layout.remainderBits + layout.weightBits;
  const delayWidth = layout.fractionBits + layout.delayBits;
  const index = unsignedField(word, base + weightWidth + delayWidth, layout.indexBits);
  const sparse = projection.storage === "sparse";
  const group = sparse ? index : wordOfRow;
  const active = sparse
    ? index !== 2 ** layout.indexBits - 1
    : group * core.lanes + lane < populations[projection.to]!.size;
  if (!active) return null;
  const storedWeight = signedField(word, base, weightWidth);
  const storedDelay = unsignedField(word, base + weightWidth, delayWidth);
  return {
    group,
    storedWeight,
    storedDelay,
    weight: shiftRight(storedWeight, layout.remainderBits),
    delay: shiftRight(storedDelay, layout.fractionBits),
  };
}

/** The word with another stored weight and delay in one lane. */
export function packSynapse(
  { fields, layouts }: Manifest,
  projection: ProjectionRegisters,
  word: Word,
  lane: number,
  storedWeight: number,
  storedDelay: number,
): Word {
  const layout = layouts[projection.layout]!;
  const base = lane * fields.synapse;
  const weightWidth = layout.remainderBits + layout.weightBits;
  const withWeight = withField(word, base, weightWidth, storedWeight);
  return withField(withWeight, base + weightWidth, layout.fractionBits + layout.delayBits, storedDelay);
}

/** First bit of an axon's fraction, with the delay (scheme 3: first wait) above it. */
function axonDelayBit({ core, fields }: Manifest): number {
  return core.scheme === "queue" ? fields.axonBucket : fields.axonRow + fields.axonLength;
}

/** Stored delay of an axon word, with its fraction. */
export function axonStoredDelay(manifest: Manifest, word: Word): number {
  const { axonFraction, axonDelay } = manifest.fields;
  return unsignedField(word, axonDelayBit(manifest), axonFraction + axonDelay);
}

/** Delay that the core uses: what stands above the fraction. */
export function axonDelay(manifest: Manifest, word: Word): number {
  return shiftRight(axonStoredDelay(manifest, word), manifest.fields.axonFraction);
}

/** The axon word with another stored delay. */
export function withAxonDelay(manifest: Manifest, word: Word, storedDelay: number): Word {
  const { axonFraction, axonDelay: delayBits } = manifest.fields;
  return withField(word, axonDelayBit(manifest), axonFraction + delayBits, storedDelay);
}
