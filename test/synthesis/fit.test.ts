import { expect, test } from "vitest";
import { LEARNING_POINTS } from "../../bench/area-learning-points.ts";
import { DESIGN_POINTS, type DesignPoint, manifestOf } from "../../bench/area-points.ts";
import { inBlockRam } from "../../synthesis/block-memories.ts";
import { beyondFit, estimateArea, FITTED_UP_TO, LEARNING_FITTED_UP_TO } from "../../synthesis/estimate.ts";
import { estimated, fitNonNegative, leaveOneOut } from "../../synthesis/fit.ts";

const sample = (a: number, b: number, value: number) => ({ features: { one: 1, a, b }, value });
const PLANE = [
  [1, 0],
  [2, 1],
  [3, 5],
  [4, 2],
  [7, 3],
].map(([a, b]) => sample(a!, b!, 10 + 4 * a! + 2 * b!));

test("beyond what the design points span an estimate warns", async () => {
  const spanned = async (list: readonly DesignPoint[]) => {
    const points = await Promise.all(list.map(manifestOf));
    const most = (of: (manifest: (typeof points)[number]) => number): number => Math.max(...points.map(of));
    return {
      lanes: most(({ core }) => core.lanes),
      membraneBits: most(({ fields }) => fields.membrane),
      channels: most(({ populations }) => populations.find(({ kind }) => kind === "input")!.size),
    };
  };
  expect(await spanned(DESIGN_POINTS)).toMatchObject(FITTED_UP_TO);
  expect(await spanned(LEARNING_POINTS)).toEqual(LEARNING_FITTED_UP_TO);
  const manifest = await manifestOf(LEARNING_POINTS[0]!);
  expect(beyondFit(manifest)).toEqual([]);
  const [input, ...others] = manifest.populations;
  const wide = {
    ...manifest,
    core: { ...manifest.core, lanes: 8 },
    populations: [{ ...input!, size: 140 }, ...others],
  };
  expect(beyondFit(wide)).toEqual(["8 lanes (4 at most)", "140 channels (40 at most)"]);
  expect(beyondFit({ ...wide, learning: null })).toEqual([]);
});

test("a sum of features is found again, and foretells what it has not seen", () => {
  const fit = fitNonNegative(PLANE, ["one", "a", "b"]);
  expect(fit.one).toBeCloseTo(10, 4);
  expect(fit.a).toBeCloseTo(4, 4);
  expect(fit.b).toBeCloseTo(2, 4);
  expect(estimated(fit, { one: 1, a: 10, b: 10 })).toBeCloseTo(70, 3);
  const { points, mean, largest } = leaveOneOut(PLANE, ["one", "a", "b"]);
  expect(points).toBe(5);
  expect(mean).toBeLessThan(1e-4);
  expect(largest).toBeGreaterThanOrEqual(mean);
});

test("nothing has a negative area: such a coefficient is 0", () => {
  const falling = [sample(1, 0, 30), sample(2, 0, 20), sample(3, 0, 10)];
  expect(fitNonNegative(falling, ["one", "a"]).a).toBeUndefined();
});

test("the error is that of points left out, not of points fitted to", () => {
  const bent = [1, 2, 3, 4].map((a) => sample(a, 0, a * a));
  const { mean } = leaveOneOut(bent, ["one", "a"]);
  const fit = fitNonNegative(bent, ["one", "a"]);
  const inside =
    bent.reduce((sum, { features, value }) => sum + Math.abs(estimated(fit, features) - value) / value, 0) / 4;
  expect(mean).toBeGreaterThan(inside);
});

test("an estimate is features times coefficients, rounded, with the error of its fit", async () => {
  const error = { points: 30, mean: 0.04, largest: 0.1 };
  const of = (coefficients: Readonly<Record<string, number>>) => ({ coefficients, error });
  const targets = {
    ice40: {
      luts: of({ one: 1000.4, lanes: 500 }),
      flipFlops: of({ recordBits: 1 }),
      logicCells: of({ one: 2000 }),
      blockRams: of({ blocks: 1 }),
      multipliers: of({}),
    },
    ecp5: null,
  };
  const engine = { points: 12, mean: 0.08, largest: 0.2 };
  const engines = {
    ice40: {
      luts: { coefficients: { engine: 2000, hashes: 250 }, error: engine },
      flipFlops: { coefficients: {}, error: engine },
      logicCells: { coefficients: {}, error: engine },
      blockRams: { coefficients: {}, error: engine },
      multipliers: { coefficients: {}, error: engine },
    },
    ecp5: null,
  };
  const model = { tool: "a tool", targets, engines };
  const manifest = await manifestOf(DESIGN_POINTS.find(({ name }) => name === "4 lanes")!);
  const estimate = estimateArea(manifest, "ice40", model)!;
  expect(estimate.luts).toEqual({ value: 3000, error });
  // Axons; synapses of 48 bits; four banks; state of 64 bits. Spikes, scores and the input queue are too small.
  expect(estimate.blockRams.value).toBe(1 + 3 + 4 + 4);
  expect(estimate.multipliers.value).toBe(0);
  expect(estimateArea(manifest, "ecp5", model)).toBeNull();
  // Columns of classes and of hidden neurons, the trace's decay, rows and columns of the updates: five hashes.
  const learning = await manifestOf(LEARNING_POINTS.find(({ name }) => name === "learning: weights")!);
  const learned = estimateArea(learning, "ice40", model)!;
  expect(learned.luts).toEqual({ value: Math.round(1000.4 + 500 + 2000 + 5 * 250), error: engine });
  expect(estimateArea(learning, "ice40", { ...model, engines: { ice40: null, ecp5: null } })).toBeNull();
});

test("what becomes block RAM, by the costs of a family's rules", () => {
  const bank = (words: number, macroBits: number) => ({ words, macroBits });
  expect([bank(4, 32), bank(16, 8), bank(5, 64)].map((one) => inBlockRam(one, "ice40"))).toEqual([false, true, true]);
  expect([bank(64, 16), bank(100, 24), bank(5, 64)].map((one) => inBlockRam(one, "ecp5"))).toEqual([
    false,
    true,
    false,
  ]);
});
