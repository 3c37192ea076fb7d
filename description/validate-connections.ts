/** Checks of an explicit list of connections. */

import { report } from "./checks.ts";
import { connectionArrays, connectionOrder } from "./connection-order.ts";
import { at, type Issue } from "./issues.ts";
import type { Connections } from "./projections.ts";

const REMEDY = "write for example [[0, 3], [1, 2]], or { pre: [0, 1], post: [3, 2] }";

/** Checks indices and repeated pairs; returns the length of the list when it is usable. */
export function checkConnections(
  issues: Issue[],
  path: string,
  value: unknown,
  preSize: number | undefined,
  postSize: number | undefined,
): number | undefined {
  const place = Array.isArray(value) ? checkPairs(issues, path, value) : checkTwoArrays(issues, path, value);
  if (place === undefined) return undefined;
  const arrays = connectionArrays(value as Connections);
  const count = arrays.pre.length;
  if (count === 0) return report(issues, path, value, "is empty", "list a connection, or leave the projection out");
  const preFits = checkIndices(issues, (k) => place(k, 0), arrays.pre, preSize, "presynaptic");
  const postFits = checkIndices(issues, (k) => place(k, 1), arrays.post, postSize, "postsynaptic");
  if (!preFits || !postFits || preSize === undefined || postSize === undefined) return undefined;
  const order = connectionOrder(arrays, preSize, postSize);
  for (let k = 1; k < count; k++) {
    const [a, b] = [order[k - 1]!, order[k]!];
    if (arrays.pre[a] !== arrays.pre[b] || arrays.post[a] !== arrays.post[b]) continue;
    const problem = `connects ${arrays.pre[b]} to ${arrays.post[b]} again, as entry ${a} does`;
    return report(issues, at(path, b), undefined, problem, "use a second projection for parallel synapses");
  }
  return count;
}

/** Path of the presynaptic (0) or postsynaptic (1) index of entry k. */
type Place = (k: number, side: 0 | 1) => string;

function checkPairs(issues: Issue[], path: string, pairs: readonly unknown[]): Place | undefined {
  for (let k = 0; k < pairs.length; k++) {
    const pair = pairs[k];
    if (Array.isArray(pair) && pair.length === 2 && isIndex(pair[0]) && isIndex(pair[1])) continue;
    return report(issues, at(path, k), pair, "must be a pair [pre, post] of whole numbers from 0", REMEDY);
  }
  return (k, side) => at(at(path, k), side);
}

function checkTwoArrays(issues: Issue[], path: string, value: unknown): Place | undefined {
  if (typeof value !== "object" || value === null) {
    return report(issues, path, value, "must be a list of pairs or two arrays", REMEDY);
  }
  const { pre, post, ...unknown } = value as Record<string, unknown>;
  for (const key of Object.keys(unknown))
    report(issues, at(path, key), unknown[key], "is not a known key here", REMEDY);
  if (!Array.isArray(pre) || !Array.isArray(post)) {
    return report(issues, path, value, "must have two arrays, pre and post", REMEDY);
  }
  if (pre.length !== post.length) {
    const problem = `has ${pre.length} presynaptic and ${post.length} postsynaptic indices`;
    return report(issues, path, value, problem, "give both arrays the same length");
  }
  for (const [key, side] of [
    ["pre", pre],
    ["post", post],
  ] as const) {
    const bad = side.findIndex((index) => !isIndex(index));
    if (bad === -1) continue;
    return report(issues, at(at(path, key), bad), side[bad], "must be a whole number from 0", REMEDY);
  }
  return (k, side) => at(at(path, side === 0 ? "pre" : "post"), k);
}

/** Checked before the lists become Uint32Arrays, which would wrap silently. */
function isIndex(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

/** Reports the first index beyond the population; true when there is none. */
function checkIndices(
  issues: Issue[],
  place: (k: number) => string,
  indices: ArrayLike<number>,
  size: number | undefined,
  side: string,
): boolean {
  for (let k = 0; k < indices.length; k++) {
    if (size === undefined || indices[k]! < size) continue;
    const remedy = `use an index from 0 to ${size - 1}`;
    report(issues, place(k), indices[k], `the ${side} population has ${size} neurons`, remedy);
    return false;
  }
  return true;
}
