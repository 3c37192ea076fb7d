import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import type { CoreDescription } from "../../description/core.ts";
import { AREA_NAMES, areaFeatures, areaIsFitted, areaOf } from "../../explore/area-measures.ts";
import { createCaches } from "../../explore/caches.ts";
import { contentsAt } from "../../explore/contents.ts";
import { designOf } from "../../explore/design.ts";
import { evaluate } from "../../explore/evaluate.ts";
import { isStatic, MEASURE_NAMES, measureFault, measureOf } from "../../explore/measure-names.ts";
import { staticMeasures } from "../../explore/measures.ts";
import { brokenConstraints } from "../../explore/outcome.ts";
import { AREA_MODEL } from "../../synthesis/area-model.ts";
import { estimateArea } from "../../synthesis/estimate.ts";
import type { AreaModel } from "../../synthesis/model.ts";
import { SMALL_NETWORK } from "./small-description.ts";
import { smallSpace } from "./small-space.ts";

const error = { points: 30, mean: 0.04, largest: 0.1 };
const model = (coefficients: Readonly<Record<string, number>>) => ({ coefficients, error });
/** Coefficients of every feature that either family has. */
const ALL = Object.fromEntries(
  ["one", "lanes", "membrane", "recordBits", "smallBits", "blocks", "decayMultipliers", "softmax"].map((name, n) => [
    name,
    1 + n / 8,
  ]),
);
const family = {
  luts: model(ALL),
  flipFlops: model({ recordBits: 1.5 }),
  logicCells: model({ one: 2000, lanes: 1 }),
  blockRams: model({ blocks: 1 }),
  multipliers: model({ decayMultipliers: 1 }),
};
const engine = { ...family, luts: model({ engine: 1000, hashes: 200 }), blockRams: model({}) };
const FITTED: AreaModel = {
  tool: "a tool",
  targets: { ice40: family, ecp5: family },
  engines: { ice40: engine, ecp5: engine },
};
const NONE = { ice40: null, ecp5: null } as const;
const NOTHING: AreaModel = { tool: "", targets: NONE, engines: NONE };
/** The same network, and a core that it learns on. */
const LEARNS = {
  ...SMALL_NETWORK,
  projections: SMALL_NETWORK.projections.map((projection) => ({ ...projection, learn: { weights: { rate: 0.1 } } })),
  learn: { weights: { rate: 0.1 } },
};

async function manifestOf(core: CoreDescription) {
  return (await compile(SMALL_NETWORK, core)).image.manifest;
}

test("what a line keeps gives the estimate of mora area, of either family, after its way through JSON", async () => {
  const cores: CoreDescription[] = [{ lanes: 4 }, { lanes: 1, decision: "none" }, { preset: "tiny" }];
  const learning = (await compile(LEARNS, { preset: "learning" })).image.manifest;
  expect(learning.learning).not.toBeNull();
  for (const manifest of [...(await Promise.all(cores.map(manifestOf))), learning]) {
    const kept = JSON.parse(JSON.stringify(areaFeatures(manifest)));
    for (const name of AREA_NAMES) {
      const [first, second] = name.split(".");
      const target = second === undefined ? "ecp5" : "ice40";
      const quantity = (second ?? first) as keyof typeof family;
      const expected = estimateArea(manifest, target, FITTED)![quantity].value;
      expect(areaOf(kept, name, FITTED), name).toBe(expected);
    }
    expect(areaOf(kept, "luts", FITTED)).toBeGreaterThan(100);
  }
});

test("another fit counts for lines that are there; without one, or in an old line, there is none", async () => {
  const kept = areaFeatures(await manifestOf({ lanes: 4 }));
  const twice = { ...family, luts: model({ one: 5000 }) };
  const other: AreaModel = { tool: "", targets: { ice40: null, ecp5: twice }, engines: NONE };
  expect(areaOf(kept, "luts", other)).toBe(5000);
  expect(areaOf(kept, "ice40.luts", other)).toBeNull();
  expect([areaOf(kept, "luts", NOTHING), areaOf(null, "luts", FITTED), areaOf(undefined, "luts", FITTED)]).toEqual([
    null,
    null,
    null,
  ]);
  expect([areaIsFitted("luts", NOTHING), areaIsFitted("luts", FITTED)]).toEqual([false, true]);
  const learns = areaFeatures((await compile(LEARNS, { preset: "learning" })).image.manifest);
  expect(areaOf(learns, "luts", other)).toBeNull();
  expect(areaOf(learns, "luts", { ...other, engines: FITTED.engines })).toBe(5000 + 1000 + 200 * learns.ecp5.hashes!);
});

test("every design has it before it runs, and its names are refused while nothing is fitted", async () => {
  const space = await smallSpace();
  const { point } = designOf(space, { bits: 8, scheme: "ring" });
  const outcome = await evaluate(point, createCaches(contentsAt(space.files.paths)));
  const manifest = await manifestOf({});
  expect(outcome.measures!.area).toEqual(staticMeasures(manifest).area);
  expect(isStatic("area.luts")).toBe(true);
  for (const name of MEASURE_NAMES.filter((name) => name.startsWith("area."))) {
    const fitted = AREA_MODEL.targets[name.startsWith("area.ice40.") ? "ice40" : "ecp5"] !== null;
    const value = measureOf(outcome.measures, name);
    const fault = measureFault(name);
    if (fitted) expect([fault, typeof value]).toEqual([undefined, "number"]);
    else expect([fault!.problem, value]).toEqual([expect.stringMatching(/no area estimate has been fitted/), null]);
    const broken = brokenConstraints(outcome.measures, { [name]: { max: -1 } }, "static");
    expect(broken.map(({ what }) => what)).toEqual(fitted ? [name] : []);
  }
  expect(measureFault("area.lots")).toMatchObject({ remedy: expect.stringMatching(/area\.luts/) });
});
