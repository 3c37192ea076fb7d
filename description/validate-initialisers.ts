/** Checks of initialisers, for weights and for delays. */

import { type DelayRule, delayProblem, delaySteps, findBadEntry, others, weightProblem } from "./array-entries.ts";
import { type ArrayShape, flatten, formatShape } from "./array-shape.ts";
import {
  checkKeys,
  checkNumber,
  checkObject,
  checkOptionalBoolean,
  checkWord,
  type Fields,
  field,
  report,
} from "./checks.ts";
import type { InitialiserUnit } from "./initialisers.ts";
import { at, type Issue } from "./issues.ts";

/** What an initialiser fills: its units, the rule for each number, the shape of arrays when the sizes are known. */
export interface Target {
  readonly quantity: "weights" | "delays";
  readonly shape: ArrayShape | undefined;
  /** Time step and largest delay; for weights not used. */
  readonly rule: Omit<DelayRule, "unit">;
}

const KEYS = {
  normal: ["kind", "unit", "mean", "sd"],
  uniform: ["kind", "unit", "low", "high"],
  constant: ["kind", "unit", "value"],
  values: ["kind", "unit", "values", "scale"],
  file: ["kind", "unit", "file", "dataset", "scale", "transpose"],
} as const;

const UNITS = { weights: ["mV"], delays: ["ms", "steps"] } as const;
const EXAMPLE = { weights: "normal(0, 0.1)", delays: "uniform()" } as const;

type Problem = (value: number) => string | undefined;

/** Checks an initialiser and returns its unit where that is valid ("plain" for none). */
export function checkInitialiser(
  issues: Issue[],
  path: string,
  value: unknown,
  target: Target,
): InitialiserUnit | "plain" | undefined {
  const { quantity } = target;
  const remedy = `write for example ${EXAMPLE[quantity]}, constant(1), values([...]) or fromFile("weights.h5", "w")`;
  if (Array.isArray(value)) return report(issues, path, value, "must be an initialiser", "put values(...) around it");
  if (typeof value === "number") return report(issues, path, value, "must be an initialiser", "write constant(...)");
  const object = checkObject(issues, path, value, remedy);
  if (object === undefined) return undefined;
  const kinds = ["normal", "uniform", "constant", "values", "file"] as const;
  const kind = checkWord(issues, at(path, "kind"), field(object, "kind"), kinds);
  if (kind === undefined) return undefined;
  checkKeys(issues, path, object, KEYS[kind]);
  const unit = checkUnit(issues, path, field(object, "unit"), quantity);
  // Made once: it is applied to every entry of an array.
  const rule: DelayRule = { ...target.rule, unit: unit === "ms" ? "ms" : "steps" };
  const problem: Problem = quantity === "weights" ? weightProblem : (delay) => delayProblem(delay, rule);
  switch (kind) {
    case "normal":
      checkNormal(issues, path, object);
      break;
    case "uniform":
      checkUniform(issues, path, object, quantity, rule, problem);
      break;
    case "constant":
      checkEntry(issues, at(path, "value"), field(object, "value"), problem, "write for example constant(1)");
      break;
    case "values":
      checkValues(issues, path, object, target.shape, problem);
      break;
    case "file":
      checkFile(issues, path, object);
      break;
  }
  return unit;
}

function checkUnit(
  issues: Issue[],
  path: string,
  unit: unknown,
  quantity: Target["quantity"],
): InitialiserUnit | "plain" | undefined {
  if (unit === undefined) return "plain";
  const allowed: readonly InitialiserUnit[] = UNITS[quantity];
  if (allowed.includes(unit as InitialiserUnit)) return unit as InitialiserUnit;
  const wrapped = allowed.map((name) => `${name}(...)`).join(" or ");
  const problem = `${quantity} cannot have this unit`;
  return report(issues, at(path, "unit"), unit, problem, `leave it away, or put ${wrapped} around the initialiser`);
}

function checkNormal(issues: Issue[], path: string, object: Fields): undefined {
  const remedy = "write for example normal(0, 0.1)";
  checkEntry(issues, at(path, "mean"), field(object, "mean"), weightLimit, remedy);
  checkEntry(issues, at(path, "sd"), field(object, "sd"), nonNegative, remedy);
}

const weightLimit: Problem = (value) => (weightProblem(value) === undefined ? undefined : "is too large");
const nonNegative: Problem = (value) => (value < 0 ? "a standard deviation must not be negative" : weightLimit(value));

function checkUniform(
  issues: Issue[],
  path: string,
  object: Fields,
  quantity: Target["quantity"],
  rule: DelayRule,
  problem: Problem,
): undefined {
  const isDelay = quantity === "delays";
  const remedy = isDelay
    ? "write uniform() for 0 to max, or for example uniform(0, 10)"
    : "write for example uniform(-1, 1)";
  const bound = (key: "low" | "high", absent: number): number | undefined => {
    const value = field(object, key);
    if (isDelay && value === undefined) return absent;
    const checked = checkEntry(issues, at(path, key), value, problem, remedy);
    return checked !== undefined && isDelay ? delaySteps(checked, rule) : checked;
  };
  const low = bound("low", 0);
  const high = bound("high", rule.max);
  if (low === undefined || high === undefined || low <= high) return;
  report(issues, path, object, "low must not be greater than high", remedy);
}

/** A finite number that satisfies the rule. */
function checkEntry(
  issues: Issue[],
  path: string,
  value: unknown,
  problemOf: Problem,
  remedy: string,
): number | undefined {
  const wrapped = typeof value === "object" && value !== null && !Array.isArray(value);
  const unitRemedy = wrapped ? "put the unit around the whole initialiser, for example mV(normal(0, 0.5))" : remedy;
  const number = checkNumber(issues, path, value, unitRemedy);
  if (number === undefined) return undefined;
  const problem = problemOf(number);
  return problem === undefined ? number : report(issues, path, value, problem, remedy);
}

function checkScale(issues: Issue[], path: string, object: Fields): number | undefined {
  const scale = field(object, "scale");
  if (scale === undefined) return 1;
  return checkEntry(issues, at(path, "scale"), scale, weightLimit, "leave it away, or write for example scale: 0.5");
}

function checkValues(
  issues: Issue[],
  path: string,
  object: Fields,
  shape: ArrayShape | undefined,
  problemOf: Problem,
): undefined {
  const scale = checkScale(issues, path, object);
  const place = at(path, "values");
  const values = field(object, "values");
  const expected = shape === undefined ? "" : `, expected ${formatShape(shape)}`;
  const remedy = "write for example values([[0.5, -0.5], [1, 0]])";
  if (!Array.isArray(values)) {
    return report(issues, place, values, values === undefined ? "is missing" : "must be an array of numbers", remedy);
  }
  const nested = Array.isArray(values[0]);
  const rows: readonly (readonly unknown[])[] = nested ? values : [values];
  const columns = rows[0]!.length;
  const found = nested ? `[${rows.length}][${columns}]` : `[${columns}]`;
  const fits = nested ? shape?.matrix?.[0] === rows.length && shape.matrix[1] === columns : shape?.flat === columns;
  if (shape !== undefined && !fits) {
    return report(issues, place, values, `has shape ${found}${expected}`, "give an array of that shape");
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const rowPlace = nested ? at(place, i) : place;
    if (!Array.isArray(row)) return report(issues, rowPlace, row, "must be a row of numbers", remedy);
    if (row.length !== columns) {
      const problem = `has ${row.length} entries where the first row has ${columns}${expected}`;
      return report(issues, rowPlace, row, problem, "give every row the same length");
    }
    for (let j = 0; j < columns; j++) {
      if (typeof row[j] === "number") continue;
      return report(issues, at(rowPlace, j), row[j], "must be a number", "write a plain number");
    }
  }
  const bad = findBadEntry(flatten(values, scale ?? 1).data, problemOf);
  if (bad === undefined) return;
  const row = Math.floor(bad.index / columns);
  const entry = bad.index % columns;
  const problem = bad.problem + others(bad.count);
  report(issues, at(nested ? at(place, row) : place, entry), rows[row]![entry], problem, "correct the array");
}

function checkFile(issues: Issue[], path: string, object: Fields): undefined {
  checkScale(issues, path, object);
  checkOptionalBoolean(issues, at(path, "transpose"), field(object, "transpose"));
  const file = field(object, "file");
  const dataset = field(object, "dataset");
  const remedy = 'write for example fromFile("weights.h5", "input_hidden/weight") or fromFile("weights.npy")';
  if (typeof file !== "string" || file.includes("\0")) {
    return report(issues, at(path, "file"), file, file === undefined ? "is missing" : "must be a file name", remedy);
  }
  if (dataset !== undefined && typeof dataset !== "string") {
    return report(issues, at(path, "dataset"), dataset, "must be the path of a dataset", remedy);
  }
  if (/\.(h5|hdf5|npz)$/i.test(file)) {
    if (dataset === undefined || dataset === "") {
      const kind = /\.npz$/i.test(file)
        ? "an .npz file needs the name of an array"
        : "an HDF5 file needs the path of a dataset";
      report(issues, at(path, "dataset"), dataset, kind, remedy);
    }
  } else if (/\.npy$/i.test(file)) {
    if (dataset !== undefined) {
      report(issues, at(path, "dataset"), dataset, "an .npy file holds one array and has no datasets", "leave it away");
    }
  } else {
    report(issues, at(path, "file"), file, "must end in .h5, .hdf5, .npz or .npy", remedy);
  }
}
