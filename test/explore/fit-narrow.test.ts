import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Choices } from "../../explore/axis.ts";
import { createLevels } from "../../explore/fit/levels.ts";
import { narrow } from "../../explore/fit/narrow.ts";
import type { Narrowed, Problem, Quantity, Verdict } from "../../explore/fit/problem.ts";
import { narrowestUniform } from "../../explore/fit/uniform.ts";

const span = (low: number, high: number): number[] => Array.from({ length: high - low + 1 }, (_, n) => low + n);
const WEIGHTS: Quantity = { name: "weights", axes: ["slow", "fast"], values: span(2, 16), variants: [] };
const SUM: Quantity = { name: "sum", axes: ["sum"], values: span(8, 32), variants: [] };
const TABLE: Quantity = { name: "table", axes: ["table"], values: span(1, 10), variants: [] };

const width = (choices: Choices, axis: string): number => choices[axis] as number;
/** 600 words that hold a slow synapse with 5 bits of delay or a fast one, in macros of even bits; 96 sums in whole bytes; a table of bytes. */
function memoryOf(choices: Choices): number {
  const word = Math.max(width(choices, "slow") + 5, width(choices, "fast"));
  const sums = Math.ceil(width(choices, "sum") / 8);
  return (600 * 2 * Math.ceil(word / 2)) / 8 + 96 * sums + 2 ** width(choices, "table");
}

const problem: Problem = {
  widest: { slow: 16, fast: 16, sum: 32, table: 10 },
  given: { slow: 8, fast: 8, sum: 16, table: 8 },
  quantities: [WEIGHTS, SUM, TABLE],
  alternatives: [],
  grain: 0.001,
  limit: 0.01,
  worth: 1,
  memoryOf,
};

type Loss = (choices: Choices) => number;

/** Runs a search against a loss; 0.01 is allowed. */
function search(
  loss: Loss,
  change: Partial<Problem> = {},
  run: (problem: Problem) => Generator<readonly Choices[], Narrowed<Verdict>, readonly Verdict[]> = narrow,
): Narrowed<Verdict> & { readonly tried: readonly Choices[] } {
  const tried: Choices[] = [];
  const steps = run({ ...problem, ...change });
  let next = steps.next();
  while (!next.done) {
    tried.push(...next.value);
    next = steps.next(next.value.map((choices) => ({ kept: loss(choices) <= 0.01, counted: loss(choices) })));
  }
  return { ...next.value, tried };
}

const halving =
  (slow: number, fast: number, sum: number, table: number): Loss =>
  (choices) =>
    0.01 *
    (2 ** (slow - width(choices, "slow")) +
      2 ** (fast - width(choices, "fast")) +
      2 ** (sum - width(choices, "sum")) +
      2 ** (table - width(choices, "table")));

function smallest(loss: Loss): number {
  let least = Number.POSITIVE_INFINITY;
  for (const slow of WEIGHTS.values)
    for (const fast of WEIGHTS.values)
      for (const sum of [8, 16, 24, 32])
        for (const table of TABLE.values) {
          const choices = { slow, fast, sum, table };
          if (loss(choices) <= 0.01) least = Math.min(least, memoryOf(choices));
        }
  return least;
}

describe("levels", () => {
  const { narrowed, widened } = createLevels(problem);

  test("a level is the next width that saves memory, and what shares its words is as wide as is free", () => {
    expect(narrowed({ slow: 7, fast: 7, sum: 16, table: 4 }, WEIGHTS)).toEqual({
      slow: 5,
      fast: 10,
      sum: 16,
      table: 4,
    });
    expect(narrowed({ slow: 7, fast: 12, sum: 16, table: 4 }, WEIGHTS)).toEqual({
      slow: 5,
      fast: 10,
      sum: 16,
      table: 4,
    });
    expect(narrowed({ slow: 7, fast: 12, sum: 15, table: 4 }, SUM)).toEqual({ slow: 7, fast: 12, sum: 8, table: 4 });
    expect(widened({ slow: 5, fast: 10, sum: 8, table: 4 }, SUM)).toMatchObject({ sum: 16 });
    expect(widened({ slow: 5, fast: 10, sum: 8, table: 4 }, WEIGHTS)).toMatchObject({ slow: 7, fast: 12 });
  });

  test("there is none below the narrowest, above the widest, and where a step must save more", () => {
    expect(narrowed({ slow: 7, fast: 12, sum: 8, table: 4 }, SUM)).toBeNull();
    expect(widened({ slow: 7, fast: 12, sum: 25, table: 4 }, SUM)).toBeNull();
    const dear = createLevels({ memoryOf, worth: 150 });
    expect(dear.narrowed({ slow: 7, fast: 12, sum: 24, table: 4 }, SUM)).toMatchObject({ sum: 8 });
    expect(dear.narrowed({ slow: 7, fast: 12, sum: 24, table: 4 }, TABLE)).toBeNull();
  });

  test("a variant is written in first, and a width that cannot be is passed over", () => {
    const picky = createLevels({ ...problem, memoryOf: (choices) => (choices.sum === 24 ? null : memoryOf(choices)) });
    const even = (choices: Choices): Choices => ({ ...choices, fast: choices.slow! });
    const found = picky.narrowed({ slow: 7, fast: 12, sum: 32, table: 4 }, SUM, even);
    expect(found).toEqual({ slow: 7, fast: 7, sum: 23, table: 4 });
  });
});

describe("narrowing", () => {
  test("comes to the known optimum where wider is never worse", () => {
    const loss = halving(5, 6, 7, 2);
    const { best, tried } = search(loss);
    expect(best!.memory).toBe(smallest(loss));
    expect(tried.length).toBeLessThan(60);
    expect(new Set(tried.map((choices) => JSON.stringify(choices))).size).toBe(tried.length);
  });

  test("comes near the optimum for other losses that wider designs do not have more of", () => {
    const bits = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.tuple(bits, bits, bits, fc.integer({ min: -6, max: 4 })), (base) => {
        const loss = halving(...base);
        expect(search(loss).best!.memory).toBeLessThanOrEqual(1.08 * smallest(loss));
      }),
      { numRuns: 60 },
    );
  });

  test("what it comes to keeps, and no single level below it does, whatever the loss", () => {
    const bits = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(
        fc.tuple(bits, bits, bits, bits),
        fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
        (base, noise) => {
          const smooth = halving(...base);
          const drawn = new Map<string, number>();
          // Not monotone: every design is up to 0.003 better or worse than its widths say, always by the same.
          const loss: Loss = (choices) => {
            const key = JSON.stringify(Object.entries(choices).sort());
            if (!drawn.has(key)) drawn.set(key, (noise.next().value as number) * 0.001);
            return smooth(choices) + drawn.get(key)!;
          };
          const { best, steps, nearest } = search(loss);
          if (best === null) {
            expect(steps.every(({ trial }) => !trial.kept)).toBe(true);
            expect(nearest.trial.counted).toBe(Math.min(...steps.map(({ trial }) => trial.counted)));
            return;
          }
          expect(loss(best.choices)).toBeLessThanOrEqual(0.01);
          const { narrowed } = createLevels(problem);
          for (const quantity of problem.quantities) {
            const below = narrowed(best.choices, quantity);
            if (below !== null) expect(loss(below)).toBeGreaterThan(0.01);
          }
          const accepted = steps.filter((step) => step.accepted && step.phase !== "start" && step.phase !== "alone");
          for (const { trial } of accepted) expect(trial.kept).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("takes the step that saves more bytes for its loss, and leaves the other", () => {
    // Either costs all that is left of the limit: 96 B of sums against 150 B of weights.
    const loss: Loss = (choices) =>
      (width(choices, "slow") < 9 ? 0.008 : 0) +
      (width(choices, "sum") < 17 ? 0.008 : 0) +
      (width(choices, "slow") < 7 ? 1 : 0) +
      (width(choices, "sum") < 9 ? 1 : 0);
    const { best } = search(loss, { quantities: [WEIGHTS, SUM] });
    expect(best!.choices).toMatchObject({ slow: 7, sum: 24 });
  });

  test("a variant lets a width do that it does not without, and an alternative that is smaller is taken", () => {
    const clipped: Quantity = { ...WEIGHTS, variants: [(choices) => ({ ...choices, clipping: "max" })] };
    const loss: Loss = (choices) => (width(choices, "slow") < (choices.clipping === "max" ? 5 : 9) ? 1 : 0);
    const start = { ...problem.widest, clipping: "mse", scheme: "ring" };
    const { best, steps } = search(loss, {
      widest: start,
      given: start,
      quantities: [clipped],
      alternatives: [{ name: "scheme", choices: { scheme: "spikes" }, without: [] }],
      memoryOf: (choices) => memoryOf(choices) - (choices.scheme === "spikes" ? 200 : 0),
    });
    expect(best!.choices).toMatchObject({ slow: 5, clipping: "max", scheme: "spikes" });
    expect(steps.filter(({ accepted }) => accepted).map(({ phase }) => phase)).toContain("variant");
  });

  test("exchanges a level of one quantity for a larger one of another", () => {
    // Weights of 5 bits need sums of 17, and sums of 16 come first since they lose nothing.
    const loss: Loss = (choices) => {
      if (width(choices, "slow") < 5) return 1;
      if (width(choices, "slow") < 7 && width(choices, "sum") < 17) return 0.02;
      return width(choices, "slow") < 7 ? 0.009 : 0;
    };
    const fewSums = (choices: Choices): number => memoryOf(choices) - 76 * Math.ceil(width(choices, "sum") / 8);
    const { best, steps } = search(loss, { quantities: [WEIGHTS, SUM], memoryOf: fewSums });
    expect(best!.choices).toMatchObject({ slow: 5, sum: 24 });
    expect(steps.some(({ phase, accepted }) => phase === "exchange" && accepted)).toBe(true);
  });

  test("starts from the core as given where the widest design does not keep; says which is nearest where none does", () => {
    const { best } = search((choices) => (width(choices, "sum") > 16 ? 0.5 : 0));
    expect(best!.memory).toBeLessThanOrEqual(memoryOf(problem.given));
    const none = search((choices) => 0.02 + 0.01 * width(choices, "table"));
    expect(none.best).toBeNull();
    expect(none.nearest.choices).toEqual(problem.given);
    expect(none.steps.length).toBe(2);
  });

  test("what saves nothing stays as the core has it", () => {
    const idle: Quantity = { name: "decay", axes: ["decay"], values: span(1, 16), variants: [] };
    const { best } = search(halving(5, 6, 7, 2), {
      widest: { ...problem.widest, decay: 16 },
      given: { ...problem.given, decay: 12 },
      quantities: [WEIGHTS, SUM, TABLE, idle],
    });
    expect(best!.choices.decay).toBe(12);
  });
});

test("the uniform choice is the narrowest width that keeps, though a wider one does not, with its best variant", () => {
  const one: Quantity = {
    name: "width",
    axes: ["width"],
    values: span(2, 16),
    variants: ["mse", "max"].map((clipping) => (choices: Choices) => ({ ...choices, clipping })),
  };
  const start = { width: 16, clipping: "mse", table: 8 };
  const loss: Loss = (choices) => {
    const bits = width(choices, "width");
    if (bits === 9) return choices.clipping === "max" ? 0.005 : 0.02;
    return bits === 8 || bits > 10 ? 0 : bits === 10 ? 0.03 : 1;
  };
  const uniform = (limit: number) =>
    search(
      (choices) => (width(choices, "width") < limit ? 1 : loss(choices)) + (width(choices, "table") < 5 ? 1 : 0),
      {
        widest: start,
        given: start,
        quantities: [one, TABLE],
        memoryOf: (choices) => 100 * width(choices, "width") + 2 ** width(choices, "table"),
      },
      narrowestUniform,
    );
  expect(uniform(2).best!.choices).toEqual({ width: 8, clipping: "mse", table: 5 });
  expect(uniform(9).best!.choices).toEqual({ width: 9, clipping: "max", table: 5 });
  expect(uniform(17)).toMatchObject({ best: null });
  // Widths that lose everything are given up without their variants.
  expect(uniform(2).tried.filter((choices) => width(choices, "width") < 8).length).toBe(6);
});
