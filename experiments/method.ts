/** The method, as the report states it. */

import { SPOKEN_DIGITS as D, HOW_CHOSEN, OFFLINE } from "./rates.ts";

export const METHOD: string = `## Method

- Data: FSDD-cochlea, both files together, 3,000 recordings in 120 steps of 5 ms and 140 groups of 5 channels. Five folds, fold = take mod 5: every recording is
  tested once, on a network that was not trained on it. A new seed each fold (initial numbers, order, augmentation, the core's random draws), the same one for all arms.
- What counts is the last of ${D.epochs} epochs (of ${OFFLINE.mostEpochs}, as many as back-propagation may take, for the two small networks of experiment 4); nothing is picked by its test accuracy. Accuracies have Wilson 95 % intervals over all recordings; differences are paired
  by recording and have bootstrap 95 % intervals (9,999 resamples). Points are percentage points.
- On the core: 8 used bits a weight and 12 stored, 5 used bits a delay and 10 stored unless an arm says otherwise; all other state at most 16 bits. 4 lanes, 100 MHz, delay
  scheme ring, softmax decision at the end. Float64: the same online updates without rounding, decided by the argmax of the summed softmax.
- Every family of arms learns with its own factors on the same rates (experiments/rates.ts), D = ${D.slots} delay slots, shift of up to ${D.channelShift} channel groups, cosine schedule. ${HOW_CHOSEN}
- "Without engine": the weights and delays that the core uses in the end, compiled for the same core without a learning engine. kB and cycles to decision are its, "with learning" is the core that
  learned. Cycles count from the start of the clear phase.
- Offline: back-propagation through time in float64 with the same surrogate and augmentation, Adam (batch ${OFFLINE.batch}), until the validation loss (${100 * OFFLINE.validation} % of the training recordings) has had no new
  minimum for ${OFFLINE.patience} epochs or after ${OFFLINE.mostEpochs} epochs, then the parameters of the minimum in 8 bits on the same core. It trains on the recordings that validation leaves, the core on all of them.
- The network that stands for the core against the baseline is picked from a fixed list of candidates by these very results, so that its figures are somewhat favourable; the whole list is shown. The topology
  trained offline is compared on fold 0 only. The search for the smallest offline network leaves out 256-256, which would take longer than a run may (20 minutes).
- A run is addressed by the SHA-256 of all that decides it (experiments/decides.ts): data, network, core, training, fold, seed, version of the semantics. Finished runs are in runs.jsonl and are not repeated.
`;
