/** Fits the area estimate to synthesised design points and writes it down. */

import type { Area } from "../synthesis/area.ts";
import { type FamilyTarget, type Features, featuresOf } from "../synthesis/features.ts";
import { type Coefficients, fitNonNegative, leaveOneOut, type Sample } from "../synthesis/fit.ts";
import {
  type AreaModel,
  QUANTITIES,
  QUANTITY_FEATURES,
  type Quantity,
  type QuantityModel,
  type TargetModel,
} from "../synthesis/model.ts";
import { DESIGN_POINTS, manifestOf } from "./area-points.ts";

export const TARGETS: readonly FamilyTarget[] = ["ice40", "ecp5"];

/** A line of docs/results/area.jsonl. */
export interface AreaResult {
  readonly point: string;
  readonly target: FamilyTarget;
  readonly tool: string;
  readonly area: Area;
}

const MEASURED: Readonly<Record<Quantity, (area: Area) => number>> = {
  luts: ({ total }) => total.luts,
  flipFlops: ({ total }) => total.flipFlops,
  logicCells: ({ logicCells }) => logicCells,
  blockRams: ({ total }) => total.blockRams,
  multipliers: ({ total }) => total.multipliers,
};

/** Fewer say nothing about cores between them. */
const FEWEST_POINTS = 20;

/** Null: too few points. @throws Error when a result is of a point that is not in the list any more */
export async function fitted(results: readonly AreaResult[], target: FamilyTarget): Promise<TargetModel | null> {
  const points = await Promise.all(
    results
      .filter((result) => result.target === target)
      .map(async ({ point: name, area }) => {
        const point = DESIGN_POINTS.find((one) => one.name === name);
        if (point === undefined)
          throw new Error(`docs/results/area.jsonl: no design point "${name}"; run it without --fit`);
        return { features: featuresOf(await manifestOf(point), target), area };
      }),
  );
  if (points.length < FEWEST_POINTS) return null;
  const models = QUANTITIES.map((quantity) => [quantity, fitQuantity(points, quantity)] as const);
  return Object.fromEntries(models) as Record<Quantity, QuantityModel>;
}

function fitQuantity(
  points: readonly { readonly features: Features; readonly area: Area }[],
  quantity: Quantity,
): QuantityModel {
  const names = QUANTITY_FEATURES[quantity];
  const samples: readonly Sample[] = points.map(({ features, area }) => ({
    features,
    value: MEASURED[quantity](area),
  }));
  return { coefficients: rounded(fitNonNegative(samples, names)), error: leaveOneOut(samples, names) };
}

/** Four significant digits: more say nothing. */
function rounded(coefficients: Coefficients): Coefficients {
  const entries = Object.entries(coefficients).map(([name, value]) => [name, Number(value.toPrecision(4))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value > 1e-9));
}

/** "ice40 luts: 3.1 % on average, 9.0 % at most (30 points)". */
export function errorLines({ targets }: AreaModel): readonly string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return TARGETS.flatMap((target) => {
    const models = targets[target];
    if (models === null) return [`${target}: fewer than ${FEWEST_POINTS} points, not fitted`];
    return QUANTITIES.map((quantity) => {
      const { mean, largest, points } = models[quantity].error;
      return `${target} ${quantity}: ${percent(mean)} on average, ${percent(largest)} at most (${points} points, leave-one-out)`;
    });
  });
}

/** The text of synthesis/area-model.ts. */
export function modelText({ tool, targets }: AreaModel): string {
  const quantity = (name: Quantity, { coefficients, error }: QuantityModel): string[] => [
    `      ${name}: {`,
    "        coefficients: {",
    ...Object.entries(coefficients).map(([feature, value]) => `          ${feature}: ${value},`),
    "        },",
    `        error: { points: ${error.points}, mean: ${error.mean.toPrecision(3)}, largest: ${error.largest.toPrecision(3)} },`,
    "      },",
  ];
  return [
    "/** Fitted coefficients of the area estimate: written by npm run results:area from docs/results/area.jsonl. */",
    "",
    'import type { AreaModel } from "./model.ts";',
    "",
    "export const AREA_MODEL: AreaModel = {",
    `  tool: ${JSON.stringify(tool)},`,
    "  targets: {",
    ...TARGETS.flatMap((target) => {
      const models = targets[target];
      if (models === null) return [`    ${target}: null,`];
      return [`    ${target}: {`, ...QUANTITIES.flatMap((name) => quantity(name, models[name])), "    },"];
    }),
    "  },",
    "};",
    "",
  ].join("\n");
}
