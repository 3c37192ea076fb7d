/** Whether the axes of a space mean something: a path with a typing error would make every design infeasible, one by one. */

import { completeCore } from "../description/complete-core.ts";
import { at, DescriptionError, type Issue } from "../description/issues.ts";
import { networkIssues } from "../description/validate.ts";
import { type Choices, type SpaceAxis, valueAt } from "./axis.ts";
import { designOf } from "./design.ts";
import type { Space } from "./loaded-space.ts";
import { PathError } from "./paths.ts";
import type { Scalar } from "./space.ts";

/**
 * Every axis must have a value that makes right descriptions, beside the first values of the others. A value that only some
 * designs refuse is no mistake of the space: those designs are recorded as infeasible.
 *
 * @throws DescriptionError naming each axis without one, with what is wrong with its first value
 */
export function checkDesigns(space: Space): void {
  const issues: Issue[] = [];
  for (const axis of space.axes) {
    const values = axis.values ?? [valueAt(axis, 0), valueAt(axis, 1)];
    const found = values.map((value) => designIssues(space, exampleWith(space.axes, axis, value)));
    if (found.some((own) => own.length === 0)) continue;
    const path = at("axes", axis.name);
    issues.push(
      ...found[0]!.map((issue) => ({ ...issue, path: `${path} = ${JSON.stringify(values[0])}: ${issue.path}` })),
    );
  }
  // A mistake of the base itself is every axis's.
  const distinct = new Map(issues.map((issue) => [issue.path.replace(/^.*?: /, "") + issue.problem, issue]));
  if (distinct.size > 0) throw new DescriptionError(space.name, [...distinct.values()]);
}

function designIssues(space: Space, choices: Choices): readonly Issue[] {
  try {
    const { point } = designOf(space, choices);
    const own = networkIssues(point.network).map((issue) => ({ ...issue, path: below("network", issue.path) }));
    try {
      completeCore(point.core);
    } catch (error) {
      if (!(error instanceof DescriptionError)) throw error;
      own.push(...error.issues.map((issue) => ({ ...issue, path: below("core", issue.path) })));
    }
    return own;
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return [{ path: "path", value: undefined, problem: error.message, remedy: "correct the path" }];
  }
}

function below(root: string, path: string): string {
  return path === "" || path.startsWith("[") ? `${root}${path}` : `${root}.${path}`;
}

/** First values everywhere, but for one axis, and for those that must be otherwise for it to count. */
function exampleWith(axes: readonly SpaceAxis[], axis: SpaceAxis, value: Scalar): Choices {
  const wanted = new Map<string, Scalar>([[axis.name, value]]);
  for (let n = axes.indexOf(axis); n >= 0; n--) {
    const { name, when } = axes[n]!;
    if (wanted.has(name)) for (const condition of when) wanted.set(condition.axis, condition.values[0]!);
  }
  const chosen: Record<string, Scalar> = {};
  for (const { name, when, ...rest } of axes) {
    const active = when.every((condition) => condition.values.includes(chosen[condition.axis]!));
    if (active) chosen[name] = wanted.get(name) ?? valueAt({ name, when, ...rest }, 0);
  }
  return chosen;
}
