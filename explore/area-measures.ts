/**
 * Area as a measure: estimated when it is asked for, from numbers of the core that a result line keeps. The estimate is fitted, and
 * fitted again; a line that held it would be wrong from then on, and its point, addressed by what it is a function of, not asked for again.
 */

import type { Manifest } from "../image/manifest.ts";
import { AREA_MODEL } from "../synthesis/area-model.ts";
import type { FamilyTarget } from "../synthesis/block-memories.ts";
import { estimateOf } from "../synthesis/estimate.ts";
import { type Features, featuresOf } from "../synthesis/features.ts";
import type { AreaModel, Quantity } from "../synthesis/model.ts";

/** What the estimate of an ECP5 is made of, features of 0 left out; and what is another number for an iCE40. */
export interface AreaFeatures {
  readonly ecp5: Features;
  readonly ice40: Features;
}

interface AreaName {
  readonly name: string;
  readonly target: FamilyTarget;
  readonly quantity: Quantity;
}

/** An iCE40 HX has no multipliers; its logic cells hold a LUT and a flip-flop. */
const NAMES: readonly AreaName[] = [
  ...(["luts", "flipFlops", "blockRams", "multipliers"] as const).map((quantity) => ({
    name: quantity,
    target: "ecp5" as const,
    quantity,
  })),
  ...(["luts", "flipFlops", "logicCells", "blockRams"] as const).map((quantity) => ({
    name: `ice40.${quantity}`,
    target: "ice40" as const,
    quantity,
  })),
];

/** Names behind `area.` */
export const AREA_NAMES: readonly string[] = NAMES.map(({ name }) => name);

export function areaFeatures(manifest: Manifest): AreaFeatures {
  const ecp5 = featuresOf(manifest, "ecp5");
  const ice40 = Object.entries(featuresOf(manifest, "ice40"));
  return {
    ecp5: Object.fromEntries(Object.entries(ecp5).filter(([, value]) => value !== 0)),
    ice40: Object.fromEntries(ice40.filter(([name, value]) => value !== ecp5[name])),
  };
}

/**
 * Whole numbers of cells, without counters.
 *
 * @param name one of AREA_NAMES
 * @returns null without features, and for a family that nothing is fitted for
 */
export function areaOf(
  features: AreaFeatures | null | undefined,
  name: string,
  model: AreaModel = AREA_MODEL,
): number | null {
  if (features === null || features === undefined) return null;
  const { target, quantity } = NAMES.find((known) => known.name === name)!;
  const { ecp5, ice40 } = features;
  return estimateOf(target === "ecp5" ? ecp5 : { ...ecp5, ...ice40 }, target, quantity, model)?.value ?? null;
}

/** Whether anything has that measure now. @param name one of AREA_NAMES */
export function areaIsFitted(name: string, { targets }: AreaModel = AREA_MODEL): boolean {
  return targets[NAMES.find((known) => known.name === name)!.target] !== null;
}
