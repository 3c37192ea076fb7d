/** Whether the axes of a space mean something: a path with a typing error would make every design infeasible, one by one. */

import { completeCore } from "../description/complete-core.ts";
import { at, DescriptionError, type Issue } from "../description/issues.ts";
import type { NetworkDescription } from "../description/network.ts";
import { networkIssues } from "../description/validate.ts";
import { type Choices, isActive, type SpaceAxis, valueAt } from "./axis.ts";
import { designOf } from "./design.ts";
import type { Space } from "./loaded-space.ts";
import type { Scalar } from "./space.ts";

/**
 * For every axis there must be a right description in which it counts. Values that only some designs refuse are no mistakes of the
 * space: those designs are recorded as infeasible.
 *
 * @throws DescriptionError naming each axis without one, with what is wrong with the best that was found
 */
export function checkDesigns(space: Space): void {
  const fine = new Set<string>();
  const issues: Issue[] = [];
  for (const axis of space.axes) {
    if (fine.has(axis.name)) continue;
    const { choices, found } = bestDesign(space, axis);
    if (found.length === 0) for (const name of Object.keys(choices)) fine.add(name);
    const path = `${at("axes", axis.name)} = ${JSON.stringify(choices[axis.name])}`;
    issues.push(...found.map((issue) => ({ ...issue, path: `${path}: ${issue.path}` })));
  }
  // A mistake of the base itself is every axis's.
  const kindOf = ({ path, problem }: Issue): string => path.replace(/^.*?: /, "") + problem;
  const distinct = issues.filter((issue, n) => issues.findIndex((other) => kindOf(other) === kindOf(issue)) === n);
  if (distinct.length > 0) throw new DescriptionError(space.name, distinct);
}

interface Example {
  readonly choices: Choices;
  readonly found: readonly Issue[];
}

/** A design in which an axis counts, with as few mistakes as a choice of one axis after the other comes to. */
function bestDesign(space: Space, axis: SpaceAxis): Example {
  const { axes } = space;
  const wanted = conditionsOf(axes, axis);
  const example = (): Example => {
    const choices = chosenWith(axes, wanted);
    return { choices, found: designIssues(space, choices) };
  };
  let best = example();
  for (const { name, values, ...rest } of axes) {
    if (best.found.length === 0) return best;
    // What makes the axis count stays.
    if (wanted.has(name) && name !== axis.name) continue;
    for (const value of values ?? [valueAt({ name, values, ...rest }, 1)]) {
      const before = wanted.get(name);
      wanted.set(name, value);
      const other = example();
      if (other.found.length < best.found.length) best = other;
      else if (before === undefined) wanted.delete(name);
      else wanted.set(name, before);
    }
  }
  return best;
}

/** Values that other axes must have for an axis to count. */
function conditionsOf(axes: readonly SpaceAxis[], axis: SpaceAxis): Map<string, Scalar> {
  const wanted = new Map<string, Scalar>();
  for (let n = axes.indexOf(axis); n >= 0; n--) {
    const { name, when } = axes[n]!;
    if (name !== axis.name && !wanted.has(name)) continue;
    for (const condition of when) wanted.set(condition.axis, condition.values[0]!);
  }
  return wanted;
}

/** First values everywhere but where another is wanted. */
export function chosenWith(axes: readonly SpaceAxis[], wanted: ReadonlyMap<string, Scalar>): Choices {
  const chosen: Record<string, Scalar> = {};
  for (const axis of axes) {
    if (isActive(axis, chosen)) chosen[axis.name] = wanted.get(axis.name) ?? valueAt(axis, 0);
  }
  return chosen;
}

function designIssues(space: Space, choices: Choices): readonly Issue[] {
  const { point, refusal } = designOf(space, choices);
  if (refusal !== null) return [{ path: "path", value: undefined, problem: refusal, remedy: "correct the path" }];
  const own = networkIssues(point.network).map((issue) => ({ ...issue, path: below("network", issue.path) }));
  nameAbsent(space, point.network, own);
  try {
    completeCore(point.core);
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error;
    own.push(...error.issues.map((issue) => ({ ...issue, path: below("core", issue.path) })));
  }
  return own;
}

/**
 * A path into a population that the network does not have has made one that lacks everything: what is wrong is its name, and which there are.
 *
 * @param issues the network's; changed
 */
function nameAbsent({ base, axes }: Space, network: NetworkDescription, issues: Issue[]): void {
  const described = base.network.populations ?? {};
  const paths = axes.flatMap((axis) => (axis.values ?? [axis.low]).flatMap((value) => axis.assign(value)));
  const absent = new Set<string>();
  for (const { path } of paths) {
    const [root, section, name] = path;
    const inside = root === "network" && section === "populations" && path.length > 3;
    if (inside && typeof name === "string" && !Object.hasOwn(described, name)) absent.add(name);
  }
  for (const name of absent) {
    const path = `network.${at("populations", name)}`;
    const lacks = issues.findIndex((issue) => issue.path === `${path}.kind` && issue.value === undefined);
    if (lacks < 0) continue;
    const others = Object.keys(network.populations).filter((other) => !absent.has(other));
    const remedy = `there are ${others.join(", ")}`;
    issues[lacks] = { path, value: undefined, problem: "the network has no such population", remedy };
  }
}

function below(root: string, path: string): string {
  return path === "" || path.startsWith("[") ? `${root}${path}` : `${root}.${path}`;
}
