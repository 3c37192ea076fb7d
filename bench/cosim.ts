/**
 * `npm run results:cosim`: RTL against emulator on the trained networks and on learning, and how fast each is. Writes
 * docs/results/cosim.json, with what `npm run test:rtl` and `npm run test:rtl-mutants` have left in build/.
 *
 * Needs Verilator and the data beside the project. Exit code 1 when anything differs or a part is missing.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileIr } from "../compiler/compile.ts";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator } from "../emulator/emulator.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import { buildSimulation } from "../hardware/build.ts";
import { cosimulate, timeRtl } from "../hardware/cosimulate.ts";
import { describeDifference } from "../hardware/difference.ts";
import type { Presented } from "../hardware/run-files.ts";
import { benchSources, rtlSources } from "../hardware/sources.ts";
import type { Image } from "../image/manifest.ts";
import { cpuNs } from "./cpu-time.ts";
import { LEARN_CASE, learnImage } from "./learn-networks.ts";
import { type LabelledSample, loadTrainedByName, missingTrainedData, spokenDigits } from "./trained-data.ts";
import { TRAINED_NETWORKS } from "./trained-networks.ts";

const ROOT = join(import.meta.dirname, "..");
const CACHE = join(ROOT, "build", "rtl");
const RESULTS = join(ROOT, "docs", "results", "cosim.json");
const SAMPLES = 20;
const LEARNING_SAMPLES = 50;
/** 140 - 64 - 10 with synaptic delays on the preset "default": what the speed of inference is measured on. */
const TIMED_NETWORK = "snn_syn";
/** The emulator runs the samples so often for a measurement. */
const REPEATS = 20;

/** What another command has left. @throws Error that says which */
function left<T>(file: string, command: string): T {
  const path = join(ROOT, "build", file);
  if (!existsSync(path)) throw new Error(`build/${file}: is missing; run ${command} first`);
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

interface Compared {
  readonly samples: number;
  readonly steps: number;
  readonly cycles: number;
  readonly differences: number;
}

async function compared(name: string, image: Image, samples: readonly Presented[]): Promise<Compared> {
  const { program } = await buildSimulation(rtlSources(image.manifest), benchSources(), { cache: CACHE });
  const { difference, ...done } = await cosimulate(image, samples, program, { seed: 1 });
  process.stdout.write(
    `${name}: ${done.samples} samples, ${done.steps} steps, ${done.cycles} cycles, ${difference === null ? "equal" : describeDifference(difference)}\n`,
  );
  return { ...done, differences: difference === null ? 0 : 1 };
}

/** Cycles a second of both, as processor time, and their ratio. */
async function speeds(
  image: Image,
  samples: readonly Presented[],
): Promise<{ rtl: number; emulator: number; ratio: number }> {
  const { program } = await buildSimulation(rtlSources(image.manifest), benchSources(), { cache: CACHE });
  const timed = await timeRtl(image, samples, program);
  const emulator = createEmulator(image, { specialise: await loadSpecialiser() });
  const once = (): number =>
    samples.reduce((sum, { stimulus, settings }) => sum + emulator.run(stimulus, settings).end, 0);
  // Wasm starts in its baseline compiler.
  once();
  const begin = cpuNs();
  let cycles = 0;
  for (let n = 0; n < REPEATS; n++) cycles += once();
  const perSecond = cycles / ((cpuNs() - begin) / 1e9);
  const rtl = timed.cycles / timed.seconds;
  return { rtl: Math.round(rtl), emulator: Math.round(perSecond), ratio: Number((perSecond / rtl).toFixed(1)) };
}

function presented(image: Image, digits: readonly LabelledSample[], learning: boolean): Presented[] {
  return digits.map((digit) => ({
    stimulus: stimulusOf(digit, image.manifest),
    settings: {
      ...PLAIN_SETTINGS,
      sample: digit.index,
      ...(learning && { learning: { label: digit.label, rateShift: 0 } }),
    },
  }));
}

const missing = missingTrainedData();
if (missing !== undefined) throw new Error(`${missing}: is absent; the data lies beside the project`);
const random = left<Record<string, number>>("rtl.json", "npm run test:rtl");
const mutants = left<readonly { readonly outcome: string }[]>("rtl-mutants.json", "npm run test:rtl-mutants");
const digits = await spokenDigits("test", { limit: LEARNING_SAMPLES });
const trained: Record<string, Compared> = {};
for (const name of TRAINED_NETWORKS) {
  const { image } = compileIr((await loadTrainedByName(name)).ir, {});
  trained[name] = await compared(name, image, presented(image, digits.slice(0, SAMPLES), false));
}
const { image } = compileIr((await loadTrainedByName(TIMED_NETWORK)).ir, {});
const inference = await speeds(image, presented(image, digits.slice(0, SAMPLES), false));
const learned = learnImage(LEARN_CASE, false);
const learning = await compared("learning", learned, presented(learned, digits, true));
const learningSpeed = await speeds(learned, presented(learned, digits, true));
const valid = mutants.filter(({ outcome }) => outcome !== "invalid");
const differences = [learning, ...Object.values(trained)].reduce(
  (sum, one) => sum + one.differences,
  random.differences!,
);
const document = {
  configs: random.configurations,
  builds: random.builds,
  differences,
  footprint_differences: random.footprintDifferences,
  mutants: valid.length,
  mutants_killed: valid.filter(({ outcome }) => outcome === "caught").length,
  trained,
  learning,
  rtl_cycles_per_s: inference.rtl,
  emulator_cycles_per_s: inference.emulator,
  emulator_vs_rtl: inference.ratio,
  emulator_vs_rtl_learning: learningSpeed.ratio,
};
writeFileSync(RESULTS, `${JSON.stringify(document, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(document)}\n`);
process.exitCode = differences + random.footprintDifferences! > 0 ? 1 : 0;
