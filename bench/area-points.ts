/** Design points that the area estimate is fitted on: small inference cores, each axis of the core changed by itself and together with others. */

import { compileIr } from "../compiler/compile.ts";
import { resolve } from "../compiler/resolve.ts";
import { completeCore } from "../description/complete-core.ts";
import type { CoreDescription } from "../description/core.ts";
import { kB } from "../description/core-units.ts";
import { normal, uniform } from "../description/initialisers.ts";
import type { NetworkLearning } from "../description/learning.ts";
import { type NetworkDescription, network } from "../description/network.ts";
import { input, lif, readout } from "../description/populations.ts";
import { axonal, dense, type PopulationRef, type Projection, sparse, synaptic } from "../description/projections.ts";
import { ms, steps } from "../description/units.ts";
import type { Manifest } from "../image/manifest.ts";

export interface DesignPoint {
  readonly name: string;
  readonly core: CoreDescription;
  readonly network: NetworkDescription;
}

export async function manifestOf({ core, network }: DesignPoint): Promise<Manifest> {
  return compileIr(await resolve(network, { baseDirectory: "." }), completeCore(core), { checkCapacity: false }).image
    .manifest;
}

export interface Shape {
  readonly channels: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  readonly delays?: "synaptic" | "axonal";
  readonly slots?: number;
  readonly density?: number;
  readonly recurrent?: boolean;
}

export const SMALL: Shape = { channels: 16, hidden: [16], classes: 4, delays: "synaptic", slots: 8 };
export const PLAIN: Shape = { channels: 16, hidden: [16], classes: 4 };
export const AXONAL: Shape = { ...SMALL, delays: "axonal" };

/** Every core holds its network: memories are as deep as the network needs in the RTL, whatever the capacity. */
const ROOM: CoreDescription = {
  memories: {
    axons: { bytes: kB(64) },
    synapses: { bytes: kB(512) },
    ring: { bytes: kB(256) },
    spikes: { bytes: kB(8) },
  },
};

function shaped(
  { channels, hidden, classes, delays, slots = 1, density, recurrent = false }: Shape,
  learning?: NetworkLearning,
): NetworkDescription {
  const options = (delayed: boolean): Parameters<typeof dense>[2] => {
    const max = steps(slots - 1);
    const init = uniform();
    const shared = { weights: normal(0, 0.3) };
    if (!delayed || delays === undefined) return shared;
    return { ...shared, delays: delays === "synaptic" ? synaptic({ max, init }) : axonal({ max, init }) };
  };
  const join = (from: PopulationRef, to: PopulationRef, delayed: boolean): Projection<PopulationRef> =>
    density === undefined ? dense(from, to, options(delayed)) : sparse(from, to, { ...options(delayed), density });
  const sound = input({ channels });
  const layers = hidden.map((size) => lif({ size, tau: ms(20), threshold: 1, reset: "subtract" }));
  const digit = readout({ size: classes, tau: ms(40) });
  const all = [sound, ...layers, digit];
  return network({
    timestep: ms(5),
    populations: Object.fromEntries(all.map((population, n) => [`p${n}`, population])),
    projections: [
      ...all.slice(1).map((to, n) => join(all[n]!, to, to !== digit)),
      ...(recurrent ? [join(layers[0]!, layers[0]!, true)] : []),
    ],
    ...(learning !== undefined && { learn: learning }),
  });
}

/** @param learning of a network that learns; its core has an engine then */
export function point(name: string, core: CoreDescription, shape: Shape, learning?: NetworkLearning): DesignPoint {
  const { memories, ...rest } = core;
  return {
    name,
    core: { preset: "tiny", ...rest, memories: { ...ROOM.memories, ...memories } },
    network: shaped(shape, learning),
  };
}

const RING_1R1W = { memories: { ring: { ports: "1R1W" }, neurons: { ports: "1R1W" } } } as const;
const SOFTMAX = { rule: "softmax" } as const;

export const DESIGN_POINTS: readonly DesignPoint[] = [
  point("tiny", {}, SMALL),
  point("no delays", {}, PLAIN),
  point("4 lanes", { lanes: 4 }, SMALL),
  point("softmax", { decision: SOFTMAX }, SMALL),
  point("queue", { delays: { scheme: "queue" } }, SMALL),
  point("stochastic", { decay: { rounding: "stochastic" } }, PLAIN),
  point("2 lanes", { lanes: 2 }, SMALL),
  point("membranes of 24 bits", { membrane: { bits: 24 }, accumulator: { bits: 24 }, decay: { bits: 14 } }, SMALL),
  point("no decision", { decision: "none" }, SMALL),
  point("spike ring", { delays: { scheme: "spike-ring" } }, AXONAL),
  point("two hidden layers", {}, { ...SMALL, hidden: [16, 16] }),
  point(
    "4 lanes of 12 bits",
    { lanes: 4, membrane: { bits: 12 }, accumulator: { bits: 12 }, decay: { bits: 8 } },
    PLAIN,
  ),
  point("valid bits", { clear: "valid" }, { ...SMALL, slots: 4 }),
  point("membranes of 12 bits", { membrane: { bits: 12 }, accumulator: { bits: 12 }, decay: { bits: 8 } }, PLAIN),
  point(
    "softmax, wide",
    { decision: { ...SOFTMAX, table: { bits: 16, entriesLog2: 8 } }, lanes: 2 },
    { ...PLAIN, classes: 10 },
  ),
  point("weights of 12 bits", { weights: { bits: 12 }, accumulator: { bits: 20 } }, SMALL),
  point(
    "2 lanes, queue, two ports",
    { lanes: 2, delays: { scheme: "queue", overflow: "deliver" }, ...RING_1R1W },
    AXONAL,
  ),
  point("three hidden layers, recurrent", { lanes: 2 }, { ...PLAIN, hidden: [16, 8, 16], recurrent: true }),
  point("scores of 20 bits", { decision: { rule: "sum", scoreBits: 20 } }, { ...PLAIN, classes: 10 }),
  point(
    "128 channels, 48 neurons, 32 slots",
    { spikeWord: 32, queues: { input: 16, output: 16 } },
    { channels: 128, hidden: [48], classes: 10, delays: "synaptic", slots: 32 },
  ),
  point("8 lanes, no delays", { lanes: 8 }, { ...PLAIN, hidden: [32] }),
  point("two ports", RING_1R1W, SMALL),
  point(
    "4 lanes, spike ring",
    { lanes: 4, spikeWord: 16, delays: { scheme: "spike-ring" }, ...RING_1R1W },
    { ...AXONAL, hidden: [24] },
  ),
  point("sparse", {}, { ...SMALL, density: 0.5 }),
  point("2 lanes, saturating adds", { lanes: 2, accumulator: { bits: 14, saturate: "add" } }, SMALL),
  point("4 lanes, stochastic", { lanes: 4, decay: { rounding: "stochastic" }, ...RING_1R1W }, SMALL),
  point("axonal delays", {}, AXONAL),
  point("weights of 4 bits", { weights: { bits: 4 }, accumulator: { bits: 12 } }, SMALL),
  point("2 lanes, two ports, stalls", { lanes: 2, hazard: "stall", ...RING_1R1W }, SMALL),
  point(
    "4 lanes, 64 neurons, words of 32",
    { lanes: 4, spikeWord: 32, decision: SOFTMAX, ...RING_1R1W },
    { channels: 64, hidden: [64], classes: 10, delays: "synaptic", slots: 16 },
  ),
];
