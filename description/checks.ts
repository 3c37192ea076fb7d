/** The checks that every description is made of. Each adds to the list of issues and returns the value, or undefined when it is unusable. */

import { didYouMean } from "./did-you-mean.ts";
import { at, type Issue } from "./issues.ts";

/** An object of unknown content. Read own keys only. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whole-number limits, both included. */
export interface Limits {
  readonly min: number;
  readonly max: number;
}

export function report(issues: Issue[], path: string, value: unknown, problem: string, remedy: string): undefined {
  issues.push({ path, value, problem, remedy });
}

/** The value as an object with keys; arrays are refused. */
export function checkObject(issues: Issue[], path: string, value: unknown, remedy: string): Fields | undefined {
  if (value === undefined) return report(issues, path, value, "is missing", remedy);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  return report(issues, path, value, "must be an object", remedy);
}

/** Own value of a key, so that "constructor" and its like are never found on the prototype. */
export function field(object: Fields, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Reports every key that is not known. A key whose value is undefined counts as absent, as in JSON. */
export function checkKeys(issues: Issue[], path: string, object: Fields, known: readonly string[]): void {
  for (const key of Object.keys(object)) {
    if (known.includes(key) || object[key] === undefined) continue;
    report(issues, at(path, key), object[key], "is not a known key here", didYouMean(key, known));
  }
}

/** A finite number. */
export function checkNumber(issues: Issue[], path: string, value: unknown, remedy: string): number | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const problem =
    value === undefined ? "is missing" : typeof value === "number" ? "must be finite" : "must be a number";
  return report(issues, path, value, problem, remedy);
}

/** A whole number within limits. */
export function checkInteger(
  issues: Issue[],
  path: string,
  value: unknown,
  { min, max }: Limits,
  remedy: string,
): number | undefined {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
  const limits = `must be a whole number from ${min.toLocaleString("en-GB")} to ${max.toLocaleString("en-GB")}`;
  return report(issues, path, value, value === undefined ? "is missing" : limits, remedy);
}

/** One of a few words. */
export function checkWord<W extends string>(
  issues: Issue[],
  path: string,
  value: unknown,
  words: readonly W[],
): W | undefined {
  if (typeof value === "string" && (words as readonly string[]).includes(value)) return value as W;
  const problem = value === undefined ? "is missing" : `must be one of ${words.map((w) => `"${w}"`).join(", ")}`;
  return report(issues, path, value, problem, didYouMean(typeof value === "string" ? value : "", words));
}

/** True, false or absent. */
export function checkOptionalBoolean(issues: Issue[], path: string, value: unknown): void {
  if (value !== undefined && typeof value !== "boolean") {
    report(issues, path, value, "must be true or false", "write true or false, without quotes");
  }
}
