/** Speed of a time step: emulator against C, with and without accounting, specialised and general, all in one run. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator, type Emulator } from "../emulator/emulator.ts";
import type { RunSettings, Stimulus } from "../emulator/record.ts";
import { buildReference } from "./c-reference.ts";
import { cpuNs } from "./cpu-time.ts";
import { STEP_CASES, type StepCase, stepImage, stepStimulus } from "./step-networks.ts";

const TICKS = 2000;
const PASSES = 5;
const settings: RunSettings = { arrival: "burst", receiver: { readiness: 256, seed: 0 }, sample: 0 };

export interface StepTiming {
  readonly case: StepCase;
  /** Medians over rounds, nanoseconds a step. */
  readonly ns: Readonly<Record<"c" | "specialised" | "unaccounted" | "general" | "silent", number>>;
  /** Medians of ratios taken within a round. */
  readonly vsC: number;
  readonly accountingCost: number;
  readonly specialisedGain: number;
  /** Least and greatest ratio to C over the rounds. */
  readonly vsCSpread: readonly [number, number];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function nsPerStep(emulator: Emulator, stimulus: Stimulus, passes: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < passes; pass++) {
    const start = cpuNs();
    emulator.run(stimulus, settings);
    best = Math.min(best, (cpuNs() - start) / stimulus.ticks);
  }
  return best;
}

function checksum(emulator: Emulator): number {
  let sum = 0;
  for (const u of emulator.state().membrane[1]!) sum = (sum * 31 + u) & 0xffffff;
  return sum;
}

/** @throws Error when C and emulator do not end in the same membranes with the same number of spikes. */
export async function timeSteps(log: (line: string) => void, roundCount: number): Promise<readonly StepTiming[]> {
  const specialise = await loadSpecialiser();
  const folder = mkdtempSync(join(tmpdir(), "mora-bench-"));
  try {
    return STEP_CASES.map((step) => {
      const image = stepImage(step.neurons, step.density);
      const stimulus = stepStimulus(TICKS, step.spikesPerStep);
      const silent = stepStimulus(TICKS, 0);
      const reference = buildReference(image, stimulus, step, folder);
      const specialised = createEmulator(image, { specialise });
      const unaccounted = createEmulator(image, { specialise, accounting: false });
      const general = createEmulator(image);
      const expected = reference(1);
      for (const emulator of [specialised, unaccounted, general]) {
        emulator.clearCounters();
        emulator.run(stimulus, settings);
        const spikes = emulator.counters().spikes[1]!;
        if (spikes !== expected.spikes || checksum(emulator) !== expected.checksum) {
          throw new Error(
            `${step.name}: C has ${expected.spikes} spikes, the emulator ${spikes}, or their membranes differ`,
          );
        }
        nsPerStep(emulator, stimulus, PASSES);
        nsPerStep(emulator, silent, PASSES);
      }
      const rounds = Array.from({ length: roundCount }, () => ({
        c: reference(PASSES).nsPerStep,
        specialised: nsPerStep(specialised, stimulus, PASSES),
        unaccounted: nsPerStep(unaccounted, stimulus, PASSES),
        general: nsPerStep(general, stimulus, PASSES),
        silent: nsPerStep(specialised, silent, PASSES),
      }));
      const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
      const ratios = rounds.map((round) => round.specialised / round.c);
      const timing: StepTiming = {
        case: step,
        ns: {
          c: of((r) => r.c),
          specialised: of((r) => r.specialised),
          unaccounted: of((r) => r.unaccounted),
          general: of((r) => r.general),
          silent: of((r) => r.silent),
        },
        vsC: median(ratios),
        vsCSpread: [Math.min(...ratios), Math.max(...ratios)],
        accountingCost: of((r) => r.specialised / r.unaccounted),
        specialisedGain: of((r) => r.general / r.specialised),
      };
      log(
        `${step.name}: C ${timing.ns.c.toFixed(0)} ns, ratio ${timing.vsC.toFixed(3)}, accounting ${timing.accountingCost.toFixed(3)}, ` +
          `specialised ${timing.specialisedGain.toFixed(3)}, silent step ${timing.ns.silent.toFixed(0)} ns`,
      );
      return timing;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
