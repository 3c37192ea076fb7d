/** The validator of network descriptions: unknown data in, a description or all its mistakes out. */

import { checkKeys, checkObject, field, report } from "./checks.ts";
import { at, DescriptionError, type Issue } from "./issues.ts";
import type { NetworkDescription } from "./network.ts";
import { checkTimestep } from "./validate-durations.ts";
import { checkLearning } from "./validate-learning.ts";
import { checkLearningScope } from "./validate-learning-scope.ts";
import { type CheckedPopulation, checkName, checkPopulation } from "./validate-populations.ts";
import { checkProjection, checkSeed } from "./validate-projections.ts";
import { checkVoltages, type VoltageUse } from "./validate-voltages.ts";

/** Every mistake of a network description; an empty list when it is valid. Never throws on data that JSON can hold. */
export function networkIssues(value: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  const example = "write network({ timestep: ms(1), populations: {...}, projections: [...] })";
  const network = checkObject(issues, "", value, example);
  if (network === undefined) return issues;
  checkKeys(issues, "", network, ["timestep", "seed", "populations", "projections", "learn"]);
  const timestepMs = checkTimestep(issues, "timestep", field(network, "timestep"));
  const seed = field(network, "seed");
  if (seed !== undefined) checkSeed(issues, "seed", seed);

  const voltages: VoltageUse[] = [];
  const populations = new Map<string, CheckedPopulation>();
  const listed = checkObject(
    issues,
    "populations",
    field(network, "populations"),
    "write populations: { sound, hidden }",
  );
  for (const [name, population] of Object.entries(listed ?? {})) {
    const path = at("populations", name);
    checkName(issues, path, name);
    populations.set(name, checkPopulation(issues, voltages, path, population, timestepMs));
  }
  if (listed !== undefined) checkRoles(issues, listed, populations);

  const projections = field(network, "projections");
  if (Array.isArray(projections)) {
    const around = { populations, timestepMs, voltages };
    for (let i = 0; i < projections.length; i++) checkProjection(issues, at("projections", i), projections[i], around);
    if (projections.length === 0)
      report(issues, "projections", projections, "is empty", "join two populations by dense(...)");
  } else {
    const problem = projections === undefined ? "is missing" : "must be an array";
    report(issues, "projections", projections, problem, "write projections: [dense(sound, hidden, {...})]");
  }
  const learn = field(network, "learn");
  if (learn !== undefined) checkLearning(issues, "learn", learn, timestepMs);
  checkLearningScope(issues, network, { populations, timestepMs, voltages });
  checkVoltages(issues, voltages);
  return issues;
}

/**
 * The value as a network description.
 * @throws {DescriptionError} with every mistake.
 */
export function checkNetwork(value: unknown): NetworkDescription {
  const issues = networkIssues(value);
  if (issues.length > 0) throw new DescriptionError("network", issues);
  return value as NetworkDescription;
}

/** A network has an input, and something that its spikes reach. */
function checkRoles(issues: Issue[], listed: object, populations: ReadonlyMap<string, CheckedPopulation>): undefined {
  if (populations.size === 0) {
    return report(issues, "populations", listed, "is empty", "list an input and a lif or readout population");
  }
  const kinds = [...populations.values()].map(({ kind }) => kind);
  if (kinds.includes(undefined)) return;
  if (!kinds.includes("input")) {
    report(issues, "populations", undefined, "has no input", "add for example sound: input({ channels: 140 })");
  }
  if (kinds.every((kind) => kind === "input")) {
    report(issues, "populations", undefined, "has inputs only", "add a lif or readout population");
  }
}
