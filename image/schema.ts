/** The manifest's structure, as valibot checks it: types and the limits of docs/core.md, section 8, of each number by itself. */

import * as v from "valibot";
import {
  MAX_DELAY,
  MAX_LANES,
  MAX_LAYOUTS,
  MAX_NEURONS,
  MAX_POPULATIONS,
  MAX_PROJECTIONS,
  MAX_QUEUE,
  MAX_SHIFT,
  MAX_WEIGHT_BITS,
  MIN_WEIGHT_BITS,
} from "../assembly/layout.ts";
import { learningSchema } from "./learning-schema.ts";
import type { Manifest } from "./manifest.ts";

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const text = v.pipe(v.string(), v.maxLength(1000));
const ports = v.picklist(["1R1W", "1RW"]);
const MAX_WORDS = 2 ** 31;
const fraction = int(-1100, 1100);
const width = int(0, 32);
/** A trace of 15 bits with the longest window: a delay of 255 steps, one step of recurrence, 8 taps. */
const MAX_WORD_BITS = 4096;
/** Bits below a learned weight or delay (section 10.1). */
const MAX_REMAINDER_BITS = 8;
const MAX_FRACTION_BITS = 8;

const core = v.strictObject({
  name: text,
  clockHz: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  lanes: v.pipe(v.number(), v.values([1, 2, 4, 8, 16, 32])),
  scheme: v.picklist(["ring", "spike-ring", "queue"]),
  accumulator: v.strictObject({ bits: int(8, 32), currentBits: int(8, 32), saturate: v.picklist(["add", "read"]) }),
  decay: v.strictObject({ bits: int(1, 16), rounding: v.picklist(["floor", "zero", "nearest", "stochastic"]) }),
  scoreBits: int(16, 32),
  seed: int(0, 2 ** 32 - 1),
  ports: v.strictObject({ ring: ports, neuron: ports, spikeRing: ports, queue: ports }),
  hazard: v.picklist(["forward", "stall"]),
  clear: v.picklist(["sweep", "valid"]),
  spikeWord: v.pipe(v.number(), v.values([8, 16, 32])),
  inputQueue: int(1, MAX_QUEUE),
  outputQueue: int(1, MAX_QUEUE),
  delayQueue: int(0, MAX_QUEUE),
  queueOverflow: v.picklist(["drop", "deliver"]),
  period: int(0, 2 ** 30),
  overrun: v.picklist(["queue", "skip", "merge"]),
});

const population = v.strictObject({
  name: text,
  kind: v.picklist(["input", "lif", "readout"]),
  size: int(1, MAX_NEURONS),
  channelBase: int(0, MAX_NEURONS),
  maxEventsPerStep: int(0, 2 ** 31 - 1),
  firstNeuron: int(0, MAX_NEURONS),
  groups: int(0, MAX_NEURONS),
  stateBase: int(0, MAX_WORDS),
  ringBase: int(0, MAX_WORDS),
  slots: int(0, MAX_DELAY + 1),
  spikeBase: int(0, MAX_WORDS),
  parameterBase: int(-1, MAX_WORDS),
  decay: int(0, 2 ** 16),
  threshold: int(0, 2 ** 31 - 1),
  membraneBits: int(0, 32),
  membraneFraction: fraction,
  accumulatorFraction: fraction,
  currentShift: int(0, MAX_SHIFT),
  reset: v.picklist(["subtract", "zero"]),
  refractorySteps: int(0, 65_535),
  output: v.boolean(),
  firstProjection: int(0, MAX_PROJECTIONS),
  projectionCount: int(0, MAX_PROJECTIONS),
});

const projection = v.strictObject({
  name: text,
  from: int(0, MAX_POPULATIONS - 1),
  to: int(0, MAX_POPULATIONS - 1),
  recurrent: v.boolean(),
  storage: v.picklist(["dense", "sparse"]),
  delayKind: v.picklist(["none", "axonal", "synaptic"]),
  layout: int(0, MAX_LAYOUTS - 1),
  axonBase: int(0, MAX_WORDS),
  weightFraction: fraction,
  weightShift: int(0, MAX_SHIFT),
  spikeRingBase: int(-1, MAX_WORDS),
  spikeRingSlots: int(0, MAX_DELAY + 1),
});

const layout = v.strictObject({
  remainderBits: int(0, MAX_REMAINDER_BITS),
  weightBits: int(MIN_WEIGHT_BITS, MAX_WEIGHT_BITS),
  fractionBits: int(0, MAX_FRACTION_BITS),
  delayBits: int(0, 8),
  indexBits: int(0, 17),
});

const decision = v.strictObject({
  population: int(0, MAX_POPULATIONS - 1),
  rule: v.picklist(["sum", "softmax"]),
  at: v.picklist(["end", "step", "margin"]),
  step: int(0, 2 ** 31 - 1),
  margin: int(0, 2 ** 31 - 1),
  minSteps: int(0, 2 ** 31 - 1),
  stop: v.boolean(),
  tableBits: int(0, 16),
  tableEntriesLog2: int(0, 12),
  tableShift: int(0, 31),
});

const fields = v.strictObject({
  axonRow: width,
  axonLength: width,
  axonFraction: int(0, MAX_FRACTION_BITS),
  axonDelay: width,
  axonBucket: width,
  bucketRow: width,
  bucketLength: width,
  bucketGap: width,
  queueBucket: width,
  queueWait: width,
  synapse: int(0, 64),
  membrane: width,
  refractory: width,
  parameterDecay: width,
  parameterThreshold: width,
  weightEligibility: int(0, 16),
  delayEligibility: int(0, 16),
  weightChange: int(0, 16),
  delayChange: int(0, 16),
});

/** Memories in the order in which they stand in every manifest. */
export const MEMORY_IDS = [
  "axons",
  "buckets",
  "synapses",
  "ring",
  "spike-ring",
  "delay-queue",
  "spikes",
  "neurons",
  "parameters",
  "scores",
  "exponents",
  "exponent-table",
  "input-queue",
  "output-queue",
  "traces",
  "surrogate-table",
  "surrogates",
  "errors",
  "signals",
  "feedback",
  "eligibilities",
  "changes",
  "axon-changes",
] as const;

const memory = v.strictObject({
  id: v.picklist(MEMORY_IDS),
  words: int(0, MAX_WORDS),
  wordBits: int(0, MAX_WORD_BITS),
  macroBits: int(0, MAX_WORD_BITS + 256),
  banks: int(1, MAX_LANES),
  capacityBytes: v.nullable(int(1, MAX_WORDS)),
  ports,
  stored: v.boolean(),
});

const symbol = v.strictObject({
  name: text,
  memory: v.picklist(MEMORY_IDS),
  firstWord: int(0, MAX_WORDS),
  words: int(0, MAX_WORDS),
  usefulBits: int(0, Number.MAX_SAFE_INTEGER),
});

const manifest = v.strictObject({
  network: v.strictObject({ timestepMs: v.pipe(v.number(), v.finite(), v.gtValue(0)) }),
  core,
  populations: v.pipe(v.array(population), v.minLength(1), v.maxLength(MAX_POPULATIONS)),
  projections: v.pipe(v.array(projection), v.maxLength(MAX_PROJECTIONS)),
  layouts: v.pipe(v.array(layout), v.maxLength(MAX_LAYOUTS)),
  decision: v.nullable(decision),
  learning: v.nullable(learningSchema),
  fields,
  memories: v.pipe(v.array(memory), v.length(MEMORY_IDS.length)),
  symbols: v.pipe(v.array(symbol), v.maxLength(1000)),
});

/** Fails to compile when schema and types differ, in either direction. */
type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const schemaIsType: Same<Mutable<v.InferOutput<typeof manifest>>, Mutable<Manifest>> = true;
export type ParsedManifest =
  | { readonly success: true; readonly output: Manifest }
  | { readonly success: false; readonly issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]] };

/** Checks unknown JSON against the manifest's structure; the first issue is enough to refuse it. */
export function parseManifest(json: unknown): ParsedManifest {
  const result = v.safeParse(manifest, json, { abortEarly: schemaIsType });
  return result.success ? { success: true, output: result.output } : { success: false, issues: result.issues };
}
