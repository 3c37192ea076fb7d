/** Searches that look at no result: every design, or some spread at random. */

import { canonicalJson } from "../formats/canonical.ts";
import { type Random, randomStream, shuffled } from "../formats/random.ts";
import { allChoices, type Choices, choicesAt, type SpaceAxis } from "./axis.ts";
import type { Candidate, Search } from "./search-types.ts";
import { sobol } from "./sobol.ts";

/** Designs of a batch: enough to keep any machine busy, few enough to hold. */
const BATCH = 4096;
/** Draws for one design that is not among those before, until the space is taken for exhausted. */
const DRAWS = 50;

const candidate = (choices: Choices): Candidate => ({ choices, samples: null });

export function* grid(axes: readonly SpaceAxis[]): Search {
  let batch: Candidate[] = [];
  for (const choices of allChoices(axes)) {
    batch.push(candidate(choices));
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Independent draws, each design once. A larger number begins with the designs of a smaller one. */
export function* random(axes: readonly SpaceAxis[], points: number, seed: number): Search {
  yield distinct(axes, [], points, randomStream(seed, "random search")).map(candidate);
}

export function* latin(axes: readonly SpaceAxis[], points: number, seed: number): Search {
  yield latinDesigns(axes, points, seed).map(candidate);
}

/** The first designs of a scrambled Sobol sequence, each once. A larger number begins with the designs of a smaller one. */
export function* sobolDesigns(axes: readonly SpaceAxis[], points: number, seed: number): Search {
  const found = new Map<string, Choices>();
  const sequence = sobol(axes.length, seed);
  const wanted = atMost(axes, points);
  for (let n = 0; found.size < wanted && n < DRAWS * points; n++) {
    const choices = choicesAt(axes, sequence.next().value);
    const text = canonicalJson(choices);
    if (!found.has(text)) found.set(text, choices);
  }
  yield [...found.values()].map(candidate);
}

/** Designs of a Latin hypercube; where values are so few that some coincide, random others take their places. */
export function latinDesigns(axes: readonly SpaceAxis[], points: number, seed: number): readonly Choices[] {
  const cube = latinHypercube(axes.length, points, randomStream(seed, "latin hypercube"));
  const first = cube.map((unit) => choicesAt(axes, unit));
  return distinct(axes, first, points, randomStream(seed, "beside the latin hypercube"));
}

/**
 * `points` points of the unit cube of which in every dimension each of `points` equal parts has exactly one (McKay, Beckman and
 * Conover 1979), uniform within its part.
 */
export function latinHypercube(dimensions: number, points: number, random: Random): readonly Float64Array[] {
  const cube = Array.from({ length: points }, () => new Float64Array(dimensions));
  const parts = Array.from({ length: points }, (_, n) => n);
  for (let d = 0; d < dimensions; d++) {
    const order = shuffled(parts, random);
    for (let n = 0; n < points; n++) cube[n]![d] = (order[n]! + random.unit()) / points;
  }
  return cube;
}

/** The given designs without repetitions, filled up with random ones to `points` or to the end of the space. */
function distinct(
  axes: readonly SpaceAxis[],
  given: readonly Choices[],
  points: number,
  random: Random,
): readonly Choices[] {
  const found = new Map(given.map((choices) => [canonicalJson(choices), choices]));
  const wanted = atMost(axes, points);
  for (let draws = 0; found.size < wanted && draws < DRAWS * points; draws++) {
    const choices = choicesAt(axes, Float64Array.from(axes, random.unit));
    found.set(canonicalJson(choices), choices);
  }
  return [...found.values()];
}

/** So many designs, or all of a space that has fewer. */
function atMost(axes: readonly SpaceAxis[], points: number): number {
  if (axes.some(({ values }) => values === null)) return points;
  let count = 0;
  for (const _ of allChoices(axes)) {
    count += 1;
    if (count === points) break;
  }
  return count;
}
