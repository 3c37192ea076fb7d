/** Runs an image on samples and measures it. */

import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator } from "../emulator/emulator.ts";
import { PLAIN_SETTINGS } from "../emulator/stimulus.ts";
import type { Image } from "../image/manifest.ts";
import { accuracyOf } from "../statistics/interval.ts";
import { type SharedSet, spread } from "./caches.ts";
import type { Evaluated } from "./evaluated.ts";
import { createRunTally } from "./measures.ts";

/** From so many samples on, a module of its own saves more than the 0.2 s of processor time that it takes to make. */
const SPECIALISE_FROM = 2000;

/** As `mora run`: events in bursts, the sample's index in its data set numbers its random draws. */
export async function evaluateRun(
  image: Image,
  { set, stimulus }: SharedSet,
  positions: Uint32Array | number | null,
): Promise<Evaluated> {
  const chosen = positions instanceof Uint32Array ? positions : spread(set.size, positions);
  const { manifest } = image;
  const emulator = createEmulator(image, {
    keepSteps: false,
    ...(chosen.length >= SPECIALISE_FROM && { specialise: await loadSpecialiser() }),
  });
  const tally = createRunTally(manifest);
  const right: boolean[] = [];
  let milliseconds = 0;
  for (const n of chosen) {
    const started = performance.now();
    const record = emulator.run(stimulus(n, manifest), { ...PLAIN_SETTINGS, sample: set.indices[n]! });
    milliseconds += performance.now() - started;
    tally.add(record, emulator.stepCycles());
    const label = set.labels[n]!;
    if (label >= 0 && record.decision !== null) right.push(record.decision.class === label);
  }
  const correct = right.filter(Boolean).length;
  return {
    measures: {
      ...tally.measures(),
      accuracy: right.length === 0 ? null : accuracyOf(correct, right.length),
    },
    right: right.length === 0 ? null : right.map(Number).join(""),
    emulationSeconds: milliseconds / 1000,
  };
}
