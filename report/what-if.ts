/** What-if columns of the memory report: the same network on other cores, side by side. */

import { kilobytes, type MemoryReport } from "./memory.ts";
import type { Table } from "./table.ts";

/** One variant: its report, or why there is none. */
export interface WhatIf {
  /** "queue", "6 bits". */
  readonly name: string;
  readonly report: MemoryReport | null;
  /** Null when the network compiled. */
  readonly reason: string | null;
}

/**
 * kB of each structure that some variant uses, a column per variant. A variant that is not possible shows "-" and its reason in a note; one
 * that overflows a memory names it in the row "fits".
 */
export function whatIfTable(title: string, variants: readonly WhatIf[]): Table {
  const used = variants.flatMap(({ report }) => report?.rows.filter(({ words }) => words > 0) ?? []);
  const structures = [...new Set(used.map(({ structure }) => structure))];
  const cell = (report: MemoryReport | null, structure: string): string => {
    const row = report?.rows.find((candidate) => candidate.structure === structure);
    return row === undefined || row.words === 0 ? "-" : kilobytes(row.bytes);
  };
  const line = (name: string, of: (report: MemoryReport) => string): readonly string[] => [
    name,
    ...variants.map(({ report }) => (report === null ? "-" : of(report))),
  ];
  const learns = variants.some(({ report }) => (report?.totals.learningBytes ?? 0) > 0);
  return {
    title,
    columns: [{ title: "kB", align: "left" }, ...variants.map(({ name }) => ({ title: name }))],
    rows: [
      ...structures.map((structure) => [structure, ...variants.map(({ report }) => cell(report, structure))]),
      line("registers", ({ totals }) => kilobytes(totals.registerBytes)),
      ...(learns ? [line("total without learning", ({ totals }) => kilobytes(totals.withoutLearningBytes))] : []),
      line("total", ({ totals }) => kilobytes(totals.bytes)),
      line("fits", fits),
    ],
    notes: variants.flatMap(({ name, reason }) => (reason === null ? [] : [`${name}: ${reason}`])),
  };
}

function fits({ rows }: MemoryReport): string {
  const full = rows.filter(({ leftBytes }) => leftBytes !== null && leftBytes < 0);
  return full.length === 0 ? "yes" : `no: ${full.map(({ structure }) => structure).join(", ")}`;
}
