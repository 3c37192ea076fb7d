import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderExplore } from "../../bench/explore-report.ts";
import { DESIGNS, fitMemorySaved, LEARNING, RESULTS, readKept, sweepKeys } from "../../bench/explore-results.ts";
import { readFitCores } from "../../bench/fit-cores.ts";
import { loadTrainedByName, missingTrainedData, type TrainedName } from "../../bench/trained-data.ts";
import { compileIr } from "../../compiler/compile.ts";
import { loadSpace } from "../../explore/load-space.ts";
import { staticMeasures } from "../../explore/measures.ts";
import { createSearch } from "../../explore/search.ts";
import { scratchFolder } from "./small-space.ts";

const folder = scratchFolder();
const json = JSON.parse(readFileSync(join(RESULTS, "explore.json"), "utf8"));

test("explore.json and explore.md are what the kept results give", () => {
  const designs = readKept(DESIGNS);
  const learning = readKept(LEARNING);
  const { date, machine, commit, learning: learned, fit_memory_saved: saved, ...keys } = json;
  expect(keys).toEqual(sweepKeys(designs));
  expect(learned).toEqual(sweepKeys(learning));
  const report = renderExplore(designs, learning, saved, { date, machine, commit });
  expect(readFileSync(join(RESULTS, "explore.md"), "utf8")).toBe(report);
  expect(report).not.toMatch(/designs have changed/);
}, 180_000);

test("they are as many as is asked for, each on all test samples, and small enough to keep", () => {
  expect(json.points).toBeGreaterThanOrEqual(2000);
  expect(json.learning.points).toBeGreaterThanOrEqual(60);
  expect([json.failed, json.learning.failed]).toEqual([0, 0]);
  expect(json.samples).toBe(300);
  expect(json.front.length).toBeGreaterThan(5);
  const bytes = [DESIGNS, LEARNING].reduce((sum, { kept }) => sum + statSync(kept).size, 0);
  expect(bytes).toBeLessThan(3e6);
});

// The spaces name files beside the project.
test.skipIf(!existsSync(join(RESULTS, "../../../shared/data/trained")))(
  "they are the designs of the spaces, all of them",
  async () => {
    for (const published of [DESIGNS, LEARNING]) {
      const space = await loadSpace(published.space);
      const batch = createSearch(space, space.search).next();
      if (batch.done) throw new Error("the search asks for nothing");
      const asked = batch.value.map(({ choices }) => choices);
      expect(readKept(published).map(({ choices }) => choices)).toEqual(asked);
    }
  },
  180_000,
);

test.skipIf(missingTrainedData() !== undefined)("the fitted cores take the memory that fit.json says", async () => {
  const fitted = JSON.parse(readFileSync(join(RESULTS, "fit.json"), "utf8"));
  const names = { each: "fitted", uniform: "uniform", weights: "weights", given: "given" } as const;
  for (const [network, cores] of Object.entries(readFitCores())) {
    const { ir } = await loadTrainedByName(network as TrainedName);
    for (const [kind, core] of Object.entries(cores)) {
      const { image } = compileIr(ir, core, { checkCapacity: false });
      const key = `${network}_${names[kind as keyof typeof names]}_memory`;
      expect([key, staticMeasures(image.manifest).memory.total]).toEqual([key, fitted[key]]);
    }
  }
});

test("what fit saves is read from fit.json, and null without one", () => {
  expect(fitMemorySaved(folder.path("nowhere"))).toBeNull();
  folder.write("fit.json", '{"fit_memory_saved": 0.31}');
  expect(fitMemorySaved(folder.path("."))).toBe(0.31);
  folder.write("fit.json", "{}");
  expect(() => fitMemorySaved(folder.path("."))).toThrow(/has no number fit_memory_saved; run npm run results:fit/);
});
