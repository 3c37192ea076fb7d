/** Output spikes of a run as CSV. */

import type { OutputEvent } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";

export const SPIKES_CSV_HEADER = "sample,step,population,neuron,cycle\n";

/**
 * Lines for one sample: sample number, executed step, population, neuron, and the cycle in which the event leaves the core, counted
 * from the sample's clear phase. Only populations with `output` leave the core. Names need no quotes: they hold letters, digits, "_", "-".
 */
export function spikesCsvLines(sample: number, outputs: readonly OutputEvent[], { populations }: Manifest): string {
  return outputs
    .map(
      ({ step, population, neuron, cycle }) =>
        `${sample},${step},${populations[population]!.name},${neuron},${cycle}\n`,
    )
    .join("");
}
