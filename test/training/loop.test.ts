import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { splitValidation } from "../../datasets/folds.ts";
import { NotFiniteError } from "../../reference/not-finite.ts";
import { collect } from "../../training/binned-set.ts";
import { hashOf, hashOfSet, type Identity } from "../../training/identity.ts";
import { type EpochRecord, shiftOf, type TrainOptions, train } from "../../training/loop.ts";
import { epochOrder } from "../../training/order.ts";
import { type FakeLearner, fakeLearner } from "./fake-learner.ts";
import { listed, twoClasses } from "./small-set.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-training-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LEARNING: TrainOptions["learning"] = {
  schedule: { kind: "constant" },
  channelShift: 0,
  errorSteps: { kind: "all" },
};

async function options(learner: FakeLearner, more: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  const data = await twoClasses(20);
  const split = splitValidation(data.labels, 0.2, 1);
  return { learner, data, split, test: null, learning: LEARNING, epochs: 3, seed: 1, ...more };
}

describe("order and validation part", () => {
  test("an epoch has every sample once, in an order of its own that the seed gives", () => {
    const items = Uint32Array.of(3, 5, 7, 9, 11);
    const first = epochOrder(items, 1, 0);
    expect([...first].sort((a, b) => a - b)).toEqual([3, 5, 7, 9, 11]);
    expect(epochOrder(items, 1, 0)).toEqual(first);
    const orders = [epochOrder(items, 1, 1), epochOrder(items, 1, 2), epochOrder(items, 2, 0)];
    expect(orders.some((order) => order.join() !== first.join())).toBe(true);
    expect([...items]).toEqual([3, 5, 7, 9, 11]);
  });

  test("a fifth of every class is put aside", () => {
    const labels = Int32Array.from({ length: 50 }, (_, n) => (n < 30 ? 0 : 1));
    const { training, validation } = splitValidation(labels, 0.2, 7);
    expect(validation.length).toBe(10);
    expect(validation.filter((n) => labels[n] === 0).length).toBe(6);
    expect([...training, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(splitValidation(labels, 0.2, 8).validation).not.toEqual(validation);
    expect(splitValidation(labels, 0, 7).validation.length).toBe(0);
  });

  test("channel shifts are within bounds, take every value, and hang on seed, epoch and sample only", () => {
    const shifts = Array.from({ length: 200 }, (_, n) => shiftOf(2, 1, 0, n));
    expect([...new Set(shifts)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect(shiftOf(2, 1, 0, 17)).toBe(shifts[17]);
    expect(Array.from({ length: 200 }, (_, n) => shiftOf(2, 1, 1, n))).not.toEqual(shifts);
    expect(Array.from({ length: 200 }, (_, n) => shiftOf(2, 2, 0, n))).not.toEqual(shifts);
    expect(shiftOf(0, 1, 0, 3)).toBe(0);
  });
});

describe("epochs", () => {
  test("present the training part in order, number the presentations, and evaluate without learning", async () => {
    const learner = fakeLearner(4, 2);
    const given = await options(learner, { epochs: 2, test: await twoClasses(6) });
    const records: EpochRecord[] = [];
    const result = await train({ ...given, onEpoch: (record) => records.push(record) });
    expect(learner.seen.map(([index]) => index)).toEqual([
      ...epochOrder(given.split.training, 1, 0),
      ...epochOrder(given.split.training, 1, 1),
    ]);
    expect(learner.seen.map(([, presentation]) => presentation)).toEqual(Array.from({ length: 32 }, (_, n) => n));
    // Validation after each epoch and once for the confusion, the test once; all under their own index.
    const validation = [...given.split.validation];
    expect(learner.evaluated).toEqual([...validation, ...validation, ...validation, 0, 1, 2, 3, 4, 5]);
    expect(result.epochs).toEqual(records);
    expect(records.map(({ training }) => training.n)).toEqual([16, 16]);
    expect(records.map(({ updates }) => updates!.projections[0]!.weights!.changed)).toEqual([16, 16]);
    expect(records[1]!.validation).toMatchObject({ n: 4, correct: 4 });
    expect(result.validation).toMatchObject({
      n: 4,
      correct: 4,
      confusion: [
        [2, 0],
        [0, 2],
      ],
    });
    expect(result.test).toMatchObject({ n: 6, correct: 6, spikes: [3] });
    expect(records[1]!.training.loss!).toBeLessThan(records[0]!.training.loss!);
  });

  test("the rate falls sample by sample with the cosine, epoch by epoch with steps", async () => {
    const cosine = fakeLearner(4, 2);
    await train(await options(cosine, { learning: { ...LEARNING, schedule: { kind: "cosine" } }, epochs: 2 }));
    const factors = cosine.seen.map(([, , factor]) => factor);
    expect(factors[0]).toBe(1);
    expect(factors[16]).toBeCloseTo(0.5, 12);
    expect(factors[31]).toBeCloseTo(0.5 * (1 + Math.cos((Math.PI * 31) / 32)), 12);
    const steps = fakeLearner(4, 2);
    const schedule = { kind: "steps", factor: 0.5, every: 2 } as const;
    const result = await train(await options(steps, { learning: { ...LEARNING, schedule }, epochs: 5 }));
    expect(result.epochs.map(({ rateFactor }) => rateFactor)).toEqual([1, 1, 0.5, 0.5, 0.25]);
    expect(steps.seen[79]![2]).toBe(0.25);
  });

  test("augmentation moves what is learned from, not what is evaluated", async () => {
    const plain = fakeLearner(4, 2);
    const shifted = fakeLearner(4, 2);
    await train(await options(plain));
    await train(await options(shifted, { learning: { ...LEARNING, channelShift: 2 } }));
    expect(shifted.seen.map(([index]) => index)).toEqual(plain.seen.map(([index]) => index));
    expect(shifted.weights).not.toEqual(plain.weights);
  });
});

describe("what cannot be trained is refused before the first sample", () => {
  async function refusal(samples: Parameters<typeof listed>[0], more: Partial<TrainOptions> = {}): Promise<string> {
    const learner = fakeLearner(4, 2);
    const data = await collect(listed(samples), { timestepMs: 1, channels: 4 });
    const split = splitValidation(data.labels, 0, 1);
    const message = await train({ ...(await options(learner)), data, split, ...more }).then(
      () => "trained",
      (error: Error) => `${error.name} ${error.message}`,
    );
    expect(learner.seen).toEqual([]);
    return message;
  }

  test("samples without labels", async () => {
    const message = await refusal([
      [0, [0, 1]],
      [undefined, [0, 2]],
      [undefined, [1, 2]],
    ]);
    expect(message).toBe(
      "TrainingError listed: sample 1: has no label, 2 of 3 samples have none; training needs one for each",
    );
  });

  test("labels beyond the readout", async () => {
    expect(
      await refusal([
        [0, [0, 1]],
        [2, [0, 2]],
      ]),
    ).toBe(
      "TrainingError listed: sample 1: label 2 is beyond the readout's 2 classes; enlarge the readout, or take those samples out",
    );
  });

  test("a mask that is not as long as the samples", async () => {
    const errorSteps = { kind: "mask", mask: Uint8Array.of(1, 0, 1) } as const;
    const learning = { ...LEARNING, errorSteps };
    expect(
      await refusal(
        [
          [0, [0, 1], [2, 1]],
          [1, [3, 2]],
        ],
        { learning },
      ),
    ).toBe(
      "TrainingError listed: sample 1: has 4 steps, the mask of errorSteps has 3; cut samples to that length with --steps 3, or give a mask of the samples' length",
    );
  });

  test("no samples at all, and none left by the validation part", async () => {
    expect(await refusal([])).toMatch("listed: has no samples for training");
    const data = await twoClasses(4);
    const split = splitValidation(data.labels, 1, 1);
    expect(await refusal([[0, [0, 1]]], { data, split })).toMatch("leaves no samples to train on");
  });

  test("a test set without labels", async () => {
    const unlabelled = await collect(listed([[undefined, [0, 1]]]), { timestepMs: 1, channels: 4 });
    expect(await refusal([[0, [0, 1]]], { test: unlabelled })).toMatch("sample 0: has no label, 1 of 1");
  });
});

describe("checkpoints", () => {
  const settings = { model: "float", epochs: 3, seed: 1 };
  const identity: Identity = { contents: { network: hashOf([1]), "training data": hashOf([2]) }, settings };

  test("a run that stops and goes on ends with the same bits and the same history", async () => {
    const whole = fakeLearner(4, 2);
    const expected = await train(await options(whole, { learning: { ...LEARNING, channelShift: 1 } }));
    for (const stopAt of [1, 7, 15, 16, 17, 40]) {
      const path = join(folder, `stop-${stopAt}`, "training.ckpt");
      const more = { learning: { ...LEARNING, channelShift: 1 }, checkpoint: { path, identity, everySeconds: 0 } };
      let count = 0;
      const stopped = train({
        ...(await options(fakeLearner(4, 2), more)),
        onSample: () => {
          count += 1;
          if (count > stopAt) throw new Error("stopped");
        },
      });
      await expect(stopped).rejects.toThrow("stopped");
      const second = fakeLearner(4, 2);
      const result = await train(await options(second, more));
      expect(result.resumedFrom).toBe(stopAt);
      expect(second.seen.length).toBe(48 - stopAt);
      expect(second.save()).toEqual(whole.save());
      expect(result.epochs).toEqual(expected.epochs);
      expect(result.validation).toEqual(expected.validation);
    }
  });

  test("a finished run has nothing left to train", async () => {
    const path = join(folder, "finished", "training.ckpt");
    const more = { checkpoint: { path, identity } };
    const first = await train(await options(fakeLearner(4, 2), more));
    const again = fakeLearner(4, 2);
    const second = await train(await options(again, more));
    expect(again.seen).toEqual([]);
    expect(second.epochs).toEqual(first.epochs);
  });

  test("a checkpoint of something else is refused, and says what differs", async () => {
    const path = join(folder, "other", "training.ckpt");
    await train(await options(fakeLearner(4, 2), { checkpoint: { path, identity } }));
    const before = readFileSync(path);
    const other: Identity = {
      contents: { ...identity.contents, network: hashOf([3]) },
      settings: { ...settings, epochs: 4 },
    };
    await expect(train(await options(fakeLearner(4, 2), { checkpoint: { path, identity: other } }))).rejects.toThrow(
      `${path}: the run of this checkpoint differs in network (SHA-256 ${identity.contents.network!.slice(0, 8)}.., now ${hashOf([3]).slice(0, 8)}..), epochs (3, now 4); resume it with what it was made with, or give another folder`,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("a damaged or foreign file is refused", async () => {
    const path = join(folder, "damaged", "training.ckpt");
    const more = { checkpoint: { path, identity } };
    await train(await options(fakeLearner(4, 2), more));
    const bytes = readFileSync(path);
    bytes[bytes.length - 100]! ^= 1;
    writeFileSync(path, bytes);
    await expect(train(await options(fakeLearner(4, 2), more))).rejects.toThrow("is damaged (its digest differs)");
    writeFileSync(path, "something else that is longer than the header");
    await expect(train(await options(fakeLearner(4, 2), more))).rejects.toThrow("is not a checkpoint of mora");
  });

  test("numbers that are not finite stop the run, name the projection and leave the checkpoint of before", async () => {
    const path = join(folder, "infinite", "training.ckpt");
    const learner = fakeLearner(4, 2);
    const more = { checkpoint: { path, identity }, epochs: 3 };
    let saved: Buffer | undefined;
    const run = train({
      ...(await options(learner, more)),
      onSample: ({ epoch, position }) => {
        if (epoch !== 1 || position !== 3) return;
        saved = readFileSync(path);
        learner.weights[0] = Number.NaN;
      },
    });
    await expect(run).rejects.toThrow(
      'epoch 2, sample 4: the loss (NaN) is not finite any more; projection "in -> out" has parameters that are not finite; choose smaller rates',
    );
    expect(readFileSync(path).equals(saved!)).toBe(true);
    expect(existsSync(`${path}.tmp`)).toBe(false);
  });
});

test("a model's own complaint about a number is told with the place in the run", async () => {
  const learner = fakeLearner(4, 2);
  let left = 20;
  const present: FakeLearner["present"] = (...shown) => {
    left -= 1;
    if (left < 0) throw new NotFiniteError('population "hidden"', "membrane", Number.POSITIVE_INFINITY, 3);
    return learner.present(...shown);
  };
  const { split, ...rest } = await options({ ...learner, present });
  const all = { training: Uint32Array.from({ length: 20 }, (_, n) => n), validation: new Uint32Array(0) };
  expect(split.validation.length).toBe(4);
  await expect(train({ ...rest, split: all })).rejects.toThrow(
    'epoch 2, sample 1: population "hidden": membrane is Infinity at step 3 of the sample; choose smaller rates',
  );
});

test("hashes see every event, label and step, and not the name of the file", async () => {
  const base = await twoClasses(6);
  expect(hashOfSet(await twoClasses(6))).toBe(hashOfSet(base));
  expect(hashOfSet({ ...base, name: "elsewhere.h5" })).toBe(hashOfSet(base));
  expect(hashOfSet(await twoClasses(5))).not.toBe(hashOfSet(base));
  expect(hashOfSet({ ...base, labels: Int32Array.of(0, 1, 0, 1, 0, 0) })).not.toBe(hashOfSet(base));
  expect(hashOf({ a: Float64Array.of(1, 2) })).not.toBe(hashOf({ a: Float64Array.of(1, 3) }));
  expect(hashOf({ a: Float64Array.of(1) })).toBe(hashOf({ a: Float64Array.of(1) }));
});
