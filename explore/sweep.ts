/** A sweep: what a search asks for is looked up or evaluated, recorded, and told to the search. */

import { setImmediate } from "node:timers/promises";
import { type Design, designOf } from "./design.ts";
import type { Space } from "./loaded-space.ts";
import { answers, judged, type ResultLine, resultLine } from "./result-line.ts";
import type { ResultStore } from "./result-store.ts";
import type { Runner } from "./runner.ts";
import type { Search } from "./search-types.ts";
import { verdictOf } from "./verdict.ts";

export interface SweepOptions {
  readonly space: Space;
  readonly search: Search;
  readonly store: ResultStore;
  readonly runner: Runner;
  /** Version of the program, for the lines. */
  readonly mora: string;
  /** Points that failed before are evaluated again; default false. */
  readonly retryFailed?: boolean;
  readonly onLine?: (line: ResultLine, progress: SweepProgress) => void;
  /** Designs that the search will have asked for in the end, where that is known. */
  readonly designs?: number | undefined;
}

export interface SweepProgress {
  /** Points that the search has asked for up to now, and those of them that have a line. */
  readonly asked: number;
  readonly done: number;
  /** Points that it will have asked for in the end; absent where the search decides as it goes. */
  readonly total?: number;
  /** Of these, evaluated by this sweep, and found in the file. */
  readonly evaluated: number;
  readonly reused: number;
}

/** Every line that the search asked for, judged by the space's limits, in the order in which it asked; each point once. */
export interface SweepResult extends SweepProgress {
  readonly lines: readonly ResultLine[];
}

/** Runs a search to its end. @throws what the store and the search throw; a point's own failure is its line */
export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const { space, search } = options;
  const seeds = space.seeds ?? [null];
  const evaluateAll = createEvaluation(options);
  const lines = new Map<string, ResultLine>();
  for (let next = search.next(); !next.done; ) {
    const batch: Design[][] = [];
    const found: Promise<readonly ResultLine[]>[] = [];
    let broken = false;
    for (const { choices, samples } of next.value) {
      if (broken) break;
      const designs = seeds.map((seed) => designOf(space, choices, { seed, samples }));
      batch.push(designs);
      const evaluated = evaluateAll(designs);
      // Thrown below, where all are awaited.
      evaluated.catch(() => {
        broken = true;
      });
      found.push(evaluated);
      // Thousands of designs take seconds to write down: the first ones are evaluated meanwhile.
      await setImmediate();
    }
    for (const line of (await Promise.all(found)).flat()) lines.set(line.key, line);
    const verdicts = batch.map((designs) =>
      verdictOf(
        designs.map(({ key }) => lines.get(key)!),
        space.objectives,
      ),
    );
    next = search.next(verdicts);
  }
  return { lines: [...lines.values()], ...evaluateAll.progress() };
}

export interface Evaluation {
  /** The lines of designs, in their order. Each point is evaluated at most once, also among calls. */
  (designs: readonly Design[]): Promise<readonly ResultLine[]>;
  progress(): SweepProgress;
}

/** Looks points up in a store, and has the others evaluated, as many at once as the runner is wide. */
export function createEvaluation(options: Omit<SweepOptions, "search">): Evaluation {
  const { space, store, runner, mora, retryFailed = false, onLine, designs: planned } = options;
  const { constraints } = space;
  const counts = {
    ...{ asked: 0, done: 0, evaluated: 0, reused: 0 },
    ...(planned !== undefined && { total: planned * (space.seeds ?? [null]).length }),
  };
  const known = new Map<string, Promise<ResultLine>>();
  const waiting: (() => void)[] = [];
  let under = 0;

  const stored = ({ key }: Design): ResultLine | undefined => {
    const line = store.lines.get(key);
    if (line === undefined || (retryFailed && line.status === "failed")) return undefined;
    return answers(line, constraints) ? judged(line, constraints) : undefined;
  };
  const take = async (): Promise<void> => {
    if (under >= runner.width) await new Promise<void>((resolve) => waiting.push(resolve));
    else under += 1;
  };
  const give = (): void => {
    under -= 1;
    // A runner may have become wider, or narrower, since.
    for (; under < runner.width && waiting.length > 0; under += 1) waiting.shift()!();
  };
  const evaluated = async (design: Design): Promise<ResultLine> => {
    const { key, point, refusal } = design;
    if (refusal !== null) {
      const reason = { kind: "description", what: "path", value: null, limit: null, by: null, text: refusal } as const;
      return resultLine(
        design,
        { reasons: [reason], measures: null, right: null, seconds: 0, emulationSeconds: 0 },
        constraints,
        mora,
      );
    }
    await take();
    try {
      return resultLine(design, await runner.evaluate({ key, point, constraints }), constraints, mora);
    } finally {
      give();
    }
  };
  const lineOf = async (design: Design): Promise<ResultLine> => {
    const before = stored(design);
    const line = before ?? (await evaluated(design));
    if (before === undefined) store.append(line);
    counts.done += 1;
    counts[before === undefined ? "evaluated" : "reused"] += 1;
    onLine?.(line, counts);
    return line;
  };
  const evaluation = (designs: readonly Design[]): Promise<readonly ResultLine[]> => {
    const fresh = new Map(designs.filter(({ key }) => !known.has(key)).map((design) => [design.key, design]));
    counts.asked += fresh.size;
    // Different choices may describe one point.
    if (counts.total !== undefined) counts.total -= designs.length - fresh.size;
    for (const [key, design] of fresh) known.set(key, lineOf(design));
    return Promise.all(designs.map(({ key }) => known.get(key)!));
  };
  return Object.assign(evaluation, { progress: () => ({ ...counts }) });
}
