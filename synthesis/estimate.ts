/** The estimate of a core's area without synthesis: numbers of the manifest times fitted coefficients (area-model.ts). */

import type { Manifest } from "../image/manifest.ts";
import { AREA_MODEL } from "./area-model.ts";
import type { FamilyTarget } from "./block-memories.ts";
import { type Features, featuresOf } from "./features.ts";
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
/** The same of the points that learn (bench/area-learning-points.ts). */
export const LEARNING_FITTED_UP_TO = { lanes: 4, membraneBits: 16, channels: 40 } as const;

/** In what a core goes beyond all design points, so that their errors say less about it: "16 lanes (8 at most)"; empty: in nothing. */
export function beyondFit({ core, fields, populations, learning }: Manifest): readonly string[] {
  const { lanes, membraneBits } = learning === null ? FITTED_UP_TO : LEARNING_FITTED_UP_TO;
  const channels = populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
  const most = learning === null ? Number.POSITIVE_INFINITY : LEARNING_FITTED_UP_TO.channels;
  return [
    ...(core.lanes > lanes ? [`${core.lanes} lanes (${lanes} at most)`] : []),
    ...(fields.membrane > membraneBits ? [`membranes of ${fields.membrane} bits (${membraneBits} at most)`] : []),
    // The engine counts events by channel; inference has nothing of their number.
    ...(channels > most ? [`${channels} channels (${most} at most)`] : []),
  ];
}

/** Whole numbers of cells; without counters, as `mora area` reports a core. Null: nothing is fitted for the target, or for engines on it. */
export function estimateArea(
  manifest: Manifest,
  target: FamilyTarget,
  model: AreaModel = AREA_MODEL,
): AreaEstimate | null {
  const features = featuresOf(manifest, target);
  const estimates = QUANTITIES.map((quantity) => [quantity, estimateOf(features, target, quantity, model)] as const);
  return estimates.some(([, estimate]) => estimate === null)
    ? null
    : (Object.fromEntries(estimates) as unknown as AreaEstimate);
}

/** One quantity, from features alone: what a sweep's lines keep. @returns null as estimateArea */
export function estimateOf(
  features: Features,
  target: FamilyTarget,
  quantity: Quantity,
  { targets, engines }: AreaModel = AREA_MODEL,
): Estimate | null {
  const inference = targets[target]?.[quantity];
  const engine = engines[target]?.[quantity];
  const learns = (features.engine ?? 0) > 0;
  if (inference === undefined || (learns && engine === undefined)) return null;
  const value = estimated(inference.coefficients, features) + (learns ? estimated(engine!.coefficients, features) : 0);
  return { value: Math.round(value), error: learns ? engine!.error : inference.error };
}
