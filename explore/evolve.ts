/**
 * NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002): a population that is selected by front and crowding, with limits by constrained
 * domination. A design is a point of the unit cube, one coordinate an axis, so that ranges, lists and axes that do not count are treated
 * alike. No library: none is kept for JavaScript, and a search has to be replayed from stored results, which callbacks do not allow.
 */

import { canonicalJson } from "../formats/canonical.ts";
import { type Random, randomStream } from "../formats/random.ts";
import { choicesAt, type SpaceAxis } from "./axis.ts";
import { type Ranked, ranked } from "./non-dominated.ts";
import { latinHypercube } from "./sampling.ts";
import type { Search, Verdict } from "./search-types.ts";

/** Of the paper: crossover of a pair, and the distribution indices of crossover and mutation. */
const CROSSOVER = 0.9;
const CROSSOVER_INDEX = 15;
const MUTATION_INDEX = 20;
/** Attempts at a child that is a new design, each mutated once more, until a generation is left smaller. */
const ATTEMPTS = 30;

export interface EvolveOptions {
  /** Designs of a generation. */
  readonly size: number;
  /** The first, a Latin hypercube, included. */
  readonly generations: number;
  readonly seed: number;
}

interface Individual {
  readonly unit: Float64Array;
  readonly verdict: Verdict;
}

export function* evolve(axes: readonly SpaceAxis[], { size, generations, seed }: EvolveOptions): Search {
  const draw = randomStream(seed, "evolution");
  const seen = new Set<string>();
  const isNew = (unit: Float64Array): boolean => {
    const text = canonicalJson(choicesAt(axes, unit));
    return !seen.has(text) && seen.add(text) !== undefined;
  };
  let children: readonly Float64Array[] = latinHypercube(axes.length, size, draw).filter(isNew);
  let parents: readonly Individual[] = [];
  for (let generation = 0; generation < generations && children.length > 0; generation++) {
    const verdicts = yield children.map((unit) => ({ choices: choicesAt(axes, unit), samples: null }));
    const all = [...parents, ...children.map((unit, n): Individual => ({ unit, verdict: verdicts[n]! }))];
    const order = ranked(all.map(({ verdict }) => verdict)).slice(0, size);
    parents = order.map(({ position }) => all[position]!);
    children = offspring(axes, parents, order, size, draw, isNew);
  }
}

function offspring(
  axes: readonly SpaceAxis[],
  parents: readonly Individual[],
  order: readonly Ranked[],
  size: number,
  draw: Random,
  isNew: (unit: Float64Array) => boolean,
): readonly Float64Array[] {
  const children: Float64Array[] = [];
  /** Binary tournament: of two, the one of the better front, or the less crowded; they stand in that order. */
  const parent = (): Float64Array => parents[Math.min(draw.below(order.length), draw.below(order.length))]!.unit;
  for (let attempts = 0; children.length < size && attempts < ATTEMPTS * size; attempts++) {
    for (const child of crossed(axes, parent(), parent(), draw)) {
      mutate(axes, child, draw);
      if (children.length < size && isNew(child)) children.push(child);
    }
  }
  return children;
}

/** Simulated binary crossover of what has an order, exchange of what has none. */
function crossed(
  axes: readonly SpaceAxis[],
  one: Float64Array,
  other: Float64Array,
  draw: Random,
): readonly Float64Array[] {
  const [a, b] = [one.slice(), other.slice()];
  if (draw.unit() >= CROSSOVER) return [a, b];
  axes.forEach(({ ordered }, k) => {
    if (draw.unit() < 0.5) return;
    const [x, y] = [a[k]!, b[k]!];
    if (ordered) {
      const u = draw.unit();
      const spread = (u < 0.5 ? 2 * u : 1 / (2 * (1 - u))) ** (1 / (CROSSOVER_INDEX + 1));
      a[k] = within(0.5 * ((1 + spread) * x + (1 - spread) * y));
      b[k] = within(0.5 * ((1 - spread) * x + (1 + spread) * y));
    } else {
      a[k] = y;
      b[k] = x;
    }
  });
  return [a, b];
}

/** Polynomial mutation of what has an order, a new draw of what has none; one axis in the mean. */
function mutate(axes: readonly SpaceAxis[], unit: Float64Array, draw: Random): void {
  axes.forEach(({ ordered, values }, k) => {
    if (draw.unit() >= 1 / axes.length) return;
    const u = draw.unit();
    // A small step within the part of one value would change nothing.
    const few = values !== null && values.length < MUTATION_INDEX;
    if (!ordered || few) unit[k] = u;
    else {
      const power = 1 / (MUTATION_INDEX + 1);
      unit[k] = within(unit[k]! + (u < 0.5 ? (2 * u) ** power - 1 : 1 - (2 * (1 - u)) ** power));
    }
  });
}

/** Into 0 <= u < 1. */
function within(u: number): number {
  return Math.min(1 - Number.EPSILON, Math.max(0, u));
}
