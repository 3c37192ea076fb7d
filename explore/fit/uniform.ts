/**
 * The best uniform choice, what a fit is measured against: one width for every quantity. Nothing is left to the order of a search: widths
 * are tried from the narrowest up, those that come near also with every other clipping and saturation, and the first that keeps the
 * accuracy is the smallest. What is no width, the exponent table's length and the delay scheme, is then chosen as for any other design.
 */

import type { Choices } from "../axis.ts";
import { narrow } from "./narrow.ts";
import { isNear, type Narrowed, type Problem, type Step, type Verdict } from "./problem.ts";

/** Widths that are tried at once. */
const TOGETHER = 2;

/** @param problem its first quantity is the one width */
export function* narrowestUniform<T extends Verdict>(
  problem: Problem,
): Generator<readonly Choices[], Narrowed<T>, readonly T[]> {
  const [width, ...quantities] = problem.quantities;
  const axis = width!.axes[0]!;
  const steps: Step<T>[] = [];

  function* tried(designs: readonly Choices[]): Generator<readonly Choices[], readonly Step<T>[], readonly T[]> {
    const possible = designs.filter((choices) => problem.memoryOf(choices) !== null);
    const trials = possible.length === 0 ? [] : yield possible;
    const found = possible.map((choices, n): Step<T> => {
      const common = { phase: "start", quantity: width!.name, from: problem.given, accepted: false } as const;
      return { ...common, choices, memory: problem.memoryOf(choices)!, trial: trials[n]! };
    });
    steps.push(...found);
    return found;
  }
  const best = (found: readonly Step<T>[]): Step<T> | undefined =>
    found
      .filter(({ trial }) => trial.kept)
      .toSorted((a, b) => a.memory - b.memory || a.trial.counted - b.trial.counted)[0];

  for (let n = 0; n < width!.values.length; n += TOGETHER) {
    const designs = width!.values.slice(n, n + TOGETHER).map((bits): Choices => ({ ...problem.given, [axis]: bits }));
    const plain = yield* tried(designs);
    let start: Step<T> | undefined;
    for (const design of designs) {
      const own = plain.find(({ choices }) => choices === design);
      start = own?.trial.kept ? own : undefined;
      if (start === undefined && (own === undefined || isNear(problem, own.trial))) {
        const others = width!.variants.map((variant) => variant(design));
        start = best(yield* tried(others.filter((choices) => JSON.stringify(choices) !== JSON.stringify(design))));
      }
      if (start !== undefined) break;
    }
    if (start === undefined) continue;
    const from = { ...problem, widest: start.choices, given: start.choices, quantities };
    const { best: smallest, nearest, steps: later } = yield* narrow<T>(from);
    return { best: smallest, nearest, steps: [...steps, ...later] };
  }
  const nearest = steps.reduce((a, b) => (b.trial.counted < a.trial.counted ? b : a));
  return { best: null, nearest, steps };
}
