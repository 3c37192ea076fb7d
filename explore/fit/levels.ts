/** Neighbours of a design: the next width at which so much memory is saved, or taken, that it is worth a step. */

import type { Choices } from "../axis.ts";
import type { Problem, Quantity, Variant } from "./problem.ts";

export interface Levels {
  /** One level narrower, with a variant's changes made first; null where there is none. */
  narrowed(choices: Choices, quantity: Quantity, variant?: Variant): Choices | null;
  /** One level wider; null at the widest. */
  widened(choices: Choices, quantity: Quantity): Choices | null;
}

export function createLevels({ memoryOf, worth }: Pick<Problem, "memoryOf" | "worth">): Levels {
  const at = (choices: Choices, axis: string): number => choices[axis] as number;
  const present = (choices: Choices, { axes }: Quantity): readonly string[] =>
    axes.filter((axis) => Object.hasOwn(choices, axis));
  const capped = (choices: Choices, axes: readonly string[], of: (width: number) => number): Choices => ({
    ...choices,
    ...Object.fromEntries(axes.map((axis) => [axis, of(at(choices, axis))])),
  });

  /**
   * Every axis of a quantity as wide as takes no memory at all: in words that all projections share, one without delays has room for
   * wider weights. Memory grows with width, so that halving finds it.
   */
  const filled = (choices: Choices, quantity: Quantity, memory: number): Choices => {
    let best = choices;
    for (const axis of present(choices, quantity)) {
      const wider = quantity.values.filter((width) => width > at(choices, axis));
      let free = 0;
      for (let taken = wider.length; free < taken; ) {
        const middle = (free + taken + 1) >> 1;
        const needs = memoryOf({ ...best, [axis]: wider[middle - 1]! });
        if (needs !== null && needs <= memory) free = middle;
        else taken = middle - 1;
      }
      if (free > 0) best = { ...best, [axis]: wider[free - 1]! };
    }
    return best;
  };

  return {
    narrowed(choices, quantity, variant = (same) => same) {
      const axes = present(choices, quantity);
      const now = memoryOf(choices);
      if (axes.length === 0 || now === null) return null;
      const widest = Math.max(...axes.map((axis) => at(choices, axis)));
      const changed = variant(choices);
      for (const width of quantity.values.toReversed()) {
        if (width >= widest) continue;
        const next = capped(changed, axes, (own) => Math.min(own, width));
        const needs = memoryOf(next);
        if (needs !== null && needs <= now - worth) return filled(next, quantity, needs);
      }
      return null;
    },
    widened(choices, quantity) {
      const axes = present(choices, quantity);
      const now = memoryOf(choices);
      if (axes.length === 0 || now === null) return null;
      const narrowest = Math.min(...axes.map((axis) => at(choices, axis)));
      for (const width of quantity.values) {
        if (width <= narrowest) continue;
        const next = capped(choices, axes, (own) => Math.max(own, width));
        const needs = memoryOf(next);
        if (needs !== null && needs >= now + worth) return filled(next, quantity, needs);
      }
      return null;
    },
  };
}
