/** Parts that several JSON documents share. */

import * as v from "valibot";
import type { QuantisationReport } from "../compiler/quantisation-report.ts";
import type { Spread } from "../datasets/statistics.ts";
import type { AccuracyAtStep } from "../report/accuracy-by-step.ts";
import type { Activity, Loss } from "../report/activity.ts";
import type { DisassembledRow } from "../report/disassemble.ts";
import type { Summary } from "../report/distribution.ts";
import type { LatencyReport, Span } from "../report/latency.ts";
import type { MemoryReport } from "../report/memory.ts";
import type { PeerCost } from "../report/peers.ts";
import type { WhatIf } from "../report/what-if.ts";
import type { Accuracy } from "../statistics/interval.ts";
import type { DataUse, RunDocument, SizeDocument } from "./documents.ts";

type Schema<T> = v.GenericSchema<unknown, T>;

export function text(description: string): Schema<string> {
  return v.pipe(v.string(), v.description(description));
}

/** A whole number from 0. */
export function count(description: string): Schema<number> {
  return v.pipe(v.number(), v.integer(), v.minValue(0), v.description(description));
}

/** A share from 0 to 1. */
export function share(description: string): Schema<number> {
  return v.pipe(v.number(), v.minValue(0), v.maxValue(1), v.description(description));
}

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.minValue(0));

const accuracyFields = {
  correct: wholeNumber,
  n: wholeNumber,
  accuracy: v.pipe(v.nullable(v.number()), v.description("correct / n; null when n is 0.")),
  low: share("Lower end of the 95 % interval (Wilson)."),
  high: share("Upper end."),
};
export const accuracy: Schema<Accuracy> = v.strictObject(accuracyFields);
export const accuracyAtStep: Schema<AccuracyAtStep> = v.strictObject({
  steps: count("Executed steps after which the leading class is taken."),
  ...accuracyFields,
});

export const spread: Schema<Spread> = v.strictObject({ min: v.number(), mean: v.number(), max: v.number() });

const summary: Schema<Summary> = v.strictObject({
  n: wholeNumber,
  mean: positive,
  median: positive,
  p99: positive,
  max: positive,
});

export const memory: Schema<MemoryReport> = v.strictObject({
  core: v.string(),
  scheme: v.string(),
  lanes: wholeNumber,
  rows: v.array(
    v.strictObject({
      structure: text("Memory, by its name in docs/core.md."),
      entry: text("What one entry is."),
      entries: wholeNumber,
      bitsPerEntry: v.pipe(positive, v.description("Mean; whole where all entries have one format.")),
      words: wholeNumber,
      wordBits: count("Width of the macro."),
      banks: wholeNumber,
      usefulBits: wholeNumber,
      macroBits: count("words x wordBits x banks."),
      padding: v.strictObject({
        lanes: count("Bits of unused lanes and short rows."),
        layout: count("Bits of formats narrower than the widest."),
        macro: count("Bits by which macros are wider than words."),
      }),
      bytes: positive,
      share: share("Of all bits, registers among them."),
      capacityBytes: v.pipe(v.nullable(v.number()), v.description("Null: unlimited.")),
      leftBytes: v.pipe(v.nullable(v.number()), v.description("Negative when it does not fit.")),
    }),
  ),
  registers: v.strictObject({
    bits: wholeNumber,
    parts: v.array(v.strictObject({ part: v.string(), bits: wholeNumber })),
    share: share("Of all bits."),
  }),
  totals: v.strictObject({
    memoryBytes: positive,
    registerBytes: positive,
    bytes: positive,
    paddingBytes: positive,
    learningBytes: v.pipe(positive, v.description("Memories and registers of the learning engine; 0 without one.")),
    withoutLearningBytes: positive,
  }),
});

export const excess: Schema<SizeDocument["excesses"][number]> = v.strictObject({
  memory: v.string(),
  symbol: text("Population or projection that does not fit any more."),
  needsBytes: wholeNumber,
  capacityBytes: wholeNumber,
  alternatives: v.pipe(v.array(v.string()), v.description("What would fit, each by itself.")),
});

export const whatIf: Schema<WhatIf> = v.strictObject({
  name: v.string(),
  report: v.pipe(v.nullable(memory), v.description("Null when the variant is not possible.")),
  reason: v.pipe(v.nullable(v.string()), v.description("Why it is not.")),
});

export const peer: Schema<PeerCost> = v.strictObject({
  system: v.string(),
  structure: v.string(),
  bits: wholeNumber,
  coreBits: v.pipe(v.nullable(v.number()), v.description("Bits of one core of that system.")),
});

export const quantisation: Schema<QuantisationReport> = v.strictObject({
  populations: v.array(
    v.strictObject({
      name: v.string(),
      kind: v.picklist(["lif", "readout"]),
      membraneBits: wholeNumber,
      membraneFraction: v.number(),
      lsb: v.pipe(v.number(), v.description("Threshold units.")),
      range: v.number(),
      limit: v.pipe(v.number(), v.description("Threshold units at which the membrane saturates.")),
      accumulatorFraction: v.number(),
      currentShift: v.number(),
      bound: v.custom<QuantisationReport["populations"][number]["bound"]>((value) => typeof value === "object"),
      threshold: v.nullable(v.strictObject({ least: v.number(), largest: v.number(), relativeError: v.number() })),
      decay: v.strictObject({
        neuron: wholeNumber,
        wanted: v.number(),
        code: v.number(),
        effective: v.number(),
        tauMs: v.nullable(v.number()),
        effectiveTauMs: v.nullable(v.number()),
      }),
    }),
  ),
  projections: v.array(
    v.strictObject({
      name: v.string(),
      synapses: wholeNumber,
      weightBits: wholeNumber,
      weightFraction: v.number(),
      lsb: v.pipe(v.number(), v.description("Threshold units.")),
      weightShift: v.number(),
      fractionBitsLost: v.number(),
      rangeUsed: v.number(),
      clippedShare: share("Of the weights."),
      zeroedShare: share("Of the weights that are not 0."),
      sqnrDb: v.pipe(v.nullable(v.number()), v.description("Null without noise or without signal.")),
    }),
  ),
  learning: v.pipe(
    v.nullable(
      v.strictObject({
        scales: v.array(
          v.strictObject({
            place: text("Trace, population or projection."),
            quantity: v.picklist([
              "trace",
              "error",
              "surrogate",
              "learning signal",
              "modulation",
              "eligibility",
              "axon sum",
            ]),
            bits: wholeNumber,
            lsb: v.pipe(v.number(), v.description("Spikes (traces), probability (errors), else threshold units.")),
            limit: v.pipe(v.number(), v.description("Where it saturates.")),
            bound: v.pipe(v.number(), v.description("Worst case.")),
          }),
        ),
        rates: v.array(
          v.strictObject({
            projection: v.string(),
            parameter: v.picklist(["weights", "delays"]),
            wanted: v.pipe(v.number(), v.description("The rate that was asked for.")),
            effective: v.pipe(v.number(), v.description("T times a power of two.")),
            ratio: v.number(),
            shift: v.number(),
            changeShift: v.pipe(v.number(), v.description("Of a step's product into a change; 0 at every step.")),
            storedBits: wholeNumber,
            lsb: v.pipe(v.number(), v.description("Threshold units, or steps.")),
            low: v.number(),
            high: v.number(),
          }),
        ),
      }),
    ),
    v.description("Null: nothing is learned."),
  ),
  warnings: v.array(v.string()),
});

export const dataUse: Schema<DataUse> = v.strictObject({
  name: v.string(),
  samples: wholeNumber,
  channels: count("Before grouping."),
  group: count("Neighbouring channels that became one."),
  timestepMs: v.number(),
  steps: v.pipe(v.nullable(v.number()), v.description("Steps of each sample; null: up to its last event.")),
  merge: v.boolean(),
  mergedEvents: wholeNumber,
  droppedEvents: wholeNumber,
});

const span: Schema<Span> = v.strictObject({ cycles: summary, steps: summary, microseconds: summary });

export const latency: Schema<LatencyReport> = v.strictObject({
  clockHz: v.number(),
  clockOrigin: v.literal("as described, not synthesised"),
  inferences: wholeNumber,
  steps: wholeNumber,
  step: v.pipe(summary, v.description("Cycles a step, without waiting for its tick.")),
  phases: v.array(
    v.strictObject({
      phase: v.string(),
      cycles: v.pipe(summary, v.description("A step; clear and drain: an inference.")),
      share: share("Of all cycles of the run."),
      causes: v.pipe(v.record(v.string(), wholeNumber), v.description("Cycles of the run by cause.")),
    }),
  ),
  perInference: v.strictObject({
    fromStart: v.pipe(span, v.description("Clearing and first tick to decision.")),
    fromLastInput: v.pipe(span, v.description("Last input event taken to decision.")),
    decidedBeforeLastInput: wholeNumber,
  }),
  throughput: v.strictObject({
    inferencesPerSecond: positive,
    stepsPerSecond: positive,
    inputEventsPerSecond: positive,
    synapticOpsPerSecond: positive,
  }),
  laneUtilisation: v.pipe(v.nullable(v.number()), v.description("Null when no synapse word was issued.")),
  deadlineMisses: wholeNumber,
});

export const activity: Schema<Activity> = v.strictObject({
  core: v.pipe(v.record(v.string(), wholeNumber), v.description("Counters of docs/core.md, section 6.")),
  populations: v.array(
    v.strictObject({
      name: v.string(),
      spikes: wholeNumber,
      accumulatorSaturated: wholeNumber,
      membraneSaturated: wholeNumber,
    }),
  ),
  projections: v.array(v.strictObject({ name: v.string(), mergedBits: wholeNumber })),
});

export const loss: Schema<Loss> = v.strictObject({ place: v.string(), what: v.string(), count: wholeNumber });

export const float: Schema<NonNullable<RunDocument["float"]>> = v.strictObject({
  expectedRule: v.pipe(accuracy, v.description("Softmax summed to the end, in float64.")),
  coreRule: v.pipe(accuracy, v.description("The core's own rule, in float64.")),
  sameClass: v.pipe(accuracy, v.description("Core and float64 under the core's rule give the same class.")),
  changed: v.pipe(accuracy, v.description("Right in one of the two and wrong in the other.")),
  rates: v.array(v.strictObject({ population: v.string(), float: positive, fixed: positive })),
});

export const row: Schema<DisassembledRow> = v.strictObject({
  projection: v.string(),
  source: wholeNumber,
  axon: wholeNumber,
  buckets: v.array(
    v.strictObject({
      bucket: v.pipe(v.nullable(v.number()), v.description("Null except in scheme queue.")),
      delay: wholeNumber,
      words: v.array(
        v.strictObject({
          address: wholeNumber,
          lanes: v.array(
            v.nullable(
              v.strictObject({
                lane: wholeNumber,
                post: wholeNumber,
                code: v.number(),
                weight: v.number(),
                delay: wholeNumber,
                remainder: count("Bits below the weight's code; 0 without."),
                fraction: count("Bits below the delay; 0 without."),
              }),
            ),
          ),
        }),
      ),
    }),
  ),
});
