/** Cases chosen by hand, for places that the random ones seldom or never reach. */

import { compileIr } from "../../compiler/compile.ts";
import type { CoreDescription } from "../../description/core.ts";
import type { Case } from "../generators/case.ts";
import { largePlans } from "./large-plans.ts";
import { learningCases } from "./learning-plans.ts";
import { caseOf, every, free, narrow, type Plan, queue, some, type Ticks, wide } from "./plan.ts";
import { large, link, type Shape, small } from "./shapes.ts";

const long: Ticks = { ticks: 300, events: 3 };

/** With 8 bits and a range of 1 the second and third are -1 LSB, whether the LSB is 2^-6 or 2^-7. */
const MINUS_ONE: readonly number[] = [1, -1 / 64, -1 / 128];

const plans: readonly Plan[] = [
  // More than the 256 steps of one batch of records, and rings that move down many times.
  ["long, ring", "ring", small("synaptic", 3), { ...narrow("read"), ...free }, [long]],
  ["long, ring of one slot more", "ring", small("axonal", 1), { ...narrow("add"), ...free }, [long]],
  ["long, wide", "ring", small("synaptic", 2, { uniform: false }), { ...wide, ...free }, [long]],
  ["long, spike ring", "spike-ring", small("axonal", 6), free, [long]],
  ["long, queue", "queue", small("synaptic", 6), { ...free, ...queue(40, "drop") }, [long]],
  ["long, timed", "ring", small("synaptic", 3), every(60), [{ ...long, timed: true }]],
  ["long, skipping", "ring", small("synaptic", 3), { tick: { period: { cycles: 30 }, overrun: "skip" } }, [long]],
  // Delays up to the limit; rings beyond the places that 16 bits hold.
  ["delays of 255, near", "ring", large("synaptic", 255, 40), free, [some]],
  ["delays of 255, axonal", "ring", large("axonal", 255, 40), free, [some]],
  ["delays of 255, spike ring", "spike-ring", large("axonal", 255, 40), free, [some]],
  ["delays of 255, queue", "queue", large("synaptic", 255, 40), { ...free, ...queue(4096, "drop") }, [some]],
  // Populations of several spike words, whole and not.
  ["128 neurons", "ring", large("none", 0, 128), { ...narrow("read"), ...free }, [some]],
  ["200 neurons, saturating", "ring", large("axonal", 3, 200), { ...narrow("add"), ...free }, [some]],
  ["100 neurons, wide", "queue", large("synaptic", 3, 100), { ...wide, ...queue(600, "deliver") }, [some]],
  ["65 neurons, spike ring", "spike-ring", large("axonal", 4, 65), wide, [some]],
  // Every way to add a row: storage of weights, width of the ring, saturation.
  ...([16, 24, 32] as const).flatMap((bits) =>
    ([4, 8, 15] as const).flatMap((weightBits) =>
      (["read", "add"] as const).map((saturate): Plan => {
        const chosen: Partial<CoreDescription> = {
          ...free,
          weights: { bits: weightBits },
          accumulator: { bits, current: bits, saturate },
          membrane: { bits: Math.max(bits, 18), populations: {} },
        };
        const shape = small("synaptic", 3, { refractorySteps: 1 });
        const fits = saturate === "add" || weightBits < bits - 4;
        const used = fits ? chosen : { ...chosen, weights: { bits: 6 } };
        return [`${weightBits}-bit weights, ${bits}-bit ring, ${saturate}`, "ring", shape, used, [some]];
      }),
    ),
  ),
  ...([16, 32] as const).flatMap((bits) =>
    (["read", "add"] as const).map((saturate): Plan => {
      const chosen: Partial<CoreDescription> = {
        ...free,
        weights: { bits: 6 },
        accumulator: { bits, current: bits, saturate },
        membrane: { bits, populations: {} },
      };
      const name = `delays of 255, far, ${bits}-bit ring, ${saturate}`;
      return [name, "ring", large("synaptic", 255, 264), chosen, [{ ticks: 3, events: 12 }]];
    }),
  ),
  // A receiver that is almost always ready.
  [
    "receiver ready 255 times in 256",
    "ring",
    { ...small("none", 0), lifs: [40], links: [link(0, 2, "none", 0), link(1, 2, "none", 0), link(2, 3, "none", 0)] },
    { ...narrow("add"), ...free },
    [{ ticks: 250, events: 6, readiness: 255 }],
  ],
  // Decay with more bits than a vector holds, and every rounding on wide and on narrow populations.
  ...([15, 16, 14, 1] as const).flatMap((bits) =>
    (["floor", "zero", "nearest", "stochastic"] as const).map((rounding): Plan => {
      const chosen = { ...narrow("add"), ...free, decay: { bits, rounding } };
      return [`decay ${bits} bits, ${rounding}`, "ring", small("synaptic", 3), chosen, [some]];
    }),
  ),
  // The input queue at its smallest, with a sender in a hurry and one with time.
  ...([1, 2, 3] as const).flatMap((input) =>
    [false, true].map((timed): Plan => {
      const chosen = { ...every(90), queues: { input, output: 2 } };
      const name = `input queue of ${input}, ${timed ? "timed" : "burst"}`;
      return [name, "ring", small("synaptic", 3), chosen, [{ ticks: 12, events: 24, timed, readiness: 40 }]];
    }),
  ),
  // Steps of nothing but input: the next element finds a queue of one as the marker has left it.
  ...[false, true].map((timed): Plan => {
    const membrane = { bits: 16, populations: {} };
    const chosen: Partial<CoreDescription> = { membrane, decision: "none", queues: { input: 1, output: 1 } };
    const shape: Shape = { inputs: [3], lifs: [], readouts: [], links: [] };
    const name = `inputs alone, ${timed ? "timed" : "burst"}`;
    return [name, "ring", shape, { ...(timed ? every(8) : free), ...chosen }, [{ ticks: 12, events: 4, timed }]];
  }),
  // A delay queue that is full.
  ...([1, 2, 5, 17] as const).flatMap((entries) =>
    (["drop", "deliver"] as const).map((overflow): Plan => {
      const chosen = { ...free, ...queue(entries, overflow) };
      return [`queue of ${entries}, ${overflow}`, "queue", small("synaptic", 6), chosen, [some, some]];
    }),
  ),
  // Decisions between classes that tie, and by margin.
  ...(["sum", "softmax"] as const).flatMap((rule) =>
    (["end", { step: 4 }, { margin: 0.05, minSteps: 3 }] as const).map((at): Plan => {
      const table = { bits: 12, entriesLog2: 6 };
      const chosen: Partial<CoreDescription> = {
        ...free,
        decision: { rule, at, stop: false, scoreBits: 16, table },
      };
      const ties = typeof at === "string";
      const name = `decision ${rule}, ${JSON.stringify(at)}`;
      return [name, "ring", small("synaptic", 3, { ties, inputs: [5, 3] }), chosen, [some, some]];
    }),
  ),
  // Many input populations, one of them without projections; several projections each.
  [
    "four inputs",
    "ring",
    {
      inputs: [3, 8, 1, 6],
      lifs: [12, 7],
      readouts: [4],
      links: [
        link(0, 4, "synaptic", 3),
        link(0, 5, "none", 0, { storage: "dense" }),
        link(1, 4, "axonal", 2),
        link(3, 5, "synaptic", 4),
        link(3, 6, "none", 0),
        link(4, 5, "synaptic", 2),
        link(4, 4, "axonal", 3),
        link(5, 4, "none", 0),
        link(5, 6, "axonal", 2),
      ],
      refractorySteps: 2,
      reset: "zero",
    },
    free,
    [some, some],
  ],
  // A membrane at its upper limit in the second of two vectors and nothing to tell in the first: sums saturate as signed.
  [
    "membrane at the upper limit",
    "ring",
    { inputs: [4], lifs: [], readouts: [16], links: [link(0, 1, "none", 0, { only: 8, rows: [1] })] },
    { ...narrow("add"), ...free },
    [{ ticks: 40, events: 20 }],
  ],
  // Currents of -1 LSB and nothing else in a vector: its short form must not lose the shift.
  [
    "currents of -1",
    "ring",
    { inputs: [6], lifs: [16], readouts: [2], links: [link(0, 1, "none", 0, { storage: "dense", rows: MINUS_ONE })] },
    {
      ...narrow("add"),
      ...free,
      weights: { bits: 8, clipping: "max" },
      accumulator: { bits: 12, current: 12, saturate: "add" },
    },
    [{ ticks: 80, events: 1 }],
  ],
  // Rings of more than 16 bits that saturate at either limit, however their rows are held: dense, sparse, with weights beyond 16 bits.
  ...(["dense", "sparse", "fine"] as const).flatMap((rows) =>
    ([-1, 1] as const).map((sign): Plan => {
      const storage = rows === "dense" ? "dense" : "sparse";
      const fine = rows === "fine" ? [link(0, 1, "none", 0, { scale: 0.01 })] : [];
      const shape: Shape = {
        inputs: [4],
        lifs: [],
        readouts: [9],
        links: [link(0, 1, "none", 0, { storage, rows: [sign, sign, sign, -sign / 2] }), ...fine],
        maxEventsPerStep: 1,
      };
      const chosen: Partial<CoreDescription> = {
        ...free,
        weights: { bits: rows === "fine" ? 12 : 16, clipping: "max" },
        accumulator: { bits: 20, current: 20, saturate: "add" },
        membrane: { bits: 24, populations: {} },
      };
      const name = `20-bit ring at its ${sign < 0 ? "lower" : "upper"} limit, ${rows} rows`;
      return [name, "ring", shape, chosen, [{ ticks: 12, events: 240 }]];
    }),
  ),
  ...largePlans,
];

/** The cases by name. @throws CompileError when the compiler refuses one: a case that says nothing would go unnoticed. */
export function directedCases(): (readonly [name: string, value: Case])[] {
  const named = plans.map((plan, n) => [plan[0], caseOf(plan, n)] as const);
  return [...named, ...learningCases()].map(([name, value]) => {
    compileIr(value.network, value.core, { checkCapacity: false });
    return [name, value];
  });
}
