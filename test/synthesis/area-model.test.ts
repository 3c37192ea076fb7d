// The fitted model in the package: what docs/results/area.jsonl gives, errors included, and what it says of cores.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { fitModel } from "../../bench/area-fit.ts";
import { LEARNING_POINTS } from "../../bench/area-learning-points.ts";
import { modelTexts } from "../../bench/area-model-text.ts";
import { DESIGN_POINTS, manifestOf } from "../../bench/area-points.ts";
import { MEASURED } from "../../bench/area-quantities.ts";
import { readAreaResults } from "../../bench/area-results.ts";
import { estimateArea } from "../../synthesis/estimate.ts";
import { QUANTITIES } from "../../synthesis/model.ts";

test("it is the one that the results give, coefficients and leave-one-out errors, as Biome formats it", async () => {
  const texts = Object.entries(modelTexts(await fitModel(readAreaResults())));
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  for (const [file, text] of texts) {
    expect(readFileSync(new URL(`../../synthesis/${file}`, import.meta.url), "utf8"), file).toBe(text);
    const args = [biome, "format", `--stdin-file-path=synthesis/${file}`];
    const formatted = spawnSync(process.execPath, args, { input: text, encoding: "utf8" });
    expect([file, formatted.status, formatted.stdout]).toEqual([file, 0, text]);
  }
  expect(texts).toHaveLength(2);
}, 120_000);

test("a result of a point that is in no list is refused", async () => {
  const [first] = readAreaResults();
  await expect(fitModel([{ ...first!, point: "gone" }])).rejects.toThrow(
    /no design point "gone"; run npm run results:area/,
  );
});

test("of a point that was fitted to, the estimate is within the largest error of one that was not", async () => {
  for (const { point: name, target, area } of readAreaResults()) {
    const point = [...DESIGN_POINTS, ...LEARNING_POINTS].find((one) => one.name === name)!;
    const estimate = estimateArea(await manifestOf(point), target);
    expect(estimate, `${target} ${name}`).not.toBeNull();
    for (const quantity of QUANTITIES) {
      const { value, error } = estimate![quantity];
      const found = MEASURED[quantity](area);
      // Half a cell of rounding.
      const off = (Math.abs(value - found) - 0.5) / Math.max(1, found);
      expect(off, `${target} ${name}: ${quantity} ${value} of ${found}`).toBeLessThanOrEqual(error.largest + 1e-3);
    }
  }
}, 60_000);
