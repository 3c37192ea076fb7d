import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startSweepProgress } from "../../cli/sweep-progress.ts";
import { designOf } from "../../explore/design.ts";
import type { Failure, Outcome } from "../../explore/outcome.ts";
import { type ResultLine, resultLine } from "../../explore/result-line.ts";
import { madeUp } from "../explore/fake-runner.ts";
import { smallSpace } from "../explore/small-space.ts";

const space = await smallSpace();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function lineOf(bits: number, outcome?: Outcome | Failure, samples: number = 24): ResultLine {
  const design = designOf(space, { bits, scheme: "ring" }, { samples });
  const { key, point } = design;
  return resultLine(design, outcome ?? madeUp({ key, point, constraints: {} }), { memory: { max: 700 } }, "0.0.0");
}

function display(quiet: boolean = false) {
  const told: string[] = [];
  const io = { stdout: () => undefined, stderr: (text: string) => void told.push(text), interactive: false };
  return { told, ...startSweepProgress(io, quiet, { accuracy: "max", memory: "min" }) };
}

/** A second a point, `asked` of them. */
function points(count: number, asked: number, onLine: ReturnType<typeof display>["onLine"], from: number = 0): void {
  for (let n = from + 1; n <= from + count; n++) {
    vi.advanceTimersByTime(1000);
    onLine(lineOf(n % 2 === 0 ? 4 : 6), { asked, done: n, evaluated: n, reused: 0 });
  }
}

test("a log has a line every ten seconds: points done, rate, time left, the best of each objective, what did not go", () => {
  const { told, onLine, stop } = display();
  points(9, 40, onLine);
  expect(told).toEqual([]);
  points(1, 40, onLine, 9);
  expect(told).toEqual([
    "10/40 points | 1.0 a second, 0:30 left | best accuracy 30.0 %, memory 400 B | 0 infeasible, 0 failed\n",
  ]);
  onLine(lineOf(8), { asked: 40, done: 11, evaluated: 11, reused: 0 });
  points(9, 40, onLine, 11);
  expect(told.length).toBe(1);
  stop();
  expect(told[1]).toMatch(/^20\/40 points \| 1\.\d a second, .* \| 1 infeasible, 0 failed\n$/);
});

test("of a grid all points are those to come, not those that were asked for up to now", () => {
  const { told, onLine, stop } = display();
  for (let n = 1; n <= 2; n++) {
    vi.advanceTimersByTime(1000);
    onLine(lineOf(4), { asked: 5, total: 62, done: n, evaluated: n, reused: 0 });
  }
  stop();
  expect(told.at(-1)).toMatch(/^2\/62 points \| 1\.0 a second, 1:00 left/);
});

test("the rate is that of the last minute: a search that comes to larger designs has its time left by those", () => {
  const { told, onLine, stop } = display();
  points(60, 200, onLine);
  for (let n = 61; n <= 80; n++) {
    vi.advanceTimersByTime(10_000);
    onLine(lineOf(6), { asked: 200, done: n, evaluated: n, reused: 0 });
  }
  stop();
  expect(told.at(-1)).toMatch(/^80\/200 points \| 6\.0 a minute, 20:00 left/);
});

test("points from the file are no rate; failures are told when they happen, the first three; with --json nothing is", () => {
  const { told, onLine, stop } = display();
  onLine(lineOf(4), { asked: 9, done: 1, evaluated: 0, reused: 1 });
  for (let n = 2; n <= 6; n++) {
    onLine(lineOf(n, { error: `Error: boom ${n}\n  at here` }), { asked: 9, done: n, evaluated: n - 1, reused: 1 });
  }
  expect(told).toEqual([2, 3, 4].map((n) => `failed: {"bits":${n},"scheme":"ring"}: Error: boom ${n}\n`));
  vi.advanceTimersByTime(1);
  stop();
  expect(told.at(-1)).toMatch(
    /^6\/9 points \(1 from the file\).* \| best accuracy 20\.0 %, memory 400 B \| 0 infeasible, 5 failed\n$/,
  );

  const silent = display(true);
  points(30, 40, silent.onLine);
  silent.onLine(lineOf(4, { error: "Error: boom" }), { asked: 40, done: 31, evaluated: 31, reused: 0 });
  silent.stop();
  expect(silent.told).toEqual([]);
});

test("of a halving the best are of the last rung: on fewer samples a design may be lucky", () => {
  const { told, onLine, stop } = display();
  const at = { asked: 3, evaluated: 3, reused: 0 };
  onLine(lineOf(6, undefined, 3), { ...at, done: 1 });
  onLine(lineOf(4, undefined, 9), { ...at, done: 2 });
  onLine(lineOf(6, undefined, 3), { ...at, done: 3 });
  stop();
  expect(told.at(-1)).toMatch(/best accuracy 20\.0 %, memory 400 B \|/);
});
