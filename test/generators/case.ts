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
import { fitSample, type Sample, type SamplePlan, samplePlan } from "./stimulus.ts";

export interface Case {
  readonly network: NetworkIr;
  /** Absent: the network learns nothing. */
  readonly learning?: LearningPlan;
  readonly core: CoreDescription;
  readonly samples: readonly SamplePlan[];
}

export const caseArbitrary: fc.Arbitrary<Case> = fc.constantFrom("ring", "spike-ring", "queue").chain((scheme) =>
  fc.record({
    network: networkArbitrary(scheme !== "spike-ring"),
    core: coreArbitrary(scheme),
    samples: fc.array(samplePlan, { minLength: 1, maxLength: 3 }),
  }),
);

/** Cases with a learning engine; the compiler refuses some, and some networks have nothing to learn. */
export const learningCaseArbitrary: fc.Arbitrary<Case> = fc
  .constantFrom("ring", "spike-ring", "queue")
  .chain((scheme) =>
    fc.record({
      network: networkArbitrary(scheme !== "spike-ring"),
      learning: learningPlan,
      core: fc
        .tuple(coreArbitrary(scheme), coreLearning, learningMemories)
        .map(([core, learning, memories]) => withEngine(core, learning, memories)),
      samples: fc.array(samplePlan, { minLength: 1, maxLength: 3 }),
    }),
  );

/** The image of a case and its samples; null when the compiler refuses the combination. */
export function compileCase(value: Case): { readonly image: Image; readonly samples: readonly Sample[] } | null {
  const ticks = value.samples[0]!.ticks.length;
  const scheme = value.core.delays!.scheme!;
  const network =
    value.learning === undefined
      ? value.network
      : withLearning(value.network, value.learning, scheme, value.core, ticks);
  if (network === null) return null;
  try {
    const { image } = compileIr(network, value.core, { checkCapacity: false });
    return { image, samples: value.samples.map((plan) => fitSample(plan, image.manifest)) };
  } catch (error) {
    if (error instanceof CompileError) return null;
    throw error;
  }
}
