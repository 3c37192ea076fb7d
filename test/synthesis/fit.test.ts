import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type AreaResult, fitted, TARGETS } from "../../bench/area-fit.ts";
import { DESIGN_POINTS, manifestOf } from "../../bench/area-points.ts";
import { AREA_MODEL } from "../../synthesis/area-model.ts";
import { estimateArea, FITTED_UP_TO } from "../../synthesis/estimate.ts";
import { inBlockRam } from "../../synthesis/features.ts";
import { estimated, fitNonNegative, leaveOneOut } from "../../synthesis/fit.ts";
import { QUANTITIES } from "../../synthesis/model.ts";

const sample = (a: number, b: number, value: number) => ({ features: { one: 1, a, b }, value });
const PLANE = [
  [1, 0],
  [2, 1],
  [3, 5],
  [4, 2],
  [7, 3],
].map(([a, b]) => sample(a!, b!, 10 + 4 * a! + 2 * b!));

test("beyond what the design points span an estimate warns", async () => {
  const points = await Promise.all(DESIGN_POINTS.map(manifestOf));
  const most = (of: (manifest: (typeof points)[number]) => number): number => Math.max(...points.map(of));
  expect(FITTED_UP_TO).toEqual({
    lanes: most(({ core }) => core.lanes),
    membraneBits: most(({ fields }) => fields.membrane),
  });
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

test("the model in the package is the one that the results give", async () => {
  const text = readFileSync(new URL("../../docs/results/area.jsonl", import.meta.url), "utf8");
  const results = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as AreaResult);
  for (const target of TARGETS) {
    const again = await fitted(results, target);
    for (const quantity of QUANTITIES) {
      expect(AREA_MODEL.targets[target]?.[quantity].coefficients, `${target} ${quantity}`).toEqual(
        again?.[quantity].coefficients,
      );
      expect(AREA_MODEL.targets[target]?.[quantity].error.mean ?? 0).toBeCloseTo(again?.[quantity].error.mean ?? 0, 3);
    }
  }
});

test("an estimate is features times coefficients, rounded, with the error of its fit", async () => {
  const error = { points: 30, mean: 0.04, largest: 0.1 };
  const model = (coefficients: Readonly<Record<string, number>>) => ({ coefficients, error });
  const targets = {
    ice40: {
      luts: model({ one: 1000.4, lanes: 500 }),
      flipFlops: model({ recordBits: 1 }),
      logicCells: model({ one: 2000 }),
      blockRams: model({ blocks: 1 }),
      multipliers: model({}),
    },
    ecp5: null,
  };
  const manifest = await manifestOf(DESIGN_POINTS.find(({ name }) => name === "4 lanes")!);
  const estimate = estimateArea(manifest, "ice40", { tool: "a tool", targets })!;
  expect(estimate.luts).toEqual({ value: 3000, error });
  // Axons; synapses of 48 bits; four banks; state of 64 bits. Spikes, scores and the input queue are too small.
  expect(estimate.blockRams.value).toBe(1 + 3 + 4 + 4);
  expect(estimate.multipliers.value).toBe(0);
  expect(estimateArea(manifest, "ecp5", { tool: "a tool", targets })).toBeNull();
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
