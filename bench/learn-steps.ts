/** Speed of learning at every step: emulator against C, training per sample, what skipping gains, and cost per active synapse, in one run. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator, type Emulator } from "../emulator/emulator.ts";
import type { Stimulus } from "../emulator/record.ts";
import type { Image } from "../image/manifest.ts";
import {
  FULL_CASE,
  LEARN_CASE,
  type LearnCase,
  learnImage,
  learnStimulus,
  perSampleImage,
  synapsesOf,
} from "./learn-networks.ts";
import { buildLearnReference } from "./learn-reference.ts";
import { activeSynapses, scalingCases, spreadOf } from "./learn-scaling.ts";
import { learnSettings, nsPerStep, SAMPLES } from "./learn-timing.ts";
import { median } from "./steps.ts";

/** Share of channels that spike in a step: some rows silent, and none. */
const SHARES = { sparse: 0.05, full: 0.2 } as const;
/** Spoken digits through a cochlea, all channels together: 26.7 events a step. */
const DIGITS_SHARE = 0.19;

export interface LearnTiming {
  /** Medians over rounds, nanoseconds a step; full: all synapses active. */
  readonly ns: Readonly<Record<"c" | "learning" | "inference" | "fullC" | "full" | "perSample", number>>;
  /** Medians of ratios taken within a round. */
  readonly vsC: number;
  readonly fullVsC: number;
  /** Share of the synapses that are active in a step of either. */
  readonly active: number;
  readonly fullActive: number;
  /** Cycles of the core without skipping over those with it, all phases. */
  readonly skipGain: number;
  readonly nsPerSynapse: number;
  /** Updates at every step, and once a sample with skipping. */
  readonly samplesPerSecond: number;
  readonly perSamplePerSecond: number;
  /** Largest over smallest cost of an active synapse over sizes, and over shares of channels that spike at all. */
  readonly scaling: number;
  readonly activityScaling: number;
  readonly nsBySize: readonly number[];
  readonly nsByActivity: readonly number[];
}

function checksum(emulator: Emulator): number {
  const [into, out] = emulator.state().learning!.projections;
  let sum = 0;
  for (const codes of [into!.weight, into!.delay, out!.weight]) {
    for (const code of codes) sum = (sum * 31 + (code & 0xffff)) & 0xffffff;
  }
  return sum;
}

/** @throws Error when C and emulator do not come to the same weights and delays. */
export async function timeLearning(log: (line: string) => void, roundCount: number): Promise<LearnTiming> {
  const specialise = await loadSpecialiser();
  const folder = mkdtempSync(join(tmpdir(), "mora-bench-"));
  const { classes } = LEARN_CASE;
  const against = (step: LearnCase, stimulus: Stimulus) => {
    const image = learnImage(step, false);
    const reference = buildLearnReference(image, stimulus, step, folder);
    const emulator = createEmulator(image, { specialise });
    for (let n = 0; n < SAMPLES; n++) emulator.run(stimulus, learnSettings(n, classes));
    if (checksum(emulator) !== reference(SAMPLES).checksum) {
      throw new Error("learning: C and the emulator have come to different weights or delays");
    }
    return {
      active: activeSynapses(step, stimulus) / synapsesOf(step),
      c: () => reference(SAMPLES).nsPerStep,
      learning: () => nsPerStep(emulator, stimulus, classes),
      inference: () => nsPerStep(emulator, stimulus, null),
    };
  };
  const cyclesOf = (cycled: Image, stimulus: Stimulus): number => {
    const emulator = createEmulator(cycled, { specialise });
    let cycles = 0;
    for (let n = 0; n < SAMPLES; n++) cycles += emulator.run(stimulus, learnSettings(n, classes)).end;
    return cycles;
  };
  try {
    const stimulus = learnStimulus(LEARN_CASE, SHARES.sparse);
    const sparse = against(LEARN_CASE, stimulus);
    const full = against(FULL_CASE, learnStimulus(FULL_CASE, SHARES.full));
    const training = createEmulator(perSampleImage(LEARN_CASE), { specialise });
    const digits = learnStimulus(LEARN_CASE, DIGITS_SHARE);
    const { sizes, activities } = scalingCases(SHARES.sparse, specialise);
    const rounds = Array.from({ length: roundCount }, () => ({
      c: sparse.c(),
      learning: sparse.learning(),
      inference: sparse.inference(),
      fullC: full.c(),
      full: full.learning(),
      perSample: nsPerStep(training, digits, classes),
      sizes: sizes.map((one) => one.measure()),
      activities: activities.map((one) => one.measure()),
    }));
    const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
    const ns = {
      c: of((r) => r.c),
      learning: of((r) => r.learning),
      inference: of((r) => r.inference),
      fullC: of((r) => r.fullC),
      full: of((r) => r.full),
      perSample: of((r) => r.perSample),
    };
    const timing: LearnTiming = {
      ns,
      vsC: of((r) => r.learning / r.c),
      fullVsC: of((r) => r.full / r.fullC),
      active: sparse.active,
      fullActive: full.active,
      skipGain: cyclesOf(learnImage(LEARN_CASE, false), stimulus) / cyclesOf(learnImage(LEARN_CASE, true), stimulus),
      nsPerSynapse: ns.learning / synapsesOf(LEARN_CASE),
      samplesPerSecond: 1e9 / (ns.learning * stimulus.ticks),
      perSamplePerSecond: 1e9 / (ns.perSample * stimulus.ticks),
      scaling: spreadOf(rounds.map((r) => r.sizes)),
      activityScaling: spreadOf(rounds.map((r) => r.activities)),
      nsBySize: sizes.map((_, n) => of((r) => r.sizes[n]!)),
      nsByActivity: activities.map((_, n) => of((r) => r.activities[n]!)),
    };
    log(
      `learning 140-64-10: C ${ns.c.toFixed(0)} ns, emulator ${ns.learning.toFixed(0)} ns, ratio ${timing.vsC.toFixed(3)}; ` +
        `all active: C ${ns.fullC.toFixed(0)} ns, emulator ${ns.full.toFixed(0)} ns, ratio ${timing.fullVsC.toFixed(3)}; ` +
        `per sample ${ns.perSample.toFixed(0)} ns`,
    );
    [...sizes, ...activities].forEach(({ name }, n) => {
      log(`learning ${name}: ${[...timing.nsBySize, ...timing.nsByActivity][n]!.toFixed(2)} ns an active synapse`);
    });
    return timing;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
