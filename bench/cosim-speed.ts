/** How fast RTL and emulator are, in cycles of the core a second of processor time: inference and learning, 140 - 64 - 10, spoken digits. */

import { compileIr } from "../compiler/compile.ts";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator } from "../emulator/emulator.ts";
import { buildSimulation } from "../hardware/build.ts";
import { timeRtl } from "../hardware/cosimulate.ts";
import type { Presented } from "../hardware/run-files.ts";
import { benchSources, rtlSources } from "../hardware/sources.ts";
import type { Image } from "../image/manifest.ts";
import { presented } from "./cosim-cases.ts";
import { cpuNs } from "./cpu-time.ts";
import { LEARN_CASE, learnImage } from "./learn-networks.ts";
import { type LabelledSample, loadTrainedByName } from "./trained-data.ts";

/** 140 - 64 - 10 with synaptic delays on the preset "default". */
const TIMED_NETWORK = "snn_syn";
const TIMED_SAMPLES = 20;
/** Measurements of each side; the fastest counts, as least disturbed. */
const REPEATS = 5;

export interface Speeds {
  readonly rtl_cycles_per_s: number;
  readonly emulator_cycles_per_s: number;
  readonly emulator_vs_rtl: number;
  readonly rtl_cycles_per_s_learning: number;
  readonly emulator_cycles_per_s_learning: number;
  readonly emulator_vs_rtl_learning: number;
}

export async function measureSpeeds(digits: readonly LabelledSample[], cache: string): Promise<Speeds> {
  const chosen = digits.slice(0, TIMED_SAMPLES);
  const { image } = compileIr((await loadTrainedByName(TIMED_NETWORK)).ir, {});
  const inference = await speeds(image, presented(image, chosen, false), cache);
  // Updates at every step, nothing skipped.
  const learns = learnImage(LEARN_CASE, false);
  const learning = await speeds(learns, presented(learns, chosen, true), cache);
  return {
    rtl_cycles_per_s: Math.round(inference.rtl),
    emulator_cycles_per_s: Math.round(inference.emulator),
    emulator_vs_rtl: ratio(inference),
    rtl_cycles_per_s_learning: Math.round(learning.rtl),
    emulator_cycles_per_s_learning: Math.round(learning.emulator),
    emulator_vs_rtl_learning: ratio(learning),
  };
}

interface Speed {
  readonly rtl: number;
  readonly emulator: number;
}

function ratio({ rtl, emulator }: Speed): number {
  return Number((emulator / rtl).toFixed(1));
}

async function speeds(image: Image, samples: readonly Presented[], cache: string): Promise<Speed> {
  const { program } = await buildSimulation(rtlSources(image.manifest), benchSources(), { cache });
  const emulator = createEmulator(image, { specialise: await loadSpecialiser() });
  const emulated = (): number => {
    const begin = cpuNs();
    const cycles = samples.reduce((sum, { stimulus, settings }) => sum + emulator.run(stimulus, settings).end, 0);
    return cycles / ((cpuNs() - begin) / 1e9);
  };
  // Wasm starts in its baseline compiler.
  emulated();
  let fastest: Speed = { rtl: 0, emulator: 0 };
  for (let n = 0; n < REPEATS; n++) {
    const timed = await timeRtl(image, samples, program);
    fastest = {
      rtl: Math.max(fastest.rtl, timed.cycles / timed.seconds),
      emulator: Math.max(fastest.emulator, emulated()),
    };
  }
  return fastest;
}
