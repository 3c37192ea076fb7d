/** After a run the host reads everything back through the configuration port (docs/core.md, section 7): registers, memories, counters. */

import type { Image, MemoryId } from "../image/manifest.ts";
import { addressMap } from "./address-map.ts";
import type { Found } from "./difference.ts";
import type { CoreView } from "./places.ts";
import { lastRegisters, type Presented } from "./run-files.ts";

/** What one address must give; `value` is asked when the run is over. */
export interface ReadPlace {
  readonly address: number;
  readonly what: string;
  value(rtl: CoreView): number;
}

/** Their contents follow from what is in flight: no one looks at them. */
const NOT_READ: readonly MemoryId[] = ["input-queue", "output-queue"];

/** Every 32-bit piece of everything that the port shows. */
export function readPlaces(image: Image, samples: readonly Presented[]): readonly ReadPlace[] {
  const { memories, states } = addressMap(image.manifest);
  const registers = lastRegisters(image, samples).map(
    ({ address, value }): ReadPlace => ({ address, what: "register", value: () => value }),
  );
  const counters = states.flatMap(({ name, address, count }): ReadPlace[] =>
    address < 0
      ? []
      : Array.from({ length: count }, (_, n) => ({
          address: address + 32 * n,
          what: `${name} ${n}`,
          value: (rtl) => rtl.state(name, n),
        })),
  );
  const words = memories
    .filter(({ id, paths }) => paths.length > 0 && !NOT_READ.includes(id))
    .flatMap(({ id, address, bankStride, wordStride, banks, words: length, pieces, wordBits }) =>
      Array.from({ length: banks * length * pieces }, (_, place): ReadPlace => {
        const bank = Math.floor(place / (length * pieces));
        const word = Math.floor(place / pieces) % length;
        const piece = place % pieces;
        const cell = { id, bank, word, bit: 32 * piece, width: Math.min(32, wordBits - 32 * piece), signed: false };
        return {
          address: address + bank * bankStride + word * wordStride + piece,
          what: `${id}, bank ${bank}, word ${word}, piece ${piece}`,
          value: (rtl) => rtl.read(cell),
        };
      }),
    );
  return [...registers, ...counters, ...words];
}

export function readsText(places: readonly ReadPlace[]): string {
  return places.map(({ address }) => `${address.toString(16)}\n`).join("");
}

/** The first place whose reading is not what stands there; "emulator" is then the RTL's own contents. */
export function compareReadBack(places: readonly ReadPlace[], values: Uint32Array, rtl: CoreView): Found | null {
  for (const [n, { address, what, value }] of places.entries()) {
    const stands = value(rtl) >>> 0;
    const read = values[n]!;
    if (read === stands) continue;
    const at = `address ${address.toString(16)}`;
    return { what: `reading ${what} back`, module: "u_host", address: at, emulator: stands, rtl: read };
  }
  return null;
}
