/** Loads a space: its file, the networks, cores and data that it names, and checks that its axes mean something. */

import { dirname, extname, resolve } from "node:path";
import { generatedDataset } from "../datasets/generated.ts";
import { openDataset } from "../datasets/open.ts";
import type { CoreDescription } from "../description/core.ts";
import { DescriptionError, type Issue } from "../description/issues.ts";
import { DESCRIPTION_EXTENSIONS, loadDescription } from "../description/load.ts";
import type { NetworkDescription } from "../description/network.ts";
import { PRESETS } from "../description/presets.ts";
import { axisOf } from "./axis.ts";
import { checkSpace } from "./check-space.ts";
import { createLocalFiles, type LocalFiles } from "./contents.ts";
import { designOf } from "./design.ts";
import { checkDesigns, chosenWith } from "./design-check.ts";
import type { Space } from "./loaded-space.ts";
import type { PointData } from "./point.ts";
import { referenceFiles } from "./reference-files.ts";
import type { SpaceData, SpaceDescription } from "./space.ts";

export const DEFAULT_OBJECTIVES: Space["objectives"] = { accuracy: "max", memory: "min", cycles: "min" };
const DEFAULT_VALIDATION = 0.2;

/**
 * @throws DescriptionError with the mistakes of the space, of what it names, or of axes of which no value is right
 * @throws DatasetError for data that cannot be read, or generated data whose options are wrong
 */
export async function loadSpace(path: string): Promise<Space> {
  return spaceOf(await loadDescription(path, "export default space({...})"), path);
}

/** @param path names the space in errors; files that it names are relative to its folder */
export async function spaceOf(value: unknown, path: string): Promise<Space> {
  const description = checkSpace(value, path);
  const directory = dirname(resolve(path));
  const files = createLocalFiles();
  const networks = new Map<string, NetworkDescription>();
  const cores = new Map<string, CoreDescription>();
  for (const name of namesAt(description, "network")) {
    const file = resolve(directory, name);
    const loaded = await loadNamed(file, path, `network "${name}"`);
    networks.set(name, referenceFiles(loaded, dirname(file), files) as NetworkDescription);
  }
  for (const name of namesAt(description, "core")) {
    const preset = Object.hasOwn(PRESETS, name);
    const loaded = preset ? { preset: name } : await loadNamed(resolve(directory, name), path, `core "${name}"`);
    cores.set(name, loaded as CoreDescription);
  }
  const { network, core = "default", samples, training } = description;
  const data = await dataOf(description.data, directory, path, files);
  const test = training?.test === undefined ? null : await dataOf(training.test, directory, path, files);
  const space: Space = {
    name: path,
    directory,
    axes: Object.entries(description.axes).map(([name, axis]) => axisOf(name, axis)),
    base: {
      network:
        typeof network === "string"
          ? networks.get(network)!
          : (referenceFiles(network, directory, files) as NetworkDescription),
      core: typeof core === "string" ? cores.get(core)! : core,
      training:
        training === undefined
          ? null
          : {
              model: training.model ?? "core",
              epochs: training.epochs,
              seed: training.seed ?? 1,
              validation: training.validation ?? (training.test === undefined ? DEFAULT_VALIDATION : 0),
              test: test === null ? null : plan(test),
            },
    },
    networks,
    cores,
    data: { ...plan(data), samples: samples ?? null },
    available: training === undefined ? data.available : null,
    classes: data.found,
    seeds: description.seeds ?? null,
    constraints: description.constraints ?? {},
    objectives: description.objectives ?? DEFAULT_OBJECTIVES,
    search: description.search ?? {},
    files,
  };
  checkSamples(space);
  checkDesigns(space);
  nameFiles(space);
  return space;
}

function plan({ available: _, found: __, ...data }: Awaited<ReturnType<typeof dataOf>>): PointData {
  return data;
}

/** More samples than there are would be points of their own, of other names than those with all of them. */
export function samplesFault(samples: number | null, { available }: Pick<Space, "available">): Fault | undefined {
  if (samples === null || available === null || samples <= available) return undefined;
  return {
    problem: `must be at most ${available}: the data have no more samples`,
    remedy: "give fewer, or leave it out to take all",
  };
}

type Fault = Pick<Issue, "problem" | "remedy">;

/** @throws DescriptionError for more samples than there are */
export function checkSamples(space: Space): void {
  const { samples } = space.data;
  const fault = samplesFault(samples, space);
  if (fault !== undefined) throw new DescriptionError(space.name, [{ path: "samples", value: samples, ...fault }]);
}

/** Reads every file that an alternative names, so that one that is not there is told before anything runs. */
function nameFiles(space: Space): void {
  const first = chosenWith(space.axes, new Map());
  for (const { name, values, ordered } of space.axes) {
    if (ordered) continue;
    for (const value of values ?? []) designOf(space, { ...first, [name]: value });
  }
}

/** Names that stand where a description may: in the space itself, and in options that set the whole of it. */
function namesAt(description: SpaceDescription, root: "network" | "core"): ReadonlySet<string> {
  const options = Object.values(description.axes).flatMap((axis) =>
    "options" in axis ? Object.values(axis.options) : [],
  );
  const listed = Object.values(description.axes).flatMap((axis) =>
    "values" in axis && [axis.path].flat().includes(root) ? axis.values : [],
  );
  const own = description[root] ?? (root === "core" ? "default" : undefined);
  const all = [own, ...options.map((settings) => settings[root]), ...listed];
  return new Set(all.filter((value) => typeof value === "string"));
}

async function loadNamed(file: string, space: string, what: string): Promise<unknown> {
  if (!DESCRIPTION_EXTENSIONS.includes(extname(file).toLowerCase())) {
    const remedy = `name a file that ends in ${DESCRIPTION_EXTENSIONS.join(", ")}, for a core also ${Object.keys(PRESETS).join(", ")}`;
    throw new DescriptionError(space, [
      { path: what, value: undefined, problem: "is not a description's file", remedy },
    ]);
  }
  return loadDescription(file);
}

/** Opened once to know that it can be: each design would fail of it, one by one. */
async function dataOf(
  given: string | SpaceData,
  directory: string,
  space: string,
  files: LocalFiles,
): Promise<PointData & { readonly available: number; readonly found: number | null }> {
  const data: SpaceData = typeof given === "string" ? { name: given } : given;
  const { name, channels, classes, timeUnit, offset = 0, limit = Number.POSITIVE_INFINITY } = data;
  const generated = generatedDataset(name);
  const path = resolve(directory, name);
  const source = generated === undefined ? files.add(path, space) : name;
  const options = {
    ...(channels !== undefined && { channels }),
    ...(classes !== undefined && { classes }),
    ...(timeUnit !== undefined && { timeUnit }),
  };
  const dataset = generated ?? (await openDataset(path, options));
  dataset.close();
  return {
    available: Math.min(limit, Math.max(0, dataset.size - offset)),
    found: dataset.classes ?? null,
    source,
    channels: data.channels ?? null,
    classes: data.classes ?? null,
    timeUnit: data.timeUnit ?? null,
    offset: data.offset ?? 0,
    limit: data.limit ?? null,
    samples: null,
    timestepMs: data.timestep ?? null,
    steps: data.steps ?? null,
    group: data.group ?? null,
    merge: data.merge ?? true,
  };
}
