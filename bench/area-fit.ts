/** Fits the area estimate to synthesised design points. */

import type { FamilyTarget } from "../synthesis/block-memories.ts";
import { featuresOf } from "../synthesis/features.ts";
import { fitNonNegative, leaveOneOut } from "../synthesis/fit.ts";
import { engineBlocks } from "../synthesis/learning-features.ts";
import { type AreaModel, QUANTITIES, QUANTITY_FEATURES, type TargetModel } from "../synthesis/model.ts";
import { type EnginePoint, fitEngine } from "./area-engine-fit.ts";
import { LEARNING_POINTS } from "./area-learning-points.ts";
import { DESIGN_POINTS, type DesignPoint, manifestOf } from "./area-points.ts";
import { MEASURED, rounded } from "./area-quantities.ts";
import type { AreaResult } from "./area-results.ts";

export const TARGETS: readonly FamilyTarget[] = ["ice40", "ecp5"];

/** Fewer say nothing about cores between them. */
const FEWEST_POINTS = 20;
/** Of cores that learn, each of which gives an equation for every block of its engine. */
const FEWEST_ENGINES = 4;

/** @throws Error when a result is of a point that is not in the lists any more */
export async function fitModel(results: readonly AreaResult[]): Promise<AreaModel> {
  const names = new Set([...DESIGN_POINTS, ...LEARNING_POINTS].map(({ name }) => name));
  const unknown = results.find(({ point }) => !names.has(point));
  if (unknown !== undefined)
    throw new Error(
      `docs/results/area.jsonl: no design point "${unknown.point}"; run npm run results:area without --fit`,
    );
  const targets = { ice40: await fitted(results, "ice40"), ecp5: await fitted(results, "ecp5") };
  return {
    tool: results[0]!.tool,
    targets,
    engines: {
      ice40: await fittedEngine(results, "ice40", targets.ice40),
      ecp5: await fittedEngine(results, "ecp5", targets.ecp5),
    },
  };
}

/** Null: too few points. */
async function fitted(results: readonly AreaResult[], target: FamilyTarget): Promise<TargetModel | null> {
  const points = await Promise.all(
    chosen(results, target, DESIGN_POINTS).map(async ({ point, area }) => ({
      features: featuresOf(await manifestOf(point), target),
      area,
    })),
  );
  if (points.length < FEWEST_POINTS) return null;
  const models = QUANTITIES.map((quantity) => {
    const names = QUANTITY_FEATURES[quantity];
    const samples = points.map(({ features, area }) => ({ features, value: MEASURED[quantity](area) }));
    return [
      quantity,
      { coefficients: rounded(fitNonNegative(samples, names)), error: leaveOneOut(samples, names) },
    ] as const;
  });
  return Object.fromEntries(models) as unknown as TargetModel;
}

/** Null: too few points, or no estimate of cores without an engine to add to. */
async function fittedEngine(
  results: readonly AreaResult[],
  target: FamilyTarget,
  inference: TargetModel | null,
): Promise<TargetModel | null> {
  const points = await Promise.all(
    chosen(results, target, LEARNING_POINTS).map(async ({ point, area }): Promise<EnginePoint> => {
      const manifest = await manifestOf(point);
      return { target, area, features: featuresOf(manifest, target), blocks: engineBlocks(manifest, target)! };
    }),
  );
  return inference === null || points.length < FEWEST_ENGINES ? null : fitEngine(points, inference);
}

/** Results of a target that are of these points, with the points. */
function chosen(results: readonly AreaResult[], target: FamilyTarget, points: readonly DesignPoint[]) {
  return results.flatMap((result) => {
    const point = points.find(({ name }) => name === result.point);
    return point === undefined || result.target !== target ? [] : [{ point, area: result.area }];
  });
}

/** "ice40 luts: 3.1 % on average, 9.0 % at most (30 points, leave-one-out)". */
export function errorLines({ targets, engines }: AreaModel): readonly string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const lines = (name: string, models: TargetModel | null): string[] =>
    models === null
      ? [`${name}: too few points, not fitted`]
      : QUANTITIES.map((quantity) => {
          const { mean, largest, points } = models[quantity].error;
          return `${name} ${quantity}: ${percent(mean)} on average, ${percent(largest)} at most (${points} points, leave-one-out)`;
        });
  return TARGETS.flatMap((target) => [
    ...lines(target, targets[target]),
    ...lines(`${target}, learning`, engines[target]),
  ]);
}
