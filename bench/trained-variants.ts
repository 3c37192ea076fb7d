/**
 * The same trained network on cores that must give the same spikes: every delay scheme that can hold it, and lanes, ports,
 * hazards and queue depths (docs/core.md, sections 1 and 3).
 */

import { COUNT_QUEUE_DROPPED, COUNT_QUEUE_EARLY, COUNT_QUEUE_PEAK } from "../assembly/layout.ts";
import { compileIr } from "../compiler/compile.ts";
import type { CoreDescription } from "../description/core.ts";
import { kB } from "../description/core-units.ts";
import { createEmulator } from "../emulator/emulator.ts";
import type { CoreState, Counters, Decision } from "../emulator/record.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../emulator/stimulus.ts";
import type { LabelledSample } from "./trained-data.ts";
import type { TrainedNetwork } from "./trained-networks.ts";

export interface Variant {
  readonly name: string;
  readonly core: CoreDescription;
}

const SINGLE_PORTS = { ring: "1RW", neurons: "1RW", spikeRing: "1RW", delayQueue: "1RW" } as const;
const singlePorted = Object.fromEntries(Object.entries(SINGLE_PORTS).map(([memory, ports]) => [memory, { ports }]));
/**
 * The default preset cannot hold all of it: 4,096 events in flight take more than its delay queue, and rows cut into
 * buckets by delay leave lanes empty, which costs up to half as much synapse memory again, and more with 16 lanes.
 */
const queueScheme = {
  delays: { scheme: "queue", entries: 4096 },
  memories: { delayQueue: { bytes: kB(64) }, synapses: { bytes: kB(256) } },
} as const;

/** The core that the others are compared with: the default preset, an accumulator ring. */
const BASE_VARIANT: Variant = { name: "ring", core: {} };

/** Cores that hold the network otherwise or work at it otherwise. */
function variantsOf({ ir }: TrainedNetwork): readonly Variant[] {
  const synaptic = ir.projections.some(({ delayKind }) => delayKind === "synaptic");
  const spikeRing: Variant = { name: "spike ring", core: { delays: { scheme: "spike-ring" } } };
  return [
    ...(synaptic ? [] : [spikeRing]),
    { name: "delay queue", core: queueScheme },
    { name: "1 lane", core: { lanes: 1 } },
    { name: "16 lanes", core: { lanes: 16 } },
    { name: "delay queue, 16 lanes", core: { ...queueScheme, lanes: 16 } },
    { name: "single ports", core: { memories: singlePorted } },
    { name: "stalls, queues of 1", core: { hazard: "stall", queues: { input: 1, output: 1 } } },
    { name: "queues of 256, valid bits", core: { queues: { input: 256, output: 256 }, clear: "valid" } },
  ];
}

/** What must not differ: after every step of the first samples, and of every sample. */
export interface Course {
  /** Spike, membrane and score memories after each step of the first samples, one after the other. */
  readonly steps: readonly Pick<CoreState, "spikes" | "membrane" | "scores">[];
  readonly decisions: readonly Pick<Decision, "class" | "step">[];
  /** Spikes of each population up to the end of each sample. */
  readonly spikes: readonly Uint32Array[];
  readonly counters: Counters;
}

/** Runs all samples, and looks at the state after each step of the first `watched`. */
export function courseOf(
  { ir }: TrainedNetwork,
  core: CoreDescription,
  samples: readonly LabelledSample[],
  watched: number,
): Course {
  const { image } = compileIr(ir, core);
  const emulator = createEmulator(image);
  const steps: Pick<CoreState, "spikes" | "membrane" | "scores">[] = [];
  const watch = (_: unknown, { spikes, membrane, scores }: CoreState): void => {
    steps.push({ spikes, membrane, scores });
  };
  const decisions: Pick<Decision, "class" | "step">[] = [];
  const spikes: Uint32Array[] = [];
  samples.forEach((sample, n) => {
    const stimulus = stimulusOf(sample, image.manifest);
    const record = emulator.run(stimulus, { ...PLAIN_SETTINGS, sample: sample.index }, n < watched ? watch : undefined);
    decisions.push({ class: record.decision!.class, step: record.decision!.step });
    spikes.push(record.counters.spikes);
  });
  return { steps, decisions, spikes, counters: emulator.counters() };
}

export interface VariantResult {
  readonly name: string;
  /** The first difference from the base, in words; null when there is none. */
  readonly difference: string | null;
  /** Largest content of the delay queue; 0 without one. */
  readonly queuePeak: number;
}

/** Compares a course with that of the base; queue losses and merged bits are differences too. */
export function compareCourses(name: string, base: Course, other: Course): VariantResult {
  const { core, mergedBits } = other.counters;
  const lost = [
    [core[COUNT_QUEUE_DROPPED]!, "events dropped from the delay queue"],
    [core[COUNT_QUEUE_EARLY]!, "buckets delivered early"],
    [mergedBits.reduce((sum, bits) => sum + bits, 0), "bits merged in the spike ring"],
  ] as const;
  const losses = lost.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const difference = losses.length > 0 ? losses.join(", ") : firstDifference(base, other);
  return { name, difference, queuePeak: core[COUNT_QUEUE_PEAK]! };
}

function firstDifference(base: Course, other: Course): string | null {
  if (base.steps.length !== other.steps.length) return `${other.steps.length} steps, not ${base.steps.length}`;
  for (let n = 0; n < base.steps.length; n++) {
    for (const memory of ["spikes", "membrane"] as const) {
      const population = base.steps[n]![memory].findIndex((words, p) => !same(words, other.steps[n]![memory][p]!));
      if (population >= 0) return `${memory} of population ${population} after watched step ${n}`;
    }
    if (!same(base.steps[n]!.scores, other.steps[n]!.scores)) return `scores after watched step ${n}`;
  }
  const sample = base.decisions.findIndex(
    (decision, n) =>
      decision.class !== other.decisions[n]!.class ||
      decision.step !== other.decisions[n]!.step ||
      !same(base.spikes[n]!, other.spikes[n]!),
  );
  if (sample >= 0) return `decision or spike count of sample ${sample}`;
  for (const counter of ["membraneSaturated", "accumulatorSaturated"] as const) {
    if (!same(base.counters[counter], other.counters[counter])) return counter;
  }
  return null;
}

function same(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  for (let n = 0; n < one.length; n++) if (one[n] !== other[n]) return false;
  return true;
}

/** The variants of a network against its base. */
export function checkVariants(
  network: TrainedNetwork,
  samples: readonly LabelledSample[],
  watched: number,
): readonly VariantResult[] {
  const base = courseOf(network, BASE_VARIANT.core, samples, watched);
  return variantsOf(network).map(({ name, core }) =>
    compareCourses(name, base, courseOf(network, core, samples, watched)),
  );
}
