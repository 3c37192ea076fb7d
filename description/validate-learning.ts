/** Checks of a network's `learn`, each field by itself; what it asks of the rest of the network: validate-learning-scope.ts. */

import { checkSection } from "./check-section.ts";
import { checkInteger, checkKeys, checkNumber, checkObject, checkWord, type Fields, field, report } from "./checks.ts";
import { at, type Issue } from "./issues.ts";
import { inSteps } from "./units.ts";
import { checkDuration, checkWholeSteps } from "./validate-durations.ts";
import { checkAlternative, checkPositive, parameterChecks } from "./validate-learned-parameters.ts";

/** Taps of the smoothed delay derivative on either side: ceil(3 sigma) (docs/core.md, section 10: the engine's window). */
export const MOST_TAPS = 8;

/** Steps of a sample. */
const STEPS = { min: 1, max: 65_535 };
const MOST_SAMPLES = 2 ** 31 - 1;
const MOST_SHIFT = 65_535;

/** Every mistake that `learn` of a network has by itself. */
export function checkLearning(
  issues: Issue[],
  path: string,
  value: unknown,
  timestepMs: number | undefined,
): Fields | undefined {
  return checkSection(issues, path, value, {
    ...parameterChecks(issues, timestepMs),
    surrogate: (v, place) => checkSurrogate(issues, place, v),
    derivative: (v, place) => checkDerivative(issues, place, v, timestepMs),
    eligibility: (v, place) => checkWord(issues, place, v, ["trace", "filtered"]),
    feedback: (v, place) => checkFeedback(issues, place, v),
    error: (v, place) => checkError(issues, place, v),
    errorSteps: (v, place) => checkErrorSteps(issues, place, v, timestepMs),
    steps: (v, place) => checkInteger(issues, place, v, STEPS, "write for example steps: 100"),
    update: (v, place) => checkUpdate(issues, place, v),
    firingRate: (v, place) => checkFiringRate(issues, place, v),
    schedule: (v, place) => checkSchedule(issues, place, v),
    channelShift: (v, place) => {
      checkInteger(issues, place, v, { min: 0, max: MOST_SHIFT }, "write for example channelShift: 4");
    },
  });
}

function checkSurrogate(issues: Issue[], path: string, value: unknown): undefined {
  const remedy = 'write gaussian(0.5, 0.5), or for example { shape: "triangle", width: 1, height: 0.5 }';
  const object = checkObject(issues, path, value, remedy);
  if (object === undefined) return;
  checkKeys(issues, path, object, ["shape", "width", "height"]);
  checkWord(issues, at(path, "shape"), field(object, "shape"), ["gaussian", "triangle", "boxcar"]);
  for (const key of ["width", "height"]) {
    const number = field(object, key);
    if (number !== undefined) checkPositive(issues, at(path, key), number, `write for example ${key}: 0.5`);
  }
}

function checkDerivative(issues: Issue[], path: string, value: unknown, timestepMs: number | undefined): undefined {
  const example = "{ smoothed: steps(1) }";
  const object = checkAlternative(issues, path, value, ["difference"], "{ smoothed }", example);
  if (object === undefined) return;
  checkKeys(issues, path, object, ["smoothed"]);
  const place = at(path, "smoothed");
  const duration = checkDuration(issues, place, field(object, "smoothed"), "smoothed: steps(1)");
  if (duration === undefined || ("ms" in duration && timestepMs === undefined)) return;
  const sigma = inSteps(duration, timestepMs ?? 1);
  const shown = "ms" in duration ? ` (${sigma} steps of ${timestepMs} ms)` : "";
  if (!(sigma > 0)) {
    return report(
      issues,
      place,
      duration,
      "a standard deviation must be greater than 0",
      `write for example ${example}`,
    );
  }
  const taps = Math.ceil(3 * sigma);
  if (taps <= MOST_TAPS) return;
  const problem = `needs ${taps} taps, 3 standard deviations, and at most ${MOST_TAPS} are possible${shown}`;
  report(issues, place, duration, problem, `use at most ${(MOST_TAPS / 3).toFixed(2)} steps, or "difference"`);
}

const FEEDBACK_FORM = "{ random, scale, seed }";

/** For all hidden populations, or by name; whether the names exist is checked with the network. */
function checkFeedback(issues: Issue[], path: string, value: unknown): undefined {
  const isByName = typeof value === "object" && value !== null && field(value as Fields, "populations") !== undefined;
  if (!isByName) return checkOneFeedback(issues, path, value, `${FEEDBACK_FORM} or { populations }`);
  checkKeys(issues, path, value as Fields, ["populations"]);
  const place = at(path, "populations");
  const example = 'write for example populations: { hidden: { random: "stored" } }';
  const byName = checkObject(issues, place, field(value as Fields, "populations"), example);
  for (const [name, feedback] of Object.entries(byName ?? {})) {
    if (feedback !== undefined) checkOneFeedback(issues, at(place, name), feedback, FEEDBACK_FORM);
  }
}

function checkOneFeedback(issues: Issue[], path: string, value: unknown, form: string): undefined {
  const object = checkAlternative(issues, path, value, ["symmetric"], form, '{ random: "stored" }');
  if (object === undefined) return;
  checkKeys(issues, path, object, ["random", "scale", "seed"]);
  checkWord(issues, at(path, "random"), field(object, "random"), ["stored", "regenerated"]);
  const scale = field(object, "scale");
  if (scale !== undefined) checkPositive(issues, at(path, "scale"), scale, "write for example scale: 0.3");
  const seed = field(object, "seed");
  const seeds = { min: 0, max: 2 ** 32 - 1 };
  if (seed !== undefined) checkInteger(issues, at(path, "seed"), seed, seeds, "write for example seed: 1");
}

function checkError(issues: Issue[], path: string, value: unknown): undefined {
  const example = "{ linear: { target: 1, clip: 1 } }";
  const object = checkAlternative(issues, path, value, ["softmax"], "{ linear }", example);
  if (object === undefined) return;
  checkKeys(issues, path, object, ["linear"]);
  const positive = (v: unknown, place: string): void => {
    checkPositive(issues, place, v, "write a number of threshold units, for example 1");
  };
  checkSection(issues, at(path, "linear"), field(object, "linear"), { target: positive, clip: positive });
}

function checkErrorSteps(issues: Issue[], path: string, value: unknown, timestepMs: number | undefined): undefined {
  const form = "{ last } or { mask }";
  const object = checkAlternative(issues, path, value, ["all"], form, "{ last: steps(50) }");
  if (object === undefined) return;
  checkKeys(issues, path, object, ["last", "mask"]);
  const last = field(object, "last");
  const mask = field(object, "mask");
  if ((last === undefined) === (mask === undefined)) {
    const problem = last === undefined ? "has neither last nor mask" : "has both last and mask";
    return report(issues, path, value, problem, "write for example { last: steps(50) } or { mask: [0, 0, 1] }");
  }
  if (last !== undefined) {
    checkWholeSteps(issues, at(path, "last"), last, timestepMs, STEPS, "last: steps(50)");
  } else {
    checkMask(issues, at(path, "mask"), mask);
  }
}

/** One entry for each step of a sample; at least one error must be valid. */
function checkMask(issues: Issue[], path: string, mask: unknown): undefined {
  const remedy = "write 0 or 1 for each step of a sample, for example [0, 0, 1]";
  if (!Array.isArray(mask)) return report(issues, path, mask, "must be an array of 0 and 1", remedy);
  if (mask.length < STEPS.min || mask.length > STEPS.max) {
    return report(issues, path, mask, `must have 1 to ${STEPS.max.toLocaleString("en-GB")} entries`, remedy);
  }
  const wrong = mask.flatMap((entry, i) => (entry === 0 || entry === 1 ? [] : [i]));
  if (wrong.length > 0) {
    const [first] = wrong as [number];
    const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more in this array)` : "";
    return report(issues, at(path, first), mask[first], `must be 0 or 1${more}`, remedy);
  }
  if (!mask.includes(1)) report(issues, path, mask, "has no 1, so that nothing is ever learned", remedy);
}

function checkUpdate(issues: Issue[], path: string, value: unknown): undefined {
  const object = checkAlternative(issues, path, value, ["step", "sample"], "{ samples }", "{ samples: 32 }");
  if (object === undefined) return;
  checkKeys(issues, path, object, ["samples"]);
  const limits = { min: 1, max: MOST_SAMPLES };
  checkInteger(issues, at(path, "samples"), field(object, "samples"), limits, "write for example { samples: 32 }");
}

function checkFiringRate(issues: Issue[], path: string, value: unknown): undefined {
  const remedy = "write for example { target: 0.05, strength: 0.1 }";
  const object = checkObject(issues, path, value, remedy);
  if (object === undefined) return;
  checkKeys(issues, path, object, ["target", "strength"]);
  const target = checkNumber(issues, at(path, "target"), field(object, "target"), remedy);
  if (target !== undefined && !(target >= 0 && target <= 1)) {
    report(issues, at(path, "target"), target, "must be from 0 to 1 spikes per step", remedy);
  }
  checkPositive(issues, at(path, "strength"), field(object, "strength"), remedy);
}

function checkSchedule(issues: Issue[], path: string, value: unknown): undefined {
  const example = "{ factor: 0.5, every: 10 }";
  const object = checkAlternative(issues, path, value, ["constant", "cosine"], "{ factor, every }", example);
  if (object === undefined) return;
  checkKeys(issues, path, object, ["factor", "every"]);
  checkPositive(issues, at(path, "factor"), field(object, "factor"), `write for example ${example}`, 1);
  const epochs = { min: 1, max: 1_000_000 };
  checkInteger(issues, at(path, "every"), field(object, "every"), epochs, `write for example ${example}`);
}
