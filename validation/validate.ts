/** The quantised learning rule against the float one, epoch by epoch: float shadow beside the core, float learner apart. */

import { setImmediate } from "node:timers/promises";
import type { NetworkIr } from "../compiler/ir.ts";
import { shiftChannels } from "../datasets/augment.ts";
import type { CoreDescription } from "../description/core.ts";
import { accuracyOf } from "../statistics/interval.ts";
import type { BinnedSet } from "../training/binned-set.ts";
import { checkLabels, checkMask } from "../training/check-training.ts";
import { shiftOf } from "../training/loop.ts";
import { epochOrder } from "../training/order.ts";
import { rateFactor } from "../training/schedule.ts";
import { TrainingError } from "../training/training-error.ts";
import type { ChangePairs } from "./accumulate.ts";
import { totalOf } from "./change-measures.ts";
import type { EpochValidation, ValidationResult } from "./result.ts";
import { createSession } from "./session.ts";
import { decide } from "./verdict.ts";

export interface ValidateOptions {
  readonly ir: NetworkIr;
  readonly core: CoreDescription;
  readonly data: BinnedSet;
  readonly epochs: number;
  readonly seed: number;
  /** Samples presented so far, of all epochs. */
  readonly onSample?: (presented: number, of: number) => void;
}

/**
 * Trains the core and the float learner on the same samples in the same order, with the shadow beside the core.
 *
 * @throws TrainingError for a network that does not learn, a core without engine, samples without labels, a core that
 * skips ticks, and numbers in float64 that are not finite any more; CompileError as `compile`
 */
export async function validate(options: ValidateOptions): Promise<ValidationResult> {
  const { ir, data, epochs, seed } = options;
  const { learning } = ir;
  if (learning === undefined) {
    throw new TrainingError(
      "the network",
      "describes no learning",
      "give it learn: learn({ weights: { rate: 0.05 } })",
    );
  }
  const { compiled, view, parts, channels, ...session } = createSession(ir, options.core, learning);
  checkLabels(data, { classes: view.classes }, "validation");
  checkMask(data, [...data.labels.keys()], learning.errorSteps);
  const history: EpochValidation[] = [];
  const pairs: (readonly ChangePairs[])[] = [];
  const items = data.labels.map((_, n) => n);
  for (let epoch = 0; epoch < epochs; epoch++) {
    session.startEpoch();
    const right = { core: 0, float: 0 };
    for (const [position, n] of epochOrder(items, seed, epoch).entries()) {
      const shift = shiftOf(learning.channelShift, seed, epoch, n);
      const number = epoch * data.size + position;
      const answers = session.present({
        sample: shiftChannels(data.sample(n), shift, channels),
        label: data.labels[n]!,
        number,
        factor: rateFactor(learning.schedule, epochs, data.size, epoch, position),
      });
      right.core += Number(answers.core);
      right.float += Number(answers.float);
      options.onSample?.(number + 1, epochs * data.size);
      if (position % 4 === 0) await setImmediate();
    }
    const taken = session.takeEpoch();
    pairs.push(taken.pairs);
    history.push({
      epoch,
      ...taken.measured,
      core: accuracyOf(right.core, data.size),
      float: accuracyOf(right.float, data.size),
    });
  }
  const total = totalOf(history, pairs);
  return {
    warnings: compiled.report.warnings,
    epochs: history,
    total,
    parts,
    verdict: decide(total, parts, compiled.core),
  };
}
