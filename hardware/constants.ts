/** Constants of the generated package. */

import * as layout from "../assembly/layout.ts";
import type { RoundingName } from "../image/manifest.ts";

export type Constants = readonly (readonly [name: string, value: number | boolean])[];

/** By the names that a manifest has. */
export const ROUNDINGS: Readonly<Record<RoundingName, number>> = {
  floor: layout.ROUND_FLOOR,
  zero: layout.ROUND_ZERO,
  nearest: layout.ROUND_NEAREST,
  stochastic: layout.ROUND_STOCHASTIC,
};
