/** What an evaluating process keeps between points: parts of them that many points share, by what they are made of. */

import type { NetworkIr } from "../compiler/ir.ts";
import { resolve } from "../compiler/resolve.ts";
import { groupedChannels } from "../datasets/bin.ts";
import { generatedDataset } from "../datasets/generated.ts";
import { openDataset } from "../datasets/open.ts";
import type { Dataset } from "../datasets/sample.ts";
import type { Stimulus } from "../emulator/record.ts";
import { stimulusOf } from "../emulator/stimulus.ts";
import { keyOf } from "../formats/canonical.ts";
import type { Manifest } from "../image/manifest.ts";
import { type BinnedSet, collect } from "../training/binned-set.ts";
import type { Contents } from "./contents.ts";
import type { DesignPoint, PointData } from "./point.ts";
import { locateFiles } from "./reference-files.ts";

/** A set that points share, with its samples as the core gets them. */
export interface SharedSet {
  readonly set: BinnedSet;
  stimulus(n: number, manifest: Manifest): Stimulus;
}

export interface Caches {
  /** @throws DescriptionError for a network with mistakes */
  network(description: DesignPoint["network"]): Promise<NetworkIr>;
  data(plan: PointData, network: NetworkIr): Promise<SharedSet>;
}

/** Networks of a few MB and data sets of a few MB: more of either seldom take turns. */
const NETWORKS = 16;
const SETS = 4;

export function createCaches(contents: Contents): Caches {
  const networks = cache<NetworkIr>(NETWORKS);
  const sets = cache<SharedSet>(SETS);
  return {
    network: (description) =>
      networks(keyOf(description), async () =>
        resolve(await locateFiles(description, contents), { baseDirectory: "/" }),
      ),
    data(plan, { timestepMs, populations }) {
      const channels = populations.reduce((sum, { kind, size }) => sum + (kind === "input" ? size : 0), 0);
      // How many of its samples a point takes is the point's own.
      const { samples: _, ...read } = plan;
      const needs = { channels, timestepMs: plan.timestepMs ?? timestepMs };
      return sets(keyOf({ read, needs }), () => readSet(plan, needs, contents));
    },
  };
}

/** The values of the last few keys. One that is being made is shared; one that could not be made is not kept. */
function cache<T>(size: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return async (key, make) => {
    const value = kept.get(key) ?? make();
    // Behind all others: a map keeps the order in which keys came.
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > size) kept.delete(kept.keys().next().value!);
    try {
      return await value;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  };
}

async function readSet(
  plan: PointData,
  { channels, timestepMs }: { readonly channels: number; readonly timestepMs: number },
  contents: Contents,
): Promise<SharedSet> {
  const dataset = await open(plan, contents);
  try {
    const group = plan.group ?? Math.max(1, Math.ceil(dataset.channels / channels));
    const left = groupedChannels(dataset.channels, group);
    if (left > channels) {
      const fits = Math.ceil(dataset.channels / channels);
      throw new Error(
        `${dataset.name}: has ${left} channels in groups of ${group}, the network has ${channels}; a group of ${fits} or more would fit`,
      );
    }
    const binning = {
      timestepMs,
      steps: plan.steps ?? ("all" as const),
      group,
      merge: plan.merge,
      channels: dataset.channels,
    };
    const set = await collect(dataset, binning, {
      offset: plan.offset,
      ...(plan.limit !== null && { limit: plan.limit }),
    });
    if (set.size === 0)
      throw new Error(`${dataset.name}: no sample is left from ${plan.offset} on; give a smaller offset`);
    const stimuli = new Map<number, Stimulus>();
    return {
      set,
      stimulus(n, manifest) {
        // Events in bursts: nothing of the core decides when they arrive.
        const stimulus = stimuli.get(n) ?? stimulusOf(set.sample(n), manifest);
        stimuli.set(n, stimulus);
        return stimulus;
      },
    };
  } finally {
    dataset.close();
  }
}

async function open({ source, channels, classes, timeUnit }: PointData, contents: Contents): Promise<Dataset> {
  const generated = generatedDataset(source);
  if (generated !== undefined) return generated;
  const options = {
    ...(channels !== null && { channels }),
    ...(classes !== null && { classes }),
    ...(timeUnit !== null && { timeUnit }),
  };
  return openDataset(await contents.pathOf(source), options);
}

/** Positions of so many samples, spread evenly over a set: of a set that is sorted by class, some of each. */
export function spread(size: number, samples: number | null): Uint32Array {
  const count = Math.min(size, samples ?? size);
  return Uint32Array.from({ length: count }, (_, n) => Math.floor(((n + 0.5) * size) / count));
}
