/**
 * npm run results:area: synthesises every design point, one after the other, and fits the estimate of `mora area --estimate` to them.
 *
 *     --fit    do not synthesise: fit to what is in docs/results/area.jsonl
 *     --only N the first N points, for a look
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { AreaModel } from "../synthesis/model.ts";
import { synthesise } from "../synthesis/synthesise.ts";
import { type AreaResult, errorLines, fitted, modelText, TARGETS } from "./area-fit.ts";
import { DESIGN_POINTS, manifestOf } from "./area-points.ts";

const RESULTS = join(import.meta.dirname, "..", "docs", "results", "area.jsonl");
const MODEL = join(import.meta.dirname, "..", "synthesis", "area-model.ts");

const { values } = parseArgs({ options: { fit: { type: "boolean", default: false }, only: { type: "string" } } });

if (!values.fit) {
  const lines: string[] = [];
  const points = DESIGN_POINTS.slice(0, Number(values.only ?? DESIGN_POINTS.length));
  for (const target of TARGETS) {
    for (const point of points) {
      const begin = performance.now();
      const manifest = await manifestOf(point);
      const options = { target, multipliers: target === "ecp5", counters: false };
      const { value, kept } = await synthesise(manifest, options);
      const result: AreaResult = { point: point.name, target, tool: value.tool, area: value.area };
      lines.push(JSON.stringify(result));
      const { total, logicCells } = value.area;
      const seconds = kept ? "kept" : `${((performance.now() - begin) / 1000).toFixed(0)} s`;
      console.log(
        `${target} ${point.name}: ${total.luts} LUTs, ${total.flipFlops} flip-flops, ${logicCells} cells, ${total.blockRams} block RAMs, ${total.multipliers} multipliers; ${seconds}`,
      );
      writeFileSync(RESULTS, `${lines.join("\n")}\n`);
    }
  }
}
await writeModel(readResults());

function readResults(): readonly AreaResult[] {
  return readFileSync(RESULTS, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as AreaResult);
}

/** Fits every quantity on every target and writes synthesis/area-model.ts and the table of docs/area.md. */
async function writeModel(results: readonly AreaResult[]): Promise<void> {
  const models = await Promise.all(TARGETS.map(async (target) => [target, await fitted(results, target)] as const));
  const model = { tool: results[0]!.tool, targets: Object.fromEntries(models) } as AreaModel;
  writeFileSync(MODEL, modelText(model));
  console.log(errorLines(model).join("\n"));
}
