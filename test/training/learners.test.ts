import { describe, expect, test } from "vitest";
import { resolve } from "../../compiler/resolve.ts";
import { splitValidation } from "../../datasets/folds.ts";
import { normal, uniform } from "../../description/initialisers.ts";
import { learn, type NetworkLearning } from "../../description/learning.ts";
import { network } from "../../description/network.ts";
import { input, lif, readout } from "../../description/populations.ts";
import { dense, synaptic } from "../../description/projections.ts";
import { ms, steps } from "../../description/units.ts";
import type { BinnedSet } from "../../training/binned-set.ts";
import { createCoreLearner } from "../../training/core-learner.ts";
import { createLearner } from "../../training/create-learner.ts";
import { type Learner, MODELS, type ModelName } from "../../training/learner.ts";
import { train } from "../../training/loop.ts";
import { twoClasses } from "./small-set.ts";

async function learnerOf(model: ModelName, update: NetworkLearning["update"] = "sample"): Promise<Learner> {
  const touch = input({ channels: 4 });
  const hidden = lif({ size: 8, tau: ms(5), threshold: 1, reset: "subtract" });
  const answer = readout({ size: 2, tau: ms(10) });
  const described = network({
    timestep: ms(1),
    populations: { touch, hidden, answer },
    projections: [
      dense(touch, hidden, { weights: normal(0.5, 0.3), delays: synaptic({ max: steps(3), init: uniform() }) }),
      dense(hidden, answer, { weights: normal(0, 0.3) }),
    ],
    learn: learn({ weights: { rate: 0.5 }, delays: { rate: 5 }, steps: 5, update: update! }),
  });
  const ir = await resolve(described, { baseDirectory: "." });
  return createLearner(model, ir, { preset: "learning" });
}

/** Presents samples from..to-1 with learning, numbered on. */
function show(learner: Learner, set: BinnedSet, from: number, to: number): unknown[] {
  return Array.from({ length: to - from }, (_, n) => {
    const sample = set.sample((from + n) % set.size);
    return { ...learner.present(sample, sample.label, from + n) };
  });
}

describe.each(MODELS)("the learner %s", (model) => {
  test("knows its network, and answers with a loss and spikes by population", async () => {
    const learner = await learnerOf(model);
    const set = await twoClasses(12);
    expect(learner).toMatchObject({ model, classes: 2, channels: 4, hidden: ["hidden"] });
    const shown = learner.present(set.sample(0), undefined, 0);
    expect([0, 1]).toContain(shown.class);
    expect(shown.loss).toBeGreaterThan(0);
    expect(shown.loss).toBeLessThan(5);
    expect(shown.spikes.length).toBe(1);
  });

  test("changes nothing without a label or with a rate of 0, and something with both", async () => {
    const learner = await learnerOf(model, model === "bptt" ? { samples: 4 } : "step");
    const set = await twoClasses(12);
    const before = learner.save();
    for (let n = 0; n < 8; n++) learner.present(set.sample(n), undefined, n);
    expect(learner.save()).toEqual(before);
    learner.setRateFactor(1);
    show(learner, set, 0, 12);
    expect(learner.save()).not.toEqual(before);
    expect(learner.notFinite()).toBeNull();
  });

  test.each(["step", "sample", { samples: 5 }] as const)(
    "goes on from what it saved with the same bits (updates at %j)",
    async (update) => {
      const [first, second] = [await learnerOf(model, update), await learnerOf(model, update)];
      const set = await twoClasses(12);
      show(first, set, 0, 13);
      const saved = first.save();
      second.restore(saved);
      expect(second.save()).toEqual(saved);
      expect(show(second, set, 13, 30)).toEqual(show(first, set, 13, 30));
      expect(second.save()).toEqual(first.save());
      expect(second.takeUpdates()).toEqual(first.takeUpdates());
      expect(() => second.restore({})).toThrow(/saved "/);
    },
  );

  test("learns the two classes", async () => {
    // Back-propagation would otherwise take a step every 32 samples only.
    const learner = await learnerOf(model, model === "bptt" ? { samples: 4 } : "sample");
    const data = await twoClasses(40);
    const { epochs } = await train({
      learner,
      data,
      split: splitValidation(data.labels, 0.2, 1),
      test: null,
      learning: { schedule: { kind: "cosine" }, channelShift: 0, errorSteps: { kind: "all" } },
      epochs: 10,
      seed: 1,
    });
    expect(epochs.at(-1)!.validation).toMatchObject({ n: 8, correct: 8 });
    expect(epochs.at(-1)!.training.loss!).toBeLessThan(0.8 * epochs[0]!.training.loss!);
  });
});

describe("the core's learner", () => {
  test("numbers presentations: stochastic rounding draws anew in each", async () => {
    const [first, second] = [await learnerOf("core"), await learnerOf("core")];
    const set = await twoClasses(12);
    show(first, set, 0, 6);
    for (let n = 0; n < 6; n++) second.present(set.sample(n), set.sample(n).label, n + 1000);
    expect(second.save()).not.toEqual(first.save());
  });

  test("gives an image with what it has learned, which answers as it does", async () => {
    const learner = await learnerOf("core");
    const set = await twoClasses(12);
    show(learner, set, 0, 24);
    const learned = learner.learned();
    if (learned.kind !== "image") throw new Error("the core learns an image");
    const again = createCoreLearner(learned.image);
    for (let n = 0; n < 12; n++) {
      expect(again.present(set.sample(n), undefined, n)).toEqual(learner.present(set.sample(n), undefined, n));
    }
  });

  test("reports what became of updates", async () => {
    const learner = await learnerOf("core");
    const set = await twoClasses(12);
    show(learner, set, 0, 12);
    const { projections } = learner.takeUpdates()!;
    expect(projections.map(({ projection }) => projection)).toEqual(["touch -> hidden", "hidden -> answer"]);
    expect(projections[0]!.weights!.changed).toBeGreaterThan(0);
    expect(projections[0]!.delays).not.toBeNull();
    expect(projections[1]!.delays).toBeNull();
    // Each projection and parameter has a bias of its own.
    const biases = [projections[0]!.weights!.bias, projections[0]!.delays!.bias, projections[1]!.weights!.bias];
    expect(biases).not.toContain(null);
    expect(new Set(biases).size).toBe(3);
    const none = { changed: 0, zero: 0, clamped: 0, bias: null, biasOver: 0 };
    expect(learner.takeUpdates()!.projections[0]!.weights).toEqual(none);
  });
});
