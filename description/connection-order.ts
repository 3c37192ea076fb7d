/** Listed connections: their two arrays, and the order by presynaptic, then postsynaptic neuron. */

import type { Connections } from "./projections.ts";

/** The list as two arrays. */
export interface ConnectionArrays {
  readonly pre: ArrayLike<number>;
  readonly post: ArrayLike<number>;
}

export function connectionArrays(connections: Connections): ConnectionArrays {
  if (!Array.isArray(connections)) return connections as ConnectionArrays;
  const pairs = connections as readonly (readonly [number, number])[];
  const pre = new Uint32Array(pairs.length);
  const post = new Uint32Array(pairs.length);
  for (let k = 0; k < pairs.length; k++) {
    pre[k] = pairs[k]![0];
    post[k] = pairs[k]![1];
  }
  return { pre, post };
}

/**
 * Positions in the list, ordered by pre, then post; equal pairs keep the list's order.
 * Two counting sorts, so that a million connections take some ten milliseconds.
 */
export function connectionOrder({ pre, post }: ConnectionArrays, preSize: number, postSize: number): Uint32Array {
  const start = new Uint32Array(pre.length);
  for (let k = 0; k < start.length; k++) start[k] = k;
  return countingSort(countingSort(start, post, postSize), pre, preSize);
}

function countingSort(order: Uint32Array, keys: ArrayLike<number>, keyCount: number): Uint32Array {
  const next = new Uint32Array(keyCount + 1);
  for (let k = 0; k < order.length; k++) next[keys[k]! + 1]!++;
  for (let key = 0; key < keyCount; key++) next[key + 1]! += next[key]!;
  const sorted = new Uint32Array(order.length);
  for (let k = 0; k < order.length; k++) {
    const position = order[k]!;
    sorted[next[keys[position]!]!++] = position;
  }
  return sorted;
}
