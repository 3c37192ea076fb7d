/** What the area estimate is: quantities, the features that each is made of, fitted coefficients and their error. */

import type { FamilyTarget } from "./block-memories.ts";
import type { Coefficients, FitError } from "./fit.ts";

export const QUANTITIES = ["luts", "flipFlops", "logicCells", "blockRams", "multipliers"] as const;
export type Quantity = (typeof QUANTITIES)[number];

export interface QuantityModel {
  readonly coefficients: Coefficients;
  /** Leave-one-out: each design point estimated by a fit to all others. */
  readonly error: FitError;
}

export type TargetModel = Readonly<Record<Quantity, QuantityModel>>;

export interface AreaModel {
  /** What the points were synthesised with. */
  readonly tool: string;
  /** Null: too few points are synthesised for it. */
  readonly targets: Readonly<Record<FamilyTarget, TargetModel | null>>;
  /** What a learning engine adds, by features of its own; errors are those of whole cores that learn. Null: as above. */
  readonly engines: Readonly<Record<FamilyTarget, TargetModel | null>>;
}

/** Features that a quantity is made of: those of the blocks that it grows with. */
export const QUANTITY_FEATURES: Readonly<Record<Quantity, readonly string[]>> = {
  luts: [
    ...["one", "lanes", "decayProduct", "membrane", "accumulator", "slotProduct", "recordBits", "heads", "spikeWord"],
    ...["scoreBits", "softmax", "softmaxBits", "queue", "spikeRing", "draws", "drawLanes", "macroBits", "smallBits"],
    "validBits",
  ],
  flipFlops: [
    ...[
      "one",
      "membrane",
      "laneAddress",
      "accumulator",
      "recordBits",
      "projectionBits",
      "heads",
      "spikeWord",
      "scoreBits",
    ],
    ...["softmaxBits", "queue", "spikeRing", "draws", "drawLanes", "smallBits", "validBits"],
  ],
  logicCells: [
    ...["one", "lanes", "decayProduct", "membrane", "accumulator", "slotProduct", "recordBits", "heads", "spikeWord"],
    ...["scoreBits", "softmax", "softmaxBits", "queue", "spikeRing", "draws", "drawLanes", "macroBits", "smallBits"],
    "validBits",
  ],
  blockRams: ["blocks"],
  multipliers: ["decayMultipliers", "slotMultipliers", "softmaxMultipliers", "spikeRing"],
};
