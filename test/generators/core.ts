/** Random cores: every choice of the core description, with memories of any size. */

import fc from "fast-check";
import type { CoreDescription } from "../../description/core.ts";

const ports = fc.constantFrom("1R1W", "1RW");
const memory = fc.record({ bytes: fc.constant("unlimited" as const), ports });
const plain = fc.constant({ bytes: "unlimited" as const });

const decision: fc.Arbitrary<NonNullable<CoreDescription["decision"]>> = fc.oneof(
  fc.constant("none" as const),
  fc.record({
    rule: fc.constantFrom("softmax", "sum"),
    at: fc.oneof(
      fc.constant("end" as const),
      fc.record({ step: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ margin: fc.constantFrom(0.001, 0.1, 0.5, 2), minSteps: fc.integer({ min: 1, max: 4 }) }),
    ),
    stop: fc.boolean(),
    scoreBits: fc.constantFrom(16, 17, 24, 32),
    table: fc.record({ bits: fc.integer({ min: 2, max: 16 }), entriesLog2: fc.integer({ min: 1, max: 12 }) }),
  }),
);

/** Ticks: mostly with a period, of which many are too short for a step. */
const period = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 3, arbitrary: fc.integer({ min: 60, max: 800 }) },
);

export function coreArbitrary(scheme: "ring" | "spike-ring" | "queue"): fc.Arbitrary<CoreDescription> {
  return fc
    .record({
      lanesLog2: fc.integer({ min: 0, max: 5 }),
      spikeWord: fc.constantFrom(8, 16, 32),
      entries: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(60, 400, 4096)),
      overflow: fc.constantFrom("drop", "deliver"),
      weightBits: fc.integer({ min: 2, max: 16 }),
      accumulatorBits: fc.constantFrom(8, 9, 12, 16, 16, 20, 24, 32),
      narrower: fc.constantFrom(0, 0, 1, 4),
      saturate: fc.constantFrom("read", "add"),
      membrane: fc.constantFrom(8, 12, 14, 16, 16, 20, 24, 32),
      otherMembrane: fc.constantFrom(null, 8, 14, 18, 32),
      decay: fc.record({
        bits: fc.integer({ min: 1, max: 16 }),
        rounding: fc.constantFrom("floor", "zero", "nearest", "stochastic"),
      }),
      decision,
      memories: fc.record({
        axons: plain,
        buckets: plain,
        synapses: plain,
        spikes: plain,
        parameters: plain,
        ring: memory,
        spikeRing: memory,
        delayQueue: memory,
        neurons: memory,
      }),
      queues: fc.record({
        input: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(16, 64)),
        output: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(16, 64)),
      }),
      hazard: fc.constantFrom("forward", "stall"),
      clear: fc.constantFrom("sweep", "valid"),
      period,
      overrun: fc.constantFrom("queue", "skip", "merge"),
      seed: fc.nat({ max: 0xffff_ffff }),
    })
    .map((choice): CoreDescription => {
      const lanes = Math.min(2 ** choice.lanesLog2, choice.spikeWord);
      // Merged ticks have no bound on their sums.
      const saturate = choice.overrun === "merge" ? "add" : choice.saturate;
      const current = Math.max(8, choice.accumulatorBits - choice.narrower);
      return {
        name: "generated",
        lanes,
        spikeWord: choice.spikeWord,
        delays: { scheme, entries: choice.entries, overflow: choice.overflow },
        weights: { bits: choice.weightBits },
        accumulator: { bits: choice.accumulatorBits, current, saturate },
        membrane: {
          bits: choice.membrane,
          populations: choice.otherMembrane === null ? {} : { out0: choice.otherMembrane },
        },
        decay: choice.decay,
        decision: choice.decision,
        memories: choice.memories,
        queues: choice.queues,
        hazard: choice.hazard,
        clear: choice.clear,
        tick: { period: choice.period === null ? "free" : { cycles: choice.period }, overrun: choice.overrun },
        seed: choice.seed,
      };
    });
}
