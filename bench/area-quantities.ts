/** What the area estimate is of, as synthesis reports it. */

import type { Area } from "../synthesis/area.ts";
import type { Coefficients } from "../synthesis/fit.ts";
import type { Quantity } from "../synthesis/model.ts";

export const MEASURED: Readonly<Record<Quantity, (area: Area) => number>> = {
  luts: ({ total }) => total.luts,
  flipFlops: ({ total }) => total.flipFlops,
  logicCells: ({ logicCells }) => logicCells,
  blockRams: ({ total }) => total.blockRams,
  multipliers: ({ total }) => total.multipliers,
};

/** Four significant digits: more say nothing. */
export function rounded(coefficients: Coefficients): Coefficients {
  const entries = Object.entries(coefficients).map(([name, value]) => [name, Number(value.toPrecision(4))] as const);
  return Object.fromEntries(entries.filter(([, value]) => value > 1e-9));
}
