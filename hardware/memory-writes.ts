/** What the host writes into the memories before the first sample. */

import { type Image, type MemoryId, memoryOf } from "../image/manifest.ts";
import { wordBytes } from "../image/words.ts";
import { addressMap, type HostWrite } from "./address-map.ts";
import { hash } from "./draws.ts";

/** Changes are kept from sample to sample, so that no phase empties them: they begin as 0 (docs/core.md, section 10.2). */
const INITIALISED: readonly MemoryId[] = ["changes", "axon-changes"];

/** Their places at the port are for reading and tests; they are emptied by their counts. */
const QUEUES: readonly MemoryId[] = ["input-queue", "output-queue"];

/**
 * All writes of the memories whose contents an image holds, and of the others.
 *
 * @param seed of what stands in memories that the clear phase empties or that are written before they are read; without one it is 0
 */
export function memoryWrites({ manifest, contents }: Image, seed?: number): HostWrite[] {
  const chosen = addressMap(manifest).memories.filter(({ id }) => !QUEUES.includes(id));
  return chosen.flatMap(({ id, address, wordStride, bankStride, pieces, words, banks, wordBits }) => {
    const bytes = contents[id];
    const length = wordBytes(wordBits);
    const given = memoryOf(manifest, id).stored || INITIALISED.includes(id) || seed === undefined;
    const piece = (word: number, part: number): number => {
      let value = 0;
      for (let byte = 4 * part; byte < Math.min(length, 4 * part + 4); byte++) {
        value += (bytes?.[word * length + byte] ?? 0) * 2 ** (8 * (byte - 4 * part));
      }
      return value;
    };
    return Array.from({ length: banks * words * pieces }, (_, place) => {
      const bank = Math.floor(place / (words * pieces));
      const word = Math.floor(place / pieces) % words;
      const part = place % pieces;
      const at = address + bank * bankStride + word * wordStride + part;
      return { address: at, value: given ? piece(word, part) : hash(hash(seed) + at) };
    });
  });
}
