/** The exact bound on an accumulator: what can arrive in one slot between two reads. */

import type { NetworkIr, ProjectionIr } from "./ir.ts";
import type { QuantisationCore } from "./quantisation-core.ts";

/** The neuron with the largest sums, in accumulator LSB: no slot of the population leaves [-negative, positive]. */
export interface AccumulatorBound {
  readonly neuron: number;
  readonly positive: number;
  readonly negative: number;
}

/** Codes and shift of one projection into the population. */
export interface IncomingCodes {
  readonly projection: ProjectionIr;
  readonly codes: Int16Array;
  readonly weightShift: number;
  /** Used codes that learning can reach; null: the weights stay as they are. */
  readonly reach: { readonly low: number; readonly high: number } | null;
}

/**
 * How often one synapse can be added to one slot: the events of its source in a step. The delay queue that delivers early
 * on overflow can add the same synapse once more, since older events of the axon come round in the same step.
 */
export function addsPerSlot(network: NetworkIr, projection: ProjectionIr, core: QuantisationCore): number {
  const source = network.populations[projection.from]!;
  const events = source.kind === "input" ? source.maxEventsPerStep : 1;
  const early =
    core.delays.scheme === "queue" && core.delays.overflow === "deliver" && projection.delayKind !== "none" ? 2 : 1;
  return events * early;
}

/** Bound over all neurons of a population of `size`; sums of positive and of negative contributions apart. */
export function accumulatorBound(
  network: NetworkIr,
  core: QuantisationCore,
  size: number,
  incoming: readonly IncomingCodes[],
): AccumulatorBound {
  const positive = new Float64Array(size);
  const negative = new Float64Array(size);
  for (const { projection, codes, weightShift, reach } of incoming) {
    const factor = 2 ** weightShift * addsPerSlot(network, projection, core);
    const { post } = projection;
    for (let s = 0; s < post.length; s++) {
      const w = codes[s]!;
      if (reach !== null) {
        positive[post[s]!]! += Math.max(0, reach.high) * factor;
        negative[post[s]!]! += Math.max(0, -reach.low) * factor;
      } else if (w > 0) positive[post[s]!]! += w * factor;
      else negative[post[s]!]! -= w * factor;
    }
  }
  let worst = 0;
  for (let j = 1; j < size; j++) {
    if (Math.max(positive[j]!, negative[j]! - 1) > Math.max(positive[worst]!, negative[worst]! - 1)) worst = j;
  }
  return { neuron: worst, positive: positive[worst] ?? 0, negative: negative[worst] ?? 0 };
}

/** Whether a sum within the bound stays in `bits` bits, two's complement. */
export function fits({ positive, negative }: AccumulatorBound, bits: number): boolean {
  return positive <= 2 ** (bits - 1) - 1 && negative <= 2 ** (bits - 1);
}

/** Smallest width that holds every sum within the bound. */
export function bitsFor(bound: AccumulatorBound): number {
  let bits = 2;
  while (!fits(bound, bits)) bits += 1;
  return bits;
}
