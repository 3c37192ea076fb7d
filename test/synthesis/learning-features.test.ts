import { expect, test } from "vitest";
import { LEARNING_POINTS } from "../../bench/area-learning-points.ts";
import { DESIGN_POINTS, manifestOf } from "../../bench/area-points.ts";
import { type Product, productFeatures } from "../../synthesis/engine-products.ts";
import { featuresOf } from "../../synthesis/features.ts";
import {
  COMMON_FEATURES,
  ENGINE_BLOCKS,
  engineBlocks,
  engineFeatures,
  withoutEngine,
} from "../../synthesis/learning-features.ts";

const pointOf = (name: string) => manifestOf(LEARNING_POINTS.find((point) => point.name === `learning: ${name}`)!);

test("of one engine, all of them: 16 channels, 16 hidden neurons, 4 classes, weights alone, one lane", async () => {
  const manifest = await pointOf("weights");
  expect(engineFeatures(manifest, "ice40")).toEqual({
    engine: 1,
    engineLanes: 1,
    // A bit for each channel: one event a step.
    eventBits: 16,
    windowBits: 12,
    selections: 0,
    // Traces, errors, signals; rows and columns of the updates.
    hashes: 5,
    // Trace x decay 12 x 13; feedback as wide as its sum, 8 + 12 + 2 + 1 bits, and of the product no more; signal x psi in 25 bits, of
    // which the lower 8 rows have 25 to 18; rule 16 x 13.
    engineProducts: 156 + (23 * 24) / 2 + (25 + 18) * 4 + 208,
    // Of feedback three, the product of the upper parts being above the sum; of signal x psi two.
    engineMultipliers: 1 + 3 + 2 + 1,
    // Columns and values of a signal and an error, psi.
    laneSignals: 32 + 12 + 16 + 8,
    linearError: 1,
    groupFlags: 2 * 16,
    walkGroups: 16,
    updates: 1,
    randomUpdates: 2,
    applies: 1,
    carries: 0,
    eligibilities: 0,
    laneStages: 12 + 2 * 8 + 16 + 16,
    // Synapses of 8 + 4 bits, changes of 16.
    writtenBits: 28,
    // Traces, table, surrogates, errors, signals, changes; errors are too few for block RAM.
    engineMacroBits: 16 + 8 + 8 + 32 + 32 + 16,
    engineSmallBits: 4 * 32,
    engineRecordBits: 787,
    engineKeys: 1,
  });
});

test("products, as yosys sees their factors", () => {
  const multipliers = (...product: Product) => productFeatures([product]).engineMultipliers;
  expect([multipliers(18, 18), multipliers(19, 18), multipliers(20, 18), multipliers(20, 20)]).toEqual([1, 1, 2, 4]);
  // The upper pieces' product begins at bit 36.
  expect([multipliers(23, 23, 23), multipliers(23, 23, 37), multipliers(23, 23, 18)]).toEqual([3, 4, 1]);
  expect(productFeatures([]).engineMultipliers).toBe(0);
  expect(
    productFeatures([
      [4, 3],
      [4, 4, 4],
    ]).engineProducts,
  ).toBe(12 + 4 + 3 + 2 + 1);
});

test("products of eligibilities and of axons' delays", async () => {
  // 2 lanes, eligibilities of 12 bits, traces of 12, psi of 4, signals and errors of 8, decay of 8: feedback; rule; decay; psi.
  const filtered = engineFeatures(await pointOf("2 lanes, filtered"), "ecp5");
  const decay = (22 + 14) * 4.5;
  const psi = 18 + 17 + 16 + 15;
  expect(filtered.engineProducts).toBe(12 * 9 + 2 * ((19 * 20) / 2 + 8 * 13 + decay + psi));
  expect(filtered.engineMultipliers).toBe(1 + 2 * (1 + 1 + 2 + 1));
  // Traces of 8 bits, signals of 12, errors of 8: psi; rule, signal x weight by lane, an axon's sum x derivative.
  const axonal = engineFeatures(await pointOf("axonal delays, sign"), "ecp5");
  expect(axonal.engineProducts).toBe(8 * 9 + (19 * 20) / 2 + (21 + 14) * 4 + 12 * 9 + 12 * 8 + 16 * 9);
  expect([axonal.axonalSums, axonal.updates, axonal.applies]).toEqual([1, 2, 2]);
  // Feedback in 23 bits; rule; decays of eligibilities of 10 bits and psi, of weight and delay; derivative x weight; signals of 12 bits
  // x eligibility or weight in 22; an axon's sum x derivative; trace.
  const both = engineFeatures(await pointOf("filtered axonal delays, regenerated feedback"), "ecp5");
  expect(both.engineMultipliers).toBe(3 + 1 + 2 * (2 + 1) + 1 + 2 + 1 + 1);
});

test("features of the whole core are those of its blocks, and of the core without the engine", async () => {
  for (const point of LEARNING_POINTS) {
    const manifest = await manifestOf(point);
    const blocks = engineBlocks(manifest, "ecp5")!;
    expect(Object.keys(blocks)).toEqual(Object.keys(ENGINE_BLOCKS));
    const whole = featuresOf(manifest, "ecp5");
    for (const name of new Set(Object.values(blocks).flatMap((features) => Object.keys(features)))) {
      const values = Object.values(blocks).flatMap((features) => features[name] ?? []);
      const expected = COMMON_FEATURES.includes(name) ? values[0] : values.reduce((sum, value) => sum + value, 0);
      expect([point.name, name, whole[name]]).toEqual([point.name, name, expected]);
    }
    const { blocks: rams, ...inference } = featuresOf(withoutEngine(manifest), "ecp5");
    expect(whole).toMatchObject(inference);
    expect(whole.blocks).toBeGreaterThanOrEqual(rams!);
  }
});

test("a core without an engine has none of them", async () => {
  const manifest = await manifestOf(DESIGN_POINTS[0]!);
  expect(engineBlocks(manifest, "ice40")).toBeNull();
  expect(engineFeatures(manifest, "ice40")).toEqual({});
  expect(withoutEngine(manifest)).toEqual(manifest);
});

test("a ring of one slot is no multiplier's", async () => {
  const slots = async (name: string) =>
    featuresOf(await manifestOf(DESIGN_POINTS.find((point) => point.name === name)!), "ecp5").slotMultipliers;
  expect([await slots("no delays"), await slots("tiny"), await slots("4 lanes"), await slots("axonal delays")]).toEqual(
    [0, 1, 4, 1],
  );
});
