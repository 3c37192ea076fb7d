/** Results as text, Markdown or one JSON document. */

import { renderTables, type Table } from "../report/table.ts";
import type { Io } from "./io.ts";

export interface FormatArguments {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

export interface Result {
  /** With `schema`, "mora/run/1" and so on: docs/json.md. */
  readonly document: { readonly schema: string };
  /** Lines before the tables. */
  readonly headline: readonly string[];
  readonly tables: readonly Table[];
}

/** Prints a result in the format asked for. */
export function printResult(io: Io, { json, markdown }: FormatArguments, { document, headline, tables }: Result): void {
  if (json === true) {
    io.stdout(`${JSON.stringify(document, plain, 2)}\n`);
    return;
  }
  const format = markdown === true ? "markdown" : "text";
  // Markdown joins lines of a paragraph; a list keeps them apart.
  const lines = markdown === true ? headline.map((line) => `- ${line}`) : headline;
  if (lines.length > 0) io.stdout(`${lines.join("\n")}\n\n`);
  io.stdout(renderTables(tables, format));
}

/** Typed arrays and maps as JSON holds them. */
export function plain(_: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (value instanceof Map) return [...value];
  return value;
}
