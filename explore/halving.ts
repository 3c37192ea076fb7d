/** Successive halving (Jamieson and Talwalkar 2016) on the number of samples: many designs on few, the better ones on more. */

import type { SpaceAxis } from "./axis.ts";
import { ranked } from "./non-dominated.ts";
import { latinDesigns } from "./sampling.ts";
import type { Search } from "./search-types.ts";

export interface HalvingOptions {
  /** Designs of the first rung, a Latin hypercube. */
  readonly points: number;
  readonly seed: number;
  /** Samples of the first rung and of the last. */
  readonly first: number;
  readonly last: number;
  /** Each rung has so many times the samples, and one of so many designs: the better ones by front and crowding. */
  readonly factor: number;
}

export function* halving(axes: readonly SpaceAxis[], { points, seed, first, last, factor }: HalvingOptions): Search {
  let designs = latinDesigns(axes, points, seed);
  for (let samples = Math.min(first, last); ; samples = Math.min(last, samples * factor)) {
    const rung = samples;
    const verdicts = yield designs.map((choices) => ({ choices, samples: rung }));
    if (samples >= last) return;
    const kept = ranked(verdicts).slice(0, Math.ceil(designs.length / factor));
    // What cannot be on few samples cannot be on more.
    const possible = kept.filter(({ position }) => Number.isFinite(verdicts[position]!.violation));
    if (possible.length === 0) return;
    const before = designs;
    designs = possible.map(({ position }) => before[position]!);
  }
}
