/** The builds of test:rtl: of many random cases those that together cover the most, so that few builds are spread wide. */

import fc from "fast-check";
import { type Case, type Compiled, caseArbitrary, compileCase } from "../generators/case.ts";
import type { SamplePlan } from "../generators/stimulus.ts";
import { featuresOf } from "./features.ts";
import { learningFeaturesOf } from "./learning-features.ts";

/** Cases to choose from, for each build. */
const POOL = 25;
const MOST_LANES = 16;
/** More takes longer to write and to read back than all that is computed with it. */
const MOST_PIECES = 8_000;

export interface Candidate {
  /** Number among the cases of the seed. */
  readonly number: number;
  readonly value: Case;
  readonly compiled: Compiled;
  readonly features: ReadonlySet<string>;
}

export interface Pool {
  readonly candidates: readonly Candidate[];
  /** Samples of all cases, for variants. */
  readonly samples: readonly (readonly SamplePlan[])[];
}

/** @param cases with a learning engine, or without */
export function drawPool(builds: number, seed: number, cases: fc.Arbitrary<Case> = caseArbitrary): Pool {
  const values = fc.sample(cases, { numRuns: POOL * builds, seed });
  const candidates = values.flatMap((value, number): Candidate[] => {
    const compiled = compileCase(value);
    if (compiled === null || compiled.image.manifest.core.lanes > MOST_LANES) return [];
    if (pieces(compiled) > MOST_PIECES) return [];
    return [{ number, value, compiled, features: new Set([...featuresOf(compiled), ...learningFeaturesOf(compiled)]) }];
  });
  return { candidates, samples: values.map(({ samples }) => samples) };
}

/** 32-bit pieces of all memory words: what the host writes and reads back in every run. */
function pieces({ image }: Compiled): number {
  return image.manifest.memories.reduce(
    (sum, { words, banks, wordBits }) => sum + words * banks * Math.ceil(wordBits / 32),
    0,
  );
}

/**
 * The case that adds most to what is covered least, again and again: a feature counts the less, the more builds have it already.
 * A network without an output or a decision covers little and is taken late.
 */
export function chooseBuilds({ candidates }: Pool, builds: number, wanted: readonly string[]): readonly Candidate[] {
  const covered = new Map<string, number>();
  const left = new Set(candidates);
  const chosen: Candidate[] = [];
  const worth = ({ features }: Candidate): number =>
    wanted.reduce((sum, feature) => sum + (features.has(feature) ? 4 ** -(covered.get(feature) ?? 0) : 0), 0);
  while (chosen.length < builds && left.size > 0) {
    let best: Candidate | undefined;
    let most = -1;
    for (const candidate of left) {
      const value = worth(candidate);
      if (value > most) [best, most] = [candidate, value];
    }
    chosen.push(best!);
    left.delete(best!);
    for (const feature of best!.features) covered.set(feature, (covered.get(feature) ?? 0) + 1);
  }
  return chosen;
}
