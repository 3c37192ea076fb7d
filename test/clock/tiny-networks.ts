/** Networks that several tests of the clock-by-clock model use. */

import type { CoreRegisters } from "../../image/manifest.ts";
import type { RowWords, TinyNetwork } from "./tiny-image.ts";

/** Every macro with two ports. */
export const PORTS: CoreRegisters["ports"] = { ring: "1R1W", neuron: "1R1W", spikeRing: "1R1W", queue: "1R1W" };

/** Rows of L words with the weight 1, one lane. */
export const row = (length: number): RowWords => Array.from({ length }, () => [{ weight: 1 }]);

/** Two channels, one row of `length` words each, into `length` neurons on one lane. */
export function oneInput(length: number, core: Partial<CoreRegisters> = {}): TinyNetwork {
  return {
    core,
    populations: [
      { kind: "input", size: 2 },
      { kind: "readout", size: length },
    ],
    projections: [{ from: 0, to: 1, rows: [row(length), row(length)] }],
  };
}
