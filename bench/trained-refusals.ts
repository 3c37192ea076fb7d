/** No delay scheme is silently wrong: what a scheme cannot hold it refuses, and what a queue loses it counts. */

import { COUNT_QUEUE_DROPPED } from "../assembly/layout.ts";
import { compileIr } from "../compiler/compile.ts";
import { CompileError } from "../compiler/compile-error.ts";
import type { LabelledSample } from "./trained-data.ts";
import type { TrainedNetwork } from "./trained-networks.ts";
import { compareCourses, courseOf } from "./trained-variants.ts";

/** A delay queue that is too small for any of the networks with delays. */
const SHORT_QUEUE = 64;

/** The compiler's message for the spike ring; null when it compiles. */
export function spikeRingRefusal({ ir }: TrainedNetwork): string | null {
  try {
    compileIr(ir, { delays: { scheme: "spike-ring" } });
    return null;
  } catch (error) {
    if (error instanceof CompileError) return error.message;
    throw error;
  }
}

export interface ShortQueueResult {
  readonly entries: number;
  /** Events that the counter says were lost. */
  readonly dropped: number;
  /** Whether spikes, decisions and saturations are those of the ring: must hold when nothing was lost. */
  readonly sameAsRing: boolean;
}

/** Runs the samples with a delay queue that is too small, and with the ring. */
export function shortQueue(network: TrainedNetwork, samples: readonly LabelledSample[]): ShortQueueResult {
  const ring = courseOf(network, {}, samples, samples.length);
  const queue = courseOf(
    network,
    { delays: { scheme: "queue", entries: SHORT_QUEUE, overflow: "drop" } },
    samples,
    samples.length,
  );
  const dropped = queue.counters.core[COUNT_QUEUE_DROPPED]!;
  const sameAsRing = compareCourses("short queue", ring, queue).difference === null;
  return { entries: SHORT_QUEUE, dropped, sameAsRing };
}
