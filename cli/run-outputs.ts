/** Files that a run writes as it goes: output spikes as CSV, a trace as VCD. */

import type { Emulator } from "../emulator/emulator.ts";
import type { CoreState, SampleRecord, StepRecord } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import { SPIKES_CSV_HEADER, spikesCsvLines } from "../report/spikes-csv.ts";
import { parseProbes } from "../report/vcd-memory.ts";
import { createVcdTrace } from "../report/vcd-trace.ts";
import type { OutputFile } from "./write-file.ts";

export interface RunOutputs {
  /** Undefined when nothing wants to see the state after each step. */
  readonly onStep: ((n: number, record: StepRecord, state: CoreState) => void) | undefined;
  /** @param n number in the run; @param index in the data set */
  onSample(n: number, index: number, record: SampleRecord): void;
}

/** @throws ProbeError for a selection that the image does not have */
export function createRunOutputs(
  files: { readonly spikes?: OutputFile; readonly vcd?: OutputFile },
  manifest: Manifest,
  emulator: Emulator,
  { vcdMemory = [], vcdSamples }: { readonly vcdMemory?: readonly string[]; readonly vcdSamples: number },
): RunOutputs {
  const { spikes, vcd } = files;
  spikes?.write(SPIKES_CSV_HEADER);
  const probes = vcdMemory.flatMap((selection) => parseProbes(selection, manifest));
  const trace = vcd === undefined ? undefined : createVcdTrace(manifest, probes, (text) => vcd.write(text));
  return {
    onStep:
      trace === undefined || probes.length === 0
        ? undefined
        : (n, record, state) => {
            if (n < vcdSamples) trace.step(record.done, state);
          },
    onSample(n, index, record) {
      spikes?.write(spikesCsvLines(index, record.outputs, manifest));
      if (n < vcdSamples) trace?.sample(record, emulator.trace());
    },
  };
}
