/** Records the first samples of a run for `mora report`. */

import type { BinnedSample } from "../datasets/sample.ts";
import type { CoreState, RunSettings, SampleRecord } from "../emulator/record.ts";
import { stimulusOf } from "../emulator/stimulus.ts";
import type { Manifest } from "../image/manifest.ts";
import { createTraceBuilder, type SampleTrace } from "../report/sample-trace.ts";

export interface RunRecorder {
  onStep(n: number, state: CoreState): void;
  onSample(n: number, sample: BinnedSample, record: SampleRecord): void;
  readonly traces: readonly SampleTrace[];
}

/** @param samples that are recorded, the first of the run; @param neurons of each population */
export function createRunRecorder(
  manifest: Manifest,
  samples: number,
  neurons: number,
  arrival: RunSettings["arrival"],
): RunRecorder {
  const traces: SampleTrace[] = [];
  let builder = createTraceBuilder(manifest, neurons);
  return {
    traces,
    onStep(n, state) {
      if (n < samples) builder.step(state);
    },
    onSample(n, sample, record) {
      if (n >= samples) return;
      const about = { when: "run", sample: sample.index, label: sample.label ?? null } as const;
      traces.push(builder.sample(about, stimulusOf(sample, manifest, arrival), record));
      builder = createTraceBuilder(manifest, neurons);
    },
  };
}
