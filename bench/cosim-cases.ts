/**
 * What `npm run results:cosim` compares RTL and emulator on: the trained networks, learning on the network of the speed target, every
 * preset, and every core whose cycles docs/results/ publishes.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileIr } from "../compiler/compile.ts";
import { resolve } from "../compiler/resolve.ts";
import { PRESETS } from "../description/presets.ts";
import type { RunSettings, Stimulus } from "../emulator/record.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import { seedOf } from "../experiments/arm.ts";
import { ARMS } from "../experiments/arms.ts";
import { decidesOf } from "../experiments/decides.ts";
import { usedParameters, withoutLearning } from "../experiments/inference.ts";
import { inferenceCore } from "../experiments/networks.ts";
import { parametersPackage } from "../hardware/parameters.ts";
import type { Presented } from "../hardware/run-files.ts";
import type { Image } from "../image/manifest.ts";
import { foundDesigns } from "./cosim-designs.ts";
import {
  LEARN_CASE,
  type LearnCase,
  learnImage,
  learnNetwork,
  learnStimulus,
  perSampleImage,
} from "./learn-networks.ts";
import { type LabelledSample, loadTrainedByName } from "./trained-data.ts";
import { TRAINED_NETWORKS } from "./trained-networks.ts";

export type Group = "trained" | "learning" | "presets" | "published";

export interface CosimCase {
  readonly group: Group;
  readonly name: string;
  readonly image: Image;
  readonly samples: readonly Presented[];
}

const TRAINED_SAMPLES = 20;
export const LEARNING_SAMPLES = 50;
const SAMPLES = 2;
/** Share of the channels that spike in a step, where a network does not hear spoken digits. */
const SHARE = 0.1;
const CHANNELS = LEARN_CASE.inputs;

/** What of LEARN_CASE's kind the smallest preset holds. */
const TINY_CASE: LearnCase = { ...LEARN_CASE, inputs: 16, hidden: 16, classes: 4 };

/** Samples with their labels, learning on or off. */
export function presented(image: Image, digits: readonly LabelledSample[], learns: boolean): readonly Presented[] {
  return digits.map((digit) => ({
    stimulus: stimulusOf(digit, image.manifest),
    settings: settingsOf(digit.index, learns ? digit.label : null),
  }));
}

function settingsOf(sample: number, label: number | null): RunSettings {
  return { ...PLAIN_SETTINGS, sample, ...(label !== null && { learning: { label, rateShift: 0 } }) };
}

/** A few samples that the network can hear. */
function heard(image: Image, digits: readonly LabelledSample[], learns: boolean): readonly Presented[] {
  const { populations, learning } = image.manifest;
  const inputs = populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
  const classes = learning === null ? 0 : populations[learning.readout]!.size;
  if (inputs === CHANNELS && classes <= 10) return presented(image, digits.slice(0, SAMPLES), learns);
  const stimulus: Stimulus = learnStimulus({ ...LEARN_CASE, inputs }, SHARE);
  return Array.from({ length: SAMPLES }, (_, n) => ({
    stimulus,
    settings: settingsOf(n, learns ? n % classes : null),
  }));
}

export async function cosimCases(digits: readonly LabelledSample[]): Promise<readonly CosimCase[]> {
  const learned = learnImage(LEARN_CASE, false);
  return [
    ...(await trainedCases(digits)),
    {
      group: "learning",
      name: "every step",
      image: learned,
      samples: presented(learned, digits.slice(0, LEARNING_SAMPLES), true),
    },
    ...presetCases(digits),
    ...(await publishedCases(digits)),
  ];
}

async function trainedCases(digits: readonly LabelledSample[]): Promise<readonly CosimCase[]> {
  const cases: CosimCase[] = [];
  for (const name of TRAINED_NETWORKS) {
    const { image } = compileIr((await loadTrainedByName(name)).ir, {});
    cases.push({
      group: "trained",
      name,
      image,
      samples: presented(image, digits.slice(0, TRAINED_SAMPLES), false),
    });
  }
  return cases;
}

/** Presets as they are, capacities kept. */
function presetCases(digits: readonly LabelledSample[]): readonly CosimCase[] {
  return Object.keys(PRESETS).map((name) => {
    const preset = name as keyof typeof PRESETS;
    const network = withoutLearning(learnNetwork(preset === "tiny" ? TINY_CASE : LEARN_CASE));
    const learns = preset === "learning";
    const image = learns ? perSampleImage(LEARN_CASE) : compileIr(network, { preset }).image;
    return { group: "presets", name, image, samples: heard(image, digits, learns) };
  });
}

/**
 * Every arm with finished runs, on the core that learns and on the same core without an engine (weights are those before learning; the
 * core is the same after it), and every core that a published search has found. Those of one shape are one case.
 */
async function publishedCases(digits: readonly LabelledSample[]): Promise<readonly CosimCase[]> {
  const runs = readFileSync(join(import.meta.dirname, "..", "docs", "results", "runs.jsonl"), "utf8");
  const finished = new Set(
    runs
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { readonly arm: string }).arm),
  );
  const cases = new Map<string, CosimCase>();
  const add = (name: string, image: Image, learns: boolean): void => {
    const shape = parametersPackage(image.manifest);
    if (cases.has(shape)) return;
    cases.set(shape, { group: "published", name, image, samples: heard(image, digits, learns) });
  };
  for (const arm of ARMS.filter(({ name }) => finished.has(name))) {
    const { network, core, seed } = decidesOf({ arm, fold: 0, seed: seedOf(0) });
    const ir = await resolve(network, { baseDirectory: "." });
    const alone = inferenceCore(arm.core, seed);
    if (ir.learning === undefined || arm.model === "bptt") {
      add(arm.name, compileIr(withoutLearning(ir), alone).image, false);
      continue;
    }
    const { image } = compileIr(ir, core);
    add(arm.name, image, true);
    const used = usedParameters(ir, image);
    const kept = { ...alone, weights: { ...alone.weights, clipping: "max" as const } };
    add(`${arm.name} without engine`, compileIr(used, kept).image, false);
  }
  for (const { name, image, learns } of await foundDesigns()) add(name, image, learns);
  return [...cases.values()];
}
