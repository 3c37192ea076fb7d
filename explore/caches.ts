/** What an evaluating process keeps between points: parts of them that many points share, by what they are made of. */

import { quantiseIr } from "../compiler/compile.ts";
import type { NetworkIr } from "../compiler/ir.ts";
import { quantisationCore } from "../compiler/quantisation-core.ts";
import type { QuantisedResult } from "../compiler/quantise.ts";
import { resolve } from "../compiler/resolve.ts";
import { groupedChannels } from "../datasets/bin.ts";
import { generatedDataset } from "../datasets/generated.ts";
import { openDataset } from "../datasets/open.ts";
import type { Dataset } from "../datasets/sample.ts";
import type { CompleteCore } from "../description/core.ts";
import type { Stimulus } from "../emulator/record.ts";
import { stimulusOf } from "../emulator/stimulus.ts";
import { keyOf } from "../formats/canonical.ts";
import type { Manifest } from "../image/manifest.ts";
import { type BinnedSet, collect } from "../training/binned-set.ts";
import { arrayBytes, boundedCache } from "./bounded-cache.ts";
import type { Contents } from "./contents.ts";
import { ExploreError } from "./explore-error.ts";
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
  /** @throws DescriptionError as `network` @throws CompileError for a network that has no numbers on this core */
  quantised(description: DesignPoint["network"], core: CompleteCore): Promise<QuantisedResult>;
  data(plan: PointData, network: NetworkIr): Promise<SharedSet>;
}

/** Bytes of each kind of thing that a process keeps. */
const MOST = { networks: 64e6, quantised: 64e6, sets: 256e6 } as const;

export function createCaches(contents: Contents): Caches {
  const networks = boundedCache<NetworkIr>(MOST.networks, arrayBytes);
  const numbers = boundedCache<QuantisedResult>(MOST.quantised, arrayBytes);
  const sets = boundedCache<SharedSet>(MOST.sets, setBytes);
  const network: Caches["network"] = (description) =>
    networks(keyOf(description), async () => resolve(await locateFiles(description, contents), { baseDirectory: "/" }));
  return {
    network,
    // Cores that differ in lanes, ports, clock or capacities hold the same numbers.
    quantised: (description, core) =>
      numbers(keyOf({ description, core: quantisationCore(core) }), async () =>
        quantiseIr(await network(description), core),
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

/** Events as the set keeps them, 2 B, and as stimuli, 4 B; the starts of steps are shared. */
function setBytes({ set }: SharedSet): number {
  return 6 * set.events + 4 * set.steps.reduce((sum, steps) => sum + steps + 1, 0);
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
      throw new ExploreError(
        dataset.name,
        `has ${left} channels in groups of ${group}, the network has ${channels}`,
        `a group of ${fits} or more would fit`,
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
      throw new ExploreError(dataset.name, `no sample is left from ${plan.offset} on`, "give a smaller offset");
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
