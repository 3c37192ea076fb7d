/** Block RAMs of FPGA families that an image's memories take. */

import { blockRams, smallestPart } from "../hardware/block-rams.ts";
import { TARGETS, type Target, type TargetName } from "../hardware/targets.ts";
import type { Manifest } from "../image/manifest.ts";
import { percent, whole } from "./numbers.ts";
import type { Table } from "./table.ts";

export interface BlockRamReport {
  readonly targets: readonly {
    readonly target: TargetName;
    readonly blockBits: number;
    readonly blocks: number;
    /** Smallest part with as many block RAMs; null: no part of the family has. Logic is not looked at. */
    readonly part: string | null;
  }[];
  /** Every memory of the image that has words. */
  readonly rows: readonly {
    readonly structure: string;
    readonly words: number;
    readonly wordBits: number;
    readonly banks: number;
    readonly blocks: Readonly<Record<TargetName, number>>;
  }[];
}

const ALL: readonly Target[] = Object.values(TARGETS);

export function blockRamReport({ memories }: Pick<Manifest, "memories">): BlockRamReport {
  const rows = memories
    .filter(({ words }) => words > 0)
    .map((memory) => ({
      structure: memory.id,
      words: memory.words,
      wordBits: memory.macroBits,
      banks: memory.banks,
      blocks: { ice40: blockRams(memory, TARGETS.ice40), ecp5: blockRams(memory, TARGETS.ecp5) },
    }));
  const targets = ALL.map((target) => {
    const blocks = rows.reduce((sum, row) => sum + row.blocks[target.name], 0);
    return {
      target: target.name,
      blockBits: target.blockBits,
      blocks,
      part: smallestPart(blocks, target)?.name ?? null,
    };
  });
  return { targets, rows };
}

export function blockRamTable({ targets, rows }: BlockRamReport): Table {
  const used = (row: BlockRamReport["rows"][number], { name, blockBits }: Target): string =>
    percent((row.words * row.wordBits * row.banks) / (row.blocks[name] * blockBits));
  return {
    title: "Block RAMs of FPGA families",
    columns: [
      { title: "structure", align: "left" },
      { title: "words x width" },
      ...ALL.flatMap(({ title, blockBits }) => [
        { title: `${title} (${whole(blockBits / 1024)} kbit)` },
        { title: "used" },
      ]),
    ],
    rows: [
      ...rows.map((row) => [
        row.structure,
        `${row.banks === 1 ? "" : `${row.banks} banks x `}${whole(row.words)} x ${row.wordBits}`,
        ...ALL.flatMap((target) => [whole(row.blocks[target.name]), used(row, target)]),
      ]),
      ["total", "", ...targets.flatMap(({ blocks }) => [whole(blocks), ""])],
    ],
    notes: [
      `Parts with as many block RAMs: ${targets.map(({ target, part }) => partText(TARGETS[target], part)).join("; ")}.`,
      "Fewest blocks of any one shape for each memory; synthesis makes small ones of flip-flops or LUTs instead: mora area says which.",
    ],
  };
}

function partText({ title, parts }: Target, part: string | null): string {
  const largest = parts.at(-1)!;
  if (part === null) return `${title} none (${largest.name}, the largest listed, has ${largest.blocks})`;
  return `${title} ${part} (${parts.find(({ name }) => name === part)!.blocks})`;
}
