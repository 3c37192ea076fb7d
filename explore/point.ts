/**
 * A design point: everything that its results are a function of, as plain data. It holds no path and no code: files are named by
 * their SHA-256, so that any machine that has them gives the same results, and results are addressed by what made them.
 */

import type { TimeUnit } from "../datasets/aer-csv.ts";
import type { CoreDescription } from "../description/core.ts";
import type { NetworkDescription } from "../description/network.ts";
import { keyOf } from "../formats/canonical.ts";
import type { ModelName } from "../training/learner.ts";

/** A data set and how it is cut; null is "as the network or the file says". */
export interface PointData {
  /** Reference to a file (contents.ts), or a generated set. */
  readonly source: string;
  readonly channels: number | null;
  readonly classes: number | null;
  readonly timeUnit: TimeUnit | null;
  readonly offset: number;
  readonly limit: number | null;
  /** Of those, so many, spread evenly over them; null: all. */
  readonly samples: number | null;
  readonly timestepMs: number | null;
  readonly steps: number | null;
  readonly group: number | null;
  readonly merge: boolean;
}

export interface PointTraining {
  readonly model: ModelName;
  readonly epochs: number;
  readonly seed: number;
  /** Share of the data put aside. */
  readonly validation: number;
  /** Scores the design; null: the validation part does. */
  readonly test: PointData | null;
}

export interface DesignPoint {
  /** SEMANTICS_VERSION: what descriptions meant when the point was made. */
  readonly version: number;
  /** Files of weights and delays are references. */
  readonly network: NetworkDescription;
  /** Nothing left out where it is a right description, so that a preset and its contents are one point. */
  readonly core: CoreDescription;
  readonly data: PointData;
  /** Null: the network runs as it is described. */
  readonly training: PointTraining | null;
}

/** What a result line keeps of its point: large parts by their hash. */
export interface PointIdentity {
  readonly version: number;
  /** SHA-256 of the network description's canonical JSON. */
  readonly network: string;
  readonly core: CoreDescription;
  readonly data: PointData;
  readonly training: PointTraining | null;
}

export function identityOf({ version, network, core, data, training }: DesignPoint): PointIdentity {
  return { version, network: networkKey(network), core, data, training };
}

/** Hashes of descriptions, which many points share and nobody changes. */
const networkKeys = new WeakMap<object, string>();

function networkKey(network: NetworkDescription): string {
  const key = networkKeys.get(network) ?? keyOf(network);
  networkKeys.set(network, key);
  return key;
}

/** Address of a point: SHA-256 of the canonical JSON of its identity. The core's name does not count. */
export function keyOfIdentity(identity: PointIdentity): string {
  const { name: _, ...core } = identity.core;
  return keyOf({ ...identity, core });
}
