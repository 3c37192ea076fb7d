/** Counters of a run, summed over its samples: the core's own are 32 bits and wrap. */

import { COUNT_QUEUE_PEAK, COUNTS } from "../assembly/layout.ts";
import type { Counters } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import { COUNTER_NAMES } from "./names.ts";
import { whole } from "./numbers.ts";
import type { Table } from "./table.ts";

/** Sums that do not wrap (exact up to 2^53). */
export interface Activity {
  /** By the words of docs/core.md, section 6; queuePeak is the largest, the others are sums. */
  readonly core: Readonly<Record<string, number>>;
  readonly populations: readonly {
    readonly name: string;
    readonly spikes: number;
    readonly accumulatorSaturated: number;
    readonly membraneSaturated: number;
  }[];
  readonly projections: readonly { readonly name: string; readonly mergedBits: number }[];
}

export interface ActivityTally {
  /** Counters after one more sample. */
  add(counters: Counters): void;
  activity(): Activity;
}

/** Sums the increments of a model's counters, which must be all zero before the first sample. */
export function createActivityTally({ populations, projections }: Manifest): ActivityTally {
  const core = accumulator(COUNTS);
  const spikes = accumulator(populations.length);
  const accumulatorSaturated = accumulator(populations.length);
  const membraneSaturated = accumulator(populations.length);
  const mergedBits = accumulator(projections.length);
  let queuePeak = 0;
  return {
    add(counters) {
      queuePeak = Math.max(queuePeak, counters.core[COUNT_QUEUE_PEAK]!);
      core.add(counters.core);
      spikes.add(counters.spikes);
      accumulatorSaturated.add(counters.accumulatorSaturated);
      membraneSaturated.add(counters.membraneSaturated);
      mergedBits.add(counters.mergedBits);
    },
    activity: () => ({
      core: Object.fromEntries(
        COUNTER_NAMES.map((name, i) => [name, i === COUNT_QUEUE_PEAK ? queuePeak : core.sums[i]!]),
      ),
      populations: populations.map(({ name }, p) => ({
        name,
        spikes: spikes.sums[p]!,
        accumulatorSaturated: accumulatorSaturated.sums[p]!,
        membraneSaturated: membraneSaturated.sums[p]!,
      })),
      projections: projections.map(({ name }, p) => ({ name, mergedBits: mergedBits.sums[p]! })),
    }),
  };
}

function accumulator(length: number): { readonly sums: Float64Array; add(values: Uint32Array): void } {
  const sums = new Float64Array(length);
  let previous = new Uint32Array(length);
  return {
    sums,
    add(values) {
      for (let i = 0; i < length; i++) sums[i]! += (values[i]! - previous[i]!) >>> 0;
      previous = values.slice();
    },
  };
}

/** What was lost or changed on the way, each with its place; only what happened. */
export interface Loss {
  readonly place: string;
  readonly what: string;
  readonly count: number;
}

export function lossesOf({ core, populations, projections }: Activity): readonly Loss[] {
  const losses: Loss[] = [
    ...populations.flatMap(({ name, accumulatorSaturated, membraneSaturated }) => [
      { place: `population ${name}`, what: "accumulator saturated", count: accumulatorSaturated },
      { place: `population ${name}`, what: "membrane saturated", count: membraneSaturated },
    ]),
    ...projections.map(({ name, mergedBits }) => ({
      place: `projection ${name}`,
      what: "spikes merged in the spike ring",
      count: mergedBits,
    })),
    { place: "delay queue", what: "events dropped", count: core.queueDropped! },
    { place: "delay queue", what: "buckets delivered too early", count: core.queueEarly! },
    { place: "input", what: "events dropped", count: core.inputDropped! },
    { place: "tick", what: "skipped", count: core.ticksSkipped! },
    { place: "tick", what: "merged", count: core.ticksMerged! },
    { place: "tick", what: "deadlines missed", count: core.deadlineMisses! },
    { place: "decision", what: "scores saturated", count: core.scoreSaturated! },
  ];
  return losses.filter(({ count }) => count > 0);
}

export function lossTable(activity: Activity): Table {
  const losses = lossesOf(activity);
  return {
    title: "Saturations, overflows and losses by place",
    columns: [{ title: "place", align: "left" }, { title: "what", align: "left" }, { title: "count" }],
    rows: losses.map(({ place, what, count }) => [place, what, whole(count)]),
    notes: losses.length === 0 ? ["None: nothing saturated, overflowed, merged or was dropped."] : [],
  };
}
