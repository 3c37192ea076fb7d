/** Which of several designs are the better ones when more than one thing counts. All objectives are to be made small. */

import { betterThan } from "./first-front.ts";
import type { Verdict } from "./search-types.ts";

/**
 * Whether a is better: of two feasible ones, at least as good in everything and better in something; a feasible one against any that is
 * not; of two that are not, the one nearer to its limits (constrained domination of Deb et al. 2002).
 */
export function dominates(a: Verdict, b: Verdict): boolean {
  if (a.violation > 0 || b.violation > 0) return a.violation < b.violation;
  return betterThan(a.objectives, b.objectives);
}

/** Positions by front: the first is of those that none dominates, the next of those that only they dominate, and so on. */
export function fronts(verdicts: readonly Verdict[]): readonly (readonly number[])[] {
  const worse: number[][] = verdicts.map(() => []);
  const above = new Uint32Array(verdicts.length);
  for (let a = 0; a < verdicts.length; a++) {
    for (let b = 0; b < verdicts.length; b++) {
      if (!dominates(verdicts[a]!, verdicts[b]!)) continue;
      worse[a]!.push(b);
      above[b]! += 1;
    }
  }
  const sorted: number[][] = [];
  let front = [...above.keys()].filter((n) => above[n] === 0);
  while (front.length > 0) {
    sorted.push(front);
    const next: number[] = [];
    for (const a of front) {
      for (const b of worse[a]!) {
        above[b]! -= 1;
        if (above[b] === 0) next.push(b);
      }
    }
    front = next.sort((a, b) => a - b);
  }
  return sorted;
}

/** Crowding distance of the members of a front: how far apart their neighbours are, summed over objectives; Infinity at the ends. */
export function crowding(verdicts: readonly Verdict[], front: readonly number[]): Float64Array {
  const distance = new Float64Array(front.length);
  const objectives = verdicts[front[0]!]?.objectives.length ?? 0;
  for (let k = 0; k < objectives; k++) {
    const value = (place: number): number => verdicts[front[place]!]!.objectives[k]!;
    const order = [...front.keys()].sort((a, b) => value(a) - value(b) || a - b);
    const span = value(order.at(-1)!) - value(order[0]!);
    distance[order[0]!] = Number.POSITIVE_INFINITY;
    distance[order.at(-1)!] = Number.POSITIVE_INFINITY;
    // Where all are alike, or some have no number, the objective says nothing of neighbours.
    if (!(span > 0) || !Number.isFinite(span)) continue;
    for (let n = 1; n < order.length - 1; n++)
      distance[order[n]!]! += (value(order[n + 1]!) - value(order[n - 1]!)) / span;
  }
  return distance;
}

export interface Ranked {
  readonly position: number;
  /** Number of its front, from 0, and crowding distance in it. */
  readonly rank: number;
  readonly distance: number;
}

/** All positions, the best first: by front, within a front the less crowded first. */
export function ranked(verdicts: readonly Verdict[]): readonly Ranked[] {
  return fronts(verdicts).flatMap((front, rank) => {
    const distances = crowding(verdicts, front);
    const members = front.map((position, n): Ranked => ({ position, rank, distance: distances[n]! }));
    return members.sort((a, b) => (a.distance === b.distance ? a.position - b.position : b.distance - a.distance));
  });
}
