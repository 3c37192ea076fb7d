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

/** kB of each structure, a column per variant; variants that are not possible show "-" and their reason in a note. */
export function whatIfTable(title: string, variants: readonly WhatIf[]): Table {
  const structures = [
    ...new Set(variants.flatMap(({ report }) => report?.rows.map(({ structure }) => structure) ?? [])),
  ];
  const cell = (report: MemoryReport | null, structure: string): string => {
    const row = report?.rows.find((candidate) => candidate.structure === structure);
    return row === undefined ? "-" : kilobytes(row.bytes);
  };
  const line = (name: string, of: (report: MemoryReport) => number): readonly string[] => [
    name,
    ...variants.map(({ report }) => (report === null ? "-" : kilobytes(of(report)))),
  ];
  return {
    title,
    columns: [{ title: "kB", align: "left" }, ...variants.map(({ name }) => ({ title: name }))],
    rows: [
      ...structures.map((structure) => [structure, ...variants.map(({ report }) => cell(report, structure))]),
      line("registers", ({ totals }) => totals.registerBytes),
      line("total", ({ totals }) => totals.bytes),
    ],
    notes: variants.flatMap(({ name, reason }) => (reason === null ? [] : [`${name}: ${reason}`])),
  };
}
