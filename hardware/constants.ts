/** Constants of the generated package. */

import * as layout from "../assembly/layout.ts";

export type Constants = readonly (readonly [name: string, value: number | boolean])[];

export const ROUNDINGS = {
  floor: layout.ROUND_FLOOR,
  zero: layout.ROUND_ZERO,
  nearest: layout.ROUND_NEAREST,
  stochastic: layout.ROUND_STOCHASTIC,
} as const;
