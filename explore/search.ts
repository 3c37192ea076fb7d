/**
 * Searches: which designs are looked at. A search is a generator that yields batches of candidates and is handed back what each is
 * worth, in the order of the batch. It draws from seeded streams only and never sees a clock, so that with the same verdicts it asks for
 * the same designs: a sweep that was killed replays it from the stored results.
 */

import { whole } from "../report/numbers.ts";
import { countChoices } from "./axis.ts";
import { evolve } from "./evolve.ts";
import { ExploreError } from "./explore-error.ts";
import { halving } from "./halving.ts";
import type { Space } from "./loaded-space.ts";
import { grid, latin, random, sobolDesigns } from "./sampling.ts";
import type { Search } from "./search-types.ts";
import { MOST_DIMENSIONS } from "./sobol.ts";
import { MOST_DESIGNS, type SearchName, type SearchPlan } from "./space.ts";

/** Fields of a plan that a search has. */
const FIELDS: Readonly<Record<SearchName, readonly (keyof SearchPlan)[]>> = {
  grid: [],
  random: ["points", "seed"],
  latin: ["points", "seed"],
  sobol: ["points", "seed"],
  halving: ["points", "seed", "firstSamples", "factor"],
  evolve: ["points", "seed", "generations"],
};

const POINTS = 100;
const GENERATION = 40;
const GENERATIONS = 10;
const FACTOR = 3;

/** The search of a space, or of a plan in place of its own. @throws ExploreError for a plan that does not go with the search or the space */
export function createSearch(space: Pick<Space, "name" | "axes" | "data">, plan: SearchPlan): Search {
  const { kind = "grid", seed = 1, factor = FACTOR, generations = GENERATIONS } = plan;
  const { axes, name, data } = space;
  const extra = Object.keys(plan).find(
    (field) => field !== "kind" && !FIELDS[kind].includes(field as keyof SearchPlan),
  );
  if (extra !== undefined) {
    const known = FIELDS[kind].join(", ") || "no field but kind";
    throw new ExploreError(name, `search "${kind}" has no ${extra}`, `it has ${known}`);
  }
  switch (kind) {
    case "grid": {
      const open = axes.find(({ values }) => values === null);
      if (open !== undefined) {
        const remedy = "give it levels, or another search: random, latin, sobol, halving, evolve";
        throw new ExploreError(name, `a grid needs values for the axis ${open.name}, which is a range`, remedy);
      }
      checkGrid(space);
      return grid(axes);
    }
    case "random":
      return random(axes, plan.points ?? POINTS, seed);
    case "latin":
      return latin(axes, plan.points ?? POINTS, seed);
    case "sobol":
      if (axes.length > MOST_DIMENSIONS) {
        throw new ExploreError(
          name,
          `has ${axes.length} axes, and a Sobol sequence here at most ${MOST_DIMENSIONS}`,
          "use latin",
        );
      }
      return sobolDesigns(axes, plan.points ?? POINTS, seed);
    case "halving": {
      const { samples } = data;
      if (samples === null) {
        throw new ExploreError(
          name,
          "halving grows the number of samples and needs to know where it ends",
          "write samples: 300 into the space",
        );
      }
      const first = plan.firstSamples ?? Math.ceil(samples / factor ** 3);
      return halving(axes, { points: plan.points ?? POINTS, seed, first, last: samples, factor });
    }
    case "evolve":
      return evolve(axes, { size: plan.points ?? GENERATION, generations, seed });
  }
}

/** Designs that a search looks at; undefined where it decides as it goes. */
export function designCount({ axes }: Pick<Space, "axes">, { kind = "grid" }: SearchPlan): number | undefined {
  return kind === "grid" ? countChoices(axes) : undefined;
}

/** @throws ExploreError for more designs than anybody can wait for */
function checkGrid({ name, axes }: Pick<Space, "name" | "axes">): void {
  const count = countChoices(axes);
  if (count <= MOST_DESIGNS) return;
  const values = axes.map((axis) => `${axis.name} ${whole(axis.values!.length)}`).join(", ");
  throw new ExploreError(
    name,
    `its grid has ${whole(count)} designs, and a sweep takes at most ${whole(MOST_DESIGNS)} (values: ${values})`,
    "search it with --search sobol, random, latin or evolve and --points N, or give axes fewer values",
  );
}
