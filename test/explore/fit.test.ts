import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileIr } from "../../compiler/compile.ts";
import { completeCore } from "../../description/complete-core.ts";
import type { CompleteCore } from "../../description/core.ts";
import { fewestSamples, keeps } from "../../explore/fit/criterion.ts";
import { type Fit, fitCore } from "../../explore/fit/fit.ts";
import { floatRule } from "../../explore/fit/float-answers.ts";
import { foundCore } from "../../explore/fit/found-core.ts";
import { type FitSetting, loadFit } from "../../explore/fit/load-fit.ts";
import { freedomOf, type QuantityName } from "../../explore/fit/quantities.ts";
import type { Outcome } from "../../explore/outcome.ts";
import { openResults } from "../../explore/result-store.ts";
import type { Job } from "../../explore/runner.ts";
import { memoryReport } from "../../report/memory.ts";
import { accuracyOf } from "../../statistics/interval.ts";
import { pairedDifference } from "../../statistics/paired.ts";
import { fakeRunner, madeUp } from "./fake-runner.ts";
import { SMALL_NETWORK } from "./small-description.ts";
import { scratchFolder } from "./small-space.ts";

const folder = scratchFolder();
const network = folder.write("network.json", JSON.stringify(SMALL_NETWORK));
const KEEP: readonly QuantityName[] = ["scheme", "queue", "clipping", "saturation", "decay", "exponents", "scores"];
const FLOAT = folder.path("float.json");

function setting(samples: number = 300): Promise<FitSetting> {
  return loadFit({
    network,
    data: { name: `yin-yang:1,samples=${samples}`, steps: 40 },
    test: { name: "yin-yang:2,samples=60", steps: 40 },
  });
}

/** Float64's answers with some turned wrong: more of them for fewer bits of weights and of membranes. */
function answersOf(): (job: Job) => Outcome {
  const kept = (): { identity: { data: { source: string } }; right: string }[] =>
    JSON.parse(readFileSync(FLOAT, "utf8")).answers;
  return (job) => {
    const { weights, membrane } = job.point.core as CompleteCore;
    const bits = Object.values(weights.projections)[0]?.bits ?? weights.bits;
    const membranes = Object.values(membrane.populations)[0] ?? membrane.bits;
    const lost = 2 ** (8 - bits) + 2 ** (13 - membranes);
    // Known before any design is asked for.
    const { right } = kept().find(({ identity }) => identity.data.source === job.point.data.source)!;
    let turned = 0;
    const answers = [...right].map((answer) => (answer === "1" && turned++ < lost ? "0" : answer)).join("");
    const correct = [...answers].filter((answer) => answer === "1").length;
    const made = madeUp(job);
    return { ...made, right: answers, measures: { ...made.measures!, accuracy: accuracyOf(correct, answers.length) } };
  };
}

/** @param stopAfter evaluations after which the process dies, so to speak */
async function run(
  file: string,
  stopAfter: number = Number.POSITIVE_INFINITY,
): Promise<Fit & { readonly asked: number }> {
  const store = openResults(folder.path(file));
  const judge = answersOf();
  let count = 0;
  const runner = fakeRunner((job) => {
    count += 1;
    if (count > stopAfter) throw new Error("killed");
    return judge(job);
  });
  try {
    const fit = await fitCore({
      setting: await setting(),
      criterion: { name: "bound", maxLoss: 0.05 },
      keep: KEEP,
      store,
      runner,
      mora: "0.0.0",
      floatFile: FLOAT,
    });
    return { ...fit, asked: count };
  } finally {
    store.close();
  }
}

test("goes on after a kill on the same path, and computes nothing twice", { timeout: 60_000 }, async () => {
  const whole = await run("whole.jsonl");
  await expect(run("killed.jsonl", 9)).rejects.toThrow("killed");
  const rest = await run("killed.jsonl");
  expect(rest.each).toEqual(whole.each);
  expect(rest.uniform).toEqual(whole.uniform);
  expect(rest.asked).toBe(whole.asked - 9);
  const again = await run("killed.jsonl");
  expect([again.asked, again.evaluated]).toEqual([0, 0]);
  expect(again.each).toEqual(whole.each);

  const { chosen, narrowed } = whole.each;
  expect(chosen!.trial.kept).toBe(true);
  // The test data have seen the chosen designs and the given one, no other.
  const lines = readFileSync(folder.path("whole.jsonl"), "utf8").trim().split("\n");
  const tested = lines.filter((line) => line.includes("yin-yang:2"));
  expect(tested.length).toBeLessThanOrEqual(4);
  expect(lines.length).toBe(whole.asked);
  expect(narrowed.steps.filter(({ trial }) => !trial.kept).length).toBeGreaterThan(3);
  expect(whole.uniform.chosen!.trial.kept).toBe(true);
  const bitsOf = (choices: object) => Number(Object.values(choices)[0]);
  expect(bitsOf(chosen!.trial.choices)).toBeLessThan(8);
});

test("float64's answers are computed once, and are those of its own run", async () => {
  const { answers } = JSON.parse(readFileSync(FLOAT, "utf8"));
  expect(answers.length).toBe(2);
  expect(answers[0].right).toMatch(/^[01]{300}$/);
  expect(answers[1].right).toMatch(/^[01]{60}$/);
});

test("the found core compiles to the design that was measured, within the capacities that were given", async () => {
  const own = await setting();
  const { widest } = freedomOf(own.core, own.ir, "each");
  const narrow = { "weights point -> hidden": 3, "weights hidden -> class": 5 };
  const choices = { ...widest, accumulator: 16, scheme: "queue", queue: 64, ...narrow };
  const { core, excesses } = foundCore(own, "each", [], choices);
  expect(excesses).toEqual([]);
  expect(core).toMatchObject({ name: "default-fit", accumulator: { bits: 16, current: 16 }, delays: { entries: 64 } });
  expect(core.memories).toEqual(own.core.memories);
  expect(core.weights.projections).toEqual({ "point -> hidden": { bits: 3 }, "hidden -> class": { bits: 5 } });
  // As JSON it is the same core.
  const again = completeCore(JSON.parse(JSON.stringify(core)));
  expect(again).toEqual(core);
  const bytes = (one: CompleteCore) => memoryReport(compileIr(own.ir, one).image.manifest).totals.bytes;
  expect(bytes(again)).toBeLessThan(bytes(foundCore(own, "each", [], widest).core));
});

test("one width is written into every quantity that has one, within its limits", async () => {
  const { core, ir, space } = await setting();
  const { axes, alternatives } = freedomOf(core, ir, "uniform");
  const written = (width: number) =>
    Object.fromEntries(
      axes
        .find(({ name }) => name === "width")!
        .assign(width)
        .map(({ path, content }) => [path.join("."), content]),
    );
  expect(written(5)).toEqual({
    "core.weights.projections.point -> hidden.bits": 5,
    "core.weights.projections.hidden -> class.bits": 5,
    "core.accumulator.bits": 8,
    "core.accumulator.current": 8,
    "core.membrane.populations.hidden": 8,
    "core.membrane.populations.class": 8,
    "core.decay.bits": 5,
    "core.decision.table.bits": 5,
  });
  expect(written(24)["core.weights.projections.hidden -> class.bits"]).toBe(16);
  const kept = freedomOf(core, ir, "uniform", ["membranes", "weights"]).axes.find(({ name }) => name === "width")!;
  expect(kept.assign(9).map(({ path }) => path.slice(1).join("."))).toEqual([
    "accumulator.bits",
    "accumulator.current",
    "decay.bits",
    "decision.table.bits",
  ]);
  expect(freedomOf(core, ir, "weights", ["weights"]).quantities).toEqual([]);
  expect(alternatives.map(({ choices }) => choices.scheme)).toContain("queue");
  expect(freedomOf(core, ir, "each", ["weights", "scheme", "queue"]).quantities.map(({ name }) => name)).toEqual([
    "accumulator",
    "membranes",
    "decay",
    "exponents",
    "scores",
    "exponent table",
  ]);
  expect(space.base.core.memories!.synapses!.bytes).toBe("unlimited");
});

test("what counts is the upper end of the interval, or the estimate", () => {
  const [same, one] = ["1".repeat(1000), `${"1".repeat(996)}0000`];
  const loss = pairedDifference(same, one);
  expect(loss.difference).toBeCloseTo(0.004, 9);
  expect(loss.high).toBeGreaterThan(0.008);
  expect(keeps({ name: "estimate", maxLoss: 0.004 }, loss)).toBe(true);
  expect(keeps({ name: "bound", maxLoss: 0.008 }, loss)).toBe(false);
  expect(keeps({ name: "bound", maxLoss: 0.01 }, loss)).toBe(true);
  expect(fewestSamples({ name: "bound", maxLoss: 0.01 })).toBe(276);
  expect(fewestSamples({ name: "bound", maxLoss: 0 })).toBe(Number.POSITIVE_INFINITY);
  expect(fewestSamples({ name: "estimate", maxLoss: 0 })).toBe(1);
});

test("float64 decides by the core's rule", () => {
  const rule = (decision: object) => floatRule(completeCore({ decision }));
  expect(rule({})).toEqual({ score: "softmax", time: { kind: "end" } });
  expect(rule({ rule: "sum", at: { step: 5 } })).toEqual({ score: "readout", time: { kind: "step", step: 4 } });
  expect(rule({ at: { margin: 0.3, minSteps: 3 } })).toEqual({
    score: "softmax",
    time: { kind: "margin", margin: 0.3, earliest: 2 },
  });
});
