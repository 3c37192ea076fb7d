/** The points of which none is better in everything. Sorted first, so that thousands of designs take no time; pages use it too. */

/** Whether a is at least as good in everything and better in something; all objectives are to be made small. */
export function betterThan(a: readonly number[], b: readonly number[]): boolean {
  let better = false;
  for (let k = 0; k < a.length; k++) {
    if (a[k]! > b[k]!) return false;
    if (a[k]! < b[k]!) better = true;
  }
  return better;
}

/**
 * Positions of the points that no other dominates, sorted by the first objective.
 *
 * @param points all objectives are to be made small; points of equal values are all kept
 */
export function firstFront(points: readonly (readonly number[])[]): readonly number[] {
  const order = [...points.keys()].sort((a, b) => compare(points[a]!, points[b]!));
  const front: number[] = [];
  for (const k of order) {
    // Sorted: a later point dominates no earlier one, and the last ones of the front are the nearest.
    let dominated = false;
    for (let n = front.length - 1; n >= 0 && !dominated; n--) dominated = betterThan(points[front[n]!]!, points[k]!);
    if (!dominated) front.push(k);
  }
  return front;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return 0;
}
