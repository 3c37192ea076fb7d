/** A space whose points take a few milliseconds: 5 channels, 6 neurons, 3 classes, Yin-Yang. */

import type { SpaceDescription } from "../../explore/space.ts";

export const SMALL_NETWORK = {
  timestep: { ms: 1 },
  populations: {
    point: { kind: "input", channels: 5 },
    hidden: { kind: "lif", size: 6, tau: { ms: 20 }, threshold: 1, reset: "subtract" },
    class: { kind: "readout", size: 3, tau: { ms: 20 } },
  },
  projections: [
    {
      kind: "dense",
      from: "point",
      to: "hidden",
      weights: { kind: "uniform", low: -0.5, high: 1.5 },
      delays: { kind: "synaptic", max: { steps: 7 }, init: { kind: "uniform" } },
    },
    { kind: "dense", from: "hidden", to: "class", weights: { kind: "normal", mean: 0, sd: 0.5 } },
  ],
};

/** Bits, lanes, and a scheme of which one kind has a length of its own. */
export const SMALL_SPACE = {
  network: SMALL_NETWORK,
  axes: {
    bits: { path: "core.weights.bits", values: [4, 6, 8] },
    scheme: { options: { ring: { "core.delays.scheme": "ring" }, queue: { "core.delays.scheme": "queue" } } },
    entries: { path: "core.delays.entries", values: [64, 128], when: { scheme: "queue" } },
  },
  data: { name: "yin-yang:1,samples=24", steps: 60 },
} as unknown as SpaceDescription;
