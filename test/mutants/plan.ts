/** A case chosen by hand, in short: a network's shape, a core of which some choices are made, samples. */

import fc from "fast-check";
import type { CoreDescription } from "../../description/core.ts";
import type { Case } from "../generators/case.ts";
import { coreArbitrary } from "../generators/core.ts";
import { seeded } from "../generators/seeded.ts";
import type { SamplePlan } from "../generators/stimulus.ts";
import { network, type Shape } from "./shapes.ts";

export type Scheme = "ring" | "spike-ring" | "queue";

export interface Ticks {
  readonly ticks: number;
  /** Most events of a tick; their number is random. */
  readonly events: number;
  /** Numbers of events of the first ticks, in place of random ones. */
  readonly exactly?: readonly number[];
  readonly timed?: boolean;
  readonly readiness?: number;
}

const INFERENCE = { learns: false, label: 0, rateShift: 0 } as const;

function sample({ ticks, events, exactly = [], timed = false, readiness = 256 }: Ticks, seed: number): SamplePlan {
  const random = seeded(seed);
  const list = Array.from({ length: ticks }, (_, t) =>
    Array.from({ length: exactly[t] ?? random.below(events + 1) }, () => ({
      channel: random.below(1001),
      offset: random.below(1001),
    })),
  );
  return {
    ticks: list,
    repeat: false,
    timed,
    readiness,
    receiverSeed: random.below(1 << 30),
    sample: random.below(9),
    ...INFERENCE,
  };
}

export type Plan = readonly [
  name: string,
  scheme: Scheme,
  shape: Shape,
  chosen: Partial<CoreDescription>,
  samples: readonly Ticks[],
];

/** A random core of a scheme with some choices made; its scores hold every margin, its accumulators every network. */
export function coreOf(scheme: Scheme, seed: number, chosen: Partial<CoreDescription>): CoreDescription {
  const [random] = fc.sample(coreArbitrary(scheme), { numRuns: 1, seed });
  const { decision } = random!;
  const roomy = typeof decision === "object" ? { ...decision, scoreBits: 32 } : "none";
  const accumulator = { ...random!.accumulator, saturate: "add" as const };
  return { ...random!, decision: roomy, accumulator, ...chosen };
}

/** The case of a plan; `n` numbers it, for the seeds. */
export function caseOf([, scheme, shape, chosen, samples]: Plan, n: number): Case {
  return {
    network: network(shape, n + 1),
    core: coreOf(scheme, n + 1, chosen),
    samples: samples.map((ticks, k) => sample(ticks, 100 * n + k)),
  };
}

export const wide: Partial<CoreDescription> = {
  weights: { bits: 16 },
  accumulator: { bits: 32, current: 30, saturate: "add" },
  membrane: { bits: 32, populations: {} },
};
export const narrow = (saturate: "add" | "read"): Partial<CoreDescription> => ({
  weights: { bits: 8 },
  accumulator: { bits: 16, current: 16, saturate },
  membrane: { bits: 16, populations: {} },
  decay: { bits: 12, rounding: "nearest" },
});
export const free: Partial<CoreDescription> = { tick: { period: "free", overrun: "queue" } };
export const every = (cycles: number): Partial<CoreDescription> => ({ tick: { period: { cycles }, overrun: "queue" } });
export const queue = (entries: number, overflow: "drop" | "deliver"): Partial<CoreDescription> => ({
  delays: { scheme: "queue", entries, overflow },
});

export const some: Ticks = { ticks: 20, events: 20 };
