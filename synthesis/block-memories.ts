/** Which memories become block RAM, and how many blocks they take. */

import { blockRams } from "../hardware/block-rams.ts";
import { TARGETS } from "../hardware/targets.ts";
import type { Manifest, MemoryRegisters } from "../image/manifest.ts";
import type { AreaTarget } from "./script.ts";

export type FamilyTarget = Exclude<AreaTarget, "generic">;

/**
 * Whether yosys makes block RAM of a bank, by the costs of its rules (memory_libmap): a block of an iCE40 costs 64 and a
 * flip-flop 1, a block of an ECP5 128 and a LUT RAM of 16 x 4 bits 4; what costs less is taken. docs/area.md has the check.
 */
export function inBlockRam(
  { words, macroBits }: Pick<MemoryRegisters, "words" | "macroBits">,
  target: FamilyTarget,
): boolean {
  const blocks = blockRams({ words, macroBits, banks: 1 }, TARGETS[target]);
  if (target === "ice40") return 64 * blocks < words * macroBits;
  return 128 * blocks < 4 * Math.ceil(words / 16) * Math.ceil(macroBits / 4);
}

/** Block RAMs of all memories, those of a few words left out. */
export function expectedBlocks({ memories }: Manifest, target: FamilyTarget): number {
  return memories.reduce(
    (sum, memory) => sum + (inBlockRam(memory, target) ? blockRams(memory, TARGETS[target]) : 0),
    0,
  );
}
