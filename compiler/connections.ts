/** Which synapses a projection has, as rows (compressed sparse rows): one row for each presynaptic neuron. */

import { connectionArrays, connectionOrder } from "../description/connection-order.ts";
import type { Projection } from "../description/projections.ts";
import { randomStream } from "../formats/random.ts";

export interface Rows {
  readonly preSize: number;
  readonly postSize: number;
  /** Row i holds synapses rowStart[i] .. rowStart[i+1]-1; length pre + 1. */
  readonly rowStart: Uint32Array;
  /** Postsynaptic index of each synapse, strictly increasing within a row. */
  readonly post: Uint32Array;
  /** For listed connections: the position in the list of each synapse. */
  readonly listIndex?: Uint32Array;
}

/** The rows of a checked projection. `seed` and `name` name the random stream of a density. */
export function projectionRows(
  projection: Projection,
  preSize: number,
  postSize: number,
  seed: number,
  name: string,
): Rows {
  if (projection.kind === "dense") return denseRows(preSize, postSize);
  if (projection.connections !== undefined) {
    const { pre, post } = connectionArrays(projection.connections);
    const listIndex = connectionOrder({ pre, post }, preSize, postSize);
    const rowStart = new Uint32Array(preSize + 1);
    for (let k = 0; k < pre.length; k++) rowStart[pre[k]! + 1]!++;
    for (let i = 0; i < preSize; i++) rowStart[i + 1]! += rowStart[i]!;
    return { preSize, postSize, rowStart, post: listIndex.map((k) => post[k]!), listIndex };
  }
  return drawnRows(projection.density!, preSize, postSize, projection.seed ?? seed, name);
}

function denseRows(preSize: number, postSize: number): Rows {
  const rowStart = new Uint32Array(preSize + 1);
  const post = new Uint32Array(preSize * postSize);
  for (let i = 0; i < preSize; i++) {
    rowStart[i + 1] = (i + 1) * postSize;
    for (let j = 0; j < postSize; j++) post[i * postSize + j] = j;
  }
  return { preSize, postSize, rowStart, post };
}

/** Selection sampling (Knuth, TAOCP 2, algorithm 3.4.2S): exactly round(density x pre x post) pairs, all sets equally likely, in order. */
function drawnRows(density: number, preSize: number, postSize: number, seed: number, name: string): Rows {
  const random = randomStream(seed, `${name} connections`);
  let wanted = Math.round(density * preSize * postSize);
  let candidates = preSize * postSize;
  const rowStart = new Uint32Array(preSize + 1);
  const post = new Uint32Array(wanted);
  let synapse = 0;
  for (let i = 0; i < preSize; i++) {
    for (let j = 0; j < postSize && wanted > 0; j++) {
      if (random.unit() * candidates < wanted) {
        post[synapse++] = j;
        wanted--;
      }
      candidates--;
    }
    rowStart[i + 1] = synapse;
  }
  return { preSize, postSize, rowStart, post };
}

/** Takes the entries of the synapses out of an array of one of the shapes in description/array-shape.ts. */
export function gather(
  { rowStart, post, postSize, listIndex }: Rows,
  data: Float64Array,
  nested: boolean,
): Float64Array {
  if (!nested && listIndex !== undefined) return new Float64Array(listIndex.length).map((_, k) => data[listIndex[k]!]!);
  const gathered = new Float64Array(post.length);
  for (let i = 0; i + 1 < rowStart.length; i++) {
    for (let k = rowStart[i]!; k < rowStart[i + 1]!; k++) gathered[k] = data[i * postSize + post[k]!]!;
  }
  return gathered;
}
