/** Time of a step with and without learning. */
import type { Emulator } from "../emulator/emulator.ts";
import type { RunSettings, Stimulus } from "../emulator/record.ts";
import { cpuNs } from "./cpu-time.ts";

export const SAMPLES = 20;

/** Settings of sample `sample`; `classes` null: the engine is off. */
export function learnSettings(sample: number, classes: number | null): RunSettings {
  const plain: RunSettings = { arrival: "burst", receiver: { readiness: 256, seed: 0 }, sample };
  return classes === null ? plain : { ...plain, learning: { label: sample % classes, rateShift: 0 } };
}

/** Best time of a step over samples. */
export function nsPerStep(
  emulator: Emulator,
  stimulus: Stimulus,
  classes: number | null,
  samples: number = SAMPLES,
): number {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < samples; n++) {
    const start = cpuNs();
    emulator.run(stimulus, learnSettings(n, classes));
    best = Math.min(best, (cpuNs() - start) / stimulus.ticks);
  }
  return best;
}
