import { expect, test } from "vitest";
import { addCoverage, coverageByFile, missedPoints } from "../rtl/coverage-data.ts";

const point = (file: string, line: number, kind: string, lines: string, instance: string, count: number): string =>
  `C '\u0001f\u0002${file}\u0001l\u0002${line}\u0001n\u00025\u0001page\u0002v_line/m\u0001o\u0002${kind}${
    lines === "" ? "" : `\u0001S\u0002${lines}`
  }\u0001h\u0002TOP.${instance}' ${count}\n`;

const ONE = `# SystemC::Coverage-3\n${point("a.sv", 3, "block", "3-5,9", "x", 0)}${point("a.sv", 4, "if", "4", "x", 2)}`;
const OTHER = `${point("a.sv", 4, "else", "", "x", 0)}${point("a.sv", 3, "block", "3-5,9", "y", 7)}${point("b.sv", 1, "case", "1", "x", 0)}`;

test("counts of all instances and runs are added", () => {
  const points = addCoverage(OTHER, addCoverage(ONE));
  expect([...points.values()].map(({ file, line, kind, count }) => [file, line, kind, count])).toEqual([
    ["a.sv", 3, "block", 7],
    ["a.sv", 4, "if", 2],
    ["a.sv", 4, "else", 0],
    ["b.sv", 1, "case", 0],
  ]);
  expect(points.get("a.sv 3 5 block")!.lines).toEqual([3, 4, 5, 9]);
});

test("a line is reached when all its points are; an arm without a statement is a point only", () => {
  const points = addCoverage(OTHER, addCoverage(ONE));
  expect(Object.fromEntries(coverageByFile(points))).toEqual({
    "a.sv": { points: 3, pointsReached: 2, lines: 4, linesReached: 4 },
    "b.sv": { points: 1, pointsReached: 0, lines: 1, linesReached: 0 },
  });
  expect(missedPoints(points).map(({ file, line, kind }) => `${file} ${line} ${kind}`)).toEqual([
    "a.sv 4 else",
    "b.sv 1 case",
  ]);
  expect(coverageByFile(addCoverage(ONE)).get("a.sv")).toMatchObject({ lines: 4, linesReached: 0 });
});
