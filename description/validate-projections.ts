/** Checks of projections against the populations that they join. */

import { LONGEST_DELAY } from "./array-entries.ts";
import { axonShape, synapseShape } from "./array-shape.ts";
import { checkInteger, checkKeys, checkNumber, checkObject, checkWord, type Fields, field, report } from "./checks.ts";
import { didYouMean } from "./did-you-mean.ts";
import { at, type Issue } from "./issues.ts";
import { checkConnections } from "./validate-connections.ts";
import { checkWholeSteps } from "./validate-durations.ts";
import { checkInitialiser } from "./validate-initialisers.ts";
import { checkProjectionLearning } from "./validate-learned-parameters.ts";
import type { CheckedPopulation } from "./validate-populations.ts";
import type { VoltageUse } from "./validate-voltages.ts";

const KEYS = {
  dense: ["kind", "from", "to", "weights", "delays", "learn"],
  sparse: ["kind", "from", "to", "weights", "delays", "learn", "density", "seed", "connections"],
} as const;

/** Synapses of one projection: 2^26, beyond any core of this kind and within the memory of the machine that compiles. */
const MOST_SYNAPSES = 2 ** 26;

/** What the checks of a projection need of the rest of the network. */
export interface Surroundings {
  readonly populations: ReadonlyMap<string, CheckedPopulation>;
  readonly timestepMs: number | undefined;
  readonly voltages: VoltageUse[];
}

export function checkProjection(issues: Issue[], path: string, value: unknown, around: Surroundings): undefined {
  const remedy = "make it with dense(from, to, {...}) or sparse(from, to, {...})";
  const object = checkObject(issues, path, value, remedy);
  if (object === undefined) return;
  const kind = checkWord(issues, at(path, "kind"), field(object, "kind"), ["dense", "sparse"]);
  if (kind !== undefined) checkKeys(issues, path, object, KEYS[kind]);
  const pre = checkEnd(issues, path, object, "from", around);
  const post = checkEnd(issues, path, object, "to", around);
  let listed: number | undefined;
  let sizesKnown = kind !== undefined && pre !== undefined && post !== undefined;
  if (kind === "sparse") {
    const drawn = checkSparse(issues, path, object, pre, post);
    if (drawn === undefined) sizesKnown = false;
    else if (drawn.listed !== undefined) listed = drawn.listed;
    else if (sizesKnown) checkSynapseCount(issues, path, drawn.density * pre! * post!);
  } else if (sizesKnown) {
    checkSynapseCount(issues, path, pre! * post!);
  }

  const shape = sizesKnown ? synapseShape(pre!, post!, listed) : undefined;
  const rule = { timestepMs: around.timestepMs ?? 1, max: 0 };
  const weights = field(object, "weights");
  const unit = checkInitialiser(issues, at(path, "weights"), weights, { quantity: "weights", shape, rule });
  if (unit !== undefined) {
    around.voltages.push({ path: at(path, "weights"), value: weights, unit: unit === "mV" ? "mV" : "plain" });
  }
  checkDelays(issues, at(path, "delays"), field(object, "delays"), pre, shape, around.timestepMs);
  checkProjectionLearning(issues, at(path, "learn"), field(object, "learn"), around.timestepMs);
}

function checkSynapseCount(issues: Issue[], path: string, count: number): undefined {
  if (count <= MOST_SYNAPSES) return;
  const problem = `has ${Math.round(count).toLocaleString("en-GB")} synapses, at most ${MOST_SYNAPSES.toLocaleString("en-GB")} are possible`;
  report(issues, path, undefined, problem, "make the populations smaller or the projection sparse");
}

/** The population at one end; returns its size. */
function checkEnd(
  issues: Issue[],
  path: string,
  object: Fields,
  end: "from" | "to",
  { populations }: Surroundings,
): number | undefined {
  const place = at(path, end);
  const name = field(object, end);
  const names = [...populations.keys()];
  if (typeof name !== "string") {
    const problem = name === undefined ? "is missing" : "must be the name of a population";
    return report(issues, place, name, problem, `choose from ${names.slice(0, 12).join(", ")}`);
  }
  const population = populations.get(name);
  if (population === undefined) {
    const named = !name.includes(" ");
    const problem = named ? "no population has this name" : "refers to a population without a name of its own";
    const hint = named ? didYouMean(name, names) : "list each population of a projection once under populations";
    return report(issues, place, name, problem, hint);
  }
  if (end === "from" && population.kind === "readout") {
    return report(issues, place, name, "a readout sends no spikes", "project from an input or a lif population");
  }
  if (end === "to" && population.kind === "input") {
    return report(issues, place, name, "an input receives no projections", "project to a lif or readout population");
  }
  return population.size;
}

/** Either `density` (with an optional seed) or `connections`. */
function checkSparse(
  issues: Issue[],
  path: string,
  object: Fields,
  pre: number | undefined,
  post: number | undefined,
): { density: number; listed?: undefined } | { listed: number } | undefined {
  const density = field(object, "density");
  const connections = field(object, "connections");
  const seed = field(object, "seed");
  const remedy = "write for example density: 0.25, or connections: [[0, 3], [1, 2]]";
  if (seed !== undefined) checkSeed(issues, at(path, "seed"), seed);
  if (density !== undefined && connections !== undefined) {
    return report(issues, path, undefined, "has both density and connections", "give one of the two");
  }
  if (connections !== undefined) {
    if (seed !== undefined) {
      report(issues, at(path, "seed"), seed, "listed connections draw nothing", "leave it away");
    }
    const listed = checkConnections(issues, at(path, "connections"), connections, pre, post);
    return listed === undefined ? undefined : { listed };
  }
  if (density === undefined) return report(issues, path, undefined, "has neither density nor connections", remedy);
  const checked = checkNumber(issues, at(path, "density"), density, remedy);
  if (checked === undefined) return undefined;
  if (checked > 0 && checked <= 1) return { density: checked };
  return report(issues, at(path, "density"), density, "must be greater than 0 and at most 1", remedy);
}

/** Checks a seed: a whole number of 32 bits. */
export function checkSeed(issues: Issue[], path: string, value: unknown): undefined {
  checkInteger(issues, path, value, { min: 0, max: 2 ** 32 - 1 }, "write for example seed: 1");
}

function checkDelays(
  issues: Issue[],
  path: string,
  value: unknown,
  pre: number | undefined,
  synapses: ReturnType<typeof synapseShape> | undefined,
  timestepMs: number | undefined,
): undefined {
  if (value === undefined) return;
  const remedy = "write synaptic({ max: ms(100), init: uniform() }) or axonal({...}), or leave delays away";
  const object = checkObject(issues, path, value, remedy);
  if (object === undefined) return;
  checkKeys(issues, path, object, ["kind", "max", "init"]);
  const kind = checkWord(issues, at(path, "kind"), field(object, "kind"), ["synaptic", "axonal"]);
  const limits = { min: 0, max: LONGEST_DELAY };
  const max = checkWholeSteps(issues, at(path, "max"), field(object, "max"), timestepMs, limits, "steps(24)");
  const axons = pre === undefined ? undefined : axonShape(pre);
  const shape = kind === undefined ? undefined : kind === "axonal" ? axons : synapses;
  const init = field(object, "init");
  // Without a time step nothing can be said of delays in milliseconds; its own mistake is reported already.
  if (timestepMs === undefined && (init as { unit?: unknown } | null | undefined)?.unit === "ms") return;
  const rule = { timestepMs: timestepMs ?? 1, max: max ?? LONGEST_DELAY };
  checkInitialiser(issues, at(path, "init"), init, { quantity: "delays", shape, rule });
}
