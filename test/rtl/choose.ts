/** The builds of test:rtl: of many random cases those that together cover the most, so that few builds are spread wide. */

import fc from "fast-check";
import { type Case, type Compiled, caseArbitrary, compileCase } from "../generators/case.ts";
import type { SamplePlan } from "../generators/stimulus.ts";
import { featuresOf, wantedFeatures } from "./features.ts";

/** Cases to choose from, for each build. */
const POOL = 25;
const MOST_LANES = 16;

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

export function drawPool(builds: number, seed: number): Pool {
  const values = fc.sample(caseArbitrary, { numRuns: POOL * builds, seed });
  const candidates = values.flatMap((value, number): Candidate[] => {
    const compiled = compileCase(value);
    if (compiled === null || compiled.image.manifest.core.lanes > MOST_LANES) return [];
    return [{ number, value, compiled, features: featuresOf(compiled) }];
  });
  return { candidates, samples: values.map(({ samples }) => samples) };
}

/**
 * The case that adds most to what is covered least, again and again: a feature counts the less, the more builds have it already.
 * A network without an output or a decision covers little and is taken late.
 */
export function chooseBuilds({ candidates }: Pool, builds: number): readonly Candidate[] {
  const wanted = wantedFeatures();
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
