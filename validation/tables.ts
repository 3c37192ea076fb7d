/** The core's two tables with exact entries: what the distance of their entries costs, apart from the entries' bits. */

import type { DecisionRegisters } from "../image/manifest.ts";

/**
 * Centre of the bin of the surrogate table that a distance v - theta falls into (docs/core.md, section 10.3); null in the last
 * bin, which stands for everything beyond the table and holds 0. Distance and centre are in membrane LSB.
 */
export function binCentre(distance: number, surrogateShift: number, entriesLog2: number): number | null {
  const width = 2 ** surrogateShift;
  const bin = Math.floor(Math.abs(distance) / width);
  return bin >= 2 ** entriesLog2 - 1 ? null : (bin + 0.5) * width;
}

/**
 * Probabilities by the decision's rule (docs/core.md, section 4) with exponents in float64 at the places of the table's entries.
 *
 * @param membranes of the readout, codes with `fraction` bits
 * @param out probabilities, one a class
 */
export function tabledSoftmax(
  membranes: Int32Array,
  { tableShift, tableEntriesLog2 }: Pick<DecisionRegisters, "tableShift" | "tableEntriesLog2">,
  fraction: number,
  out: Float64Array,
): void {
  const largest = membranes.reduce((most, y) => Math.max(most, y), Number.NEGATIVE_INFINITY);
  const width = 2 ** tableShift;
  let sum = 0;
  for (let k = 0; k < out.length; k++) {
    const entry = Math.min(Math.floor((largest - membranes[k]!) / width + 0.5), 2 ** tableEntriesLog2 - 1);
    out[k] = Math.exp(-entry * width * 2 ** -fraction);
    sum += out[k]!;
  }
  for (let k = 0; k < out.length; k++) out[k]! /= sum;
}
