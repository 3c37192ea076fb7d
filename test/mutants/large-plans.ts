/** Cases with numbers that 16 bits do not hold, each in one dimension, so that they stay quick. */

import type { DelayKind } from "../../compiler/ir.ts";
import { free, narrow, type Plan, queue, wide } from "./plan.ts";
import { link, type Shape, small } from "./shapes.ts";

/** Rows of more than 64 kB together. */
const beyond = (kind: DelayKind): Shape => ({
  inputs: [64],
  lifs: [300],
  readouts: [3],
  links: [link(0, 1, kind, 3, { density: 100 }), link(1, 2, "none", 0)],
});

export const largePlans: readonly Plan[] = [
  [
    "hazard beyond 65,536 words",
    "ring",
    { inputs: [1], lifs: [264], readouts: [2], links: [link(0, 1, "synaptic", 255, { only: 263 })] },
    {
      ...free,
      lanes: 1,
      hazard: "stall",
      queues: { input: 64, output: 4 },
      memories: { ring: { bytes: "unlimited", ports: "1R1W" } },
    },
    [{ ticks: 2, events: 30 }],
  ],
  ["rows beyond 64 kB, ring", "ring", beyond("synaptic"), free, [{ ticks: 4, events: 10 }]],
  ["rows beyond 64 kB, spike ring", "spike-ring", beyond("axonal"), free, [{ ticks: 4, events: 10 }]],
  [
    "rows beyond 64 kB, queue",
    "queue",
    beyond("synaptic"),
    { ...free, ...queue(400, "deliver") },
    [{ ticks: 4, events: 10 }],
  ],
  ...(["nearest", "stochastic"] as const).map(
    (rounding): Plan => [
      `65,000 neurons, ${rounding}`,
      "ring",
      {
        inputs: [2],
        lifs: [35_000, 30_000],
        readouts: [3],
        links: [link(0, 1, "axonal", 1, { density: 1 }), link(0, 2, "none", 0, { density: 1 }), link(0, 3, "none", 0)],
        silent: true,
      },
      { ...narrow("add"), ...free, lanes: 32, spikeWord: 32, decay: { bits: 12, rounding } },
      [{ ticks: 3, events: 3 }],
    ],
  ),
  [
    "more than 65,536 cycles",
    "ring",
    {
      inputs: [2],
      lifs: [300, 250],
      readouts: [2],
      links: [
        link(0, 1, "none", 0, { storage: "dense", rows: [2] }),
        link(1, 2, "none", 0, { storage: "dense", rows: [0.5] }),
        link(2, 3, "none", 0),
      ],
      silent: true,
    },
    { ...free, lanes: 1 },
    [{ ticks: 2, events: 4 }],
  ],
  [
    "more than 65,536 cycles held by a port",
    "ring",
    {
      inputs: [2],
      lifs: [250],
      readouts: [300],
      links: [link(0, 1, "none", 0, { storage: "dense", rows: [2] }), link(1, 2, "none", 0, { storage: "dense" })],
      silent: true,
    },
    { ...free, lanes: 1, memories: { ring: { bytes: "unlimited", ports: "1RW" } } },
    [{ ticks: 2, events: 4 }],
  ],
  [
    "more than 65,536 cycles of waiting for the receiver",
    "ring",
    {
      inputs: [2],
      lifs: [300],
      readouts: [2],
      links: [link(0, 1, "none", 0, { storage: "dense", rows: [2] }), link(1, 2, "none", 0)],
    },
    { ...free, queues: { input: 4, output: 3 } },
    [{ ticks: 2, events: 4, readiness: 1 }],
  ],
  [
    "more than 65,536 cycles of waiting for input",
    "ring",
    small("synaptic", 3),
    { tick: { period: { cycles: 150_000 }, overrun: "queue" }, queues: { input: 4, output: 4 } },
    [{ ticks: 2, events: 6, timed: true }],
  ],
  // Counters that leave 16 bits; the rows of one neuron are one word each.
  ...(["drop", "deliver"] as const).map(
    (overflow): Plan => [
      `more than 65,536 events, ${overflow}`,
      "queue",
      { inputs: [3], lifs: [1], readouts: [2], links: [link(0, 1, "axonal", 2, { only: 0 })] },
      { ...free, ...queue(1, overflow), accumulator: { bits: 8, current: 8, saturate: "add" } },
      [{ ticks: 20, events: 16_000 }],
    ],
  ),
  [
    "more than 65,536 hazards",
    "ring",
    { inputs: [1], lifs: [1], readouts: [2], links: [link(0, 1, "none", 0, { only: 0 })] },
    {
      ...free,
      hazard: "stall",
      queues: { input: 64, output: 4 },
      memories: { ring: { bytes: "unlimited", ports: "1R1W" } },
    },
    [{ ticks: 4, events: 100_000 }],
  ],
  [
    "more than 65,536 sets",
    "spike-ring",
    { inputs: [3], lifs: [1], readouts: [2], links: [link(0, 1, "axonal", 2, { only: 0 })] },
    free,
    [{ ticks: 12, events: 16_000 }],
  ],
  ...(["skip", "merge"] as const).map(
    (overrun): Plan => [
      `more than 65,536 events dropped, ${overrun}`,
      "ring",
      { inputs: [3], lifs: [1], readouts: [2], links: [link(0, 1, "none", 0, { only: 0 })] },
      { tick: { period: { cycles: 1 }, overrun } },
      [{ ticks: 12, events: 16_000 }],
    ],
  ),
  [
    "more than 65,536 clipped currents",
    "ring",
    { inputs: [2], lifs: [], readouts: [600], links: [link(0, 1, "none", 0, { storage: "dense", rows: [1] })] },
    { ...narrow("add"), ...free, lanes: 32, spikeWord: 32, accumulator: { bits: 16, current: 8, saturate: "add" } },
    [{ ticks: 180, events: 30 }],
  ],
  // The same where neurons are updated one at a time, and the other counts of a population.
  ...(["narrow", "wide"] as const).flatMap((width) => {
    const bits = width === "narrow" ? 16 : 20;
    const chosen = { ...narrow("add"), ...free, lanes: 32, spikeWord: 32 } as const;
    const rows = { storage: "dense", rows: [1] } as const;
    const accumulator = { bits, current: bits, saturate: "add" } as const;
    const [readouts, lifs]: Shape[] = [
      { inputs: [2], lifs: [], readouts: [600], links: [link(0, 1, "none", 0, rows)] },
      { inputs: [2], lifs: [600], readouts: [2], links: [link(0, 1, "none", 0, rows)], silent: true },
    ];
    const clipped: Plan = [
      `more than 65,536 clipped membranes, ${width}`,
      "ring",
      readouts!,
      { ...chosen, accumulator, membrane: { bits, populations: {} } },
      [{ ticks: 180, events: 24 }],
    ];
    const spiking: Plan = [
      `more than 65,536 spikes, ${width}`,
      "ring",
      lifs!,
      { ...chosen, accumulator, membrane: { bits, populations: {} } },
      [{ ticks: 180, events: 12 }],
    ];
    return [clipped, spiking];
  }),
  [
    "more than 65,536 clipped currents, wide",
    "ring",
    { inputs: [2], lifs: [], readouts: [600], links: [link(0, 1, "none", 0, { storage: "dense", rows: [1] })] },
    { ...narrow("add"), ...free, lanes: 32, spikeWord: 32, accumulator: { bits: 20, current: 8, saturate: "add" } },
    [{ ticks: 180, events: 30 }],
  ],
  [
    "merged from the 80,001st event on",
    "ring",
    { inputs: [3], lifs: [1], readouts: [2], links: [link(0, 1, "none", 0, { only: 0 })] },
    { tick: { period: { cycles: 50_000 }, overrun: "merge" } },
    [{ ticks: 6, events: 5, exactly: [80_000] }],
  ],
  [
    "more than 65,536 remainders dropped",
    "queue",
    { inputs: [3], lifs: [6], readouts: [2], links: [link(0, 1, "synaptic", 2, { density: 100 })] },
    { ...free, ...queue(1, "drop"), lanes: 8 },
    [{ ticks: 20, events: 16_000 }],
  ],
  // One bit of a draw in 65,536 moves a membrane seldom: many neurons that are not at rest.
  [
    "30,000 neurons, stochastic to 16 bits",
    "ring",
    { inputs: [2], lifs: [], readouts: [30_000], links: [link(0, 1, "none", 0, { density: 50 })] },
    { ...wide, ...free, lanes: 32, spikeWord: 32, decay: { bits: 16, rounding: "stochastic" }, decision: "none" },
    [{ ticks: 6, events: 3 }],
  ],
];
