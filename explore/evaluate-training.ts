/** Trains a design, then measures what it has become: the core as it answers afterwards, whatever model has trained it. */

import { compileIr } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { splitValidation } from "../datasets/folds.ts";
import type { CompleteCore } from "../description/core.ts";
import type { Image } from "../image/manifest.ts";
import { createCoreLearner } from "../training/core-learner.ts";
import { createLearner } from "../training/create-learner.ts";
import type { Learner } from "../training/learner.ts";
import { train } from "../training/loop.ts";
import { type Caches, type SharedSet, spread } from "./caches.ts";
import { evaluateRun } from "./evaluate-run.ts";
import type { Evaluated } from "./evaluated.ts";
import { updateMeasures } from "./measures.ts";
import type { Reason } from "./outcome.ts";
import type { PointTraining } from "./point.ts";

/** From so many presentations on, a module of its own saves more than the 0.5 s of processor time that it takes to make. */
const SPECIALISE_FROM = 200;

/** Why a design cannot be trained. */
export function trainingReasons(
  { model }: PointTraining,
  { learning }: NetworkIr,
  core: CompleteCore,
): readonly Reason[] {
  const reason = (what: string, text: string): Reason => ({
    kind: "description",
    what,
    value: null,
    limit: null,
    by: null,
    text,
  });
  return [
    ...(learning === undefined ? [reason("network.learn", "the network describes no learning; add learn")] : []),
    ...(core.decision === "none"
      ? [reason("core.decision", "the core has no decision unit, whose error is learned from")]
      : []),
    ...(model === "core" && core.learning === "none"
      ? [reason("core.learning", 'the core has no learning engine; start from core: "learning"')]
      : []),
  ];
}

interface Program {
  readonly ir: NetworkIr;
  readonly core: CompleteCore;
  readonly image: Image;
}

export async function evaluateTraining(
  plan: PointTraining,
  samples: number | null,
  { ir, core, image }: Program,
  data: SharedSet,
  caches: Caches,
): Promise<Evaluated> {
  const { model, epochs, seed, validation, test } = plan;
  const split = splitValidation(data.set.labels, test === null ? validation : 0, seed, spread(data.set.size, samples));
  const presented = epochs * split.training.length;
  const learner: Learner =
    model === "core"
      ? createCoreLearner(image, presented < SPECIALISE_FROM ? {} : { specialise: await loadSpecialiser() })
      : createLearner(model, ir, core);
  const started = performance.now();
  const { epochs: history } = await train({
    learner,
    data: data.set,
    // Scored below, once, on the core.
    split: { training: split.training, validation: new Uint32Array(0) },
    test: null,
    learning: ir.learning!,
    epochs,
    seed,
  });
  const trainingSeconds = (performance.now() - started) / 1000;
  const learned = learner.learned();
  const trained = learned.kind === "image" ? learned.image : compileIr(learned.ir, core).image;
  const scored =
    test === null
      ? await evaluateRun(trained, data, split.validation)
      : await evaluateRun(trained, await caches.data(test, ir), test.samples);
  const last = history.at(-1)!;
  return {
    measures: { ...scored.measures, loss: last.training.loss, updates: updateMeasures(last) },
    right: scored.right,
    emulationSeconds: trainingSeconds + scored.emulationSeconds,
  };
}
