/**
 * Ask and tell: an optimiser outside chooses, this evaluates. JSON lines both ways: the space first, then for every line with choices a line
 * with what became of them, in the order in which they are done. docs/explore.md has the fields.
 */

import { type Choices, isActive, type SpaceAxis, shareOf } from "./axis.ts";
import { designOf } from "./design.ts";
import { samplesFault } from "./load-space.ts";
import type { Space } from "./loaded-space.ts";
import { measureOf } from "./measure-names.ts";
import type { ResultLine } from "./result-line.ts";
import type { Scalar } from "./space.ts";
import type { Evaluation } from "./sweep.ts";
import { verdictOf } from "./verdict.ts";

/** The first line: what can be chosen, and what counts. */
export function greeting({ axes, objectives, constraints, data, seeds }: Space): object {
  return {
    schema: "mora/ask/1",
    axes: axes.map(({ name, values, low, high, log, whole, when }) => ({
      name,
      ...(values === null ? { low, high, log, whole } : { values }),
      ...(when.length > 0 && { when: Object.fromEntries(when.map((condition) => [condition.axis, condition.values])) }),
    })),
    objectives,
    constraints,
    samples: data.samples,
    seeds,
  };
}

export interface AskTellOptions {
  readonly space: Space;
  readonly evaluation: Evaluation;
  readonly lines: AsyncIterable<string>;
  readonly tell: (answer: object) => void;
}

/**
 * Answers every line until there are no more. A line that is wrong is answered with what is wrong with it, and the next are read.
 *
 * @throws what the store and the runner throw, at once: an optimiser would wait for that answer
 */
export async function askTell({ space, evaluation, lines, tell }: AskTellOptions): Promise<void> {
  tell(greeting(space));
  const under = new Set<Promise<void>>();
  let fail!: (error: unknown) => void;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Between two questions nobody waits for it.
  failed.catch(() => undefined);
  const reader = lines[Symbol.asyncIterator]();
  for (;;) {
    const { done, value: line } = await Promise.race([reader.next(), failed]);
    if (done === true) break;
    if (line.trim() === "") continue;
    const answer = answerTo(line, space, evaluation).then(tell).catch(fail);
    under.add(answer);
    void answer.then(() => under.delete(answer));
  }
  await Promise.race([Promise.all(under), failed]);
}

async function answerTo(line: string, space: Space, evaluation: Evaluation): Promise<object> {
  let id: unknown = null;
  try {
    const question = questionOf(line);
    id = question.id ?? null;
    const choices = checkedChoices(space.axes, question.choices);
    const seeds = space.seeds ?? [null];
    const samples = question.samples ?? null;
    const fault = samplesFault(samples, space);
    if (fault !== undefined) throw new QuestionError(`samples = ${samples}: ${fault.problem}; ${fault.remedy}`);
    const found = await evaluation(seeds.map((seed) => designOf(space, choices, { seed, samples })));
    return { id, ...toldOf(space, choices, found) };
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    return { id: error.id ?? id, status: "refused", error: error.message };
  }
}

function toldOf({ objectives }: Space, choices: Choices, lines: readonly ResultLine[]): object {
  const { objectives: worth, violation } = verdictOf(lines, objectives);
  const names = Object.entries(objectives);
  const values = names.map(([name, direction], n) => {
    const known = lines.every(({ measures }) => measureOf(measures, name) !== null);
    return [name, known ? (direction === "max" ? -worth[n]! : worth[n]!) : null] as const;
  });
  const statuses = lines.map(({ status }) => status);
  return {
    status: statuses.includes("failed") ? "failed" : statuses.includes("infeasible") ? "infeasible" : "done",
    choices,
    values: Object.fromEntries(values),
    // JSON has no Infinity: null is what cannot be said by size.
    violation: Number.isFinite(violation) ? violation : null,
    reasons: lines.flatMap(({ reasons }) => reasons.map(({ text }) => text)),
    error: lines.find(({ error }) => error !== null)?.error ?? null,
    keys: lines.map(({ key }) => key),
  };
}

class QuestionError extends Error {
  readonly id: unknown;

  constructor(message: string, id?: unknown) {
    super(message);
    this.id = id;
  }
}

interface Question {
  readonly id?: unknown;
  readonly choices: Readonly<Record<string, unknown>>;
  readonly samples?: number;
}

function questionOf(line: string): Question {
  let value: Partial<Question> | null;
  try {
    value = JSON.parse(line) as Partial<Question> | null;
  } catch (error) {
    throw new QuestionError(`the line is not JSON (${(error as Error).message}); write one object a line`);
  }
  const { id, choices, samples } = typeof value === "object" && value !== null ? value : {};
  if (typeof choices !== "object" || choices === null || Array.isArray(choices)) {
    throw new QuestionError('the line has no choices; write {"id": 1, "choices": {"AXIS": VALUE}}', id);
  }
  if (samples !== undefined && !(Number.isInteger(samples) && samples >= 1)) {
    throw new QuestionError(`samples = ${samples}: give a whole number from 1 on`, id);
  }
  return { id, choices, ...(samples !== undefined && { samples }) };
}

/** What was chosen on the axes that count; others may be there and are not looked at, since few optimisers know conditions. */
function checkedChoices(axes: readonly SpaceAxis[], given: Readonly<Record<string, unknown>>): Choices {
  const unknown = Object.keys(given).find((name) => !axes.some((axis) => axis.name === name));
  if (unknown !== undefined)
    throw new QuestionError(`"${unknown}" is no axis; the space has ${axes.map(({ name }) => name).join(", ")}`);
  const chosen: Record<string, Scalar> = {};
  for (const axis of axes) {
    if (!isActive(axis, chosen)) continue;
    const value = given[axis.name] as Scalar | undefined;
    if (value === undefined) throw new QuestionError(`the axis ${axis.name} counts here and has no choice`);
    if (shareOf(axis, value) === undefined || (axis.whole && !Number.isInteger(value))) {
      const possible =
        axis.values === null
          ? `${axis.whole ? "whole numbers " : ""}${axis.low} to ${axis.high}`
          : axis.values.join(", ");
      throw new QuestionError(`${axis.name} = ${JSON.stringify(value)} is not on the axis; it has ${possible}`);
    }
    chosen[axis.name] = value;
  }
  return chosen;
}
