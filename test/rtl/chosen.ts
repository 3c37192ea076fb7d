/** What test:rtl and test:netlist have in common: the cores that they build, and how these run. */

import type fc from "fast-check";
import { type Case, caseArbitrary, learningCaseArbitrary } from "../generators/case.ts";
import { type Candidate, chooseBuilds, drawPool, type Pool } from "./choose.ts";
import { WANTED, wantedFeatures } from "./features.ts";
import { WANTED_LEARNING } from "./learning-features.ts";

export const RESET_SEEDS = [1, 2] as const;
/** Cycles without the end of a step after which a core counts as standing still; the longest step of the cases takes some thousand. */
export const PATIENCE = 100_000;

/** A case to build, by a name that tells it again, with the samples that its variants choose from. */
export interface Chosen extends Candidate {
  readonly name: string;
  readonly samples: Pool["samples"];
}

export function inferenceBuilds(count: number, seed: number): readonly Chosen[] {
  return chosenOf(count, seed, caseArbitrary, "case", wantedFeatures(WANTED));
}

export function learningBuilds(count: number, seed: number): readonly Chosen[] {
  return chosenOf(count, seed, learningCaseArbitrary, "learning case", wantedFeatures(WANTED_LEARNING));
}

function chosenOf(
  count: number,
  seed: number,
  cases: fc.Arbitrary<Case>,
  kind: string,
  features: readonly string[],
): readonly Chosen[] {
  if (count === 0) return [];
  const pool = drawPool(count, seed, cases);
  const { samples } = pool;
  return chooseBuilds(pool, count, features).map((one) => ({ ...one, name: `${kind} ${one.number}`, samples }));
}

/** A number of the command line. @throws Error for what is none, or too small */
export function whole(text: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`${text}: give a whole number from ${least} on`);
}

/** "12.3", since a reading of performance.now(). */
export function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
