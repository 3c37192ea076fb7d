/** Fits a core to a network: the smallest design that keeps float64's accuracy, and beside it what simpler choices come to. */

import { CompileError } from "../../compiler/compile-error.ts";
import { place } from "../../compiler/place.ts";
import { quantise } from "../../compiler/quantise.ts";
import { completeCore } from "../../description/complete-core.ts";
import { DescriptionError } from "../../description/issues.ts";
import type { Choices } from "../axis.ts";
import { spread } from "../caches.ts";
import { designOf } from "../design.ts";
import { ExploreError } from "../explore-error.ts";
import type { Space } from "../loaded-space.ts";
import { staticMeasures } from "../measures.ts";
import type { ResultStore } from "../result-store.ts";
import type { Runner } from "../runner.ts";
import { createEvaluation, type SweepOptions, type SweepProgress } from "../sweep.ts";
import { type Criterion, fewestSamples } from "./criterion.ts";
import { type FloatAnswers, floatAnswers } from "./float-answers.ts";
import type { FitSetting } from "./load-fit.ts";
import { narrow } from "./narrow.ts";
import type { Narrowed, Problem } from "./problem.ts";
import { type FreedomKind, freedomOf, type QuantityName } from "./quantities.ts";
import { type Trial, trialOf } from "./trial.ts";
import { narrowestUniform } from "./uniform.ts";

export interface FitOptions {
  readonly setting: FitSetting;
  readonly criterion: Criterion;
  /** What stays as the core has it. */
  readonly keep: readonly QuantityName[];
  readonly store: ResultStore;
  readonly runner: Runner;
  readonly mora: string;
  /** File that keeps float64's answers; undefined: none. */
  readonly floatFile?: string;
  readonly retryFailed?: boolean;
  readonly onLine?: SweepOptions["onLine"];
  /** Told what float64 has answered, before anything is searched. */
  readonly onFloat?: (answers: FloatRight) => void;
  /** Told before each search. */
  readonly onSearch?: (kind: FreedomKind) => void;
}

export interface FloatRight extends FloatAnswers {
  /** Class of each of these samples. */
  readonly labels: readonly number[];
}

/** Share of a core's memory that a step must save. */
const WORTH = 0.001;

/** A search with its chosen design, which the test samples have scored once; null where none keeps the accuracy. */
export interface Search {
  readonly kind: FreedomKind;
  readonly narrowed: Narrowed<Trial>;
  readonly chosen: Scored | null;
}

export interface Scored {
  readonly trial: Trial;
  /** On the test samples; null without. */
  readonly test: Trial | null;
}

export interface Fit extends SweepProgress {
  /** Float64's answers: "1" right, "0" wrong. */
  readonly float: { readonly search: string; readonly test: string | null };
  readonly each: Search;
  readonly uniform: Search;
  readonly weights: Search;
  /** The core as it was given. */
  readonly given: Scored;
}

/**
 * @throws ExploreError for too few samples, data without labels, a core that decides nothing
 */
export async function fitCore(options: FitOptions): Promise<Fit> {
  const { setting, criterion, keep, onSearch = () => undefined } = options;
  const float = { search: await answers(options, false), test: await answers(options, true) };
  checkSamples(setting.place, float.search.length, criterion);
  options.onFloat?.({ right: float.search, labels: await labelsOf(setting) });
  const evaluations = createEvaluations(options);
  const trials = async (space: Space, designs: readonly Choices[], right: string): Promise<readonly Trial[]> => {
    const lines = await evaluations.of(space)(designs.map((choices) => designOf(space, choices)));
    return lines.map((line, n) => trialOf(line, designs[n]!, right, criterion));
  };
  const scored = async (space: Space, trial: Trial): Promise<Scored> => {
    const { test } = setting;
    if (test === null || float.test === null) return { trial, test: null };
    const [other] = await trials({ ...space, data: test }, [trial.choices], float.test);
    return { trial, test: other! };
  };
  const search = async (kind: FreedomKind): Promise<Search> => {
    onSearch(kind);
    const freedom = freedomOf(setting.core, setting.ir, kind, keep);
    const space: Space = { ...setting.space, axes: freedom.axes };
    const memoryOf = memoryIn(space, setting);
    const start = memoryOf(freedom.given) ?? memoryOf(freedom.widest);
    if (start === null) {
      const why = given!.refusal ?? "it cannot be compiled";
      throw new ExploreError(setting.name, `there is no design to start from: ${why}`, "give another core with --core");
    }
    const worth = WORTH * start;
    const grain = 1 / float.search.length;
    const problem: Problem = { ...freedom, grain, limit: criterion.maxLoss, worth, memoryOf };
    const steps = kind === "uniform" ? narrowestUniform<Trial>(problem) : narrow<Trial>(problem);
    let next = steps.next();
    while (!next.done) next = steps.next(await trials(space, next.value, float.search));
    const { best } = next.value;
    return { kind, narrowed: next.value, chosen: best === null ? null : await scored(space, best.trial) };
  };
  const [given] = await trials(setting.space, [{}], float.search);
  const each = await search("each");
  const uniform = await search("uniform");
  const weights = await search("weights");
  return {
    float: { search: float.search, test: float.test },
    each,
    uniform,
    weights,
    given: await scored(setting.space, given!),
    ...evaluations.progress(),
  };
}

/** One evaluation a space, over one file and one runner. */
function createEvaluations(options: FitOptions) {
  const { store, runner, mora, retryFailed = false, onLine } = options;
  const made = new Map<string, ReturnType<typeof createEvaluation>>();
  const progress = (): SweepProgress => {
    const all = [...made.values()].map((evaluation) => evaluation.progress());
    const sum = (of: (one: SweepProgress) => number): number => all.reduce((total, one) => total + of(one), 0);
    return {
      asked: sum(({ asked }) => asked),
      done: sum(({ done }) => done),
      evaluated: sum(({ evaluated }) => evaluated),
      reused: sum(({ reused }) => reused),
    };
  };
  return {
    of(space: Space): ReturnType<typeof createEvaluation> {
      // A point is a function of its description: which axes led to it makes no difference, its data are in its key.
      const name = space.axes.map((axis) => axis.name).join();
      const known = made.get(name);
      if (known !== undefined) return known;
      const tell =
        onLine === undefined ? {} : { onLine: (line: Parameters<typeof onLine>[0]) => onLine(line, progress()) };
      const evaluation = createEvaluation({ space, store, runner, mora, retryFailed, ...tell });
      made.set(name, evaluation);
      return evaluation;
    },
    progress,
  };
}

async function answers(options: FitOptions, ofTest: true): Promise<string | null>;
async function answers(options: FitOptions, ofTest: false): Promise<string>;
async function answers({ setting, floatFile: file }: FitOptions, ofTest: boolean): Promise<string | null> {
  const { space, ir, core, name, test, caches } = setting;
  const data = ofTest ? test : space.data;
  if (data === null) return null;
  const { point } = designOf({ ...space, data }, {});
  const { right } = await floatAnswers({ point, ir, core, name, file, set: () => caches.data(data, ir) });
  return right;
}

/** Of the labelled samples of the search, in the order of the answers. */
async function labelsOf({ space: { data }, ir, caches }: FitSetting): Promise<readonly number[]> {
  const { set } = await caches.data(data, ir);
  return [...spread(set.size, data.samples)].map((n) => set.labels[n]!).filter((label) => label >= 0);
}

function checkSamples(place: string, n: number, criterion: Criterion): void {
  const least = fewestSamples(criterion);
  if (n >= least) return;
  const points = `${Number((100 * criterion.maxLoss).toFixed(4))} points`;
  const problem = `${n} samples cannot show that no more than ${points} are lost`;
  const remedy = Number.isFinite(least)
    ? `at least ${least} are needed, even of a design that answers as float64 on each; give more samples, a larger --max-loss, or --criterion estimate`
    : "no number of samples can; give a larger --max-loss, or --criterion estimate";
  throw new ExploreError(place, problem, remedy);
}

/** Bytes of a design, by the passes that decide on them; each design once. */
function memoryIn(space: Space, { ir }: FitSetting): Problem["memoryOf"] {
  const known = new Map<string, number | null>();
  return (choices) => {
    const key = JSON.stringify(Object.entries(choices).sort());
    const before = known.get(key);
    if (before !== undefined) return before;
    const memory = bytesOf(space, choices);
    known.set(key, memory);
    return memory;
  };

  function bytesOf(own: Space, choices: Choices): number | null {
    try {
      const core = completeCore(designOf(own, choices).point.core);
      const { manifest } = place(quantise(ir, core).network, core, { checkCapacity: false });
      return staticMeasures(manifest).memory.total!;
    } catch (error) {
      if (error instanceof CompileError || error instanceof DescriptionError) return null;
      throw error;
    }
  }
}
