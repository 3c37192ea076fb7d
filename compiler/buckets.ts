/** Buckets of the delay queue (docs/core.md, section 3, scheme 3): an axon's synapses by delay. */

import { MAX_DELAY } from "../assembly/layout.ts";
import type { QuantisedProjection } from "./quantised.ts";
import type { RowRuns } from "./rows.ts";

export interface Buckets {
  /** Synapses of each bucket: within an axon by ascending delay, within a bucket by ascending post. */
  readonly runs: RowRuns;
  /** First bucket of each axon, counted within the projection; every axon has at least one. */
  readonly firstBucket: Uint32Array;
  /** Delay of each axon's first bucket in steps. */
  readonly wait: Uint16Array;
  /** Steps from each bucket to the next of its axon; 0: the last. */
  readonly gap: Uint16Array;
}

/** An axon without synapses has one empty bucket with wait 0, or its delay where delays learn. */
export function bucketsOf(projection: QuantisedProjection): Buckets {
  return projection.delayKind === "synaptic" ? byDelay(projection) : oneEach(projection);
}

function oneEach({ rowStart, delayKind, axonDelay, delayClamp }: QuantisedProjection): Buckets {
  const axons = rowStart.length - 1;
  const wait = new Uint16Array(axons);
  if (delayKind === "axonal") {
    // A learned delay is stored also where there is nothing to delay, so that it stays within its clamp.
    const stored = (i: number): boolean => delayClamp !== null || rowStart[i] !== rowStart[i + 1];
    for (let i = 0; i < axons; i++) wait[i] = stored(i) ? axonDelay[i]! : 0;
  }
  return {
    runs: { start: rowStart, order: null },
    firstBucket: Uint32Array.from({ length: axons }, (_, i) => i),
    wait,
    gap: new Uint16Array(axons),
  };
}

const DELAYS = MAX_DELAY + 1;

function byDelay({ rowStart, delay }: QuantisedProjection): Buckets {
  const axons = rowStart.length - 1;
  const order = new Uint32Array(delay.length);
  const starts: number[] = [];
  const gaps: number[] = [];
  const firstBucket = new Uint32Array(axons);
  const wait = new Uint16Array(axons);
  const counts = new Uint32Array(DELAYS);
  for (let i = 0; i < axons; i++) {
    const begin = rowStart[i]!;
    const end = rowStart[i + 1]!;
    firstBucket[i] = starts.length;
    if (begin === end) {
      starts.push(begin);
      gaps.push(0);
      continue;
    }
    counts.fill(0);
    for (let s = begin; s < end; s++) counts[delay[s]!]! += 1;
    let next = begin;
    let previous = -1;
    for (let d = 0; d < DELAYS; d++) {
      const size = counts[d]!;
      if (size === 0) continue;
      if (previous < 0) wait[i] = d;
      else gaps.push(d - previous);
      previous = d;
      starts.push(next);
      counts[d] = next;
      next += size;
    }
    gaps.push(0);
    for (let s = begin; s < end; s++) order[counts[delay[s]!]!++] = s;
  }
  starts.push(delay.length);
  return { runs: { start: Uint32Array.from(starts), order }, firstBucket, wait, gap: Uint16Array.from(gaps) };
}
