/** Checks of what a network or a projection says about its learned weights and delays, each by itself. */

import { LONGEST_DELAY } from "./array-entries.ts";
import { checkSection } from "./check-section.ts";
import { checkNumber, type Fields, field, report } from "./checks.ts";
import { didYouMean } from "./did-you-mean.ts";
import { at, type Issue } from "./issues.ts";
import { checkWholeSteps, LARGEST_VOLTAGE } from "./validate-durations.ts";

/** `learn` of a projection: "none", or weights and delays. */
export function checkProjectionLearning(
  issues: Issue[],
  path: string,
  value: unknown,
  timestepMs: number | undefined,
): undefined {
  if (value === undefined) return;
  const form = "{ weights, delays }";
  const object = checkAlternative(issues, path, value, ["none"], form, "learn({ weights: { rate: 0.1 } })");
  if (object !== undefined) checkSection(issues, path, object, parameterChecks(issues, timestepMs));
}

/** The checks of `weights` and `delays`, which network and projections share. The network's values complete a projection's. */
export function parameterChecks(
  issues: Issue[],
  timestepMs: number | undefined,
): Readonly<Record<"weights" | "delays", (value: unknown, path: string) => void>> {
  const rate = (value: unknown, path: string): void => {
    checkPositive(issues, path, value, "write for example rate: 0.1");
  };
  return {
    weights: (value, path) => {
      const object = checkAlternative(issues, path, value, ["fixed"], "{ rate, limit }", "{ rate: 0.1 }");
      if (object === undefined) return;
      checkSection(issues, path, object, {
        rate,
        limit: (v, place) => checkPositive(issues, place, v, "write for example limit: 2", LARGEST_VOLTAGE),
      });
      checkRate(issues, path, object);
    },
    delays: (value, path) => {
      const object = checkAlternative(issues, path, value, ["fixed"], "{ rate, min, max }", "{ rate: 100 }");
      if (object === undefined) return;
      const clamp = (v: unknown, place: string): void => {
        checkWholeSteps(issues, place, v, timestepMs, { min: 0, max: LONGEST_DELAY }, "steps(24)");
      };
      checkSection(issues, path, object, { rate, min: clamp, max: clamp });
      checkRate(issues, path, object);
    },
  };
}

function checkRate(issues: Issue[], path: string, object: Fields): undefined {
  if (field(object, "rate") !== undefined) return;
  report(issues, at(path, "rate"), undefined, "is missing", "write for example rate: 0.1");
}

/** One of a few words, or an object, which is returned. */
export function checkAlternative(
  issues: Issue[],
  path: string,
  value: unknown,
  words: readonly string[],
  form: string,
  example: string,
): Fields | undefined {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  if (typeof value === "string" && words.includes(value)) return undefined;
  const quoted = words.map((word) => `"${word}"`).join(", ");
  const problem = value === undefined ? "is missing" : `must be ${quoted} or ${form}`;
  const remedy = typeof value === "string" ? didYouMean(value, words) : `write for example ${example}`;
  return report(issues, path, value, problem, remedy);
}

/** A finite number greater than 0. */
export function checkPositive(
  issues: Issue[],
  path: string,
  value: unknown,
  remedy: string,
  most: number = Number.MAX_VALUE,
): number | undefined {
  const number = checkNumber(issues, path, value, remedy);
  if (number === undefined || (number > 0 && number <= most)) return number;
  const limit = most === Number.MAX_VALUE ? "" : ` and at most ${most}`;
  return report(issues, path, value, `must be greater than 0${limit}`, remedy);
}
