/** From what was chosen to the design point: choices are written into the base, whole descriptions first, then what lies deeper. */

import { completeCore } from "../description/complete-core.ts";
import type { CoreDescription } from "../description/core.ts";
import { DescriptionError } from "../description/issues.ts";
import type { NetworkDescription } from "../description/network.ts";
import { keyOf } from "../formats/canonical.ts";
import { SEMANTICS_VERSION } from "../training/semantics-version.ts";
import type { Choices } from "./axis.ts";
import type { Space } from "./loaded-space.ts";
import { PathError, setAt } from "./paths.ts";
import { type DesignPoint, identityOf, keyOfIdentity, type PointIdentity, type PointTraining } from "./point.ts";
import { referenceFiles } from "./reference-files.ts";

/** A design to be evaluated with one seed and number of samples. */
export interface Design {
  readonly choices: Choices;
  /** Of `seeds`; null: as described. */
  readonly seed: number | null;
  readonly point: DesignPoint;
  readonly identity: PointIdentity;
  readonly key: string;
  /** Why the choices cannot be written into the descriptions, so that there is nothing to evaluate; null: they can. */
  readonly refusal: string | null;
}

export interface DesignOptions {
  readonly seed?: number | null;
  /** In place of the space's. */
  readonly samples?: number | null;
}

/** @throws DescriptionError for a file that is not there */
export function designOf(space: Space, choices: Choices, { seed = null, samples }: DesignOptions = {}): Design {
  const { refusal, ...parts } = writtenOrBase(space, choices);
  const seeded = seed === null ? {} : { seed };
  const { network, core, training } = parts;
  const point: DesignPoint = {
    version: SEMANTICS_VERSION,
    network: seed === null ? referenced(space, network) : { ...referenced(space, network), ...seeded },
    core: completed({ ...core, ...seeded }),
    data: { ...space.data, samples: samples ?? space.data.samples },
    training: training === null ? null : { ...training, ...seeded },
  };
  const own = identityOf(point);
  // What cannot be written has no network of its own; its choices stand in its place.
  const identity = refusal === null ? own : { ...own, network: keyOf({ network: own.network, choices, refusal }) };
  return { choices, seed, point, identity, key: keyOfIdentity(identity), refusal };
}

/** By the description that stands in a space, which designs that change nothing of it share. */
const references = new WeakMap<Space, WeakMap<object, NetworkDescription>>();

/** The network with references in place of files: the same object for the same description, so that its hash too is made once. */
function referenced(space: Space, network: unknown): NetworkDescription {
  const refer = (): NetworkDescription => referenceFiles(network, space.directory, space.files) as NetworkDescription;
  if (typeof network !== "object" || network === null) return { ...refer() };
  const known = references.get(space) ?? new WeakMap<object, NetworkDescription>();
  references.set(space, known);
  const result = known.get(network) ?? refer();
  known.set(network, result);
  return result;
}

/** The base itself where a choice meets no place to be written to: the third projection of a network that has two. */
function writtenOrBase(space: Space, choices: Choices): Written & { readonly refusal: string | null } {
  try {
    return { ...written(space, choices), refusal: null };
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return { ...space.base, refusal: error.message };
  }
}

interface Written {
  readonly network: unknown;
  readonly core: CoreDescription;
  readonly training: PointTraining | null;
}

function written(space: Space, choices: Choices): Written {
  const { base, axes, networks, cores } = space;
  const assignments = axes.flatMap((axis) =>
    Object.hasOwn(choices, axis.name) ? axis.assign(choices[axis.name]!) : [],
  );
  // Stable: of two axes at one path the later one counts.
  const ordered = assignments.toSorted((a, b) => a.path.length - b.path.length);
  let value: unknown = base;
  for (const { path, content } of ordered) {
    if (path[0] === "training" && base.training === null)
      throw new PathError("training: the space has none; add training: { epochs }");
    value = setAt(value, path, path.length === 1 && typeof content === "string" ? named(path[0]!, content) : content);
  }
  return value as Written;

  function named(root: string | number, name: string): unknown {
    if (root === "network") return networks.get(name);
    return root === "core" ? cores.get(name) : name;
  }
}

/** A wrong description is kept as it is: what is wrong with it is the design's result. */
function completed(core: CoreDescription): CoreDescription {
  try {
    return completeCore(core);
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error;
    return core;
  }
}
