/** In what order samples are trained on: a function of the seed, never of what happened before. */

import { randomStream, shuffled } from "../formats/random.ts";

/** The order of an epoch's samples. */
export function epochOrder(items: ArrayLike<number>, seed: number, epoch: number): Uint32Array {
  return shuffled(items, randomStream(seed, `order of epoch ${epoch}`));
}
