/** Runs written by hand: answers are given, nothing is trained. */

import { type Arm, seedOf } from "../../experiments/arm.ts";
import { armOf } from "../../experiments/arms.ts";
import { decidesOf, runKey } from "../../experiments/decides.ts";
import type { RunResult } from "../../experiments/result.ts";

export interface HandMade {
  /** Of 20 recordings, how many are right: the first ones. */
  readonly right: number;
  readonly deployedRight?: number;
  readonly bytes?: number;
  readonly cycles?: number;
}

const LABELS = "01234567890123456789";

/** The first `right` digits are the labels, the others are not. */
export function answers(right: number): string {
  return Array.from(LABELS, (label, n) => (n < right ? label : String((Number(label) + 1) % 10))).join("");
}

export function handMade(arm: Arm, fold: number, made: HandMade): RunResult {
  const { right, deployedRight = right, bytes = 1000, cycles = 500 } = made;
  const run = { arm, fold, seed: seedOf(fold) };
  const core = arm.model === "core";
  return {
    key: runKey(run),
    arm: arm.name,
    fold,
    seed: run.seed,
    labels: LABELS,
    learned: { answers: answers(right), loss: 0.5, spikes: 100 },
    deployed:
      arm.model === "float"
        ? null
        : {
            answers: answers(deployedRight),
            loss: 0.5,
            spikes: 100,
            bytes,
            decision: { mean: cycles, p95: cycles + 100 },
            bitsPerSynapse: 13,
          },
    engine: core ? { bytes: 2 * bytes, bitsPerSynapse: 22, inferenceCycles: cycles, learningCycles: 4 * cycles } : null,
    parameters: 18560,
    epochs: 20,
    trainingSamples: 2400,
    seconds: 10,
    date: "2026-01-01T00:00:00.000Z",
    machine: "by hand",
    commit: "none",
    decides: decidesOf(run),
  };
}

/** All folds of an arm with the same answers. */
export function handMadeFolds(name: string, made: HandMade): readonly RunResult[] {
  const arm = armOf(name);
  return arm.folds.map((fold) => handMade(arm, fold, made));
}
