/** The text of synthesis/area-model.ts, as Biome formats it: results are written, and checked, without a formatter. */

import { type AreaModel, QUANTITIES, type TargetModel } from "../synthesis/model.ts";
import { TARGETS } from "./area-fit.ts";

export function modelText(model: AreaModel): string {
  return [
    "/** Fitted coefficients of the area estimate: written by npm run results:area from docs/results/area.jsonl. */",
    "",
    'import type { AreaModel } from "./model.ts";',
    "",
    "export const AREA_MODEL: AreaModel = {",
    `  tool: ${JSON.stringify(model.tool)},`,
    ...(["targets", "engines"] as const).flatMap((part) => [
      `  ${part}: {`,
      ...TARGETS.flatMap((target) => targetLines(target, model[part][target])),
      "  },",
    ]),
    "};",
    "",
  ].join("\n");
}

function targetLines(target: string, models: TargetModel | null): readonly string[] {
  if (models === null) return [`    ${target}: null,`];
  const quantities = QUANTITIES.flatMap((quantity) => {
    const { coefficients, error } = models[quantity];
    const entries = Object.entries(coefficients);
    return [
      `      ${quantity}: {`,
      ...(entries.length === 0
        ? ["        coefficients: {},"]
        : [
            "        coefficients: {",
            ...entries.map(([feature, value]) => `          ${feature}: ${value},`),
            "        },",
          ]),
      `        error: { points: ${error.points}, mean: ${short(error.mean)}, largest: ${short(error.largest)} },`,
      "      },",
    ];
  });
  return [`    ${target}: {`, ...quantities, "    },"];
}

/** Three significant digits, without zeros behind them; what the descent of an exact fit leaves is nothing. */
function short(share: number): number {
  return share < 1e-6 ? 0 : Number(share.toPrecision(3));
}
