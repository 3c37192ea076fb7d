/** Speed of learning at every step: emulator against C, what skipping gains, and cost per synapse over network sizes, in one run. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator, type Emulator } from "../emulator/emulator.ts";
import type { RunSettings, Stimulus } from "../emulator/record.ts";
import { LEARN_CASE, type LearnCase, learnImage, learnStimulus } from "./learn-networks.ts";
import { buildLearnReference } from "./learn-reference.ts";
import { median } from "./steps.ts";

const SAMPLES = 20;
/** Share of channels that spike in a step: about that of spoken digits through a cochlea. */
const SHARE = 0.05;
/** Synapses into the hidden population grow 16-fold. */
const SIZES: readonly LearnCase[] = [
  { inputs: 140, hidden: 64, classes: 10 },
  { inputs: 280, hidden: 128, classes: 10 },
  { inputs: 560, hidden: 256, classes: 10 },
];

export interface LearnTiming {
  /** Medians over rounds, nanoseconds a step. */
  readonly ns: Readonly<Record<"c" | "learning" | "inference", number>>;
  /** Median of ratios taken within a round. */
  readonly vsC: number;
  /** Cycles of the core without skipping over those with it, all phases. */
  readonly skipGain: number;
  readonly nsPerSynapse: number;
  readonly samplesPerSecond: number;
  /** Largest over smallest time of a synapse-step over the sizes. */
  readonly scaling: number;
  readonly perSynapse: readonly number[];
}

function settings(sample: number, classes: number | null): RunSettings {
  const plain: RunSettings = { arrival: "burst", receiver: { readiness: 256, seed: 0 }, sample };
  return classes === null ? plain : { ...plain, learning: { label: sample % classes, rateShift: 0 } };
}

/** Best time of a step; `classes` null: the engine is off. */
function nsPerStep(emulator: Emulator, stimulus: Stimulus, classes: number | null, samples: number = SAMPLES): number {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < samples; n++) {
    const start = performance.now();
    emulator.run(stimulus, settings(n, classes));
    best = Math.min(best, ((performance.now() - start) * 1e6) / stimulus.ticks);
  }
  return best;
}

function checksum(emulator: Emulator): number {
  const [into, out] = emulator.state().learning!.projections;
  let sum = 0;
  for (const codes of [into!.weight, into!.delay, out!.weight]) {
    for (const code of codes) sum = (sum * 31 + (code & 0xffff)) & 0xffffff;
  }
  return sum;
}

const synapses = ({ inputs, hidden, classes }: LearnCase): number => inputs * hidden + hidden * classes;

/** @throws Error when C and emulator do not come to the same weights and delays. */
export async function timeLearning(log: (line: string) => void, roundCount: number): Promise<LearnTiming> {
  const specialise = await loadSpecialiser();
  const folder = mkdtempSync(join(tmpdir(), "mora-bench-"));
  try {
    const { classes } = LEARN_CASE;
    const image = learnImage(LEARN_CASE, false);
    const stimulus = learnStimulus(LEARN_CASE, SHARE);
    const reference = buildLearnReference(image, stimulus, LEARN_CASE, folder);
    const plain = createEmulator(image, { specialise });
    for (let n = 0; n < SAMPLES; n++) plain.run(stimulus, settings(n, classes));
    if (checksum(plain) !== reference(SAMPLES).checksum) {
      throw new Error("learning: C and the emulator have come to different weights or delays");
    }
    const cyclesOf = (skip: boolean): number => {
      const emulator = createEmulator(learnImage(LEARN_CASE, skip), { specialise });
      let cycles = 0;
      for (let n = 0; n < SAMPLES; n++) cycles += emulator.run(stimulus, settings(n, classes)).end;
      return cycles;
    };
    const sizes = SIZES.map((step) => {
      const emulator = createEmulator(learnImage(step, false), { specialise });
      return { step, emulator, stimulus: learnStimulus(step, SHARE) };
    });
    const rounds = Array.from({ length: roundCount }, () => ({
      c: reference(SAMPLES).nsPerStep,
      learning: nsPerStep(plain, stimulus, classes),
      inference: nsPerStep(plain, stimulus, null),
      perSynapse: sizes.map(({ step, emulator, stimulus: events }) => {
        const samples = Math.ceil(SAMPLES / (synapses(step) / synapses(LEARN_CASE)));
        return (
          (nsPerStep(emulator, events, step.classes, samples) - nsPerStep(emulator, events, null, samples)) /
          synapses(step)
        );
      }),
    }));
    const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
    const ns = {
      c: of((r) => r.c),
      learning: of((r) => r.learning),
      inference: of((r) => r.inference),
    };
    const perSynapse = SIZES.map((_, n) => of((r) => r.perSynapse[n]!));
    const timing: LearnTiming = {
      ns,
      vsC: of((r) => r.learning / r.c),
      skipGain: cyclesOf(false) / cyclesOf(true),
      nsPerSynapse: ns.learning / synapses(LEARN_CASE),
      samplesPerSecond: 1e9 / (ns.learning * stimulus.ticks),
      scaling: Math.max(...perSynapse) / Math.min(...perSynapse),
      perSynapse,
    };
    log(
      `learning 140-64-10: C ${ns.c.toFixed(0)} ns, emulator ${ns.learning.toFixed(0)} ns, ratio ${timing.vsC.toFixed(3)}, ` +
        `${timing.nsPerSynapse.toFixed(2)} ns a synapse, by size ${perSynapse.map((x) => x.toFixed(2)).join(", ")}`,
    );
    return timing;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
