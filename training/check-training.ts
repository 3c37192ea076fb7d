/** What cannot be trained: found before the first sample is presented. */

import type { LearningIr } from "../compiler/ir.ts";
import type { BinnedSet } from "./binned-set.ts";
import type { Learner } from "./learner.ts";
import { TrainingError } from "./training-error.ts";

/** Every sample of `set` must have a label that the readout can answer. @throws TrainingError naming the first that has not */
export function checkLabels(set: BinnedSet, { classes }: Pick<Learner, "classes">, use: string): void {
  if (set.size === 0) throw new TrainingError(set.name, `has no samples for ${use}`, "give a data set that has some");
  const missing = set.labels.filter((label) => label < 0).length;
  const place = (n: number): string => `${set.name}: sample ${set.indices[n]}`;
  if (missing > 0) {
    const problem = `has no label, ${missing} of ${set.size} samples have none`;
    throw new TrainingError(place(set.labels.findIndex((label) => label < 0)), problem, `${use} needs one for each`);
  }
  const beyond = set.labels.findIndex((label) => label >= classes);
  if (beyond < 0) return;
  throw new TrainingError(
    place(beyond),
    `label ${set.labels[beyond]} is beyond the readout's ${classes} classes`,
    "enlarge the readout, or take those samples out",
  );
}

/** A mask of valid steps must be as long as every sample that is learned from. @throws TrainingError */
export function checkMask(set: BinnedSet, training: ArrayLike<number>, errorSteps: LearningIr["errorSteps"]): void {
  if (errorSteps.kind !== "mask") return;
  const { length } = errorSteps.mask;
  for (let k = 0; k < training.length; k++) {
    const n = training[k]!;
    if (set.steps[n] === length) continue;
    throw new TrainingError(
      `${set.name}: sample ${set.indices[n]}`,
      `has ${set.steps[n]} steps, the mask of errorSteps has ${length}`,
      `cut samples to that length with --steps ${length}, or give a mask of the samples' length`,
    );
  }
}
