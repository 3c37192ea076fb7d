import { expect, test } from "vitest";
import { designCsv, designTable } from "../../cli/design-table.ts";
import { comparableLines } from "../../explore/comparable.ts";
import { designOf } from "../../explore/design.ts";
import { designResults, frontOf } from "../../explore/front.ts";
import { type ResultLine, resultLine } from "../../explore/result-line.ts";
import { madeUp } from "./fake-runner.ts";
import { smallSpace } from "./small-space.ts";

const space = await smallSpace();
const OBJECTIVES = { memory: "min", accuracy: "max" } as const;

function line(bits: number, options: { seed?: number; samples?: number; failed?: boolean } = {}): ResultLine {
  const design = designOf(space, { bits, scheme: "ring" }, options);
  const { key, point } = design;
  const outcome = options.failed ? { error: "Error: boom" } : madeUp({ key, point, constraints: {} });
  return resultLine(design, outcome, bits === 8 ? { memory: { max: 700 } } : {}, "0.0.0");
}

test("the front has feasible designs that none dominates, by the first objective; seeds of a design are one", () => {
  const lines = [line(8), line(6, { seed: 1 }), line(6, { seed: 2 }), line(4), line(5, { failed: true })];
  const designs = designResults(lines, Object.keys(OBJECTIVES));
  expect(designs.map(({ choices, status, lines: own }) => [choices.bits, status, own.length])).toEqual([
    [8, "infeasible", 1],
    [6, "done", 2],
    [4, "done", 1],
    [5, "failed", 1],
  ]);
  const front = frontOf(designs, OBJECTIVES);
  expect(front.map(({ values }) => values)).toEqual([
    { memory: 400, accuracy: 0.2 },
    { memory: 600, accuracy: 0.3 },
  ]);
  expect(frontOf(designs, { memory: "min" }).map(({ choices }) => choices.bits)).toEqual([4]);
  // An accuracy has the interval of all its samples.
  expect(designTable("t", front, OBJECTIVES).rows[1]).toEqual([
    "6",
    "ring",
    "600",
    "30.0 % (95 %: 24.1 to 36.7 %, n = 200)",
  ]);
});

test("CSV has axes, status and measures, and an empty cell where there is none", () => {
  const designs = designResults([line(4), line(5, { failed: true })], ["memory", "loss"]);
  expect(designCsv(designs, ["memory", "loss"])).toBe(
    "bits,scheme,status,memory,loss\n4,ring,done,400,\n5,ring,failed,,\n",
  );
});

test("lines of another budget or other data do not stand beside each other", async () => {
  const lines = [line(4, { samples: 6 }), line(6, { samples: 6 }), line(4, { samples: 24 })];
  expect(comparableLines(lines)).toEqual([lines[2]]);
  const other = await smallSpace({ data: { name: "yin-yang:2,samples=24", steps: 60 } });
  const design = designOf(other, { bits: 4 });
  const { key, point } = design;
  const last = resultLine(design, madeUp({ key, point, constraints: {} }), {}, "0.0.0");
  expect(comparableLines([...lines, last])).toEqual([last]);
});
