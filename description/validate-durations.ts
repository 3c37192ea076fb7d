/** Checks of values with units: durations, the time step, time constants, thresholds. */

import { checkNumber, checkObject, type Fields, field, type Limits, report } from "./checks.ts";
import { at, type Issue } from "./issues.ts";
import { type Duration, inSteps, type Millivolts } from "./units.ts";

/** A finite duration with exactly one unit; its sign is the caller's concern. */
export function checkDuration(issues: Issue[], path: string, value: unknown, example: string): Duration | undefined {
  const remedy = `write for example ${example}`;
  if (typeof value === "number") return report(issues, path, value, "has no unit", `${remedy}, in JSON { "ms": 20 }`);
  const object = checkObject(issues, path, value, remedy);
  if (object === undefined) return undefined;
  const tag = onlyKey(object);
  if (tag !== "ms" && tag !== "steps") return report(issues, path, value, "must have one unit, ms or steps", remedy);
  const amount = checkNumber(issues, at(path, tag), field(object, tag), remedy);
  return amount === undefined ? undefined : (value as unknown as Duration);
}

/** The time step in milliseconds: > 0 and finite. */
export function checkTimestep(issues: Issue[], path: string, value: unknown): number | undefined {
  const remedy = "write for example ms(1)";
  const duration = checkDuration(issues, path, value, "ms(1)");
  if (duration === undefined) return undefined;
  if ("steps" in duration) return report(issues, path, value, "the time step cannot be given in time steps", remedy);
  if (!(duration.ms > 0)) return report(issues, path, value, "the time step must be greater than 0", remedy);
  return duration.ms;
}

/** A whole number of time steps within limits; undefined also when the time step itself is not known. */
export function checkWholeSteps(
  issues: Issue[],
  path: string,
  value: unknown,
  timestepMs: number | undefined,
  { min, max }: Limits,
  example: string,
): number | undefined {
  const remedy = `write for example ${example}`;
  const duration = checkDuration(issues, path, value, example);
  if (duration === undefined) return undefined;
  if (("ms" in duration ? duration.ms : duration.steps) < 0) {
    return report(issues, path, value, "must not be negative", remedy);
  }
  if (timestepMs === undefined && "ms" in duration) return undefined;
  const count = inSteps(duration, timestepMs ?? 1);
  const asSteps = "ms" in duration ? ` (${count} steps of ${timestepMs} ms)` : "";
  if (count > max) return report(issues, path, value, `must be at most ${max} steps${asSteps}`, remedy);
  if (!Number.isInteger(count)) {
    return report(issues, path, value, `must be a whole number of steps${asSteps}`, remedy);
  }
  return count >= min ? count : report(issues, path, value, `must be at least ${min} steps`, remedy);
}

/** A time constant: a duration > 0, or "infinite". */
export function checkTimeConstant(issues: Issue[], path: string, value: unknown): undefined {
  if (value === "infinite") return;
  const endless = typeof value === "object" && value !== null && Object.values(value)[0] === Number.POSITIVE_INFINITY;
  if (endless)
    return report(issues, path, value, "must be finite", 'write tau: "infinite" for neurons that do not leak');
  const duration = checkDuration(issues, path, value, 'ms(20), or "infinite"');
  if (duration === undefined || ("ms" in duration ? duration.ms : duration.steps) > 0) return;
  report(issues, path, value, "a time constant must be greater than 0", 'write for example ms(20), or "infinite"');
}

/** A threshold > 0, plain or in mV; returns its unit. */
export function checkThreshold(issues: Issue[], path: string, value: unknown): "mV" | "plain" | undefined {
  const remedy = "write for example threshold: 1, or mV(15)";
  let amount: number | undefined;
  let unit: "mV" | "plain" = "plain";
  if (typeof value === "object" && value !== null && onlyKey(value as Fields) === "mV") {
    unit = "mV";
    amount = checkNumber(issues, at(path, "mV"), (value as Millivolts).mV, remedy);
  } else {
    amount = checkNumber(issues, path, value, remedy);
  }
  if (amount === undefined) return undefined;
  if (amount > 0 && amount <= LARGEST_VOLTAGE) return unit;
  return report(issues, path, value, `a threshold must be greater than 0 and at most ${LARGEST_VOLTAGE}`, remedy);
}

/** Largest magnitude of a threshold or weight, in either unit: far outside any use, and far inside float64. */
export const LARGEST_VOLTAGE = 1e30;

function onlyKey(object: Fields): string | undefined {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return keys.length === 1 ? keys[0] : undefined;
}
