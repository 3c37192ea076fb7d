/**
 * Fits what a learning engine adds to a core. The estimate of the core without it stands: its coefficients are not fitted again, and what
 * is left of a synthesised core after it is the engine's. A point gives an equation for each block of the engine, since reports name
 * the module of each cell; a dozen cores would be too few for the blocks' features otherwise.
 */

import type { Area } from "../synthesis/area.ts";
import type { FamilyTarget } from "../synthesis/block-memories.ts";
import type { Features } from "../synthesis/features.ts";
import {
  type Coefficients,
  errorsOf,
  estimated,
  fitNonNegative,
  relativeError,
  type Sample,
} from "../synthesis/fit.ts";
import { COMMON_FEATURES, ENGINE_BLOCKS, type EngineBlock } from "../synthesis/learning-features.ts";
import { QUANTITIES, type Quantity, type TargetModel } from "../synthesis/model.ts";
import { MEASURED, rounded } from "./area-quantities.ts";

export interface EnginePoint {
  readonly target: FamilyTarget;
  readonly area: Area;
  /** Of the whole core. */
  readonly features: Features;
  readonly blocks: Readonly<Record<EngineBlock, Features>>;
}

/** Features that LUTs and flip-flops of an engine are made of. */
const FEATURES = {
  luts: [
    ...["engine", "engineLanes", "engineProducts", "engineMacroBits", "engineSmallBits", "engineRecordBits"],
    ...["engineKeys", "windowBits", "eventBits", "hashes", "linearError", "laneSignals", "groupFlags", "updates"],
    ...["randomUpdates", "applies", "carries", "selections", "eligibilities", "laneStages", "axonalSums"],
    ...["writtenBits", "walkGroups"],
  ],
  flipFlops: [
    ...["engine", "engineLanes", "engineMacroBits", "engineSmallBits", "engineRecordBits", "engineKeys"],
    ...["windowBits", "eventBits", "hashes", "laneSignals", "groupFlags", "updates", "applies", "eligibilities"],
    ...["laneStages", "axonalSums", "writtenBits", "walkGroups"],
  ],
} as const;

const BLOCKS = Object.keys(ENGINE_BLOCKS) as EngineBlock[];

/** @param inference the estimate of cores without an engine */
export function fitEngine(points: readonly EnginePoint[], inference: TargetModel): TargetModel {
  const model = coefficientsOf(points, inference);
  const errors = points.map((left, n) => {
    const fit = coefficientsOf(points.toSpliced(n, 1), inference);
    return (quantity: Quantity): number => {
      const own = estimated(inference[quantity].coefficients, left.features);
      return relativeError(own + estimated(fit[quantity], left.features), MEASURED[quantity](left.area));
    };
  });
  return Object.fromEntries(
    QUANTITIES.map((quantity) => [
      quantity,
      { coefficients: rounded(model[quantity]), error: errorsOf(errors.map((error) => error(quantity))) },
    ]),
  ) as unknown as TargetModel;
}

function coefficientsOf(
  points: readonly EnginePoint[],
  inference: TargetModel,
): Readonly<Record<Quantity, Coefficients>> {
  const luts = fitBlocks(points, inference, "luts");
  const flipFlops = fitBlocks(points, inference, "flipFlops");
  return {
    luts,
    flipFlops,
    logicCells: cellsOf(points, inference, luts, flipFlops),
    // Of the engine's memories too: the rule is one of memories, whoever they belong to.
    blockRams: {},
    multipliers: fitNonNegative(
      points.map((point) => ({
        features: point.features,
        value: added(point, inference, "multipliers"),
        scale: point.area.total.multipliers,
      })),
      ["engineMultipliers"],
    ),
  };
}

/** What the engine adds to a core: what was synthesised, less the estimate of the core without it. */
function added({ area, features }: EnginePoint, inference: TargetModel, quantity: Quantity): number {
  return MEASURED[quantity](area) - estimated(inference[quantity].coefficients, features);
}

function fitBlocks(
  points: readonly EnginePoint[],
  inference: TargetModel,
  quantity: keyof typeof FEATURES,
): Coefficients {
  const names = FEATURES[quantity].flatMap((name) =>
    COMMON_FEATURES.includes(name) ? BLOCKS.map((block) => `${block}.${name}`) : [name],
  );
  const samples = points.flatMap((point): Sample[] => {
    const engine = blockCounts(point.area, quantity);
    const outside = BLOCKS.reduce((sum, block) => sum + (block === "beside" ? 0 : engine[block]), 0);
    return BLOCKS.map((block) => ({
      features: ownNames(block, point.blocks[block]),
      value: block === "beside" ? added(point, inference, quantity) - outside : engine[block],
      scale: point.area.total[quantity],
    }));
  });
  const fit = fitNonNegative(samples, names);
  const all: Record<string, number> = {};
  for (const [name, value] of Object.entries(fit)) {
    const common = name.split(".").at(-1)!;
    all[common] = (all[common] ?? 0) + value;
  }
  return all;
}

function ownNames(block: EngineBlock, features: Features): Features {
  const named = Object.entries(features).map(
    ([name, value]) => [COMMON_FEATURES.includes(name) ? `${block}.${name}` : name, value] as const,
  );
  return Object.fromEntries(named);
}

/** Of the engine's blocks, by the instances of each module; "beside" has what is of none of them, inference included. */
function blockCounts(area: Area, quantity: keyof typeof FEATURES): Record<EngineBlock, number> {
  const counts = Object.fromEntries(BLOCKS.map((block) => [block, 0])) as Record<EngineBlock, number>;
  for (const { module, [quantity]: count } of area.modules) {
    const block = BLOCKS.find((one) =>
      ENGINE_BLOCKS[one].some((place) => place === "" || module === place || module.startsWith(`${place}/`)),
    )!;
    counts[block] += count;
  }
  return counts;
}

/** Cells hold LUTs and flip-flops: a share of each, the same in all engines. */
function cellsOf(
  points: readonly EnginePoint[],
  inference: TargetModel,
  luts: Coefficients,
  flipFlops: Coefficients,
): Coefficients {
  const shares = fitNonNegative(
    points.map((point) => ({
      features: { luts: added(point, inference, "luts"), flipFlops: added(point, inference, "flipFlops") },
      value: added(point, inference, "logicCells"),
      scale: point.area.logicCells,
    })),
    ["luts", "flipFlops"],
  );
  const all: Record<string, number> = {};
  for (const [coefficients, share] of [
    [luts, shares.luts ?? 0],
    [flipFlops, shares.flipFlops ?? 0],
  ] as const) {
    for (const [name, value] of Object.entries(coefficients)) all[name] = (all[name] ?? 0) + share * value;
  }
  return all;
}
