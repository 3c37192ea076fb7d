/** What is measured of a design: numbers by name, the same for every design of a sweep. */

import type { SampleRecord } from "../emulator/record.ts";
import type { Manifest } from "../image/manifest.ts";
import { createActivityTally, lossesOf } from "../report/activity.ts";
import { createDistribution } from "../report/distribution.ts";
import { memoryReport } from "../report/memory.ts";
import type { Accuracy } from "../statistics/interval.ts";
import type { EpochRecord } from "../training/loop.ts";
import { type AreaFeatures, areaFeatures } from "./area-measures.ts";

export interface Measures {
  /** Null without labels or without decision unit, and of what was not run. */
  readonly accuracy: Accuracy | null;
  /** Bytes: total, registers, padding, learning, and each memory that has words, by its name in docs/core.md. */
  readonly memory: Readonly<Record<string, number>>;
  /**
   * An inference from its start to the class being known, to its end without a decision; and of all steps of all inferences, without
   * waiting for their ticks, the mean (step) and the longest (stepMax); mean, median, p99, max, step, stepMax.
   */
  readonly cycles: Readonly<Record<string, number>> | null;
  /** What the estimate of the core's area is made of; null with a learning engine, absent in lines of before. */
  readonly area?: AreaFeatures | null;
  /** The same mean at the described clock. */
  readonly microseconds: number | null;
  /** Sums over all samples: the core's counters, saturations, and `lost`, the sum of the losses that `mora run` lists. */
  readonly counters: Readonly<Record<string, number>> | null;
  /** Mean spikes of a sample, of all hidden populations together. */
  readonly spikes: number | null;
  /** Mean cross-entropy in nats; trained designs only. */
  readonly loss: number | null;
  /** Of the last epoch on the core: shares of updates that were rounded to nothing or clamped; saturations; largest |bias|. */
  readonly updates: Readonly<Record<"lost" | "clamped" | "saturated" | "bias", number | null>> | null;
}

/** What is known of a compiled network. */
export function staticMeasures(manifest: Manifest): Measures {
  const { rows, totals } = memoryReport(manifest);
  const memories = rows.filter(({ words }) => words > 0).map(({ structure, bytes }) => [structure, bytes] as const);
  return {
    accuracy: null,
    memory: {
      total: totals.bytes,
      registers: totals.registerBytes,
      padding: totals.paddingBytes,
      learning: totals.learningBytes,
      ...Object.fromEntries(memories),
    },
    area: areaFeatures(manifest),
    cycles: null,
    microseconds: null,
    counters: null,
    spikes: null,
    loss: null,
    updates: null,
  };
}

export interface RunTally {
  /** @param steps cycles of each of the sample's steps */
  add(record: SampleRecord, steps: Uint32Array): void;
  measures(): Pick<Measures, "cycles" | "microseconds" | "counters" | "spikes">;
}

/**
 * Collects cycles and counters of samples. Cycles by phase, for which each step's record would have to become an object, take longer
 * than the emulation itself: `mora run` has them.
 */
export function createRunTally(manifest: Manifest): RunTally {
  const counters = createActivityTally(manifest);
  const known = createDistribution();
  const step = { count: 0, sum: 0, max: 0 };
  return {
    add(record, steps) {
      step.count += steps.length;
      for (const cycles of steps) {
        step.sum += cycles;
        if (cycles > step.max) step.max = cycles;
      }
      known.add(record.decision?.cycle ?? record.end);
      counters.add(record.counters);
    },
    measures() {
      const activity = counters.activity();
      const { populations, projections, core } = activity;
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      const { n, mean, median, p99, max } = known.summary();
      const hidden = populations.filter((_, p) => manifest.populations[p]!.kind === "lif");
      return {
        cycles: { mean, median, p99, max, step: step.count === 0 ? 0 : step.sum / step.count, stepMax: step.max },
        microseconds: (mean / manifest.core.clockHz) * 1e6,
        counters: {
          ...core,
          accumulatorSaturated: sum(populations.map(({ accumulatorSaturated }) => accumulatorSaturated)),
          membraneSaturated: sum(populations.map(({ membraneSaturated }) => membraneSaturated)),
          mergedBits: sum(projections.map(({ mergedBits }) => mergedBits)),
          lost: sum(lossesOf(activity).map(({ count }) => count)),
        },
        spikes: n === 0 ? null : sum(hidden.map(({ spikes }) => spikes)) / n,
      };
    },
  };
}

/** What fixed point did to the updates of an epoch; null for a model that rounds nothing. */
export function updateMeasures({ updates }: EpochRecord): Measures["updates"] {
  if (updates === null) return null;
  const counts = updates.projections.flatMap(({ weights, delays }) =>
    [weights, delays].flatMap((count) => count ?? []),
  );
  const sum = (of: (count: (typeof counts)[number]) => number): number =>
    counts.reduce((total, count) => total + of(count), 0);
  const [changed, zero, clamped] = [
    sum((count) => count.changed),
    sum((count) => count.zero),
    sum((count) => count.clamped),
  ];
  const biases = counts.flatMap(({ bias }) => (bias === null ? [] : [Math.abs(bias)]));
  const saturated = updates.projections.reduce(
    (total, { changeSaturated, eligibilitySaturated }) => total + changeSaturated + eligibilitySaturated,
    updates.traceSaturated + updates.signalSaturated + updates.errorSaturated,
  );
  return {
    lost: changed + zero === 0 ? null : zero / (changed + zero),
    clamped: changed === 0 ? null : clamped / changed,
    saturated,
    bias: biases.length === 0 ? null : Math.max(...biases),
  };
}
