/** Back-propagation through time until validation stalls. */

import type { NetworkIr } from "../compiler/ir.ts";
import { splitValidation } from "../datasets/folds.ts";
import { createBackprop } from "../reference/backprop.ts";
import type { BinnedSet } from "../training/binned-set.ts";
import { createFloatLearner } from "../training/float-learner.ts";
import type { Learner } from "../training/learner.ts";
import { train } from "../training/loop.ts";
import type { OfflineRates } from "./rates.ts";

export interface OfflineOptions {
  readonly ir: NetworkIr;
  readonly set: BinnedSet;
  readonly training: Uint32Array;
  readonly seed: number;
  readonly rates: OfflineRates;
  readonly onEpoch: (text: string) => void;
}

/**
 * Trains until the validation loss has had no new minimum for `patience` epochs, or for `mostEpochs`; the result has the
 * parameters of the minimum. Validation comes out of the training recordings, spread evenly over the classes.
 */
export async function trainOffline(
  options: OfflineOptions,
): Promise<{ readonly learner: Learner; readonly epochs: number }> {
  const { ir, set, training, seed, rates, onEpoch } = options;
  const { batch, weightRate, delayRate, patience, mostEpochs } = rates;
  const learner = createFloatLearner("bptt", createBackprop(ir, { batch, weightRate, delayRate }), ir);
  const split = splitValidation(set.labels, rates.validation, seed, training);
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, saved: learner.save() };
  let epoch = 0;
  while (epoch < mostEpochs && epoch - best.epoch < patience) {
    epoch += 1;
    // An epoch at a time: order and augmentation come from a seed of the epoch's own.
    const { validation } = await train({
      learner,
      data: set,
      split,
      test: null,
      learning: ir.learning!,
      epochs: 1,
      seed: seed * 1000 + epoch,
    });
    const loss = validation!.loss!;
    if (loss < best.loss) best = { loss, epoch, saved: learner.save() };
    const share = ((100 * validation!.correct) / validation!.n).toFixed(1);
    onEpoch(`epoch ${epoch}, validation loss ${loss.toFixed(3)}, ${share} %, least at ${best.epoch}`);
  }
  learner.restore(best.saved);
  return { learner, epochs: epoch };
}
