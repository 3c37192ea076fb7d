/**
 * What `learned-patterns.ts` has learned, with weights and delays from the file that `mora export` writes: a trained network whose
 * core can be chosen. Needs no data either; the README has the three commands.
 *
 * @example
 * npx mora train examples/learned-patterns.ts --data patterns:1,classes=8,repeats=1 --steps 64 --validation 0.3 --epochs 5 -o patterns.mora
 * npx mora export patterns.mora --to h5 -o patterns.h5
 * npx mora fit examples/trained-patterns.ts --data patterns:1,classes=8,repeats=1,samples=1000 --steps 64
 */

import { dense, fromFile, input, lif, ms, network, readout, steps, synaptic } from "mora";

/** Relative to this file: where the commands leave it when they run in the clone. */
const FILE = "../patterns.h5";

const touch = input({ channels: 64 });
const hidden = lif({ size: 16, tau: ms(2.5), threshold: 1, reset: "subtract" });
const pattern = readout({ size: 8, tau: ms(10) });

export default network({
  timestep: ms(1),
  populations: { touch, hidden, pattern },
  projections: [
    dense(touch, hidden, {
      weights: fromFile(FILE, "touch_hidden/weight"),
      delays: synaptic({ max: steps(15), init: fromFile(FILE, "touch_hidden/delay") }),
    }),
    dense(hidden, pattern, { weights: fromFile(FILE, "hidden_pattern/weight") }),
  ],
});
