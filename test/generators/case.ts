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
import { fitSample, learningSamplePlan, type Sample, type SamplePlan, samplePlan } from "./stimulus.ts";

export interface Case {
  readonly network: NetworkIr;
  /** Absent: the network learns nothing. */
  readonly learning?: LearningPlan;
  readonly core: CoreDescription;
  readonly samples: readonly SamplePlan[];
}

export const caseArbitrary: fc.Arbitrary<Case> = fc.constantFrom("ring", "spike-ring", "queue").chain((scheme) =>
  fc.record({
    network: networkArbitrary(scheme !== "spike-ring", "any"),
    core: coreArbitrary(scheme),
    samples: fc.array(samplePlan, { minLength: 1, maxLength: 3 }),
  }),
);

/** Cases with a learning engine; the compiler refuses some, and some networks have nothing to learn. */
export const learningCaseArbitrary: fc.Arbitrary<Case> = fc
  .constantFrom("ring", "spike-ring", "queue")
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
  .map((value) => (value.learning.errorSteps === "mask" ? { ...value, samples: equallyLong(value.samples) } : value));

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
function equallyLong(samples: readonly SamplePlan[]): readonly SamplePlan[] {
  const { length } = samples[0]!.ticks;
  return samples.map((plan) => ({ ...plan, ticks: Array.from({ length }, (_, t) => plan.ticks[t] ?? []) }));
}

interface Compiled {
  readonly image: Image;
  readonly samples: readonly Sample[];
}

/** Exponents of the fastest rate, tried one after the other until the update unit has shifts for all: what learns slowly learns nothing. */
const RATE_EXPONENTS = [9, 6, 3, 0, -3, -6, -9];

/** The image of a case and its samples; null when the compiler refuses the combination. */
export function compileCase(value: Case): Compiled | null {
  if (value.learning === undefined) {
    const found = compiled(value, value.network);
    return found === "too fast" ? null : found;
  }
  const ticks = value.samples[0]!.ticks.length;
  const scheme = value.core.delays!.scheme!;
  for (const exponent of RATE_EXPONENTS) {
    const network = withLearning(value.network, value.learning, scheme, value.core, ticks, exponent);
    const found = network === null ? null : compiled(value, network);
    if (found !== "too fast") return found;
  }
  return null;
}

function compiled(value: Case, network: NetworkIr): Compiled | "too fast" | null {
  try {
    const { image } = compileIr(network, value.core, { checkCapacity: false });
    return { image, samples: value.samples.map((plan) => fitSample(plan, image.manifest)) };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return error.issues.every(({ problem }) => problem.includes("needs an update shift of -")) ? "too fast" : null;
  }
}
