/** A whole case: a network, a core that can hold it, and what the core is given. */

import fc from "fast-check";
import { compileIr } from "../../compiler/compile.ts";
import { CompileError } from "../../compiler/compile-error.ts";
import type { NetworkIr } from "../../compiler/ir.ts";
import type { CoreDescription } from "../../description/core.ts";
import type { Image } from "../../image/manifest.ts";
import { coreArbitrary } from "./core.ts";
import {
  coreLearning,
  type LearningPlan,
  learningMemories,
  learningPlan,
  withEngine,
  withLearning,
} from "./learning.ts";
import { networkArbitrary } from "./network.ts";
import { seeded } from "./seeded.ts";
import { fitSample, learningSamplePlan, type Sample, type SamplePlan, samplePlan } from "./stimulus.ts";

export interface Case {
  readonly network: NetworkIr;
  /** Absent: the network learns nothing. */
  readonly learning?: LearningPlan;
  readonly core: CoreDescription;
  readonly samples: readonly SamplePlan[];
}

export const caseArbitrary: fc.Arbitrary<Case> = fc
  .constantFrom("ring", "spike-ring", "queue")
  .chain((scheme) =>
    fc.record({
      network: networkArbitrary(scheme !== "spike-ring", "any"),
      core: coreArbitrary(scheme),
      samples: fc.array(samplePlan, { minLength: 1, maxLength: 3 }),
    }),
  )
  .map(withWidths);

/** Cases with a learning engine; the compiler refuses some, and some networks have nothing to learn. */
export const learningCaseArbitrary: fc.Arbitrary<Case> = fc
  // Synaptic delays learn in the ring only.
  .constantFrom("ring", "ring", "spike-ring", "queue")
  .chain((scheme) =>
    fc.record({
      network: networkArbitrary(scheme !== "spike-ring", "learning"),
      learning: learningPlan,
      core: fc
        .tuple(coreArbitrary(scheme), coreLearning, learningMemories, fc.nat({ max: 3 }))
        .map(([core, learning, memories, hasty]) =>
          withEngine(hasty === 0 ? core : unhurried(core), learning, memories),
        ),
      samples: fc.array(learningSamplePlan, { minLength: 1, maxLength: 3, size: "max" }),
    }),
  )
  .map((value) => (value.learning.errorSteps === "mask" ? { ...value, samples: equallyLong(value.samples) } : value))
  .map(withWidths);

/**
 * In every third case, of those that learn in every sixth, weights are of another width from projection to projection, so that layouts of
 * words differ in it. The compiler refuses half of what learns so.
 */
function withWidths(value: Case): Case {
  const { core, network, learning } = value;
  if (core.seed! % (learning === undefined ? 3 : 6) > 0) return value;
  const random = seeded(core.seed!);
  const widths = network.projections.map(({ name }) => [name, { bits: 2 + random.below(15) }] as const);
  return { ...value, core: { ...core, weights: { ...core.weights, projections: Object.fromEntries(widths) } } };
}

/** A core that executes every step, so that there is something to learn from. */
function unhurried(core: CoreDescription): CoreDescription {
  const { decision, tick } = core;
  return {
    ...core,
    tick: { ...tick, overrun: "queue" },
    ...(typeof decision === "object" && { decision: { ...decision, stop: false } }),
  };
}

/** Samples as long as the first, which a mask is made for. */
export function equallyLong(samples: readonly SamplePlan[]): readonly SamplePlan[] {
  const { length } = samples[0]!.ticks;
  return samples.map((plan) => ({ ...plan, ticks: Array.from({ length }, (_, t) => plan.ticks[t] ?? []) }));
}

export interface Compiled {
  readonly image: Image;
  readonly samples: readonly Sample[];
}

/**
 * The image of a case and its samples; null when the compiler refuses the combination. A first try has rates far too fast for the update
 * unit; what the compiler says of their shifts makes them as fast as it can serve, less what the plan slows them down by: rates
 * that are chosen without regard to the widths mostly change nothing.
 */
export function compileCase(value: Case): Compiled | null {
  if (value.learning === undefined) {
    const found = compiled(value, value.network);
    return found instanceof CompileError ? null : found;
  }
  const ticks = value.samples[0]!.ticks.length;
  const scheme = value.core.delays!.scheme!;
  const teach = (excess: ReadonlyMap<string, number>) =>
    withLearning(value.network, value.learning!, scheme, value.core, ticks, excess);
  const excess = new Map<string, number>();
  const fastest = teach(excess);
  if (fastest === null) return null;
  const refused = compiled(value, fastest);
  if (!(refused instanceof CompileError)) return refused;
  for (const { path, problem } of refused.issues) {
    const [, parameter, shift] = /the rate of its (\w+) needs an update shift of -(\d+)/.exec(problem) ?? [];
    if (shift === undefined) return null;
    excess.set(`${path.replace("projection ", "")} ${parameter}`, Number(shift));
  }
  const found = compiled(value, teach(excess)!);
  return found instanceof CompileError ? null : found;
}

function compiled(value: Case, network: NetworkIr): Compiled | CompileError {
  try {
    const { image } = compileIr(network, value.core, { checkCapacity: false });
    return { image, samples: value.samples.map((plan) => fitSample(plan, image.manifest)) };
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
}
