/**
 * Area as a measure: estimated when it is asked for, from numbers of the core that a result line keeps. The estimate is fitted, and
 * fitted again; a line that held it would be wrong from then on, and its point, addressed by what it is a function of, not asked for again.
 */

import type { Manifest } from "../image/manifest.ts";
import { AREA_MODEL } from "../synthesis/area-model.ts";
import { type FamilyTarget, type Features, featuresOf } from "../synthesis/features.ts";
import { estimated } from "../synthesis/fit.ts";
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

/** @returns null for a core with a learning engine: the fit has seen none */
export function areaFeatures(manifest: Manifest): AreaFeatures | null {
  if (manifest.learning !== null) return null;
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
  { targets }: AreaModel = AREA_MODEL,
): number | null {
  const { target, quantity } = NAMES.find((known) => known.name === name)!;
  const model = targets[target];
  if (model === null || features === null || features === undefined) return null;
  const { ecp5, ice40 } = features;
  const own = target === "ecp5" ? ecp5 : { ...ecp5, ...ice40 };
  return Math.round(estimated(model[quantity].coefficients, own));
}

/** Whether anything has that measure now. @param name one of AREA_NAMES */
export function areaIsFitted(name: string, { targets }: AreaModel = AREA_MODEL): boolean {
  return targets[NAMES.find((known) => known.name === name)!.target] !== null;
}
