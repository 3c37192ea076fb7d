import { describe, expect, test } from "vitest";
import { fixed, percent, si, whole } from "../../report/numbers.ts";
import { renderTable, renderTables, type Table } from "../../report/table.ts";

const TABLE: Table = {
  title: "Sizes",
  columns: [{ title: "name", align: "left" }, { title: "kB" }],
  rows: [
    ["ring", "1.50"],
    ["a|b", "120.00"],
  ],
  notes: ["All of them."],
};

describe("table", () => {
  test("text: columns aligned, no blanks at the ends of lines", () => {
    expect(renderTable(TABLE, "text")).toBe(
      ["Sizes", "", "name      kB", "------------", "ring    1.50", "a|b   120.00", "All of them.", ""].join("\n"),
    );
  });

  test("Markdown: alignment, escaped bars, notes as a list", () => {
    expect(renderTable(TABLE, "markdown")).toBe(
      [
        "**Sizes**",
        "",
        "| name | kB |",
        "| :--- | ---: |",
        "| ring | 1.50 |",
        "| a\\|b | 120.00 |",
        "",
        "- All of them.",
        "",
      ].join("\n"),
    );
  });

  test("tables are an empty line apart", () => {
    expect(renderTables([TABLE, TABLE], "text").split("\n\nSizes\n")).toHaveLength(2);
  });

  test("a row with a cell too few is refused", () => {
    expect(() => renderTable({ ...TABLE, rows: [["ring"]] }, "text")).toThrow(
      'table "Sizes": row 0 has 1 cells, the table 2 columns',
    );
  });
});

describe("numbers", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [71_680, "71,680"],
    [1_234_567, "1,234,567"],
    [-1234, "-1,234"],
  ])("whole(%d)", (value, text) => expect(whole(value)).toBe(text));

  test.each([
    [1234.5, 2, "1,234.50"],
    [0.125, 1, "0.1"],
    [Number.NaN, 1, "-"],
  ])("fixed(%d, %d)", (value, decimals, text) => expect(fixed(value, decimals)).toBe(text));

  test("percent and SI prefixes", () => {
    expect(percent(0.125)).toBe("12.5 %");
    expect([0, 4.5, 71_400_000, 1e9, 123_456].map(si)).toEqual(["0", "4.50", "71.4 M", "1.00 G", "123 k"]);
  });
});
