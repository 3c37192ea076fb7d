/** Block RAMs that the memories of a core take, by the shapes that a block can have. */

import type { MemoryRegisters } from "../image/manifest.ts";
import type { Part, Target } from "./targets.ts";

/**
 * Blocks of one memory: the fewest of any one shape, ceil(words / depth) x ceil(width / bits) a bank. yosys needs as many, or
 * fewer where it mixes shapes, and makes small memories of flip-flops or LUTs (docs/area.md; npm run test:area checks it).
 *
 * @param memory with the width of its macro, in bits
 */
export function blockRams(
  { words, macroBits, banks }: Pick<MemoryRegisters, "words" | "macroBits" | "banks">,
  { shapes }: Pick<Target, "shapes">,
): number {
  if (words === 0 || macroBits === 0) return 0;
  const oneBank = shapes.map(([depth, bits]) => Math.ceil(words / depth) * Math.ceil(macroBits / bits));
  return banks * Math.min(...oneBank);
}

/** The smallest part with so many blocks; null: none has. */
export function smallestPart(blocks: number, { parts }: Pick<Target, "parts">): Part | null {
  return parts.find((part) => part.blocks >= blocks) ?? null;
}
