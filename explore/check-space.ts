/** The validator of spaces: unknown data in, a space or all its mistakes out. What axes make of the descriptions is design-check.ts. */

import { checkWhole } from "../description/check-section.ts";
import {
  checkKeys,
  checkNumber,
  checkObject,
  checkOptionalBoolean,
  checkWord,
  type Fields,
  field,
  report,
} from "../description/checks.ts";
import { at, DescriptionError, type Issue } from "../description/issues.ts";
import { MODELS } from "../training/learner.ts";
import { checkAxis } from "./check-axis.ts";
import { checkMeasureName } from "./measure-names.ts";
import { MOST_DESIGNS, SEARCH_NAMES, type SpaceDescription } from "./space.ts";

const KEYS = ["network", "core", "axes", "data", "samples", "seeds", "training", "constraints", "objectives", "search"];
const MOST = 2 ** 31 - 1;
const SEED = 2 ** 32 - 1;

/** @param file for the error @throws DescriptionError with every mistake */
export function checkSpace(value: unknown, file: string): SpaceDescription {
  const issues: Issue[] = [];
  const space = checkObject(
    issues,
    "",
    value,
    'write space({ network: "network.ts", axes: {...}, data: "spikes.h5" })',
  );
  if (space !== undefined) checkParts(issues, space);
  if (issues.length > 0) throw new DescriptionError(file, issues);
  return value as SpaceDescription;
}

function checkParts(issues: Issue[], space: Fields): void {
  checkKeys(issues, "", space, KEYS);
  checkTextOrObject(issues, "network", field(space, "network"), "name a network's file, or put its description here");
  if (field(space, "core") !== undefined)
    checkTextOrObject(issues, "core", field(space, "core"), "name a preset or a file");
  checkAxes(issues, field(space, "axes"));
  checkData(issues, "data", field(space, "data"));
  const optional = (key: string, check: (value: unknown) => void): void => {
    if (field(space, key) !== undefined) check(field(space, key));
  };
  optional("samples", (value) =>
    checkWhole(issues, "samples", value, 1, MOST, "write samples: 300, or leave it out for all"),
  );
  optional("seeds", (value) => checkSeeds(issues, value));
  optional("training", (value) => checkTraining(issues, value));
  optional("constraints", (value) => checkConstraints(issues, value));
  optional("objectives", (value) => checkObjectives(issues, value));
  optional("search", (value) => checkSearch(issues, value));
}

function checkTextOrObject(issues: Issue[], path: string, value: unknown, remedy: string): void {
  if (typeof value !== "string") checkObject(issues, path, value, remedy);
}

function checkAxes(issues: Issue[], value: unknown): void {
  const axes = checkObject(
    issues,
    "axes",
    value,
    'write axes: { bits: { path: "core.weights.bits", values: [4, 6, 8] } }',
  );
  const before = new Map<string, unknown>();
  for (const [name, axis] of Object.entries(axes ?? {})) {
    const path = at("axes", name);
    if (!/^[A-Za-z][\w-]{0,63}$/.test(name)) {
      report(issues, path, name, "is not a name", 'use a letter, then letters, digits, "_" or "-", at most 64 of them');
    }
    checkAxis(issues, path, axis, before);
    before.set(name, axis);
  }
  if (axes !== undefined && before.size === 0) report(issues, "axes", value, "is empty", "describe at least one axis");
}

function checkData(issues: Issue[], path: string, value: unknown): void {
  if (typeof value === "string" && value !== "") return;
  const data = checkObject(issues, path, value, 'write data: "spikes.h5", or data: { name: "spikes.h5", steps: 120 }');
  if (data === undefined) return;
  const known = ["name", "offset", "limit", "timestep", "steps", "group", "merge", "channels", "classes", "timeUnit"];
  checkKeys(issues, path, data, known);
  const name = field(data, "name");
  if (typeof name !== "string" || name === "") {
    report(
      issues,
      at(path, "name"),
      name,
      name === undefined ? "is missing" : "must be a text",
      "name a file or a generated set",
    );
  }
  for (const [key, least] of [
    ["offset", 0],
    ["limit", 1],
    ["steps", 1],
    ["group", 1],
    ["channels", 1],
    ["classes", 1],
  ] as const) {
    const number = field(data, key);
    if (number !== undefined) checkWhole(issues, at(path, key), number, least, MOST, "see mora run --help");
  }
  const timestep = field(data, "timestep");
  if (timestep !== undefined && !(Number.isFinite(timestep) && (timestep as number) > 0)) {
    report(issues, at(path, "timestep"), timestep, "must be a number above 0", "give milliseconds");
  }
  checkOptionalBoolean(issues, at(path, "merge"), field(data, "merge"));
  const unit = field(data, "timeUnit");
  if (unit !== undefined) checkWord(issues, at(path, "timeUnit"), unit, ["s", "ms", "us"]);
}

function checkSeeds(issues: Issue[], value: unknown): void {
  if (!Array.isArray(value) || value.length === 0) {
    report(issues, "seeds", value, "must be a list of at least one seed", "write seeds: [1, 2, 3]");
    return;
  }
  value.forEach((seed, n) => {
    const place = at("seeds", n);
    if (value.indexOf(seed) < n) report(issues, place, seed, "stands here a second time", "leave it out");
    else checkWhole(issues, place, seed, 0, SEED, "give a whole number");
  });
}

function checkTraining(issues: Issue[], value: unknown): void {
  const training = checkObject(issues, "training", value, "write training: { epochs: 10 }");
  if (training === undefined) return;
  checkKeys(issues, "training", training, ["model", "epochs", "validation", "test", "seed"]);
  checkWhole(issues, "training.epochs", field(training, "epochs"), 1, 1_000_000, "write epochs: 10");
  const model = field(training, "model");
  if (model !== undefined) checkWord(issues, "training.model", model, MODELS);
  const share = field(training, "validation");
  const test = field(training, "test");
  if (share !== undefined && !(typeof share === "number" && share >= 0 && share < 1)) {
    report(issues, "training.validation", share, "must be a share from 0 to below 1", "write validation: 0.2");
  } else if (share === 0 && test === undefined) {
    report(
      issues,
      "training.validation",
      share,
      "leaves nothing to score a design by",
      "give a share above 0, or test",
    );
  }
  if (test !== undefined) checkData(issues, "training.test", test);
  const seed = field(training, "seed");
  if (seed !== undefined) checkWhole(issues, "training.seed", seed, 0, SEED, "give a whole number");
}

function checkConstraints(issues: Issue[], value: unknown): void {
  const constraints = checkObject(issues, "constraints", value, "write constraints: { memory: { max: 65536 } }");
  for (const [name, bounds] of Object.entries(constraints ?? {})) {
    const path = at("constraints", name);
    checkMeasureName(issues, path, name);
    const limits = checkObject(issues, path, bounds, "write { max: 65536 }");
    if (limits === undefined) continue;
    checkKeys(issues, path, limits, ["min", "max"]);
    if (Object.keys(limits).length === 0) report(issues, path, bounds, "limits nothing", "write { min } or { max }");
    for (const key of ["min", "max"]) {
      const limit = field(limits, key);
      if (limit !== undefined) checkNumber(issues, at(path, key), limit, "give a number");
    }
    const { min, max } = limits as { readonly min?: number; readonly max?: number };
    if (typeof min === "number" && typeof max === "number" && min > max) {
      report(issues, path, bounds, "lets no design through: min is above max", `write { min: ${max}, max: ${min} }`);
    }
  }
}

function checkObjectives(issues: Issue[], value: unknown): void {
  const objectives = checkObject(issues, "objectives", value, 'write objectives: { accuracy: "max", memory: "min" }');
  if (objectives === undefined) return;
  if (Object.keys(objectives).length === 0)
    report(issues, "objectives", value, "is empty", "name at least one measure");
  for (const [name, direction] of Object.entries(objectives)) {
    checkMeasureName(issues, at("objectives", name), name);
    checkWord(issues, at("objectives", name), direction, ["min", "max"]);
  }
}

function checkSearch(issues: Issue[], value: unknown): void {
  const search = checkObject(issues, "search", value, 'write search: { kind: "random", points: 100 }');
  if (search === undefined) return;
  const known = ["kind", "points", "seed", "firstSamples", "factor", "generations"];
  checkKeys(issues, "search", search, known);
  const kind = field(search, "kind");
  if (kind !== undefined) checkWord(issues, "search.kind", kind, SEARCH_NAMES);
  for (const [key, least, most] of [
    ["points", 1, MOST_DESIGNS],
    ["seed", 0, SEED],
    ["firstSamples", 1, MOST],
    ["generations", 1, 100_000],
    ["factor", 2, 100],
  ] as const) {
    const number = field(search, key);
    if (number !== undefined) checkWhole(issues, at("search", key), number, least, most, "give a whole number");
  }
}
