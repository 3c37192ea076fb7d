import { describe, expect, test } from "vitest";
import type { LifIr, NetworkIr, ProjectionIr, ReadoutIr } from "../../compiler/ir.ts";
import { resolve } from "../../compiler/resolve.ts";
import { verifyIr } from "../../compiler/verify-ir.ts";
import {
  constant,
  type DelayInitialiser,
  normal,
  uniform,
  values,
  type WeightInitialiser,
} from "../../description/initialisers.ts";
import { network } from "../../description/network.ts";
import { input, lif, readout } from "../../description/populations.ts";
import { axonal, dense, sparse, synaptic } from "../../description/projections.ts";
import { ms, mV, steps } from "../../description/units.ts";
import { networkIssues } from "../../description/validate.ts";
import { networkWarnings } from "../../description/warnings.ts";
import { exampleNetwork } from "./example-network.ts";

async function resolved(description: unknown): Promise<NetworkIr> {
  const ir = await resolve(description, { baseDirectory: "." });
  verifyIr(ir);
  return ir;
}

/** The one projection of a network of `pre` channels and `post` neurons. */
async function only(
  weights: WeightInitialiser,
  init?: DelayInitialiser,
  { pre = 30, post = 40, seed = 1, max = 10 }: { pre?: number; post?: number; seed?: number; max?: number } = {},
): Promise<ProjectionIr> {
  const a = input({ channels: pre });
  const b = lif({ size: post, tau: ms(20), threshold: 1, reset: "subtract" });
  const delays = init && { delays: synaptic({ max: steps(max), init }) };
  const projections = [dense(a, b, { weights, ...delays })];
  const ir = await resolved(network({ timestep: ms(5), seed, populations: { a, b }, projections }));
  return ir.projections[0]!;
}

test("the example of the README, verbatim", async () => {
  const sound = input({ channels: 140 });
  const hidden = lif({ size: 64, tau: ms(20), threshold: 1, reset: "subtract" });
  const digit = readout({ size: 10, tau: ms(40) });
  const description = network({
    timestep: ms(5),
    populations: { sound, hidden, digit },
    projections: [
      dense(sound, hidden, { weights: normal(0, 0.08), delays: synaptic({ max: ms(120), init: uniform() }) }),
      dense(hidden, digit, { weights: normal(0, 0.12) }),
    ],
  });
  const ir = await resolved(description);
  expect(ir.populations.map(({ name, size }) => `${name} ${size}`)).toEqual(["sound 140", "hidden 64", "digit 10"]);
  const [first, second] = ir.projections;
  expect([first!.name, second!.name]).toEqual(["sound -> hidden", "hidden -> digit"]);
  expect([first!.delayKind, second!.delayKind]).toEqual(["synaptic", "none"]);
  expect(first!.weight).toHaveLength(8960);
  expect(Math.max(...first!.delay)).toBe(24);
  expect(Math.min(...first!.delay)).toBe(0);
  expect(first!.recurrent || second!.recurrent).toBe(false);
  expect(await resolved(JSON.parse(JSON.stringify(description)))).toEqual(ir);
});

test("JSON and back gives the same IR, also for typed arrays, negative zeros and references", async () => {
  const a = input({ channels: 2 });
  const b = lif({ size: 2, tau: [ms(20), "infinite"], threshold: [mV(1), mV(2)], reset: "zero" });
  const description = network({
    timestep: ms(1),
    populations: { a, b },
    projections: [
      sparse(a, b, {
        connections: { pre: Uint16Array.of(1, 0), post: Uint16Array.of(0, 1) },
        weights: mV(values(Float32Array.of(-0, 0.1))),
        delays: axonal({ max: steps(4), values: Uint8Array.of(4, 1) }),
      }),
      dense(b, b, { weights: mV(values([new Float64Array([1, -0]), new Float64Array([3, 4])], { scale: -0 })) }),
    ],
  });
  const copy = JSON.parse(JSON.stringify(description));
  const ir = await resolved(description);
  expect(await resolved(copy)).toEqual(ir);
  expect([...ir.projections[0]!.weight]).toEqual([Math.fround(0.1), 0]);
  expect([...ir.projections[0]!.axonDelay]).toEqual([4, 1]);
  expect(ir.projections.flatMap(({ weight }) => [...weight]).some((weight) => Object.is(weight, -0))).toBe(false);
});

test("populations: decay, thresholds, refractory steps, defaults", async () => {
  const ir = await resolved(exampleNetwork());
  const [sound, hidden, second, digit] = ir.populations as [unknown, LifIr, LifIr, ReadoutIr];
  expect(sound).toEqual({ kind: "input", name: "sound", size: 4, maxEventsPerStep: 1 });
  expect([...hidden.decay]).toEqual([Math.exp(-5 / 20), Math.exp(-5 / 20), Math.exp(-5 / 20)]);
  expect([hidden.uniform, hidden.refractorySteps, hidden.output, hidden.reset]).toEqual([true, 2, false, "subtract"]);
  expect([...second.decay]).toEqual([Math.exp(-5 / 20), 1]);
  expect([...second.threshold]).toEqual([1, 2]);
  expect([second.uniform, second.refractorySteps, second.output, second.reset]).toEqual([false, 0, true, "zero"]);
  expect([...digit.decay]).toEqual([Math.exp(-1 / 8), Math.exp(-1 / 8)]);
});

test("listed connections become rows in order, and values follow the list", async () => {
  const { projections } = await resolved(exampleNetwork());
  const listed = projections[1]!;
  expect([...listed.rowStart]).toEqual([0, 1, 1, 2]);
  expect([...listed.post]).toEqual([0, 1]);
  expect([...listed.weight]).toEqual([-0.5, 0.5]);
  expect([...listed.axonDelay]).toEqual([0, 5, 9]);
  expect(projections.map(({ recurrent }) => recurrent)).toEqual([false, false, true, false]);
});

test("a matrix of values gives a sparse projection the entries of its connections", async () => {
  const description = exampleNetwork();
  description.projections[1].weights.values = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const { projections } = await resolved(description);
  expect([...projections[1]!.weight]).toEqual([1, 6]);
});

test("parallel projections and projections in other places do not change each other's numbers", async () => {
  const before = (await resolved(exampleNetwork())).projections;
  const description = exampleNetwork();
  description.projections.unshift({
    kind: "dense",
    from: "sound",
    to: "digit",
    weights: { kind: "normal", mean: 0, sd: 1 },
  });
  description.projections.push({ ...description.projections[1], weights: { kind: "normal", mean: 0, sd: 1 } });
  const after = (await resolved(description)).projections;
  expect(after.slice(1, 5)).toEqual(before);
  expect(after[5]!.name).toBe("sound -> hidden #2");
  expect([...after[5]!.delay]).not.toEqual([...after[1]!.delay]);
});

test("populations declared backwards stand in step order", async () => {
  const description = exampleNetwork();
  const { sound, hidden, second, digit } = description.populations;
  const { populations, projections } = await resolved({
    ...description,
    populations: { digit, second, hidden, sound },
  });
  // second and hidden form a loop, in which declaration decides; digit waits for second.
  expect(populations.map(({ name }) => name)).toEqual(
    ["sound", "second", "digit", "hidden"].sort((a, b) => order(a) - order(b)),
  );
  expect(projections.map(({ recurrent }) => recurrent)).toEqual([false, true, false, false]);
});

function order(name: string): number {
  return ["sound", "second", "hidden", "digit"].indexOf(name);
}

describe("initialisers of weights", () => {
  test("constant", async () => {
    expect(new Set((await only(constant(0.25))).weight)).toEqual(new Set([0.25]));
  });

  test("normal: mean and standard deviation of 1,200 draws within four standard errors", async () => {
    const { weight } = await only(normal(0.5, 0.2));
    const mean = weight.reduce((sum, w) => sum + w, 0) / weight.length;
    const variance = weight.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weight.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan((4 * 0.2) / Math.sqrt(1200));
    expect(Math.abs(Math.sqrt(variance) - 0.2)).toBeLessThan((4 * 0.2) / Math.sqrt(2400));
  });

  test("uniform stays within its bounds and fills them", async () => {
    const { weight } = await only(uniform(-1, 3));
    expect(weight.every((w) => w >= -1 && w < 3)).toBe(true);
    expect(Math.min(...weight)).toBeLessThan(-0.95);
    expect(Math.max(...weight)).toBeGreaterThan(2.95);
  });

  test("values, nested and flat, with a scale", async () => {
    const size = { pre: 2, post: 2 };
    expect([
      ...(
        await only(
          values(
            [
              [1, 2],
              [3, 4],
            ],
            { scale: 0.5 },
          ),
          undefined,
          size,
        )
      ).weight,
    ]).toEqual([0.5, 1, 1.5, 2]);
    expect([...(await only(values([1, 2, 3, 4]), undefined, size)).weight]).toEqual([1, 2, 3, 4]);
  });

  test("the seed decides, and the same seed gives the same numbers", async () => {
    const one = (await only(normal(0, 1))).weight;
    expect((await only(normal(0, 1))).weight).toEqual(one);
    expect((await only(normal(0, 1), undefined, { seed: 2 })).weight).not.toEqual(one);
  });
});

describe("initialisers of delays", () => {
  const of = async (init: DelayInitialiser): Promise<number[]> => [...(await only(constant(1), init)).delay];

  test("uniform() takes every delay from 0 to max, both included", async () => {
    expect(new Set(await of(uniform()))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  });

  test("uniform with bounds, in steps and in milliseconds", async () => {
    expect(new Set(await of(uniform(2, 4)))).toEqual(new Set([2, 3, 4]));
    expect(new Set(await of(ms(uniform(40))))).toEqual(new Set([8, 9, 10]));
  });

  test("normal is rounded and clipped to 0..max", async () => {
    const delays = await of(normal(5, 4));
    expect(new Set(delays)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(new Set(await of(normal(2.5, 0)))).toEqual(new Set([3]));
    expect(new Set(await of(ms(normal(15, 0))))).toEqual(new Set([3]));
  });

  test("constant in milliseconds", async () => {
    expect(new Set(await of(ms(constant(35))))).toEqual(new Set([7]));
  });
});

describe("density", () => {
  async function drawn(density: number, seed?: number): Promise<ProjectionIr> {
    const a = input({ channels: 20 });
    const b = lif({ size: 30, tau: ms(20), threshold: 1, reset: "zero" });
    const options = { weights: constant(1), density, ...(seed !== undefined && { seed }) };
    const ir = await resolved(
      network({ timestep: ms(1), populations: { a, b }, projections: [sparse(a, b, options)] }),
    );
    return ir.projections[0]!;
  }

  test("gives exactly the rounded share of pairs", async () => {
    expect((await drawn(0.25)).post).toHaveLength(150);
    expect((await drawn(0.001)).post).toHaveLength(1);
    expect((await drawn(1)).post).toHaveLength(600);
  });

  test("has a seed of its own", async () => {
    const pattern = async (seed?: number): Promise<string> => [...(await drawn(0.25, seed)).post].join();
    expect(await pattern(1)).toBe(await pattern());
    expect(await pattern(2)).not.toBe(await pattern());
  });
});

test("a population without a name is reported with its place", () => {
  const a = input({ channels: 1 });
  const b = readout({ size: 1, tau: "infinite" });
  const weights = constant(1);
  const lost = network({ timestep: ms(1), populations: { a }, projections: [dense(a, b, { weights })] });
  expect(networkIssues(lost).map(({ path, problem }) => [path, problem])).toEqual([
    ["populations", "has inputs only"],
    ["projections[0].to", "refers to a population without a name of its own"],
  ]);
  const twice = network({ timestep: ms(1), populations: { a, b, c: b }, projections: [dense(a, b, { weights })] });
  expect(networkIssues(twice).map(({ path, value }) => [path, value])).toEqual([
    ["projections[0].to", "a population that is listed 2 times: b, c"],
  ]);
});

test("warnings: what no input reaches, and nothing to observe", () => {
  const a = input({ channels: 1 });
  const b = lif({ size: 1, tau: "infinite", threshold: 1, reset: "zero" });
  const c = lif({ size: 1, tau: "infinite", threshold: 1, reset: "zero" });
  const weights = constant(1);
  const quiet = network({
    timestep: ms(1),
    populations: { a, b, c },
    projections: [dense(a, b, { weights }), dense(c, b, { weights })],
  });
  expect(networkWarnings(quiet).map(({ path, problem }) => `${path}: ${problem}`)).toEqual([
    "populations.c: no input reaches this population, so that it never fires",
    "populations: nothing leaves the core",
  ]);
});

test("a million synapses are resolved and verified well within the compiler's two seconds", async () => {
  const started = performance.now();
  const { weight } = await only(normal(0, 1), uniform(), { pre: 1000, post: 1000 });
  expect(weight).toHaveLength(1_000_000);
  expect(performance.now() - started).toBeLessThan(1400);
});
