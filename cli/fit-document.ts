/** What a fit has found, as a document. */

import { formatExcess } from "../compiler/capacity.ts";
import type { Choices } from "../explore/axis.ts";
import { type Criterion, countedLoss } from "../explore/fit/criterion.ts";
import type { Fit, Scored } from "../explore/fit/fit.ts";
import type { FoundCore } from "../explore/fit/found-core.ts";
import type { Step } from "../explore/fit/problem.ts";
import type { Trial } from "../explore/fit/trial.ts";
import { fixed } from "../report/numbers.ts";
import { type Accuracy, accuracyOf } from "../statistics/interval.ts";
import { pairedDifference } from "../statistics/paired.ts";
import type { FitDesign, FitDocument, FitScore, FitStep } from "./documents-fit.ts";

/** What the command line knows and the fit does not. */
export type FitContext = Pick<
  FitDocument,
  "network" | "core" | "data" | "testData" | "results" | "keep" | "seconds"
> & {
  readonly criterion: Criterion;
  readonly budget: number | null;
  readonly found: FoundCore | null;
};

export function fitDocument(fit: Fit, context: FitContext): FitDocument {
  const { criterion, budget, found, ...about } = context;
  const { each, uniform, weights, given } = fit;
  const memory = each.chosen?.trial.measures?.memory.total ?? null;
  const saved = (other: Scored | null): number | null => {
    const total = other?.trial.measures?.memory.total;
    return memory === null || total === undefined ? null : 1 - memory / total;
  };
  return {
    schema: "mora/fit/1",
    ...about,
    maxLoss: criterion.maxLoss,
    criterion: criterion.name,
    float: {
      search: accuracyOfAnswers(fit.float.search),
      test: fit.float.test === null ? null : accuracyOfAnswers(fit.float.test),
    },
    fitted: each.chosen === null ? null : design(each.chosen),
    nearest: each.chosen === null ? design({ trial: each.narrowed.nearest.trial, test: null }) : null,
    uniform: uniform.chosen === null ? null : design(uniform.chosen),
    weights: weights.chosen === null ? null : design(weights.chosen),
    given: design(given),
    saved: {
      uniform: saved(uniform.chosen),
      weights: saved(weights.chosen),
      given: given.trial.kept ? saved(given) : null,
    },
    overUniform: overUniform(each.chosen, uniform.chosen),
    budget:
      budget === null || memory === null ? null : { bytes: budget, fits: memory <= budget, left: budget - memory },
    found: found?.core ?? null,
    excesses: (found?.excesses ?? []).map(formatExcess),
    path: each.narrowed.steps.map((step) => stepDocument(step, criterion)),
    tried: [each, uniform, weights].reduce((sum, { narrowed }) => sum + narrowed.steps.length, 1),
    evaluated: fit.evaluated,
    reused: fit.reused,
  };
}

function accuracyOfAnswers(right: string): Accuracy {
  return accuracyOf([...right].filter((answer) => answer === "1").length, right.length);
}

function design({ trial, test }: Scored): FitDesign {
  const { choices, key, kept, refusal, measures } = trial;
  return {
    choices,
    key,
    kept,
    refusal,
    memory: measures?.memory ?? null,
    cycles: measures?.cycles?.mean ?? null,
    search: score(trial),
    test: test === null ? null : score(test),
  };
}

function score({ accuracy, loss }: Trial): FitScore | null {
  return accuracy === null || loss === null ? null : { accuracy, loss };
}

function overUniform(fitted: Scored | null, uniform: Scored | null): FitDocument["overUniform"] {
  if (fitted === null || uniform === null) return null;
  const of = (first: Trial | null, second: Trial | null) =>
    first?.right == null || second?.right == null ? null : pairedDifference(first.right, second.right);
  return { search: of(fitted.trial, uniform.trial)!, test: of(fitted.test, uniform.test) };
}

function stepDocument(step: Step<Trial>, criterion: Criterion): FitStep {
  const { phase, quantity, from, choices, memory, trial, accepted } = step;
  return {
    phase,
    quantity,
    changes: changesOf(from, choices),
    memory,
    score: score(trial),
    kept: trial.kept,
    accepted,
    why: whyOf(step, criterion),
  };
}

function changesOf(from: Choices, to: Choices): FitStep["changes"] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names
    .filter((name) => from[name] !== to[name])
    .map((what) => ({ what, from: from[what] ?? null, to: to[what] ?? null }));
}

function whyOf({ phase, trial, accepted }: Step<Trial>, criterion: Criterion): string {
  if (trial.refusal !== null) return trial.refusal;
  const counted = `${fixed(100 * countedLoss(criterion, trial.loss!), 2)} points`;
  const what = criterion.name === "bound" ? `may lose ${counted}` : `loses ${counted}`;
  if (!trial.kept) return `${what}, more than ${fixed(100 * criterion.maxLoss, 2)}`;
  if (accepted) return `${what}: taken`;
  return phase === "alone" ? `${what}: would do alone` : `${what}: would do, another saved more for its loss`;
}
