/** Designs as a table, as JSON and as CSV: what was chosen, and what was measured. */

import type { Choices } from "../explore/axis.ts";
import type { DesignResult } from "../explore/front.ts";
import { formatAccuracy } from "../report/interval.ts";
import type { Column, Table } from "../report/table.ts";
import { accuracyOf } from "../statistics/interval.ts";
import type { DesignDocument } from "./documents-explore.ts";
import { inBytes, measureText } from "./sweep-progress.ts";

/** Axes in the order in which they first appear. */
function axesOf(designs: readonly DesignResult[]): readonly string[] {
  return [...new Set(designs.flatMap(({ choices }) => Object.keys(choices)))];
}

const choiceText = (choices: Choices, axis: string): string =>
  Object.hasOwn(choices, axis) ? String(choices[axis]) : "";

export function designTable(
  title: string,
  designs: readonly DesignResult[],
  measures: Readonly<Record<string, unknown>>,
  notes: readonly string[] = [],
): Table {
  const axes = axesOf(designs);
  const names = Object.keys(measures);
  const columns: Column[] = [
    ...axes.map((axis) => ({ title: axis })),
    ...names.map((name) => ({ title: inBytes(name) ? `${name} (B)` : name })),
  ];
  const rows = designs.map((design) => [
    ...axes.map((axis) => choiceText(design.choices, axis)),
    ...names.map((name) => valueText(design, name)),
  ]);
  const clock = "Microseconds: at the clock of each core's description, not a synthesised one.";
  return { title, columns, rows, notes: [...notes, ...(names.includes("microseconds") ? [clock] : [])] };
}

/** An accuracy comes with its interval, over the samples of all seeds. */
function valueText({ lines, values }: DesignResult, name: string): string {
  const accuracies = lines.flatMap(({ measures }) => measures?.accuracy ?? []);
  if (name !== "accuracy" || accuracies.length === 0) return measureText(name, values[name] ?? null);
  const sum = (of: (accuracy: (typeof accuracies)[number]) => number): number =>
    accuracies.reduce((total, one) => total + of(one), 0);
  return formatAccuracy(
    accuracyOf(
      sum(({ correct }) => correct),
      sum(({ n }) => n),
    ),
  );
}

export function designDocument({ choices, values, lines, status }: DesignResult): DesignDocument {
  return { choices, status, values, keys: lines.map(({ key }) => key) };
}

/** RFC 4180, one line a design. */
export function designCsv(designs: readonly DesignResult[], measures: readonly string[]): string {
  const axes = axesOf(designs);
  const rows = designs.map(({ choices, status, values }) => [
    ...axes.map((axis) => choiceText(choices, axis)),
    status,
    ...measures.map((name) => String(values[name] ?? "")),
  ]);
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [[...axes, "status", ...measures], ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}
