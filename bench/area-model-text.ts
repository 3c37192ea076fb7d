/** The texts of synthesis/area-model.ts and area-engines.ts, as Biome formats them: results are written, and checked, without a formatter. */

import { type AreaModel, QUANTITIES, type TargetModel } from "../synthesis/model.ts";
import { TARGETS } from "./area-fit.ts";

const WRITTEN = "written by npm run results:area from docs/results/area.jsonl";

/** By file, in synthesis/. */
export function modelTexts({ tool, targets, engines }: AreaModel): Readonly<Record<string, string>> {
  const families = (models: AreaModel["targets"], indent: string): readonly string[] =>
    TARGETS.flatMap((target) => targetLines(target, models[target])).map((line) => `${indent}${line}`);
  const model = [
    `/** Fitted coefficients of the area estimate: ${WRITTEN}. */`,
    "",
    'import { AREA_ENGINES } from "./area-engines.ts";',
    'import type { AreaModel } from "./model.ts";',
    "",
    "export const AREA_MODEL: AreaModel = {",
    `  tool: ${JSON.stringify(tool)},`,
    "  targets: {",
    ...families(targets, "    "),
    "  },",
    "  engines: AREA_ENGINES,",
    "};",
    "",
  ];
  const added = [
    `/** Fitted coefficients of what a learning engine adds: ${WRITTEN}. */`,
    "",
    'import type { AreaModel } from "./model.ts";',
    "",
    'export const AREA_ENGINES: AreaModel["engines"] = {',
    ...families(engines, "  "),
    "};",
    "",
  ];
  return { "area-model.ts": model.join("\n"), "area-engines.ts": added.join("\n") };
}

function targetLines(target: string, models: TargetModel | null): readonly string[] {
  if (models === null) return [`${target}: null,`];
  const quantities = QUANTITIES.flatMap((quantity) => {
    const { coefficients, error } = models[quantity];
    const entries = Object.entries(coefficients);
    return [
      `  ${quantity}: {`,
      ...(entries.length === 0
        ? ["    coefficients: {},"]
        : ["    coefficients: {", ...entries.map(([feature, value]) => `      ${feature}: ${value},`), "    },"]),
      `    error: { points: ${error.points}, mean: ${short(error.mean)}, largest: ${short(error.largest)} },`,
      "  },",
    ];
  });
  return [`${target}: {`, ...quantities, "},"];
}

/** Three significant digits, without zeros behind them; what the descent of an exact fit leaves is nothing. */
function short(share: number): number {
  return share < 1e-6 ? 0 : Number(share.toPrecision(3));
}
