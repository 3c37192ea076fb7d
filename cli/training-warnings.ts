/** What `mora train` remarks at the end of an epoch: learning that has no effect, and a loss that runs away. Each is said once. */

import type { LearningRate } from "../compiler/quantisation-report.ts";
import type { CoreLearning } from "../description/core.ts";
import { fixed, whole } from "../report/numbers.ts";
import type { ProjectionUpdates, UpdateReport } from "../training/learner.ts";
import type { EpochRecord } from "../training/loop.ts";
import type { Io } from "./io.ts";
import { lossText } from "./train-report.ts";

/** What the core stores and how it rounds; null for a model that rounds nothing. */
export interface Rounded {
  readonly rates: readonly LearningRate[];
  readonly engine: CoreLearning;
}

/** Times the loss of guessing: a network that is only wrong, or has large initial weights, stays far below. */
const RUNAWAY = 10;

/** @param path of the network, which the remedies are about */
export function createTrainingWarnings(
  path: string,
  classes: number,
  rounded: Rounded | null,
  io: Io,
): (record: EpochRecord) => void {
  const said = new Set<string>();
  return ({ epoch, training: { loss }, updates }) => {
    const warn = (about: string, text: string): void => {
      if (said.has(about)) return;
      said.add(about);
      io.stderr(`mora: warning: ${path}: epoch ${epoch + 1}: ${text}\n`);
    };
    if (updates !== null && rounded !== null) warnOfNoEffect(updates, rounded, warn);
    const guessing = Math.log(classes);
    if (loss === null || loss <= RUNAWAY * guessing) return;
    warn(
      "loss",
      `the training loss ${lossText(loss)} is far above ${fixed(guessing, 3)}, which guessing among ${classes} classes has: the run diverges; lower the rates of learn, or the limit of its weights`,
    );
  };
}

function warnOfNoEffect(
  { projections }: UpdateReport,
  { rates, engine }: Rounded,
  warn: (about: string, text: string) => void,
): void {
  for (const updates of projections) {
    for (const parameter of ["weights", "delays"] as const) {
      const counts = updates[parameter];
      const rate = rates.find((one) => one.projection === updates.projection && one.parameter === parameter);
      if (counts === null || rate === undefined || counts.changed > 0 || counts.zero === 0) continue;
      const bits = parameter === "weights" ? "remainder" : "fraction";
      const lsb = `${Number(rate.lsb.toPrecision(3))} ${parameter === "weights" ? "of a threshold unit" : "of a step"}`;
      warn(
        `${updates.projection} ${parameter}`,
        `projection ${updates.projection}: no update of ${parameter} took effect, all ${whole(counts.zero)} were rounded to zero; the stored LSB is ${lsb}; ${remedies(engine, `learning.${bits} (now ${engine[bits]})`, rate)}`,
      );
    }
    if (asksForNothing(updates)) {
      const rate = rates.find((one) => one.projection === updates.projection);
      if (rate === undefined) continue;
      warn(
        updates.projection,
        `projection ${updates.projection}: nothing is learned, all ${whole(updates.changeZero)} products that were not 0 were rounded to zero before they reached a change; ${remedies(engine, undefined, rate)}`,
      );
    }
  }
}

/** Whether every product was lost before it could ask for an update. */
function asksForNothing({ weights, delays, changeZero }: ProjectionUpdates): boolean {
  const asked = [weights, delays].some((counts) => counts !== null && counts.changed + counts.zero > 0);
  return changeZero > 0 && !asked;
}

function remedies({ rounding }: CoreLearning, bits: string | undefined, { wanted }: LearningRate): string {
  const parts = [
    ...(bits === undefined ? [] : [`raise ${bits}`]),
    ...(rounding === "stochastic" ? [] : [`use learning.rounding "stochastic" (now "${rounding}")`]),
    `use a higher rate (now ${wanted})`,
  ];
  return parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(", ")} or ${parts.at(-1)}`;
}
