/**
 * The way back through time (docs/learning.md, section 6): lambda_j[t] = dLoss / du_j[t] of every neuron, with psi for ds/du and the
 * reset path detached.
 *
 * Populations that reach each other over recurrent projections form a block and go back step by step together; blocks follow
 * one another from the last to the first.
 */

import type { LifIr } from "../compiler/ir.ts";
import { CLEARED, HELD, type Layer } from "./layer.ts";
import type { LiveProjection } from "./live-projection.ts";
import { NotFiniteError } from "./not-finite.ts";

/** Populations first..last, of which some receive from others of the same block over recurrent projections. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/** Blocks of `populations` populations, in step order. */
export function blocksOf(populations: number, live: readonly LiveProjection[]): Block[] {
  const blocks: Block[] = [];
  for (let p = 0; p < populations; p++) {
    let first = p;
    for (const { ir } of live) if (ir.from === p && ir.to < first) first = ir.to;
    // A projection back to an earlier population takes all between into the block.
    while (blocks.length > 0 && blocks.at(-1)!.last >= first) first = Math.min(first, blocks.pop()!.first);
    blocks.push({ first, last: p });
  }
  return blocks;
}

/**
 * delta_i[t] += sum_k w_ik lambda_k[t + D_ik] for every source neuron of a projection whose target is done; row by row.
 *
 * Four synapses a turn, so that a sum is loaded and stored once for four products; they are added in the order of the
 * synapses, as one by one.
 */
export function addFromTarget(
  { rowStart, post, weight, arrival }: LiveProjection,
  lambda: Float64Array,
  delta: Float64Array,
  steps: number,
  stride: number,
): void {
  for (let i = 0; i + 1 < rowStart.length; i++) {
    const row = i * stride;
    const end = rowStart[i + 1]!;
    let k = rowStart[i]!;
    for (; k + 3 < end; k += 4) {
      const [w0, w1, w2, w3] = [weight[k]!, weight[k + 1]!, weight[k + 2]!, weight[k + 3]!];
      const from0 = post[k]! * stride + arrival[k]!;
      const from1 = post[k + 1]! * stride + arrival[k + 1]!;
      const from2 = post[k + 2]! * stride + arrival[k + 2]!;
      const from3 = post[k + 3]! * stride + arrival[k + 3]!;
      for (let t = 0; t < steps; t++) {
        delta[row + t] =
          delta[row + t]! +
          w0 * lambda[from0 + t]! +
          w1 * lambda[from1 + t]! +
          w2 * lambda[from2 + t]! +
          w3 * lambda[from3 + t]!;
      }
    }
    for (; k < end; k++) {
      const w = weight[k]!;
      const from = post[k]! * stride + arrival[k]!;
      for (let t = 0; t < steps; t++) delta[row + t]! += w * lambda[from + t]!;
    }
  }
}

/** A population on its way back. */
export interface BackLayer {
  readonly layer: Layer;
  readonly lif: LifIr;
  /** dLoss / ds_j[t], row-major [neuron][stride], without what comes from its own block. */
  delta: Float64Array;
  /** lambda_j[t], the same; zero from the sample's end on. */
  lambda: Float64Array;
  /** dLoss / d(membrane after the reset) of each neuron. */
  readonly carry: Float64Array;
  /** Projections into its own block. */
  readonly inner: readonly { readonly projection: LiveProjection; readonly target: BackLayer }[];
}

/**
 * One population, one step back. The layer's `trace` holds psi.
 *
 *     lambda = psi delta + r carry, carry = alpha lambda       r = 0 where a spike reset the membrane to zero, else 1
 *     in a refractory step: lambda = 0, carry unchanged
 *
 * @throws NotFiniteError naming the population and step
 */
export function stepBack(back: BackLayer, t: number, stride: number): void {
  const { layer, lif, delta, lambda, carry, inner } = back;
  const { trace: psi, course, size } = layer;
  const { decay } = lif;
  for (let j = 0; j < size; j++) {
    const at = j * stride + t;
    const now = course[at]!;
    if (now === HELD) {
      lambda[at] = 0;
      continue;
    }
    let value = now === CLEARED ? 0 : carry[j]!;
    const slope = psi[at]!;
    if (slope !== 0) {
      let sum = delta[at]!;
      for (let p = 0; p < inner.length; p++) {
        const { projection, target } = inner[p]!;
        sum += gather(projection, target.lambda, j, t, stride);
      }
      value += slope * sum;
    }
    if (value - value !== 0)
      throw new NotFiniteError(`population "${lif.name}"`, `the gradient of neuron ${j}`, value, t);
    lambda[at] = value;
    carry[j] = decay[j]! * value;
  }
}

/** sum_k w_jk lambda_k[t + D_jk] */
function gather(
  { rowStart, post, weight, arrival }: LiveProjection,
  lambda: Float64Array,
  j: number,
  t: number,
  stride: number,
): number {
  let sum = 0;
  const end = rowStart[j + 1]!;
  for (let k = rowStart[j]!; k < end; k++) sum += weight[k]! * lambda[post[k]! * stride + arrival[k]! + t]!;
  return sum;
}
