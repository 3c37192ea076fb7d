/** Records what training has changed: samples through the core before and after it, weights and delays before and after. */

import type { BinnedSample } from "../datasets/sample.ts";
import { createEmulator } from "../emulator/emulator.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import type { Image } from "../image/manifest.ts";
import { parameterHistograms } from "../report/parameter-histograms.ts";
import { createTraceBuilder, type SampleTrace } from "../report/sample-trace.ts";
import type { TrainDocument } from "./documents.ts";
import { recordText } from "./record-document.ts";

/**
 * @param data as `--data` names it
 * @param before the network as it was described; @param after as it was trained
 * @param samples that both run, without learning; @param neurons of each population whose membranes are kept
 */
export function trainRecord(
  data: string,
  document: TrainDocument,
  { before, after }: { readonly before: Image; readonly after: Image },
  samples: readonly BinnedSample[],
  neurons: number,
): string {
  const traced = (image: Image, when: SampleTrace["when"]): readonly SampleTrace[] => {
    const emulator = createEmulator(image);
    return samples.map((sample) => {
      const builder = createTraceBuilder(image.manifest, neurons);
      const stimulus = stimulusOf(sample, image.manifest);
      const settings = { ...PLAIN_SETTINGS, sample: sample.index };
      const record = emulator.run(stimulus, settings, (_, state) => builder.step(state));
      return builder.sample({ when, sample: sample.index, label: sample.label ?? null }, stimulus, record);
    });
  };
  return recordText(data, {
    run: null,
    training: document,
    clockHz: after.manifest.core.clockHz,
    samples: [...traced(before, "before"), ...traced(after, "after")],
    parameters: parameterHistograms(after, before),
  });
}
