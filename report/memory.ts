/** The memory report: what each structure of an image takes, what is lost to padding, what is left. */

import { LEARNING_MEMORIES } from "../image/learning-shapes.ts";
import type { Manifest, MemoryRegisters } from "../image/manifest.ts";
import { LEARNING_PART } from "./learning-registers.ts";
import { entriesOf } from "./memory-entries.ts";
import { counted, fixed, percent, whole } from "./numbers.ts";
import { type RegisterPart, registerParts } from "./registers.ts";
import type { Table } from "./table.ts";

/** One structure. Bits are of the macro; `padding` adds up to macro bits less useful bits. */
export interface MemoryRow {
  readonly structure: string;
  readonly entry: string;
  readonly entries: number;
  /** Mean bits of an entry; whole where all are of one format. */
  readonly bitsPerEntry: number;
  readonly words: number;
  /** Width of a word in the macro. */
  readonly wordBits: number;
  readonly banks: number;
  readonly usefulBits: number;
  readonly macroBits: number;
  /** Bits lost: unused lanes and short rows; formats narrower than the widest; macro width above word width. */
  readonly padding: { readonly lanes: number; readonly layout: number; readonly macro: number };
  readonly bytes: number;
  /** Of all macro and register bits. */
  readonly share: number;
  /** Bytes; null: unlimited. */
  readonly capacityBytes: number | null;
  readonly leftBytes: number | null;
}

export interface MemoryReport {
  readonly core: string;
  readonly scheme: string;
  readonly lanes: number;
  readonly rows: readonly MemoryRow[];
  readonly registers: { readonly bits: number; readonly parts: readonly RegisterPart[]; readonly share: number };
  readonly totals: {
    readonly memoryBytes: number;
    readonly registerBytes: number;
    readonly bytes: number;
    readonly paddingBytes: number;
    /** Memories and registers of the learning engine: what an image without it does not have. */
    readonly learningBytes: number;
    readonly withoutLearningBytes: number;
  };
}

/** Reads the memory report off a manifest. Bytes are bits / 8, of 1 kB = 1024 B in the table. */
export function memoryReport(manifest: Manifest): MemoryReport {
  const parts = registerParts(manifest);
  const registerBits = parts.reduce((sum, { bits }) => sum + bits, 0);
  const memoryBits = manifest.memories.reduce((sum, memory) => sum + macroBits(memory), 0);
  const allBits = memoryBits + registerBits;
  const learningBits =
    manifest.memories.reduce((sum, memory) => sum + (isLearning(memory.id) ? macroBits(memory) : 0), 0) +
    parts.reduce((sum, { part, bits }) => sum + (part.startsWith(LEARNING_PART) ? bits : 0), 0);
  const rows = manifest.memories.map((memory) => memoryRow(memory, manifest, allBits));
  const paddingBits = rows.reduce((sum, { padding }) => sum + padding.lanes + padding.layout + padding.macro, 0);
  return {
    core: manifest.core.name,
    scheme: manifest.core.scheme,
    lanes: manifest.core.lanes,
    rows,
    registers: { bits: registerBits, parts, share: registerBits / allBits },
    totals: {
      memoryBytes: memoryBits / 8,
      registerBytes: registerBits / 8,
      bytes: allBits / 8,
      paddingBytes: paddingBits / 8,
      learningBytes: learningBits / 8,
      withoutLearningBytes: (allBits - learningBits) / 8,
    },
  };
}

function isLearning(id: string): boolean {
  return (LEARNING_MEMORIES as readonly string[]).includes(id);
}

function macroBits({ words, macroBits: width, banks }: MemoryRegisters): number {
  return words * width * banks;
}

function memoryRow(memory: MemoryRegisters, manifest: Manifest, allBits: number): MemoryRow {
  const { what, count, usefulBits, layoutBits } = entriesOf(memory, manifest);
  const bits = macroBits(memory);
  const macro = memory.words * (memory.macroBits - memory.wordBits) * memory.banks;
  return {
    structure: memory.id,
    entry: what,
    entries: count,
    bitsPerEntry: count === 0 ? 0 : usefulBits / count,
    words: memory.words,
    wordBits: memory.macroBits,
    banks: memory.banks,
    usefulBits,
    macroBits: bits,
    padding: { lanes: bits - usefulBits - layoutBits - macro, layout: layoutBits, macro },
    bytes: bits / 8,
    share: bits / allBits,
    capacityBytes: memory.capacityBytes,
    leftBytes: memory.capacityBytes === null ? null : memory.capacityBytes - bits / 8,
  };
}

/** The report as a table: a row per structure, one for registers, totals with and without learning. */
export function memoryTable(report: MemoryReport): Table {
  const { registers, totals } = report;
  const totalRow = (name: string, bytes: number, share: string): readonly string[] => [
    name,
    "",
    "",
    "",
    "",
    "",
    kilobytes(bytes),
    share,
    "",
    "",
  ];
  return {
    title: `Memory: core "${report.core}", delay scheme "${report.scheme}", ${counted(report.lanes, "lane")}`,
    columns: [
      { title: "structure", align: "left" },
      { title: "entries x bits" },
      { title: "words x width" },
      { title: "lost: lanes" },
      { title: "layout" },
      { title: "macro" },
      { title: "kB" },
      { title: "share" },
      { title: "capacity kB" },
      { title: "left kB" },
    ],
    rows: [
      ...report.rows.filter(({ words }) => words > 0).map(memoryCells),
      [
        "registers",
        `${whole(registers.bits)} x 1`,
        "-",
        "",
        "",
        "",
        kilobytes(registers.bits / 8),
        percent(registers.share),
        "",
        "",
      ],
      totalRow(
        "total without learning",
        totals.withoutLearningBytes,
        percent(totals.withoutLearningBytes / totals.bytes),
      ),
      totalRow("total", totals.bytes, percent(1)),
    ],
    notes: [
      `Padding lost: ${kilobytes(totals.paddingBytes)} kB (bits of unused lanes and short rows, of layouts narrower than the widest, of macro widths).`,
      `Registers: ${registers.parts.map(({ part, bits }) => `${part} ${whole(bits)}`).join(", ")} bits.`,
      learningNote(report),
    ],
  };
}

function learningNote({ rows, totals, registers }: MemoryReport): string {
  const own = rows.filter(({ structure, words }) => isLearning(structure) && words > 0);
  if (own.length === 0) return "Learning memories: none (the core has no learning engine).";
  const bits = registers.parts.reduce((sum, { part, bits }) => sum + (part.startsWith(LEARNING_PART) ? bits : 0), 0);
  const kinds = own.map(({ structure, bytes }) => `${structure} ${kilobytes(bytes)}`).join(", ");
  return `Learning: ${kilobytes(totals.learningBytes)} kB: ${kinds}, registers ${kilobytes(bits / 8)}. Bits below learned weights and delays stand in synapses and axons, and count there.`;
}

function memoryCells(row: MemoryRow): readonly string[] {
  const banks = row.banks === 1 ? "" : `${row.banks} banks x `;
  return [
    row.structure,
    `${whole(row.entries)} x ${Number.isInteger(row.bitsPerEntry) ? row.bitsPerEntry : fixed(row.bitsPerEntry, 1)}`,
    `${banks}${whole(row.words)} x ${row.wordBits}`,
    whole(row.padding.lanes),
    whole(row.padding.layout),
    whole(row.padding.macro),
    kilobytes(row.bytes),
    percent(row.share),
    row.capacityBytes === null ? "unlimited" : kilobytes(row.capacityBytes),
    row.leftBytes === null ? "-" : kilobytes(row.leftBytes),
  ];
}

/** kB of 1024 bytes, two decimals. */
export function kilobytes(bytes: number): string {
  return fixed(bytes / 1024, 2);
}
