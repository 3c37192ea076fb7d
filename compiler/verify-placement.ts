/** Verifier after the pass "place": the manifest is one that a core can be configured with, and nothing overlaps. */

import { checkManifest } from "../image/check-manifest.ts";
import { memoryOf } from "../image/manifest.ts";
import { VerifierError } from "./compile-error.ts";
import type { Placement } from "./placed.ts";
import type { QuantisedNetwork } from "./quantised.ts";

/** @throws VerifierError */
export function verifyPlacement(network: QuantisedNetwork, { manifest, rows }: Placement): void {
  checkManifest(manifest, (place, value, problem) => {
    throw new VerifierError("place", `${place} = ${String(value)} ${problem}`);
  });
  verifySymbols(manifest);
  const { lanes } = manifest.core;
  const words = memoryOf(manifest, "synapses").words;
  // One byte a place: two synapses in one lane of one word would meet.
  const taken = new Uint8Array(words * lanes);
  for (const [index, { rows: packed }] of rows.entries()) {
    const { post, name, delayKind } = network.projections[index]!;
    for (let s = 0; s < post.length; s++) {
      const place = packed.synapseWord[s]! * lanes + (post[s]! % lanes);
      if (place >= taken.length || taken[place] === 1) {
        throw new VerifierError(
          "place",
          `projection ${name}: synapse ${s} has no place of its own in word ${packed.synapseWord[s]}`,
        );
      }
      taken[place] = 1;
    }
    const { weightBits, remainderBits, fractionBits } = manifest.layouts[manifest.projections[index]!.layout]!;
    const { weightClamp, delayClamp } = network.projections[index]!;
    const exact = weightClamp === null && delayClamp === null ? weightBits : network.projections[index]!.weightBits;
    const below = delayKind === "synaptic" && delayClamp !== null ? network.projections[index]!.fractionBits : 0;
    if (weightBits !== exact || remainderBits !== network.projections[index]!.remainderBits || fractionBits !== below) {
      throw new VerifierError("place", `projection ${name}: its layout is not that of its learned parameters`);
    }
    if (weightBits < network.projections[index]!.weightBits) {
      throw new VerifierError(
        "place",
        `projection ${name}: a layout of ${weightBits} bits is too narrow for its weights`,
      );
    }
    if (manifest.projections[index]!.delayKind !== delayKind) {
      throw new VerifierError("place", `projection ${name}: its kind of delay has been changed`);
    }
  }
}

/** Every word of every memory belongs to exactly one symbol. */
function verifySymbols({ memories, symbols }: Placement["manifest"]): void {
  for (const { id, words } of memories) {
    const own = symbols.filter(({ memory }) => memory === id).sort((a, b) => a.firstWord - b.firstWord);
    let next = 0;
    for (const { name, firstWord, words: length } of own) {
      if (firstWord !== next)
        throw new VerifierError("place", `memory ${id}: ${name} begins at word ${firstWord}, not ${next}`);
      next += length;
    }
    if (next !== words) throw new VerifierError("place", `memory ${id}: symbols end at word ${next} of ${words}`);
  }
}
