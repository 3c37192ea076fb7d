/**
 * Patterns that differ in timing only, learned on the core: sixteen neurons find delays, from zero, that bring a class's spikes
 * together. The data are made on the spot.
 *
 * @example
 * npx mora train examples/learned-patterns.ts --data patterns:1,classes=8,repeats=1 --steps 64 --validation 0.3 --epochs 5
 */

import { constant, dense, gaussian, input, learn, lif, ms, network, readout, steps, synaptic, uniform } from "mora";

const touch = input({ channels: 64 });
const hidden = lif({ size: 16, tau: ms(2.5), threshold: 1, reset: "subtract" });
const pattern = readout({ size: 8, tau: ms(10) });

export default network({
  timestep: ms(1),
  populations: { touch, hidden, pattern },
  projections: [
    dense(touch, hidden, {
      weights: uniform(-0.1, 0.2),
      delays: synaptic({ max: steps(15), init: constant(0) }),
      learn: { weights: { rate: 0.5, limit: 0.25 }, delays: { rate: 200 } },
    }),
    dense(hidden, pattern, { weights: uniform(-0.5, 0.5), learn: { weights: { rate: 0.2, limit: 4 } } }),
  ],
  learn: learn({ surrogate: gaussian(0.5, 0.5), steps: 64, update: "sample", schedule: "cosine" }),
});
