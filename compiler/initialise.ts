/** Fills weights and delays from their initialisers. */

import {
  type DelayRule,
  delayProblem,
  delaySteps,
  findBadEntry,
  others,
  weightProblem,
} from "../description/array-entries.ts";
import { type ArrayShape, flatten, formatShape, type NumberArray, scaled } from "../description/array-shape.ts";
import type { FromFile, Initialiser, InitialiserUnit } from "../description/initialisers.ts";
import { at, type Issue } from "../description/issues.ts";
import { FormatError } from "../formats/format-error.ts";
import type { Random } from "../formats/random.ts";
import { type FileArray, readArrayFile } from "./read-array.ts";

type AnyInitialiser = Initialiser<InitialiserUnit>;

/** What an initialiser fills. */
export interface Filling {
  /** Path of the initialiser in the description. */
  readonly path: string;
  /** Shape that arrays must have. */
  readonly shape: ArrayShape;
  /** Number of entries. */
  readonly count: number;
  /** Takes the entries in question out of an array of that shape. */
  readonly gather: (array: NumberArray) => Float64Array;
  readonly random: Random;
  readonly baseDirectory: string;
}

/** Weights in the network's voltage unit; entries in synapse order. Mistakes in files are added to `issues`. */
export async function fillWeights(
  issues: Issue[],
  initialiser: AnyInitialiser,
  filling: Filling,
): Promise<Float64Array> {
  const { count, random } = filling;
  const weights = new Float64Array(count);
  switch (initialiser.kind) {
    case "normal":
      for (let k = 0; k < count; k++) weights[k] = initialiser.mean + initialiser.sd * random.normal();
      return weights;
    case "uniform": {
      const low = initialiser.low ?? 0;
      const width = (initialiser.high ?? 0) - low;
      for (let k = 0; k < count; k++) weights[k] = low + width * random.unit();
      return weights;
    }
    case "constant":
      return weights.fill(initialiser.value + 0);
    case "values":
      return filling.gather(flatten(initialiser.values, initialiser.scale ?? 1));
    case "file": {
      const array = await loadArray(issues, initialiser, filling, weightProblem);
      return array === undefined ? weights : filling.gather(array);
    }
  }
}

/** Delays in whole steps, 0..rule.max; entries in synapse or axon order. Mistakes in files are added to `issues`. */
export async function fillDelays(
  issues: Issue[],
  initialiser: AnyInitialiser,
  filling: Filling,
  rule: DelayRule,
): Promise<Uint16Array> {
  const { count, random } = filling;
  const delays = new Uint16Array(count);
  const toSteps = (delay: number): number => delaySteps(delay, rule);
  switch (initialiser.kind) {
    case "normal": {
      const mean = toSteps(initialiser.mean);
      const sd = toSteps(initialiser.sd);
      for (let k = 0; k < count; k++) {
        delays[k] = Math.min(rule.max, Math.max(0, Math.floor(mean + sd * random.normal() + 0.5)));
      }
      return delays;
    }
    case "uniform": {
      const low = toSteps(initialiser.low ?? 0);
      const high = initialiser.high === undefined ? rule.max : toSteps(initialiser.high);
      for (let k = 0; k < count; k++) delays[k] = low + random.below(high - low + 1);
      return delays;
    }
    case "constant":
      return delays.fill(toSteps(initialiser.value));
    case "values":
      return delays.map(fromArray(filling.gather(flatten(initialiser.values, initialiser.scale ?? 1)), toSteps));
    case "file": {
      const array = await loadArray(issues, initialiser, filling, (delay) => delayProblem(delay, rule));
      return array === undefined ? delays : delays.map(fromArray(filling.gather(array), toSteps));
    }
  }
}

function fromArray(source: Float64Array, convert: (value: number) => number): (value: number, k: number) => number {
  return (_, k) => convert(source[k]!);
}

/** An array from a file, of the expected shape, scaled, with every entry within the rule; otherwise an issue. */
async function loadArray(
  issues: Issue[],
  initialiser: FromFile<InitialiserUnit>,
  { path, shape, baseDirectory }: Filling,
  problemOf: (value: number) => string | undefined,
): Promise<NumberArray | undefined> {
  const { file, dataset, scale = 1, transpose = false } = initialiser;
  const source = dataset === undefined ? file : `${file}:${dataset}`;
  let array: FileArray;
  try {
    array = await readArrayFile(baseDirectory, file, dataset);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    issues.push({ path, value: source, problem: error.message, remedy: error.remedy });
    return undefined;
  }
  const turned = transpose && array.shape.length === 2 ? transposed(array) : array;
  if (!fits(turned.shape, shape)) {
    const problem = `has shape ${formatFound(array.shape)}, expected ${formatShape(shape)}${transpose ? " after transposing" : ""}`;
    const [rows, columns] = turned.shape;
    const mirrored = turned.shape.length === 2 && columns === shape.matrix?.[0] && rows === shape.matrix?.[1];
    const remedy = mirrored
      ? `${transpose ? "leave transpose away" : "the file holds [post][pre]: add { transpose: true } to fromFile"}`
      : "save an array of that shape, or correct the sizes of the populations";
    issues.push({ path, value: source, problem, remedy });
    return undefined;
  }
  const data = scaled(turned.data, scale);
  const nested = turned.shape.length === 2;
  const bad = findBadEntry(data, problemOf);
  if (bad === undefined) return { data, nested };
  const columns = turned.shape.at(-1)!;
  const entry = nested ? at(at("", Math.floor(bad.index / columns)), bad.index % columns) : at("", bad.index);
  const problem = `entry ${entry}: ${bad.problem}${others(bad.count)}`;
  issues.push({ path, value: source, problem, remedy: "correct the array in the file" });
  return undefined;
}

function fits(found: readonly number[], { matrix, flat }: ArrayShape): boolean {
  if (found.length === 1) return found[0] === flat;
  return found.length === 2 && matrix !== undefined && found[0] === matrix[0] && found[1] === matrix[1];
}

function formatFound(shape: readonly number[]): string {
  return shape.length === 0 ? "of a single number" : shape.map((length) => `[${length}]`).join("");
}

function transposed({ data, shape }: FileArray): FileArray {
  const [rows, columns] = shape as [number, number];
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j]!;
  }
  return { data: turned, shape: [columns, rows] };
}
