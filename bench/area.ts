/**
 * npm run results:area: synthesises every design point, one after the other, and fits the estimate of `mora area --estimate` to them.
 * Each result is written as it comes, and what has been synthesised before is kept (synthesis/cache.ts): killed, it goes on where it was.
 *
 *     --fit        do not synthesise: fit to what is in docs/results/area.jsonl
 *     --only TEXT  points with this in their name; the results of the others stay as they are
 */

import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { synthesise } from "../synthesis/synthesise.ts";
import { errorLines, fitModel, TARGETS } from "./area-fit.ts";
import { LEARNING_POINTS } from "./area-learning-points.ts";
import { modelTexts } from "./area-model-text.ts";
import { DESIGN_POINTS, type DesignPoint, manifestOf } from "./area-points.ts";
import { AREA_RESULTS, type AreaResult, readAreaResults } from "./area-results.ts";

const SYNTHESIS = join(import.meta.dirname, "..", "synthesis");
const POINTS: readonly DesignPoint[] = [...DESIGN_POINTS, ...LEARNING_POINTS];

const { values } = parseArgs({
  options: { fit: { type: "boolean", default: false }, only: { type: "string", default: "" } },
});

if (!values.fit) {
  for (const point of POINTS.filter(({ name }) => name.includes(values.only))) {
    for (const target of TARGETS) await run(point, target);
  }
}
await writeModel(readAreaResults());

async function run(point: DesignPoint, target: (typeof TARGETS)[number]): Promise<void> {
  const begin = performance.now();
  const manifest = await manifestOf(point);
  const { value, kept } = await synthesise(manifest, { target, multipliers: target === "ecp5", counters: false });
  writeResult({ point: point.name, target, tool: value.tool, area: value.area });
  const { total, logicCells } = value.area;
  const seconds = kept ? "kept" : `${((performance.now() - begin) / 1000).toFixed(0)} s`;
  console.log(
    `${target} ${point.name}: ${total.luts} LUTs, ${total.flipFlops} flip-flops, ${logicCells} cells, ${total.blockRams} block RAMs, ${total.multipliers} multipliers; ${seconds}`,
  );
}

/** In the order of targets and points, whatever the order in which they came; results of points that are not listed are left out. */
function writeResult(result: AreaResult): void {
  const others = readAreaResults().filter(({ point, target }) => point !== result.point || target !== result.target);
  const all = [...others, result];
  const lines = TARGETS.flatMap((target) =>
    POINTS.flatMap(({ name }) => all.filter((one) => one.point === name && one.target === target)),
  );
  const part = `${AREA_RESULTS}.${process.pid}`;
  writeFileSync(part, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  renameSync(part, AREA_RESULTS);
}

/** Fits every quantity on every target and writes synthesis/area-model.ts and area-engines.ts. */
async function writeModel(results: readonly AreaResult[]): Promise<void> {
  const model = await fitModel(results);
  for (const [file, text] of Object.entries(modelTexts(model))) writeFileSync(join(SYNTHESIS, file), text);
  console.log(errorLines(model).join("\n"));
}
