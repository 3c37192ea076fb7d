/**
 * Successive narrowing: the smallest design that keeps the accuracy. A generator like explore/search.ts: it yields batches of designs and
 * is handed what became of them, so that with the same verdicts it goes the same way, and a search that was killed replays its steps.
 *
 *     start      everything as wide as it is of use (what no width of saves memory worth a step stays as it is); where that does not keep
 *                the accuracy, the core as it is
 *     alone      each quantity by itself, halving: how narrow may it be while all others are wide?
 *     together   all at once so many levels above where each got alone; the narrowest such design that keeps is gone on from
 *     narrow     one level of one quantity at a time, the most bytes for the accuracy first; what fails rests until nothing else narrows
 *     variant    the same with choices that take no memory (clipping, saturation)
 *     exchange   one quantity a level narrower, all others some levels wider, where that is less memory
 *
 * until no step keeps the accuracy. It assumes nothing but that wider is seldom worse: a kept design is always one that was run.
 */

import type { Choices } from "../axis.ts";
import { createLevels } from "./levels.ts";
import { isNear, type Narrowed, type Phase, type Problem, type Quantity, type Step, type Verdict } from "./problem.ts";

/** Designs "together" that are tried at once. */
const TOGETHER = 2;
/** Levels that an exchange makes the others wider. */
const WIDER = 3;

interface Candidate {
  readonly quantity: string | null;
  readonly choices: Choices;
}

type Batch<T extends Verdict> = Generator<readonly Choices[], readonly Step<T>[], readonly T[]>;

export function* narrow<T extends Verdict>(problem: Problem): Generator<readonly Choices[], Narrowed<T>, readonly T[]> {
  const { quantities, alternatives, widest, given, grain } = problem;
  const { narrowed, widened } = createLevels(problem);
  const memoryOf = (choices: Choices): number => problem.memoryOf(choices)!;
  const steps: Step<T>[] = [];
  const known = new Map<string, Step<T>>();
  const keyOf = (choices: Choices): string => JSON.stringify(Object.entries(choices).sort());

  /** Has designs tried that have not been; one that cannot be is left out. */
  function* attempt(phase: Phase, from: Choices, candidates: readonly Candidate[]): Batch<T> {
    const distinct = new Map(candidates.map((candidate) => [keyOf(candidate.choices), candidate]));
    const possible = [...distinct].filter(([, { choices }]) => problem.memoryOf(choices) !== null);
    const fresh = possible.filter(([key]) => !known.has(key));
    const trials = fresh.length === 0 ? [] : yield fresh.map(([, { choices }]) => choices);
    fresh.forEach(([key, { quantity, choices }], n) => {
      const trial = trials[n]!;
      const step = { phase, quantity, from, choices, memory: memoryOf(choices), trial, accepted: false };
      known.set(key, step);
      steps.push(step);
    });
    return possible.map(([key]) => known.get(key)!);
  }

  let current: Step<T>;
  const accept = (step: Step<T>): void => {
    current = { ...step, accepted: true };
    known.set(keyOf(step.choices), current);
    steps[steps.findIndex(({ choices }) => choices === step.choices)] = current;
  };
  const result = (best: Step<T> | null): Narrowed<T> => ({ best, nearest: nearestOf(steps), steps });

  const starts = [];
  for (const choices of [settled(), widest, given]) {
    starts.push(...(yield* attempt("start", choices, [{ quantity: null, choices }])));
    if (starts.at(-1)?.trial.kept) break;
  }
  const start = starts.find(({ trial }) => trial.kept);
  if (start === undefined) return result(null);
  accept(start);

  /** The smallest alternative, where one is smaller. */
  const others = (choices: Choices): readonly Candidate[] =>
    alternatives
      .map((alternative) => {
        const own = Object.entries(choices).filter(([axis]) => !alternative.without.includes(axis));
        return { quantity: alternative.name, choices: { ...Object.fromEntries(own), ...alternative.choices } };
      })
      .filter((other) => isBelow(problem.memoryOf(other.choices), memoryOf(choices)));
  const schemes = (yield* attempt("narrow", start.choices, others(start.choices))).filter(({ trial }) => trial.kept);
  if (schemes.length > 0) accept(smallest(schemes));

  const base = current!.choices;
  const levels = quantities.map((quantity) => levelsFrom(base, quantity));
  const reached = yield* alone();
  const depth = Math.max(0, ...reached);
  for (let above = 0; above < depth; above += TOGETHER) {
    const candidates = Array.from({ length: TOGETHER }, (_, n) => together(reached, above + n));
    const kept = (yield* attempt("together", base, candidates)).filter(({ trial }) => trial.kept);
    if (kept.length === 0) continue;
    accept(smallest(kept));
    break;
  }

  /** Quantities that failed; all are tried once more before the search ends. */
  const resting = new Set<string>();
  for (;;) {
    if (yield* round("narrow", plain(resting))) continue;
    if (resting.size > 0) {
      resting.clear();
      if (yield* round("narrow", plain(resting))) continue;
    }
    if (yield* round("variant", variants())) continue;
    if (yield* round("exchange", exchanges())) continue;
    return result(current!);
  }

  /** The widest design, but for quantities of which no width saves enough: they stay as given. */
  function settled(): Choices {
    const idle = quantities.filter((quantity) => narrowed(widest, quantity) === null);
    const own = idle.flatMap(({ axes }) =>
      axes.flatMap((axis) => (Object.hasOwn(given, axis) ? [[axis, given[axis]!] as const] : [])),
    );
    return { ...widest, ...Object.fromEntries(own) };
  }

  /** Levels of a quantity below a design, the design itself first. */
  function levelsFrom(choices: Choices, quantity: Quantity): readonly Choices[] {
    const found = [choices];
    for (let next = narrowed(choices, quantity); next !== null; next = narrowed(next, quantity)) found.push(next);
    return found;
  }

  /** By quantity, how many levels it can go down while all others stay. */
  function* alone(): Generator<readonly Choices[], readonly number[], readonly T[]> {
    const spans = levels.map(({ length }) => ({ kept: 0, lost: length }));
    for (;;) {
      const open = spans.flatMap(({ kept, lost }, q) => (lost - kept > 1 ? [{ q, level: (kept + lost) >> 1 }] : []));
      if (open.length === 0) return spans.map(({ kept }) => kept);
      const candidates = open.map(({ q, level }) => ({
        quantity: quantities[q]!.name,
        choices: levels[q]![level]!,
      }));
      const tried = yield* attempt("alone", base, candidates);
      open.forEach(({ q, level }) => {
        const step = tried.find(({ choices }) => keyOf(choices) === keyOf(levels[q]![level]!));
        spans[q]![step?.trial.kept ? "kept" : "lost"] = level;
      });
    }
  }

  function together(depths: readonly number[], above: number): Candidate {
    const parts = quantities.map(({ axes }, q) => {
      const level = levels[q]![Math.max(0, depths[q]! - above)]!;
      return Object.fromEntries(axes.flatMap((axis) => (Object.hasOwn(level, axis) ? [[axis, level[axis]!]] : [])));
    });
    return { quantity: null, choices: Object.assign({}, base, ...parts) as Choices };
  }

  function plain(except: ReadonlySet<string>): readonly Candidate[] {
    const { choices } = current;
    const narrower = quantities.flatMap((quantity) => candidate(quantity.name, narrowed(choices, quantity)));
    return [...narrower, ...others(choices)].filter(({ quantity }) => !except.has(quantity!));
  }

  function variants(): readonly Candidate[] {
    const { choices } = current;
    return quantities.flatMap((quantity) =>
      quantity.variants.flatMap((variant) => candidate(quantity.name, narrowed(choices, quantity, variant))),
    );
  }

  /** One quantity a level narrower, all others up to so many levels wider, each where the whole still takes less than now. */
  function exchanges(): readonly Candidate[] {
    const { choices, memory } = current;
    return quantities.flatMap((quantity) => {
      let next = narrowed(choices, quantity);
      const found: Candidate[] = [];
      const plain = next === null ? undefined : known.get(keyOf(next));
      if (plain !== undefined && !isNear(problem, plain.trial)) return [];
      for (let round = 0; round < WIDER && next !== null; round++) {
        for (const other of quantities) {
          const wider: Choices | null = other === quantity ? null : widened(next, other);
          if (wider !== null && isBelow(problem.memoryOf(wider), memory)) next = wider;
        }
        found.push({ quantity: quantity.name, choices: next });
      }
      return found;
    });
  }

  /** @returns whether a candidate was accepted */
  function* round(
    phase: Phase,
    candidates: readonly Candidate[],
  ): Generator<readonly Choices[], boolean, readonly T[]> {
    const before = current;
    const tried = (yield* attempt(phase, before.choices, candidates)).filter(({ memory }) => memory < before.memory);
    for (const { trial, quantity } of tried) if (!trial.kept && quantity !== null) resting.add(quantity);
    const kept = tried.filter(({ trial }) => trial.kept);
    if (kept.length === 0) return false;
    /** Bytes for each share of accuracy that the step is taken to lose. */
    const rate = ({ memory, trial }: Step<T>): number =>
      (before.memory - memory) / (Math.max(0, trial.counted - before.trial.counted) + grain);
    accept(kept.reduce((best, step) => (rate(step) > rate(best) ? step : best)));
    return true;
  }
}

function candidate(quantity: string, choices: Choices | null): readonly Candidate[] {
  return choices === null ? [] : [{ quantity, choices }];
}

function isBelow(memory: number | null, limit: number): boolean {
  return memory !== null && memory < limit;
}

function smallest<T extends Verdict>(steps: readonly Step<T>[]): Step<T> {
  return steps.reduce((best, step) => (step.memory < best.memory ? step : best));
}

function nearestOf<T extends Verdict>(steps: readonly Step<T>[]): Step<T> {
  return steps.reduce((best, step) => (step.trial.counted < best.trial.counted ? step : best));
}
