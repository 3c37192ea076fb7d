/** Validation of one axis. */

import {
  checkKeys,
  checkObject,
  checkOptionalBoolean,
  checkWord,
  type Fields,
  field,
  report,
} from "../description/checks.ts";
import { at, type Issue } from "../description/issues.ts";
import { PathError, parsePath } from "./paths.ts";

/** First parts of the paths that an axis may set. */
export const ROOTS: readonly string[] = ["network", "core", "training"];

const EXAMPLE =
  'write { path: "core.weights.bits", values: [4, 6, 8] }, { path, range: [1, 10] } or { options: { ring: { "core.delays.scheme": "ring" } } }';

export function isScalar(value: unknown): boolean {
  return (
    typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
  );
}

/** @param before names of the axes before, to which conditions may refer */
export function checkAxis(issues: Issue[], path: string, value: unknown, before: ReadonlyMap<string, unknown>): void {
  const axis = checkObject(issues, path, value, EXAMPLE);
  if (axis === undefined) return;
  const kinds = ["values", "range", "options"].filter((kind) => field(axis, kind) !== undefined);
  if (kinds.length !== 1) {
    report(
      issues,
      path,
      value,
      `has ${kinds.length === 0 ? "none" : kinds.join(" and ")} of values, range and options`,
      EXAMPLE,
    );
    return;
  }
  checkWhen(issues, at(path, "when"), field(axis, "when"), before);
  if (kinds[0] === "options") {
    checkKeys(issues, path, axis, ["options", "when"]);
    checkOptions(issues, at(path, "options"), field(axis, "options"));
    return;
  }
  checkPaths(issues, at(path, "path"), field(axis, "path"));
  if (kinds[0] === "values") {
    checkKeys(issues, path, axis, ["path", "values", "when"]);
    checkScalars(issues, at(path, "values"), field(axis, "values"));
  } else checkRange(issues, path, axis);
}

function checkWhen(issues: Issue[], path: string, value: unknown, before: ReadonlyMap<string, unknown>): void {
  if (value === undefined) return;
  const when = checkObject(issues, path, value, 'write when: { scheme: "queue" }');
  for (const [name, wanted] of Object.entries(when ?? {})) {
    const place = at(path, name);
    if (!before.has(name)) {
      const known = [...before.keys()].join(", ") || "none";
      report(issues, place, wanted, "is not an axis that stands before this one", `name one of: ${known}`);
      continue;
    }
    const values = Array.isArray(wanted) ? wanted : [wanted];
    if (values.length === 0) report(issues, place, wanted, "has no value, so that the axis never counts", "name one");
    const { has, text } = valuesOf(before.get(name));
    for (const one of values) {
      if (!has(one)) report(issues, place, one, `is no value of the axis ${name}`, `choose from ${text}`);
    }
  }
}

/** What an axis can be, as far as it is described rightly: mistakes of its own are told where they stand. */
function valuesOf(axis: unknown): { readonly has: (value: unknown) => boolean; readonly text: string } {
  const { values, options, range } = (axis ?? {}) as Readonly<Record<"values" | "options" | "range", unknown>>;
  const listed = Array.isArray(values) ? values : typeof options === "object" ? Object.keys(options ?? {}) : undefined;
  if (listed !== undefined) return { has: (value) => listed.includes(value), text: listed.join(", ") };
  const [low, high] = Array.isArray(range) ? (range as readonly number[]) : [];
  const within = (value: unknown): boolean => typeof value === "number" && value >= low! && value <= high!;
  return { has: (value) => low === undefined || within(value), text: `${low} to ${high}` };
}

function checkOptions(issues: Issue[], path: string, value: unknown): void {
  const options = checkObject(issues, path, value, EXAMPLE);
  if (options === undefined) return;
  if (Object.keys(options).length === 0) report(issues, path, value, "is empty", EXAMPLE);
  for (const [name, settings] of Object.entries(options)) {
    const place = at(path, name);
    const paths = checkObject(issues, place, settings, 'write { "core.lanes": 8 }, or {} to leave all as it is');
    for (const key of Object.keys(paths ?? {})) checkPath(issues, place, key);
  }
}

function checkPaths(issues: Issue[], path: string, value: unknown): void {
  const paths = Array.isArray(value) ? value : [value];
  if (paths.length === 0) report(issues, path, value, "is empty", 'write path: "core.lanes"');
  paths.forEach((one, n) => {
    checkPath(issues, Array.isArray(value) ? at(path, n) : path, one);
  });
}

function checkPath(issues: Issue[], place: string, value: unknown): void {
  const remedy = `begin with ${ROOTS.join(", ")}, for example "core.weights.bits" or "network.projections[0].delays.max.steps"`;
  if (typeof value !== "string") {
    report(issues, place, value, value === undefined ? "is missing" : "must be a text", remedy);
    return;
  }
  try {
    const [root] = parsePath(value);
    if (!ROOTS.includes(String(root))) report(issues, place, value, `does not begin with ${ROOTS.join(", ")}`, remedy);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    report(issues, place, value, error.message, remedy);
  }
}

function checkScalars(issues: Issue[], path: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0) {
    report(issues, path, value, "must be a list of at least one value", "write values: [4, 6, 8]");
    return;
  }
  value.forEach((one, n) => {
    if (!isScalar(one)) {
      const remedy = "give structured values names: options: { tight: { [path]: {...} } }";
      report(issues, at(path, n), one, "must be a finite number, a text, true or false", remedy);
    } else if (value.indexOf(one) < n) report(issues, at(path, n), one, "stands here a second time", "leave it out");
  });
}

function checkRange(issues: Issue[], path: string, axis: Fields): void {
  checkKeys(issues, path, axis, ["path", "range", "scale", "whole", "levels", "when"]);
  const range = field(axis, "range");
  const scale = field(axis, "scale");
  const place = at(path, "range");
  if (scale !== undefined) checkWord(issues, at(path, "scale"), scale, ["linear", "log"]);
  checkOptionalBoolean(issues, at(path, "whole"), field(axis, "whole"));
  const levels = field(axis, "levels");
  if (levels !== undefined && !(Number.isInteger(levels) && (levels as number) >= 1 && (levels as number) <= 10_000)) {
    report(issues, at(path, "levels"), levels, "must be a whole number from 1 to 10,000", "write levels: 5");
  }
  const [low, high] = Array.isArray(range) && range.length === 2 ? (range as readonly unknown[]) : [];
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    report(issues, place, range, "must be two finite numbers", "write range: [1, 10]");
  } else if ((low as number) > (high as number)) {
    report(issues, place, range, "ends before it begins", `write range: [${high}, ${low}]`);
  } else if (!Number.isFinite((high as number) - (low as number))) {
    report(
      issues,
      place,
      range,
      `is wider than a number can be, ${Number.MAX_VALUE}`,
      "bring its ends nearer together",
    );
  } else if (scale === "log" && (low as number) <= 0) {
    report(issues, place, range, "must be above 0 on a log scale", "begin with a number above 0");
  } else if (field(axis, "whole") === true && !(Number.isInteger(low) && Number.isInteger(high))) {
    report(issues, place, range, "must end at whole numbers where whole is true", "round them");
  }
}
