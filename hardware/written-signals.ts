/**
 * What a step has written into the memories `errors` and `signals`, and with which column draws (docs/core.md, sections 10.1 to
 * 10.3). No phase empties them and no model of the core but the RTL keeps columns there: before a first write they hold anything, and
 * columns are drawn here once more.
 */

import * as layout from "../assembly/layout.ts";
import type { StepRecord } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import { draw, stepKey } from "./draws.ts";

export interface WrittenSignals {
  /** A step is done. @param step its number in the sample @param sample the register */
  ran({ cycles }: StepRecord, step: number, sample: number): void;
  /** Whether surrogates have been written since the run began: whether it has done a step. */
  readonly surrogates: () => boolean;
  /** Whether errors, and with them all signals, have been. */
  readonly signals: () => boolean;
  /** Column draws that stand beside the errors, by class; null: not written yet. */
  readonly errorColumns: () => Uint16Array | null;
  /** Beside the signals of each hidden population, by neuron. */
  readonly signalColumns: () => readonly Uint16Array[] | null;
}

export function writtenSignals({ core, learning, populations }: Manifest): WrittenSignals {
  const { readout, populations: hidden } = learning!;
  const columns = (population: number, key: number): Uint16Array => {
    const { size, firstNeuron } = populations[population]!;
    return Uint16Array.from({ length: size }, (_, j) => draw(key, layout.DRAW_COLUMN, firstNeuron + j) >>> 16);
  };
  let stepped = false;
  let errors: Uint16Array | null = null;
  let signals: Uint16Array[] | null = null;
  return {
    surrogates: () => stepped,
    signals: () => errors !== null,
    errorColumns: () => errors,
    signalColumns: () => signals,
    ran({ cycles }, step, sample) {
      const took = (phase: number): boolean =>
        cycles.subarray(phase * layout.CAUSES, (phase + 1) * layout.CAUSES).some((count) => count > 0);
      stepped = true;
      const key = stepKey(core.seed, sample, step);
      if (took(layout.PHASE_ERROR)) errors = columns(readout, key);
      // In a step that is not valid, signal only draws columns.
      if (took(layout.PHASE_SIGNAL)) signals = hidden.map(({ population }) => columns(population, key));
    },
  };
}
