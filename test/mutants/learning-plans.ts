/** Cases in which something is learned, chosen by hand: windows that move, far rows, every rounding at shifts around 16, sums that saturate. */

import type { Case } from "../generators/case.ts";
import { caseOfLearning, type LearningCase, type Lesson } from "./learning-case.ts";
import { wide } from "./plan.ts";
import { link, type Shape, small } from "./shapes.ts";

const rounded = ["nearest", "stochastic", "sign"] as const;
const shifts: readonly Lesson[] = [0, 1, 3, 5, 7, 9, 12, 30].map((rateShift) => ({ ticks: 8, events: 8, rateShift }));
const busy: Lesson = { ticks: 24, events: 8 };
/** Everything excites, so that the signals of all targets have one sign. */
const oneSign: Shape = {
  inputs: [6],
  lifs: [64],
  readouts: [3],
  links: [
    link(0, 1, "axonal", 3, { storage: "dense", rows: [0.4] }),
    link(1, 2, "none", 0, { storage: "dense", rows: [0.3] }),
  ],
};
/** Dense, with synaptic delays, of sizes beside whole vectors: what the emulator walks in a loop of its own. */
const denseDelays: Shape = {
  inputs: [7],
  lifs: [19],
  readouts: [17],
  links: [
    link(0, 1, "synaptic", 27, { storage: "dense" }),
    link(1, 1, "synaptic", 3, { storage: "dense", scale: 0.1 }),
    link(1, 2, "synaptic", 9, { storage: "dense" }),
  ],
};

const cases: readonly LearningCase[] = [
  // More steps than the 64 after which windows are copied back up their stretch.
  ...([false, true] as const).map(
    (filtered): LearningCase => ({
      name: `learns for 150 steps, ${filtered ? "filtered" : "not filtered"}`,
      scheme: "ring",
      shape: small("synaptic", 3),
      rule: { filtered },
      delays: true,
      slower: 4,
      lessons: [
        { ticks: 150, events: 3 },
        { ticks: 70, events: 3 },
      ],
    }),
  ),
  {
    name: "learns for 150 steps, axonal delays, spike ring",
    scheme: "spike-ring",
    shape: small("axonal", 5),
    delays: true,
    slower: 4,
    lessons: [{ ticks: 150, events: 3 }],
  },
  // Rows that the emulator holds in 32 bits, for their places or for their weights.
  {
    name: "learns, rings beyond 65,536 places",
    scheme: "ring",
    shape: {
      inputs: [9],
      lifs: [264],
      readouts: [3],
      links: [link(0, 1, "synaptic", 255, { density: 30 }), link(1, 2, "none", 0, { density: 20 })],
    },
    delays: true,
    slower: 2,
    lessons: [{ ticks: 8, events: 8 }],
  },
  ...(["none", "axonal", "synaptic"] as const).map(
    (kind): LearningCase => ({
      name: `learns, weights beyond 16 bits, ${kind} delays`,
      scheme: "ring",
      // The fine weights of one projection make those of the other wide.
      shape: {
        ...small(kind, 3),
        links: [
          link(0, 2, kind, 3, { scale: 2 }),
          link(1, 2, "none", 0, { storage: "dense", scale: 0.01 }),
          link(2, 2, kind, 2, { scale: 2, storage: "dense" }),
          link(2, 3, "none", 0),
        ],
      },
      core: { ...wide, weights: { bits: 12 } },
      delays: kind !== "none",
      slower: 4,
      lessons: [busy, busy],
    }),
  ),
  // More sources than tables lie below: whether a source is silent is looked up in its own place.
  ...([false, true] as const).map(
    (skip): LearningCase => ({
      name: `learns from 1,200 channels, ${skip ? "skipping" : "not skipping"}`,
      scheme: "ring",
      shape: {
        inputs: [1200],
        lifs: [5],
        readouts: [3],
        links: [link(0, 1, "none", 0, { density: 60 }), link(0, 2, "axonal", 2), link(1, 2, "none", 0)],
      },
      engine: { skip },
      delays: true,
      lessons: [{ ticks: 8, events: 40 }],
    }),
  ),
  // One event more than a 16-bit counter holds, and one.
  {
    name: "learns from 65,537 events at once",
    scheme: "ring",
    shape: { inputs: [1], lifs: [2], readouts: [2], links: [link(0, 1, "none", 0), link(0, 2, "none", 0)] },
    core: { queues: { input: 64, output: 4 } },
    lessons: [{ ticks: 1, events: 65_537 }],
  },
  // Updates at shifts below, at and above 16, up to 30; every step and at the end of samples, when changes saturate and are carried.
  ...rounded.flatMap((rounding) =>
    (["axonal", "synaptic"] as const).flatMap((kind) =>
      ([0, 1] as const).flatMap((updateEvery) =>
        [8, 16].map(
          (bits): LearningCase => ({
            name: `updates ${rounding}, ${kind} delays, ${updateEvery === 0 ? "every step" : "late"}, ${bits} bits`,
            scheme: "ring",
            shape: kind === "synaptic" && bits === 16 ? denseDelays : small(kind, 3),
            engine: { rounding, change: { bits, carry: true }, fraction: bits === 8 ? 0 : 6 },
            rule: { updateEvery },
            delays: true,
            slower: bits === 8 ? 4 : 1,
            lessons: shifts,
          }),
        ),
      ),
    ),
  ),
  // Sums over a row that leave 16 bits, above and below.
  ...([0.05, 4] as const).flatMap((target) =>
    ([false, true] as const).map(
      (filtered): LearningCase => ({
        name: `axon sums saturate, target ${target}, ${filtered ? "filtered" : "not filtered"}`,
        scheme: "ring",
        shape: oneSign,
        rule: {
          filtered,
          surrogate: { shape: "boxcar", width: 8, height: 1 },
          error: { kind: "linear", target, clip: 4 },
        },
        delays: true,
        slower: 5,
        lessons: [busy],
      }),
    ),
  ),
  // Eligibilities of whole eights, in each rounding and with decays of one and of sixteen bits.
  ...(["floor", "nearest", "stochastic"] as const).flatMap((rounding) =>
    [1, 8, 12, 16].map(
      (bits): LearningCase => ({
        name: `eligibilities, ${rounding}, decay of ${bits} bits`,
        scheme: "ring",
        shape: {
          inputs: [9],
          lifs: [24],
          readouts: [4],
          links: [
            link(0, 1, "synaptic", 2, { storage: "dense" }),
            link(1, 1, "axonal", 2, { scale: 0.2 }),
            link(1, 2, "none", 0),
          ],
        },
        core: { decay: { bits, rounding: "nearest" } },
        engine: { trace: { bits: 12, rounding } },
        rule: { filtered: true },
        delays: true,
        slower: 8,
        lessons: [busy],
      }),
    ),
  ),
  // Words, cycles and counters of one step that 16 bits do not hold.
  ...([0, 1] as const).map(
    (updateEvery): LearningCase => ({
      name: `67,600 synapses, ${updateEvery === 0 ? "every step" : "late"}`,
      scheme: "ring",
      shape: {
        inputs: [260],
        lifs: updateEvery === 0 ? [] : [260],
        readouts: updateEvery === 0 ? [260] : [2],
        links: [link(0, 1, "synaptic", 2, { storage: "dense" })],
        silent: true,
      },
      core: { lanes: 1 },
      ports: "1RW",
      engine: { rounding: "sign", skip: false, change: { bits: 8, carry: true } },
      rule: { updateEvery, filtered: true, surrogate: { shape: "boxcar", width: 8, height: 1 } },
      delays: true,
      lessons: [{ ticks: updateEvery === 0 ? 3 : 2, events: 700 }],
    }),
  ),
  // Delays that learn beyond what a byte table gathers.
  {
    name: "learned delays of 200 steps",
    scheme: "ring",
    shape: {
      inputs: [6],
      lifs: [12],
      readouts: [3],
      links: [link(0, 1, "synaptic", 200), link(0, 2, "axonal", 180), link(1, 2, "synaptic", 40)],
    },
    delays: true,
    slower: 3,
    lessons: [{ ticks: 206, events: 2 }],
  },
];

export function learningCases(): (readonly [name: string, value: Case])[] {
  return cases.map((plan, n) => [plan.name, caseOfLearning(plan, 500 + n)]);
}
