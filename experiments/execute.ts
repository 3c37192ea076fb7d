/** One run from its description to its result. A function of what decides it, but for time, machine and commit. */

import { compileIr } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import { resolve } from "../compiler/resolve.ts";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { completeCore } from "../description/complete-core.ts";
import { keyOf } from "../formats/canonical.ts";
import { memoryReport } from "../report/memory.ts";
import { createLearner } from "../training/create-learner.ts";
import type { Learner } from "../training/learner.ts";
import { train } from "../training/loop.ts";
import type { Run } from "./arm.ts";
import { experimentData } from "./data.ts";
import { type Decides, decidesOf } from "./decides.ts";
import { answersOf, bitsPerSynapse, deployedAnswers, engineCycles } from "./evaluate.ts";
import { usedParameters, withoutLearning } from "./inference.ts";
import { inferenceCore } from "./networks.ts";
import { trainOffline } from "./offline.ts";
import type { RunResult } from "./result.ts";

export interface Origin {
  readonly machine: string;
  readonly commit: string;
}

/** @param onEpoch told what has been done, for a line of progress */
export async function executeRun(run: Run, origin: Origin, onEpoch: (text: string) => void): Promise<RunResult> {
  const { arm, fold, seed } = run;
  const decides = decidesOf(run);
  const data = await experimentData(arm.data);
  const { set } = data;
  const { training, test } = data.split(fold);
  const ir = await resolve(decides.network, { baseDirectory: "." });
  const specialise = await loadSpecialiser();
  const started = performance.now();
  const { learner, epochs } = await learnFrom(run, decides, ir, set, training, onEpoch);
  const seconds = (performance.now() - started) / 1000;
  const learned = answersOf(learner, set, test);
  const network = learner.learned();
  const core = inferenceCore(arm.core, seed);
  const shipped =
    network.kind === "image"
      ? // The learned weights are used codes of the same width already: nothing of their range may be clipped.
        compileIr(usedParameters(ir, network.image), { ...core, weights: { ...core.weights, clipping: "max" } })
      : arm.model === "bptt"
        ? compileIr(withoutLearning(network.ir), core)
        : null;
  return {
    key: keyOf(decides),
    arm: arm.name,
    fold,
    seed,
    labels: Array.from(test, (n) => set.labels[n]!).join(""),
    learned,
    deployed: shipped === null ? null : deployedAnswers(shipped.image, set, test, specialise),
    engine:
      network.kind !== "image"
        ? null
        : {
            bytes: memoryReport(network.image.manifest).totals.bytes,
            bitsPerSynapse: bitsPerSynapse(network.image),
            ...engineCycles(network.image, set, test, specialise),
          },
    parameters: parametersOf(ir),
    epochs,
    trainingSamples: training.length,
    seconds: Number(seconds.toFixed(1)),
    date: new Date().toISOString(),
    ...origin,
    decides,
  };
}

async function learnFrom(
  { arm, seed }: Run,
  { core, training: how }: Decides,
  ir: NetworkIr,
  set: Parameters<typeof answersOf>[1],
  training: Uint32Array,
  onEpoch: (text: string) => void,
): Promise<{ readonly learner: Learner; readonly epochs: number }> {
  if (!("epochs" in how)) return trainOffline({ ir, set, training, seed, rates: how, onEpoch });
  const { epochs } = how;
  const learner = createLearner(arm.model, ir, completeCore(core), await loadSpecialiser());
  await train({
    learner,
    data: set,
    split: { training, validation: new Uint32Array(0) },
    test: null,
    learning: ir.learning!,
    epochs,
    seed,
    onEpoch: ({ epoch, training: { correct, n } }) =>
      onEpoch(`epoch ${epoch + 1}/${epochs}, training ${((100 * correct) / n).toFixed(1)} %`),
  });
  return { learner, epochs };
}

/** Weights and delays. */
function parametersOf({ projections }: NetworkIr): number {
  return projections.reduce((sum, p) => sum + p.weight.length + p.delay.length + p.axonDelay.length, 0);
}
