/** Checks of populations, each by itself. */

import {
  checkInteger,
  checkKeys,
  checkObject,
  checkOptionalBoolean,
  checkWord,
  type Fields,
  field,
  type Limits,
  report,
} from "./checks.ts";
import { at, type Issue } from "./issues.ts";
import { checkThreshold, checkTimeConstant, checkWholeSteps } from "./validate-durations.ts";
import type { VoltageUse } from "./validate-voltages.ts";

/** Neurons of a population: an index has at most 16 bits. */
const SIZE: Limits = { min: 1, max: 65_536 };
const EVENTS_PER_STEP: Limits = { min: 1, max: 65_535 };
const REFRACTORY_STEPS: Limits = { min: 0, max: 65_535 };

const KEYS = {
  input: ["kind", "channels", "maxEventsPerStep"],
  lif: ["kind", "size", "tau", "threshold", "reset", "refractory", "output"],
  readout: ["kind", "size", "tau"],
} as const;

/** What projections need to know of a population; undefined where it is not usable. */
export interface CheckedPopulation {
  readonly kind: "input" | "lif" | "readout" | undefined;
  readonly size: number | undefined;
}

export function checkName(issues: Issue[], path: string, name: string): undefined {
  // A leading letter also keeps JavaScript from reordering keys such as "1", and step order depends on their order.
  if (/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) return;
  const rule = "a population's name must be a letter, then at most 63 letters, digits, _ or -";
  report(issues, path, undefined, rule, 'rename it, for example "hidden1"');
}

export function checkPopulation(
  issues: Issue[],
  voltages: VoltageUse[],
  path: string,
  value: unknown,
  timestepMs: number | undefined,
): CheckedPopulation {
  const remedy = "make it with input({...}), lif({...}) or readout({...})";
  const object = checkObject(issues, path, value, remedy);
  if (object === undefined) return { kind: undefined, size: undefined };
  const kind = checkWord(issues, at(path, "kind"), field(object, "kind"), ["input", "lif", "readout"]);
  if (kind === undefined) return { kind, size: undefined };
  checkKeys(issues, path, object, KEYS[kind]);
  const sizeKey = kind === "input" ? "channels" : "size";
  const size = checkInteger(
    issues,
    at(path, sizeKey),
    field(object, sizeKey),
    SIZE,
    `write for example ${sizeKey}: 64`,
  );
  switch (kind) {
    case "input":
      checkInput(issues, path, object);
      break;
    case "lif":
      checkLif(issues, voltages, path, object, size, timestepMs);
      break;
    case "readout":
      checkPerNeuron(issues, at(path, "tau"), field(object, "tau"), size, checkTimeConstant);
      break;
  }
  return { kind, size };
}

function checkInput(issues: Issue[], path: string, object: Fields): undefined {
  const events = field(object, "maxEventsPerStep");
  if (events === undefined) return;
  checkInteger(issues, at(path, "maxEventsPerStep"), events, EVENTS_PER_STEP, "write for example maxEventsPerStep: 4");
}

function checkLif(
  issues: Issue[],
  voltages: VoltageUse[],
  path: string,
  object: Fields,
  size: number | undefined,
  timestepMs: number | undefined,
): undefined {
  checkPerNeuron(issues, at(path, "tau"), field(object, "tau"), size, checkTimeConstant);
  checkPerNeuron(issues, at(path, "threshold"), field(object, "threshold"), size, (list, place, value) => {
    const unit = checkThreshold(list, place, value);
    if (unit !== undefined) voltages.push({ path: place, value, unit });
  });
  checkWord(issues, at(path, "reset"), field(object, "reset"), ["subtract", "zero"]);
  const refractory = field(object, "refractory");
  if (refractory !== undefined) {
    checkWholeSteps(issues, at(path, "refractory"), refractory, timestepMs, REFRACTORY_STEPS, "steps(2)");
  }
  checkOptionalBoolean(issues, at(path, "output"), field(object, "output"));
}

/** One value for the population, or an array of one for each neuron. */
function checkPerNeuron(
  issues: Issue[],
  path: string,
  value: unknown,
  size: number | undefined,
  check: (issues: Issue[], path: string, value: unknown) => undefined,
): undefined {
  if (!Array.isArray(value)) return check(issues, path, value);
  if (size !== undefined && value.length !== size) {
    const problem = `has ${value.length} entries for ${size} neurons`;
    report(issues, path, value, problem, `give ${size} entries, or one value for all`);
  }
  for (let i = 0; i < value.length; i++) check(issues, at(path, i), value[i]);
}
