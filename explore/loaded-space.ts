/** A space as the rest of the folder takes it: checked, with what it names loaded. */

import type { CoreDescription } from "../description/core.ts";
import type { NetworkDescription } from "../description/network.ts";
import type { SpaceAxis } from "./axis.ts";
import type { LocalFiles } from "./contents.ts";
import type { PointData, PointTraining } from "./point.ts";
import type { Bounds, SearchPlan } from "./space.ts";

/** A space with everything that it names at hand. */
export interface Space {
  /** Its file. */
  readonly name: string;
  /** Folder to which paths are relative. */
  readonly directory: string;
  readonly axes: readonly SpaceAxis[];
  /** What axes are written into. */
  readonly base: {
    readonly network: NetworkDescription;
    readonly core: CoreDescription;
    readonly training: PointTraining | null;
  };
  /** Networks and cores that an option may put in place of the base, by the name that it gives. */
  readonly networks: ReadonlyMap<string, NetworkDescription>;
  readonly cores: ReadonlyMap<string, CoreDescription>;
  readonly data: PointData;
  /** Samples that the data have; null where a part of them is held back to score what has learned. */
  readonly available: number | null;
  /** Of the data; null where they have no labels. */
  readonly classes: number | null;
  readonly seeds: readonly number[] | null;
  readonly constraints: Readonly<Record<string, Bounds>>;
  readonly objectives: Readonly<Record<string, "min" | "max">>;
  readonly search: SearchPlan;
  readonly files: LocalFiles;
}
