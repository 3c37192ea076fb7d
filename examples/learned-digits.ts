/**
 * Spoken digits learned on the core: 140 groups of 5 cochlea channels, 64 neurons, weights and synaptic delays from random.
 *
 * @example
 * npx mora train examples/learned-digits.ts --data ../shared/data/fsdd_cochlea_train.h5.gz --group 5 --steps 120 --epochs 20 -o digits.mora
 */

import { dense, gaussian, input, learn, lif, ms, network, normal, readout, steps, synaptic, uniform } from "mora";

const sound = input({ channels: 140 });
const hidden = lif({ size: 64, tau: ms(20), threshold: 1, reset: "subtract" });
const digit = readout({ size: 10, tau: ms(80) });

export default network({
  timestep: ms(5),
  populations: { sound, hidden, digit },
  projections: [
    dense(sound, hidden, {
      weights: normal(0, 0.1),
      delays: synaptic({ max: steps(23), init: uniform() }),
      learn: { weights: { rate: 0.04, limit: 1 }, delays: { rate: 1000 } },
    }),
    dense(hidden, digit, { weights: normal(0, 0.12), learn: { weights: { rate: 0.04, limit: 4 } } }),
  ],
  // Rates are per mean gradient over 120 steps; the error is softmax - target at every step, fed back through the readout's weights.
  learn: learn({ surrogate: gaussian(0.5, 0.5), steps: 120, update: "sample", schedule: "cosine", channelShift: 4 }),
});
