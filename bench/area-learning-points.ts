/**
 * Design points that the learning engine's share of the area estimate is fitted on: small cores, each choice of the engine alone and
 * together with others. The first ones say most, so that a run that is stopped leaves what can be fitted.
 */

import type { CoreDescription, PartialLearning } from "../description/core.ts";
import { gaussian, learn, type NetworkLearning } from "../description/learning.ts";
import { ms } from "../description/units.ts";
import { AXONAL, type DesignPoint, PLAIN, point, type Shape, SMALL } from "./area-points.ts";

/** Rates are of no account: they are numbers in registers. Weights learn everywhere unless a point says otherwise. */
const WEIGHTS: NetworkLearning = {
  weights: { rate: 0.02, limit: 1 },
  surrogate: gaussian(0.5, 0.5),
  error: { linear: {} },
  schedule: "constant",
};
const DELAYS: NetworkLearning = { ...WEIGHTS, delays: { rate: 20 } };
const DELAYS_ALONE: NetworkLearning = { ...DELAYS, weights: "fixed" };

const NEAREST: PartialLearning = { trace: { rounding: "nearest" }, rounding: "nearest" };
/** Membranes of 12 bits: the inference core is small, and its share known well. */
const NARROW: CoreDescription = { membrane: { bits: 12 }, accumulator: { bits: 12 }, decay: { bits: 8 } };
/** Every width of the engine at half its default. */
const HALF: PartialLearning = {
  trace: { bits: 7 },
  error: { bits: 8 },
  surrogate: { bits: 4 },
  signal: { bits: 8 },
  eligibility: { bits: 8 },
  change: { bits: 8 },
  remainder: 2,
  fraction: 2,
};
const SMALL_PORTS: NonNullable<CoreDescription["memories"]> = {
  synapses: { ports: "1RW" },
  traces: { ports: "1RW" },
  eligibilities: { ports: "1RW" },
  changes: { ports: "1RW" },
};
const SHORT: Shape = { ...SMALL, slots: 4 };
const SHORT_AXONAL: Shape = { ...AXONAL, slots: 4 };
const RANDOM = { stored: { random: "stored" }, regenerated: { random: "regenerated" } } as const;

function learning(
  name: string,
  engine: PartialLearning,
  rule: NetworkLearning,
  shape: Shape,
  core: CoreDescription = {},
): DesignPoint {
  // A weight grows up to its limit: no sum is proved to fit.
  const accumulator = { saturate: "add", ...core.accumulator } as const;
  return point(`learning: ${name}`, { ...core, accumulator, learning: engine }, shape, learn(rule));
}

export const LEARNING_POINTS: readonly DesignPoint[] = [
  learning("weights", {}, WEIGHTS, PLAIN),
  learning("synaptic delays, every step", NEAREST, { ...DELAYS, update: "step" }, SMALL, NARROW),
  learning(
    "2 lanes, filtered",
    { ...HALF, ...NEAREST, eligibility: { bits: 12 } },
    { ...WEIGHTS, eligibility: "filtered", feedback: RANDOM.stored },
    PLAIN,
    { ...NARROW, lanes: 2 },
  ),
  learning(
    "axonal delays, sign",
    { trace: { bits: 8, rounding: "floor" }, rounding: "sign", signal: { bits: 12 }, error: { bits: 8 } },
    DELAYS,
    SHORT_AXONAL,
    NARROW,
  ),
  learning(
    "filtered axonal delays, regenerated feedback",
    { trace: { bits: 7, rounding: "floor" }, rounding: "nearest", eligibility: { bits: 10 }, signal: { bits: 10 } },
    { ...DELAYS, eligibility: "filtered", feedback: RANDOM.regenerated },
    SHORT_AXONAL,
    NARROW,
  ),
  learning(
    "4 lanes, every step",
    { ...HALF, trace: { bits: 10, rounding: "stochastic" }, rounding: "stochastic" },
    { ...WEIGHTS, update: "step" },
    { ...PLAIN, channels: 40 },
    { ...NARROW, lanes: 4 },
  ),
  learning(
    "two hidden layers, softmax, carry",
    { ...NEAREST, signal: { bits: 10 }, change: { bits: 12, carry: true } },
    { ...WEIGHTS, error: "softmax", feedback: RANDOM.stored, update: { samples: 4 } },
    { ...PLAIN, hidden: [16, 16] },
    { ...NARROW, decision: { rule: "softmax" } },
  ),
  learning(
    "filtered synaptic delays",
    { trace: { bits: 9 }, error: { bits: 10 }, signal: { bits: 10 }, eligibility: { bits: 10 } },
    { ...DELAYS, eligibility: "filtered" },
    { ...SHORT, channels: 8, hidden: [8] },
    NARROW,
  ),
  learning(
    "regenerated feedback, queue",
    { ...HALF, trace: { bits: 6, rounding: "floor" }, rounding: "stochastic", skip: false },
    { ...WEIGHTS, feedback: RANDOM.regenerated, update: "step" },
    PLAIN,
    { ...NARROW, delays: { scheme: "queue" } },
  ),
  learning(
    "2 lanes, axonal delays, smoothed",
    { ...HALF, ...NEAREST },
    { ...DELAYS, derivative: { smoothed: ms(5) }, update: "step" },
    SHORT_AXONAL,
    { ...NARROW, lanes: 2 },
  ),
  learning(
    "2 lanes, synaptic delays, regulariser",
    { ...HALF, rounding: "stochastic", change: { bits: 10, carry: true } },
    { ...DELAYS, feedback: RANDOM.stored, firingRate: { target: 0.1, strength: 0.1 } },
    SHORT,
    { ...NARROW, lanes: 2 },
  ),
  learning(
    "synaptic delays alone, smoothed, single ports",
    { rounding: "sign", trace: { rounding: "nearest" }, skip: false },
    { ...DELAYS_ALONE, derivative: { smoothed: ms(5) } },
    SHORT,
    { ...NARROW, memories: SMALL_PORTS },
  ),
  learning("4 lanes", { ...HALF, rounding: "nearest" }, WEIGHTS, PLAIN, { ...NARROW, lanes: 4 }),
  learning(
    "spike ring, sparse, mask",
    { rounding: "stochastic", trace: { bits: 15, rounding: "floor" }, surrogate: { bits: 12 }, change: { bits: 12 } },
    { ...DELAYS, errorSteps: { mask: Array.from({ length: 40 }, (_, t) => (t >= 20 ? 1 : 0)) } },
    { ...SHORT_AXONAL, density: 0.5 },
    { ...NARROW, delays: { scheme: "spike-ring" } },
  ),
  learning(
    "2 lanes, two hidden layers, recurrent",
    { ...NEAREST, trace: { rounding: "stochastic" } },
    {
      ...DELAYS,
      firingRate: { target: 0.1, strength: 0.1 },
      feedback: { populations: { p1: RANDOM.stored, p2: "symmetric" } },
    },
    { ...SHORT, hidden: [16, 8], recurrent: true },
    { ...NARROW, lanes: 2 },
  ),
  learning("weights, membranes of 16 bits, every step", NEAREST, { ...WEIGHTS, update: "step" }, PLAIN),
];
