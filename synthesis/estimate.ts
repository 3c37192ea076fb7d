/** The estimate of a core's area without synthesis: numbers of the manifest times fitted coefficients (area-model.ts). */

import type { Manifest } from "../image/manifest.ts";
import { AREA_MODEL } from "./area-model.ts";
import { type FamilyTarget, featuresOf } from "./features.ts";
import { estimated, type FitError } from "./fit.ts";
import { type AreaModel, QUANTITIES, type Quantity } from "./model.ts";

export interface Estimate {
  readonly value: number;
  /** Shares of the value. */
  readonly error: FitError;
}

export type AreaEstimate = Readonly<Record<Quantity, Estimate>>;

/** The most that a design point of the fit has (bench/area-points.ts). */
export const FITTED_UP_TO = { lanes: 8, membraneBits: 24 } as const;

/** In what a core goes beyond all design points, so that their errors say less about it: "16 lanes (8 at most)"; empty: in nothing. */
export function beyondFit({ core, fields }: Manifest): readonly string[] {
  const { lanes, membraneBits } = FITTED_UP_TO;
  return [
    ...(core.lanes > lanes ? [`${core.lanes} lanes (${lanes} at most)`] : []),
    ...(fields.membrane > membraneBits ? [`membranes of ${fields.membrane} bits (${membraneBits} at most)`] : []),
  ];
}

/** Whole numbers of cells; without counters, as `mora area` reports a core. Null: nothing is fitted for the target, or for a core that learns. */
export function estimateArea(
  manifest: Manifest,
  target: FamilyTarget,
  { targets }: AreaModel = AREA_MODEL,
): AreaEstimate | null {
  const models = targets[target];
  if (models === null || manifest.learning !== null) return null;
  const features = featuresOf(manifest, target);
  return Object.fromEntries(
    QUANTITIES.map((quantity) => {
      const { coefficients, error } = models[quantity];
      return [quantity, { value: Math.round(estimated(coefficients, features)), error }];
    }),
  ) as unknown as AreaEstimate;
}
