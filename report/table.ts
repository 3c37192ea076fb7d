/** One table type for every report, rendered as aligned text or as Markdown. JSON is made of the reports' numbers, not of tables. */

export interface Column {
  readonly title: string;
  /** Default "right": most columns are numbers. */
  readonly align?: "left" | "right";
}

export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  /** Cells as they are shown; each row has one for each column. */
  readonly rows: readonly (readonly string[])[];
  /** Lines under the table: origin of the numbers, what is counted, warnings. */
  readonly notes?: readonly string[];
}

export type TableFormat = "text" | "markdown";

/** A table in the format asked for, ending with a newline. Without rows only title and notes are shown. */
export function renderTable(table: Table, format: TableFormat): string {
  checkRows(table);
  return format === "text" ? renderText(table) : renderMarkdown(table);
}

/** Tables one below the other, an empty line between them. */
export function renderTables(tables: readonly Table[], format: TableFormat): string {
  return tables.map((table) => renderTable(table, format)).join("\n");
}

function renderText({ title, columns, rows, notes = [] }: Table): string {
  if (rows.length === 0) return `${[title, "", ...notes].join("\n")}\n`;
  const lines = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, c) => Math.max(...lines.map((cells) => cells[c]!.length)));
  const shown = lines.map((cells) =>
    cells
      .map((cell, c) => (columns[c]!.align === "left" ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join("  ")
      .trimEnd(),
  );
  const rule = "-".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return `${[title, "", shown[0]!, rule, ...shown.slice(1), ...notes].join("\n")}\n`;
}

function renderMarkdown({ title, columns, rows, notes = [] }: Table): string {
  if (rows.length === 0) return `${[`**${title}**`, "", ...notes.map((note) => `- ${note}`)].join("\n")}\n`;
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(" | ")} |`;
  const rule = `|${columns.map(({ align }) => (align === "left" ? " :--- " : " ---: ")).join("|")}|`;
  const head = [`**${title}**`, "", line(columns.map((column) => column.title)), rule];
  const foot = notes.length === 0 ? [] : ["", ...notes.map((note) => `- ${note}`)];
  return `${[...head, ...rows.map(line), ...foot].join("\n")}\n`;
}

function escapeCell(cell: string): string {
  return cell.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function checkRows({ title, columns, rows }: Table): void {
  const wrong = rows.findIndex((row) => row.length !== columns.length);
  if (wrong === -1) return;
  throw new RangeError(
    `table "${title}": row ${wrong} has ${rows[wrong]!.length} cells, the table ${columns.length} columns`,
  );
}
