import { expect, test } from "vitest";
import { evaluate as evaluateCommand } from "../../cli/evaluate.ts";
import { compile } from "../../compiler/compile.ts";
import { yinYangDataset } from "../../datasets/yin-yang.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import { allChoices } from "../../explore/axis.ts";
import { createCaches } from "../../explore/caches.ts";
import { contentsAt } from "../../explore/contents.ts";
import { designOf } from "../../explore/design.ts";
import { evaluate } from "../../explore/evaluate.ts";
import type { Space } from "../../explore/loaded-space.ts";
import { measureOf } from "../../explore/measure-names.ts";
import { brokenConstraints, type Outcome } from "../../explore/outcome.ts";
import { memoryReport } from "../../report/memory.ts";
import { SMALL_NETWORK } from "./small-description.ts";
import { scratchFolder, smallSpace } from "./small-space.ts";

const folder = scratchFolder();

function outcomeOf(space: Space, choices: object, options: object = {}): Promise<Outcome> {
  const caches = createCaches(contentsAt(space.files.paths));
  return evaluate(designOf(space, choices as never, options).point, caches, space.constraints);
}

const timeless = ({ seconds: _, emulationSeconds: __, ...rest }: Outcome) => rest;

test("a point gives what mora run gives, and the same each time", async () => {
  const space = await smallSpace();
  const first = await outcomeOf(space, { bits: 6, scheme: "queue", entries: 128 });
  expect(timeless(await outcomeOf(space, { bits: 6, scheme: "queue", entries: 128 }))).toEqual(timeless(first));
  const { image } = await compile(SMALL_NETWORK, { weights: { bits: 6 }, delays: { scheme: "queue", entries: 128 } });
  const { manifest } = image;
  const run = await evaluateCommand({
    emulator: createEmulator(image),
    manifest,
    dataset: yinYangDataset({ seed: 1, samples: 24 }),
    range: {},
    binning: { timestepMs: 1, steps: 60, channels: 5 },
    settings: { arrival: "burst", receiver: { readiness: 256, seed: 0 } },
    byStep: false,
  });
  const { measures, right } = first;
  expect(measures!.accuracy).toEqual(run.accuracy);
  expect(right).toMatch(/^[01]{24}$/);
  expect(right!.split("1").length - 1).toBe(run.accuracy!.correct);
  expect(measureOf(measures, "memory")).toBe(memoryReport(manifest).totals.bytes);
  expect(measureOf(measures, "cycles")).toBe(run.latency.perInference.fromStart.cycles.mean);
  const { step } = run.latency;
  expect([measureOf(measures, "cycles.step"), measureOf(measures, "cycles.stepMax")]).toEqual([step.mean, step.max]);
  expect(step.max).toBeGreaterThan(step.mean);
  expect(measureOf(measures, "synapticOps")).toBe(run.activity.core.synapticOps);
  expect(measureOf(measures, "memory.delay-queue")).toBeGreaterThan(0);
  expect(measureOf(measures, "memory.spike-ring")).toBe(0);
});

test("what points share changes nothing: each has the outcome that it has alone, to the byte", async () => {
  const space = await smallSpace({
    axes: {
      lanes: { path: "core.lanes", values: [1, 4] },
      scheme: { path: "core.delays.scheme", values: ["ring", "queue"] },
      accumulator: { path: "core.accumulator.bits", values: [9, 16] },
      membrane: { path: "core.membrane.bits", values: [12, 16] },
      decay: { path: "core.decay.bits", values: [6, 12] },
      clipping: { options: { mse: {}, p60: { "core.weights.clipping": { percentile: 60 } } } },
    },
  });
  const caches = createCaches(contentsAt(space.files.paths));
  const shared: string[] = [];
  const alone: string[] = [];
  for (const choices of allChoices(space.axes)) {
    const { point } = designOf(space, choices);
    shared.push(JSON.stringify(timeless(await evaluate(point, caches, {}))));
    alone.push(JSON.stringify(timeless(await outcomeOf(space, choices))));
  }
  expect(shared).toEqual(alone);
  // The axes do something, so that a cache that mixed points up would show.
  expect(new Set(alone).size).toBeGreaterThan(32);
});

test("a budget of samples is spread over the data, and is the end of those of another budget", async () => {
  const space = await smallSpace({ samples: 6 });
  const all = await outcomeOf(space, { bits: 6 }, { samples: 24 });
  const few = await outcomeOf(space, { bits: 6 });
  expect(few.measures!.accuracy!.n).toBe(6);
  expect(few.right).toBe([2, 6, 10, 14, 18, 22].map((n) => all.right![n]).join(""));
});

test("what does not fit says which memory and by how much, has its size, and is not run", async () => {
  const space = await smallSpace({ core: { memories: { synapses: { bytes: 16 } } } });
  const { reasons, measures, right, emulationSeconds } = await outcomeOf(space, { bits: 8 });
  expect(reasons).toEqual([
    {
      kind: "capacity",
      what: "synapses",
      value: 96,
      limit: 16,
      by: 80,
      text: expect.stringMatching(/memory synapses: .* would fit/),
    },
  ]);
  expect(measureOf(measures, "memory.synapses")).toBe(96);
  expect([right, measures!.accuracy, emulationSeconds]).toEqual([null, null, 0]);
});

test("what the compiler and the validator refuse is said in their words, all of it", async () => {
  const space = await smallSpace({
    axes: {
      scheme: { path: "core.delays.scheme", values: ["ring", "spike-ring"] },
      lanes: { path: "core.lanes", values: [3, 4] },
      bits: { path: "core.weights.bits", values: [1, 8] },
    },
  });
  const scheme = await outcomeOf(space, { scheme: "spike-ring", lanes: 4, bits: 8 });
  expect(scheme.reasons).toMatchObject([{ kind: "compile", what: "projection point -> hidden", value: null }]);
  const both = await outcomeOf(space, { scheme: "ring", lanes: 3, bits: 1 });
  expect(both.reasons.map(({ kind, what, value }) => [kind, what, value])).toEqual([
    ["description", "lanes", 3],
    ["description", "weights.bits", 1],
  ]);
  expect(both.measures).toBeNull();
});

test("a limit on memory spares the run; one on what a run shows is judged after it", async () => {
  const space = await smallSpace({ constraints: { memory: { max: 100 }, cycles: { max: 10 }, accuracy: { min: 0 } } });
  const { reasons, measures } = await outcomeOf(space, { bits: 8 });
  expect(reasons).toMatchObject([{ kind: "constraint", what: "memory", limit: 100 }]);
  expect(reasons[0]!.by).toBe(measureOf(measures, "memory")! - 100);
  const ran = await outcomeOf(await smallSpace({ constraints: { cycles: { max: 10 } } }), { bits: 8 });
  expect(ran.reasons).toEqual([]);
  expect(brokenConstraints(ran.measures, { cycles: { max: 10 }, accuracy: { min: 0 } }, "all")).toMatchObject([
    { kind: "constraint", what: "cycles", limit: 10, text: expect.stringMatching(/wants at most 10/) },
  ]);
});

const LEARNING = {
  network: {
    ...SMALL_NETWORK,
    projections: SMALL_NETWORK.projections.map((projection) => ({
      ...projection,
      learn: { weights: { rate: 0.05 }, delays: "fixed" },
    })),
    learn: { weights: { rate: 0.05 }, steps: 60 },
  },
  core: "learning",
  training: { epochs: 2, validation: 0.25 },
  axes: { rate: { path: "network.projections[0].learn.weights.rate", range: [0.01, 1], scale: "log" } },
};

test("a learning set-up is trained, then scored by the core on the part put aside", async () => {
  const space = await smallSpace(LEARNING);
  const first = await outcomeOf(space, { rate: 0.1 });
  expect(first.reasons).toEqual([]);
  expect(first.measures!.accuracy!.n).toBe(6);
  expect(first.measures!.updates!.lost).toBeGreaterThan(0);
  expect(first.measures!.memory.learning).toBeGreaterThan(0);
  expect(timeless(await outcomeOf(space, { rate: 0.1 }))).toEqual(timeless(first));
  expect(timeless(await outcomeOf(space, { rate: 0.1 }, { seed: 2 }))).not.toEqual(timeless(first));
});

test("a design that cannot learn says why", async () => {
  const noEngine = await outcomeOf(await smallSpace({ ...LEARNING, core: "default" }), { rate: 0.1 });
  expect(noEngine.reasons).toMatchObject([{ kind: "description", what: "core.learning" }]);
  const noRule = await outcomeOf(await smallSpace({ training: { epochs: 1 }, core: "learning" }), { bits: 8 });
  expect(noRule.reasons).toMatchObject([{ kind: "description", what: "network.learn" }]);
});

test("data that have changed since they were named are told", async () => {
  const path = folder.write("events.csv", "time,channel,sample,label\n0.001,0,0,0\n");
  const space = await smallSpace({ data: path });
  folder.write("events.csv", "time,channel,sample,label\n0.002,0,0,0\n");
  await expect(outcomeOf(space, { bits: 8 })).rejects.toThrow(/events\.csv: was changed while the sweep ran/);
});
