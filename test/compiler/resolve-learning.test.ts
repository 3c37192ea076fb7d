import { describe, expect, test } from "vitest";
import type { LearningIr, NetworkIr, ReadoutIr } from "../../compiler/ir.ts";
import { resolve } from "../../compiler/resolve.ts";
import { smoothingTaps } from "../../compiler/smoothing.ts";
import { verifyIr } from "../../compiler/verify-ir.ts";
import { constant, normal, uniform, values } from "../../description/initialisers.ts";
import { DescriptionError } from "../../description/issues.ts";
import { gaussian, learn } from "../../description/learning.ts";
import { network } from "../../description/network.ts";
import { input, lif, readout } from "../../description/populations.ts";
import { dense, synaptic } from "../../description/projections.ts";
import { ms, steps } from "../../description/units.ts";
import type { Loose } from "../description/example-network.ts";
import { learningNetwork } from "../description/learning-network.ts";

async function resolved(description: unknown): Promise<NetworkIr> {
  const ir = await resolve(description, { baseDirectory: "." });
  verifyIr(ir);
  return ir;
}

/** The learning of the example after a change. */
async function learningAfter(change: (n: Loose) => void): Promise<LearningIr | undefined> {
  const description = learningNetwork();
  change(description);
  return (await resolved(description)).learning;
}

const says = (fields: Loose): Promise<LearningIr | undefined> => learningAfter((n) => Object.assign(n.learn, fields));

async function refusal(change: (n: Loose) => void): Promise<readonly string[]> {
  const description = learningNetwork();
  change(description);
  const error = await resolve(description, { baseDirectory: "." }).catch((caught: unknown) => caught);
  if (!(error instanceof DescriptionError)) throw error;
  return error.issues.map(({ path, problem, remedy }) => `${path}: ${problem}; ${remedy}`);
}

test("the example: defaults, overrides, feedback", async () => {
  // In step order: sound, first, other, second, digit are inputs first, then whatever comes next by declaration.
  const ir = await resolved(learningNetwork());
  const place = (name: string): number => ir.populations.findIndex((population) => population.name === name);
  expect(ir.learning).toEqual({
    readout: place("digit"),
    projections: [
      { projection: 0, weights: { rate: 0.1, limit: 2 }, delays: { rate: 100, min: 0, max: 8 } },
      { projection: 1, weights: { rate: 0.1, limit: 2 }, delays: { rate: 100, min: 0, max: 8 } },
      { projection: 2, weights: { rate: 0.5, limit: 2 }, delays: null },
      { projection: 4, weights: { rate: 0.1, limit: 2 }, delays: null },
    ],
    hidden: [
      { population: place("first"), feedback: { kind: "random", stored: true, scale: 0.5, seed: 7 } },
      { population: place("second"), feedback: { kind: "symmetric", projection: 4 } },
    ],
    surrogate: { shape: "gaussian", width: 0.5, height: 0.5 },
    smoothing: new Float64Array(0),
    filtered: false,
    error: { kind: "softmax" },
    errorSteps: { kind: "all" },
    meanSteps: 100,
    updateEvery: 1,
    firingRate: null,
    schedule: { kind: "cosine" },
    channelShift: 0,
  });
});

test("every field that is given", async () => {
  const learning = await says({
    weights: "fixed",
    delays: { rate: 20, min: { ms: 5 }, max: { ms: 20 } },
    surrogate: gaussian(0.3, 0.7),
    derivative: { smoothed: { ms: 5 } },
    eligibility: "filtered",
    feedback: { random: "regenerated", scale: 0.25, seed: 11 },
    error: { linear: { clip: 0.5 } },
    errorSteps: { last: { ms: 250 } },
    steps: 30,
    update: { samples: 32 },
    firingRate: { target: 0.05, strength: 2 },
    schedule: { factor: 0.5, every: 3 },
    channelShift: 1,
  });
  expect(learning).toMatchObject({
    projections: [
      { projection: 0, weights: null, delays: { rate: 20, min: 1, max: 4 } },
      { projection: 1, weights: null, delays: { rate: 20, min: 1, max: 4 } },
      { projection: 2, weights: { rate: 0.5, limit: 2 }, delays: null },
    ],
    surrogate: { shape: "gaussian", width: 0.3, height: 0.7 },
    filtered: true,
    error: { kind: "linear", target: 1, clip: 0.5 },
    errorSteps: { kind: "last", steps: 50 },
    meanSteps: 50,
    updateEvery: 32,
    firingRate: { target: 0.05, strength: 2 },
    schedule: { kind: "steps", factor: 0.5, every: 3 },
    channelShift: 1,
  });
  const random = { kind: "random", stored: false, scale: 0.25, seed: 11 };
  expect(learning?.hidden.map(({ feedback }) => feedback)).toEqual([random, random]);
  expect(learning?.smoothing).toEqual(smoothingTaps(1));
});

test("steps, masks and updates", async () => {
  expect(await says({ steps: 120 })).toMatchObject({ errorSteps: { kind: "all" }, meanSteps: 120 });
  const masked = await says({ errorSteps: { mask: [0, 1, 0, 1, 1] }, update: "step", schedule: "constant" });
  expect(masked).toMatchObject({ meanSteps: 3, updateEvery: 0, schedule: { kind: "constant" } });
  expect(masked?.errorSteps).toEqual({ kind: "mask", mask: Uint8Array.of(0, 1, 0, 1, 1) });
});

describe("projections", () => {
  test("override field by field; what they leave out is the network's", async () => {
    const learning = await learningAfter((n) => {
      n.learn.weights.limit = 4;
      n.projections[0].learn = { weights: { rate: 0.2 }, delays: { rate: 7, min: { steps: 2 } } };
      n.projections[1].learn = { weights: "fixed" };
      n.projections[2].learn = "none";
      n.projections[4].learn = { weights: { rate: 0.3, limit: 1 } };
    });
    expect(learning?.projections).toEqual([
      { projection: 0, weights: { rate: 0.2, limit: 4 }, delays: { rate: 7, min: 2, max: 8 } },
      { projection: 1, weights: null, delays: { rate: 100, min: 0, max: 8 } },
      { projection: 4, weights: { rate: 0.3, limit: 1 }, delays: null },
    ]);
  });

  test("learn without the network, from their declared delays", async () => {
    const learning = await learningAfter((n) => {
      delete n.learn;
      n.projections[1].learn = { delays: { rate: 5 } };
      delete n.projections[2].learn;
    });
    expect(learning?.projections).toEqual([{ projection: 1, weights: null, delays: { rate: 5, min: 0, max: 9 } }]);
    expect(learning?.hidden).toHaveLength(1);
  });

  test("without any that learns there is no learning", async () => {
    const without = await learningAfter((n) => {
      delete n.learn;
      n.projections[2].learn = "none";
    });
    expect(without).toBeUndefined();
  });
});

test("the readout is the last in step order, which need not be the last declared", async () => {
  const ir = await resolved(
    network({
      timestep: ms(5),
      populations: {
        sound: input({ channels: 2 }),
        late: readout({ size: 3, tau: ms(40) }),
        hidden: lif({ size: 2, tau: ms(20), threshold: 1, reset: "subtract" }),
        early: readout({ size: 2, tau: ms(40) }),
      },
      projections: [
        dense("sound", "early", { weights: constant(1) }),
        dense("hidden", "late", { weights: constant(1) }),
        dense("sound", "hidden", { weights: constant(1) }),
      ],
      learn: learn({ weights: { rate: 1 }, feedback: { random: "stored" } }),
    }),
  );
  const names = ir.populations.map(({ name }) => name);
  const last = ir.populations.findLastIndex(({ kind }) => kind === "readout");
  expect(names).toEqual(["sound", "hidden", "late", "early"]);
  expect(ir.learning!.readout).toBe(last);
  expect(ir.learning!.projections.map(({ projection }) => projection)).toEqual([0, 2]);
});

describe("limits of weights", () => {
  test.each([
    [0, 1],
    [0.5, 1],
    [0.500001, 2],
    [-1, 2],
    [3, 8],
    [2 ** -20, 2 ** -19],
    [1e-5, 2 ** -15],
  ])("initial weight %d: limit %d by default", async (weight, limit) => {
    const learning = await learningAfter((n) => {
      n.projections[0].weights = { kind: "values", values: [0, weight, 0, 0] };
    });
    expect(learning?.projections[0]?.weights).toEqual({ rate: 0.1, limit });
  });

  test("an initial weight beyond an explicit limit is a mistake, one at it is not", async () => {
    expect(
      await refusal((n) => {
        n.projections[0].weights = { kind: "values", values: [0, 1.2, -1.7, 0] };
        n.learn.weights.limit = 1;
      }),
    ).toEqual([
      "projections[0].weights: has an initial weight of magnitude 1.7, beyond the limit 1 of its learning; " +
        "start with smaller weights, or give learn.weights a limit of 2 or more, or none",
    ]);
    const atLimit = await says({ weights: { rate: 1, limit: 0.75 } });
    expect(atLimit?.projections[0]?.weights?.limit).toBe(0.75);
  });
});

test("initial delays outside the clamp are a mistake", async () => {
  expect(await refusal((n) => (n.learn.delays.min = { ms: 15 }))).toEqual([
    "projections[1].delays.init: has an initial delay of 2 steps, outside the clamp 3..8 of its learning; " +
      "start with delays from 3 to 8 steps, for example steps(uniform(3, 8)), or widen the clamp",
  ]);
});

test("learning changes nothing else of the IR", async () => {
  const { learning, ...rest } = await resolved(learningNetwork());
  const quiet = learningNetwork();
  delete quiet.learn;
  delete quiet.projections[2].learn;
  expect(learning).toBeDefined();
  expect(await resolved(quiet)).toEqual(rest);
});

test("JSON and back gives the same IR", async () => {
  const sound = input({ channels: 20 });
  const hidden = lif({ size: 8, tau: ms(20), threshold: 1, reset: "subtract" });
  const digit = readout({ size: 4, tau: ms(40) });
  const description = network({
    timestep: ms(5),
    populations: { sound, hidden, digit },
    projections: [
      dense(sound, hidden, {
        weights: normal(0, 0.3),
        delays: synaptic({ max: ms(120), init: uniform() }),
        learn: learn({ delays: { rate: 200, max: steps(24) } }),
      }),
      dense(hidden, hidden, { weights: normal(0, 0.3), learn: "none" }),
      dense(hidden, digit, { weights: values(Array.from({ length: 32 }, (_, k) => k / 32)) }),
    ],
    learn: learn({
      weights: { rate: 0.05 },
      surrogate: gaussian(),
      derivative: { smoothed: steps(0.7) },
      errorSteps: { mask: [0, 1, 1] },
    }),
  });
  const ir = await resolved(description);
  expect(ir.learning?.projections).toHaveLength(2);
  expect(await resolved(JSON.parse(JSON.stringify(description)))).toEqual(ir);
});

test("one time constant in two units is one, though its decays differ in the last bit", async () => {
  const ir = await resolved(
    network({
      timestep: ms(0.1),
      populations: {
        sound: input({ channels: 2 }),
        digit: readout({ size: 2, tau: [ms(0.3), steps(3)] }),
      },
      projections: [dense("sound", "digit", { weights: constant(1) })],
      learn: learn({ weights: { rate: 1 } }),
    }),
  );
  const digit = ir.populations[1] as ReadoutIr;
  expect(digit.decay[0]).toBeCloseTo(digit.decay[1]!, 14);
  expect(ir.learning?.projections).toHaveLength(1);
});

describe("taps of the smoothed derivative", () => {
  test.each([0.001, 0.3, 0.5, 1, 1.7, 8 / 3])("sigma %d: a ramp keeps its slope", (sigma) => {
    const taps = smoothingTaps(sigma);
    expect(taps).toHaveLength(Math.max(1, Math.ceil(3 * sigma)));
    // x[n] = n: sum_m c_m ((d + m) - (d - m)).
    expect(taps.reduce((sum, c, i) => sum + 2 * (i + 1) * c, 0)).toBeCloseTo(1, 14);
    expect(taps.every((c) => c > 0)).toBe(true);
  });

  test("are those of the Gaussian's derivative", () => {
    expect([...smoothingTaps(0.2)]).toEqual([0.5]);
    const [c1, c2, c3] = smoothingTaps(1);
    const derivative = (m: number): number => m * Math.exp(-(m * m) / 2);
    expect(c2! / c1!).toBeCloseTo(derivative(2) / derivative(1), 14);
    expect(c3! / c1!).toBeCloseTo(derivative(3) / derivative(1), 14);
    // exp(-1/2) / (2 (exp(-1/2) + 4 exp(-2) + 9 exp(-9/2)))
    expect(c1).toBeCloseTo(0.243_03, 5);
  });
});
