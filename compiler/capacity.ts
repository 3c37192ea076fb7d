/** Whether everything that was placed fits, and what would help where it does not. */

import type { CompleteCore } from "../description/core.ts";
import { type Manifest, type MemoryId, type MemoryRegisters, memoryOf } from "../image/manifest.ts";
import { alternatives } from "./alternatives.ts";
import { CAPACITY_OF, memoryBytes } from "./memories.ts";

/** One memory that is too small. */
export interface Excess {
  readonly memory: MemoryId;
  /** The population or projection that does not fit any more, in the order of the addresses. */
  readonly symbol: string;
  /** Bytes that this symbol takes of the memory. */
  readonly symbolBytes: number;
  /** Bytes that the network needs of the memory, and those that it has. */
  readonly needsBytes: number;
  readonly capacityBytes: number;
  /** What would make it fit, each by itself. */
  readonly alternatives: readonly string[];
}

/** Every memory that the network overflows, at once. */
export class DoesNotFitError extends Error {
  override readonly name: string = "DoesNotFitError";
  readonly code: "DOES_NOT_FIT" = "DOES_NOT_FIT";
  readonly excesses: readonly Excess[];

  constructor(core: string, excesses: readonly Excess[]) {
    super(
      `the network does not fit the core "${core}"\n${excesses.map((excess) => `  ${formatExcess(excess)}`).join("\n")}`,
    );
    this.excesses = excesses;
  }
}

/** One line: memory, symbol, needs, capacity, what would help. */
export function formatExcess({ memory, symbol, symbolBytes, needsBytes, capacityBytes, alternatives }: Excess): string {
  const [own, needs, has] = [symbolBytes, needsBytes, capacityBytes].map(
    (bytes) => `${bytes.toLocaleString("en-GB")} B`,
  );
  const share = symbolBytes === needsBytes ? `${symbol} needs ${needs}` : `${symbol} needs ${own} of ${needs} in all`;
  return `memory ${memory}: ${share}, the core has ${has}; ${alternatives.join(", or ")} would fit`;
}

/** Memories whose words do not fit their capacity. */
export function excessesOf(manifest: Manifest, core: CompleteCore): Excess[] {
  return manifest.memories.flatMap((memory): Excess[] => {
    const { capacityBytes } = memory;
    const needsBytes = memoryBytes(memory);
    if (capacityBytes === null || needsBytes <= capacityBytes) return [];
    const symbol = overflowing(manifest, memory, capacityBytes);
    // Changes of axons stand in the same memory of the core as those of synapses.
    const shared = memory.id === "axon-changes" ? memoryBytes(memoryOf(manifest, "changes")) : 0;
    const capacity = `memories: { ${CAPACITY_OF[memory.id]}: { bytes: ${needsBytes + shared} } }`;
    return [
      {
        memory: memory.id,
        symbol: symbol.name,
        symbolBytes: memoryBytes({ ...memory, words: symbol.words }),
        needsBytes,
        capacityBytes,
        alternatives: [...alternatives(manifest, core, memory, capacityBytes, symbol), capacity],
      },
    ];
  });
}

/** The symbol that holds the first word beyond the capacity. */
function overflowing(
  { symbols }: Manifest,
  memory: MemoryRegisters,
  capacityBytes: number,
): Manifest["symbols"][number] {
  const words = Math.floor((capacityBytes * 8) / (memory.macroBits * memory.banks));
  const own = symbols.filter((symbol) => symbol.memory === memory.id);
  return own.find(({ firstWord, words: length }) => firstWord + length > words) ?? own.at(-1)!;
}
