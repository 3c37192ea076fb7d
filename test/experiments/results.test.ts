import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { armOf } from "../../experiments/arms.ts";
import { createRuns } from "../../experiments/comparison.ts";
import { secondsOf } from "../../experiments/estimate.ts";
import { executeRun } from "../../experiments/execute.ts";
import { drawPlots } from "../../experiments/plots.ts";
import { publish, runsFile, staleKeys } from "../../experiments/publish.ts";
import { checkResults, outcomeOf } from "../../experiments/quick.ts";
import { appendRun } from "../../experiments/run-store.ts";
import { handMadeFolds } from "./hand-made.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-results-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ORIGIN = { machine: "test", commit: "none" };
const YIN_YANG = armOf("tiny-yin-yang");
const SNN = { "snn-both": 17, "snn-weights": 12, "snn-fixed": 16, "snn16-both": 15, "snn16-fixed": 14 };

test("published keys are what the runs give, and a changed number is found", () => {
  const own = join(folder, "keys");
  for (const [name, right] of Object.entries(SNN)) {
    for (const run of handMadeFolds(name, { right })) appendRun(runsFile(own), run);
  }
  publish(own);
  expect(staleKeys(own)).toEqual([]);
  const path = join(own, "reproduce.json");
  const written = JSON.parse(readFileSync(path, "utf8"));
  expect(written).toMatchObject({ gain_over_random: 5, gain_delays: null });
  expect(Object.keys(written)).toEqual(expect.arrayContaining(["date", "machine", "commit", "gain_over_random_low"]));
  const report = readFileSync(join(own, "reproduce.md"), "utf8");
  expect(report).toContain("85.0 | 76.7 to 90.7 | 100");
  expect(report).toContain("Not known yet, runs are missing: `gain_delays`");
  expect(readdirSync(own)).toEqual(expect.arrayContaining(["learned.svg", "density.svg", "front.svg", "frontier.svg"]));
  writeFileSync(path, JSON.stringify({ ...written, gain_over_random: 6 }));
  expect(staleKeys(own)).toEqual(["gain_over_random"]);
});

test("plots say what they show to who does not see them", () => {
  const all = handMadeFolds("snn-both", { right: 17 });
  const plots = drawPlots(createRuns((arm, fold) => all.find((run) => run.arm === arm.name && run.fold === fold)));
  expect(plots.map(({ file }) => file)).toEqual(["learned.svg", "front.svg", "frontier.svg"]);
  for (const { svg } of plots) {
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).toContain("<title>");
    expect(svg).toContain("85.0 %");
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test("a run is repeated bit for bit, and quick finds out when it is not", async () => {
  const run = { arm: YIN_YANG, fold: 0, seed: 101 };
  const made = await executeRun(run, ORIGIN, () => undefined);
  expect(made.labels.length).toBe(100);
  expect(made.learned.answers).toMatch(/^[012]{100}$/);
  expect(made.engine!.bytes).toBeGreaterThan(made.deployed!.bytes);
  expect(made.engine!.learningCycles).toBeGreaterThan(made.engine!.inferenceCycles);

  const own = join(folder, "quick");
  const flipped = made.learned.answers.replace(/./, (digit) => String((Number(digit) + 1) % 3));
  appendRun(runsFile(own), { ...made, learned: { ...made.learned, answers: flipped } });
  publish(own);
  const faults = await checkResults(() => undefined, own);
  expect(faults.filter((fault) => fault.startsWith("tiny-yin-yang"))[0]).toMatch(/repeated with another outcome/);
  const again = await executeRun(run, { machine: "another", commit: "other" }, () => undefined);
  expect(outcomeOf(again)).toBe(outcomeOf(made));
});

test("an estimate is what the arm took before, else by samples and synapses", () => {
  const run = { arm: armOf("snn-both"), fold: 0, seed: 101 };
  expect(secondsOf(run, handMadeFolds("snn-both", { right: 1 }))).toBe(15);
  expect(secondsOf(run, handMadeFolds("snn-weights", { right: 1 }))).toBeCloseTo(0.002 * 48_000 * 1.21 + 5, 0);
});
