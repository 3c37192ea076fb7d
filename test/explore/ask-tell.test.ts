import { expect, test } from "vitest";
import { askTell } from "../../explore/ask-tell.ts";
import { openResults } from "../../explore/result-store.ts";
import { createEvaluation } from "../../explore/sweep.ts";
import { type FakeRunner, fakeRunner, madeUp } from "./fake-runner.ts";
import { scratchFolder, smallSpace } from "./small-space.ts";

const folder = scratchFolder();
let files = 0;

/** What is told to these questions; texts are lines as they are. */
async function answers(
  questions: readonly (object | string)[],
  runner: FakeRunner = fakeRunner(),
  change: object = {},
) {
  const space = await smallSpace(change);
  const store = openResults(folder.path(`${files++}.jsonl`));
  const told: Record<string, unknown>[] = [];
  async function* lines() {
    for (const question of questions) yield typeof question === "string" ? question : JSON.stringify(question);
  }
  const evaluation = createEvaluation({ space, store, runner, mora: "0.0.0" });
  // As it goes over the wire.
  await askTell({ space, evaluation, lines: lines(), tell: (answer) => told.push(JSON.parse(JSON.stringify(answer))) });
  store.close();
  return { greeting: told[0]!, told: told.slice(1) };
}

test("the first line is the space: axes with values, conditions and ranges, objectives", async () => {
  const axes = {
    lanes: { path: "core.lanes", values: [1, 2] },
    bits: { path: "core.weights.bits", range: [2, 16], scale: "log", whole: true, when: { lanes: 2 } },
  };
  const { greeting } = await answers([], fakeRunner(), { axes, samples: 7 });
  expect(greeting).toEqual({
    schema: "mora/ask/1",
    axes: [
      { name: "lanes", values: [1, 2] },
      { name: "bits", low: 2, high: 16, log: true, whole: true, when: { lanes: [2] } },
    ],
    objectives: { accuracy: "max", memory: "min", cycles: "min" },
    constraints: {},
    samples: 7,
    seeds: null,
  });
});

test("every question is answered by its id, and the same design is evaluated once", async () => {
  const runner = fakeRunner();
  const ask = (id: number, bits: number) => ({ id, choices: { bits, scheme: "ring", entries: 64 } });
  const { told } = await answers([ask(1, 4), ask(2, 8), "", ask(3, 4)], runner);
  expect(told.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  expect(told.find(({ id }) => id === 2)).toMatchObject({
    status: "done",
    choices: { bits: 8, scheme: "ring" },
    values: { accuracy: 0.4, memory: 800, cycles: 250 },
    violation: 0,
    reasons: [],
    error: null,
  });
  expect(runner.evaluated.length).toBe(2);
});

test("a limit that is broken and a failure are told, by how much and why", async () => {
  const runner = fakeRunner((job) =>
    (job.point.core as { weights: { bits: number } }).weights.bits === 6 ? { error: "Error: boom" } : madeUp(job),
  );
  const questions = [4, 6].map((bits) => ({ id: bits, choices: { bits, scheme: "ring" } }));
  const { told } = await answers(questions, runner, { constraints: { memory: { max: 200 } } });
  expect(told.find(({ id }) => id === 4)).toMatchObject({
    status: "infeasible",
    violation: 1,
    reasons: [expect.stringMatching(/memory is 400, .* at most 200/)],
  });
  expect(told.find(({ id }) => id === 6)).toMatchObject({
    status: "failed",
    violation: null,
    values: { accuracy: null },
    error: "Error: boom",
  });
});

test.each([
  ["no JSON", "{", /the line is not JSON/],
  ["no object", "7", /has no choices/],
  ["an axis that is none", { choices: { bit: 4 } }, /"bit" is no axis; the space has bits, scheme, entries/],
  ["a value off the axis", { choices: { bits: 5 } }, /bits = 5 is not on the axis; it has 4, 6, 8/],
  [
    "no choice where one counts",
    { choices: { bits: 4, scheme: "queue" } },
    /the axis entries counts here and has no choice/,
  ],
  ["a budget that is none", { choices: { bits: 4, scheme: "ring" }, samples: 0 }, /samples = 0: give a whole number/],
  [
    "more samples than there are",
    { choices: { bits: 4, scheme: "ring" }, samples: 1e12 },
    /^samples = 1000000000000: must be at most 24: the data have no more samples; give fewer/,
  ],
])("%s is refused, and the next line is answered", async (_, question, message) => {
  const { told } = await answers([question, { id: "next", choices: { bits: 4, scheme: "ring" } }]);
  expect(told.find(({ status }) => status === "refused")).toMatchObject({ error: expect.stringMatching(message) });
  expect(told.find(({ id }) => id === "next")).toMatchObject({ status: "done" });
});

test("seeds are evaluated each, and a refused question keeps its id", async () => {
  const runner = fakeRunner();
  const { told } = await answers(
    [
      { id: 1, choices: { bits: 4, scheme: "ring" } },
      { id: 2, choices: { bits: 9 } },
    ],
    runner,
    { seeds: [1, 2] },
  );
  expect(runner.evaluated.length).toBe(2);
  expect(told.find(({ id }) => id === 1)!.keys).toHaveLength(2);
  expect(told.find(({ id }) => id === 2)).toMatchObject({ status: "refused" });
});

test("a result that cannot be kept ends it at once, without another line", { timeout: 5000 }, async () => {
  const space = await smallSpace();
  const store = openResults(folder.path(`${files++}.jsonl`));
  const full = {
    ...store,
    append: () => {
      throw new Error("the disk is full");
    },
  };
  const evaluation = createEvaluation({ space, store: full, runner: fakeRunner(), mora: "0.0.0" });
  async function* lines() {
    yield JSON.stringify({ choices: { bits: 4, scheme: "ring" } });
    // The optimiser waits for the answer.
    await new Promise(() => undefined);
  }
  await expect(askTell({ space, evaluation, lines: lines(), tell: () => undefined })).rejects.toThrow("disk is full");
  store.close();
});
