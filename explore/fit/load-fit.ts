/** Loads what a fit is about: the network, the core, the data that it searches on, and those that score what it has found. */

import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { NetworkIr } from "../../compiler/ir.ts";
import { isGenerated } from "../../datasets/generated.ts";
import { completeCore } from "../../description/complete-core.ts";
import type { CompleteCore } from "../../description/core.ts";
import { DescriptionError } from "../../description/issues.ts";
import { loadDescription } from "../../description/load.ts";
import { PRESETS } from "../../description/presets.ts";
import { networkIssues } from "../../description/validate.ts";
import { type Caches, createCaches } from "../caches.ts";
import { contentsAt } from "../contents.ts";
import { designOf } from "../design.ts";
import { ExploreError } from "../explore-error.ts";
import { spaceOf } from "../load-space.ts";
import type { Space } from "../loaded-space.ts";
import type { PointData } from "../point.ts";
import type { SpaceData } from "../space.ts";

export interface FitInput {
  /** Description file; relative paths are to the working directory. */
  readonly network: string;
  /** Preset or description file; default "default". */
  readonly core?: string | undefined;
  readonly data: SpaceData;
  /** Samples of the search, spread evenly over the data; default all. */
  readonly samples?: number | undefined;
  /** Scores the chosen designs once. */
  readonly test?: SpaceData | undefined;
}

export interface FitSetting {
  readonly name: string;
  /** Names the samples of the search in errors: the option that chose them. */
  readonly place: string;
  readonly ir: NetworkIr;
  /** As given, with its own capacities. */
  readonly core: CompleteCore;
  /** Without axes, and with memories of any size: a design is narrowed into a core, not out of one. */
  readonly space: Space;
  readonly test: PointData | null;
  /** Of the data and of those that test; null without labels. */
  readonly classes: { readonly data: number | null; readonly test: number | null };
  readonly files: Readonly<Record<string, string>>;
  readonly caches: Caches;
}

/** @throws DescriptionError with the mistakes of network or core, ExploreError for data that are not there, DatasetError */
export async function loadFit({ network, core = "default", data, samples, test }: FitInput): Promise<FitSetting> {
  // First, so that its mistakes are told as its own and not as those of an axis.
  const issues = networkIssues(await loadDescription(network));
  if (issues.length > 0) throw new DescriptionError(network, issues);
  const description = {
    network: resolve(network),
    core: Object.hasOwn(PRESETS, core) ? core : resolve(core),
    // A space has at least one axis; this one is not looked at.
    axes: { lanes: { path: "core.lanes", values: [1, 2, 4, 8, 16, 32] } },
  };
  checkFile("--data", data);
  if (test !== undefined) checkFile("--test", test);
  const space = await spaceOf({ ...description, data: located(data) }, network);
  checkBudget(space, samples);
  const scored = test === undefined ? null : await spaceOf({ ...description, data: located(test) }, network);
  const complete = completeCore(space.base.core);
  const unlimited = Object.fromEntries(
    Object.entries(complete.memories).map(([name, memory]) => [name, { ...memory, bytes: "unlimited" }]),
  ) as unknown as CompleteCore["memories"];
  const bare: Space = {
    ...space,
    axes: [],
    data: { ...space.data, samples: samples ?? null },
    base: { ...space.base, core: { ...complete, memories: unlimited } },
  };
  const files = { ...space.files.paths, ...scored?.files.paths };
  const caches = createCaches(contentsAt(files));
  const ir = await caches.network(designOf(bare, {}).point.network);
  return {
    name: network,
    place: samples === undefined ? `--data ${data.name}` : `--samples ${samples}`,
    ir,
    core: complete,
    space: bare,
    test: scored === null ? null : { ...scored.data, samples: null },
    classes: { data: space.classes, test: scored?.classes ?? null },
    files: { ...bare.files.paths, ...files },
    caches,
  };
}

function located(data: SpaceData): SpaceData {
  return isGenerated(data.name) ? data : { ...data, name: resolve(data.name) };
}

/** Of a space a missing file is a mistake of its own; here the network's description has none. */
function checkFile(option: string, { name }: SpaceData): void {
  if (isGenerated(name)) return;
  const found = statSync(name, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) return;
  const problem = found === undefined ? "there is no such file" : "is a folder";
  throw new ExploreError(`${option} ${name}`, problem, "name a data set");
}

function checkBudget({ available }: Space, samples: number | undefined): void {
  if (samples === undefined || available === null || samples <= available) return;
  const remedy = "give fewer, or leave it out to take all";
  throw new ExploreError(`--samples ${samples}`, `the data have ${available} samples`, remedy);
}
