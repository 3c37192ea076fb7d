/** Random IRs and cores for properties, small enough to be shrunk by fast-check to something readable. */

import fc from "fast-check";
import type { DelayKind, NetworkIr, PopulationIr } from "../../compiler/ir.ts";
import type { CoreDescription } from "../../description/core.ts";
import { inputIr, lifIr, networkIr, type ProjectionPlan, readoutIr, type Synapse } from "./small-ir.ts";

const size: fc.Arbitrary<number> = fc.integer({ min: 1, max: 9 });
const weight: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 0.5, -0.5, 1, -1),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.double({ min: -0.01, max: 0.01, noNaN: true }),
);

const population = (name: string): fc.Arbitrary<PopulationIr> =>
  fc
    .record({
      n: size,
      decays: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }),
      thresholds: fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 9, maxLength: 9 }),
      uniform: fc.boolean(),
      lif: fc.boolean(),
      refractorySteps: fc.integer({ min: 0, max: 5 }),
      output: fc.boolean(),
      zero: fc.boolean(),
    })
    .map(({ n, decays, thresholds, uniform, lif, refractorySteps, output, zero }) => {
      const spread = (values: readonly number[]): Float64Array =>
        Float64Array.from({ length: n }, (_, j) => values[uniform ? 0 : j]!);
      const same = new Set(spread(decays)).size === 1 && new Set(spread(thresholds)).size === 1;
      const common = { name, decay: spread(decays), uniform: same };
      if (!lif)
        return readoutIr(Math.max(2, n), { name, uniform: true, decay: new Float64Array(Math.max(2, n)).fill(0.5) });
      return lifIr(n, {
        ...common,
        threshold: spread(thresholds),
        refractorySteps,
        output,
        reset: zero ? "zero" : "subtract",
      });
    });

const delays: fc.Arbitrary<DelayKind> = fc.constantFrom<DelayKind>("none", "axonal", "synaptic");

/** One or two inputs, one to three other populations, projections of every kind of storage and delay. */
export const anyNetwork: fc.Arbitrary<NetworkIr> = fc
  .record({
    inputs: fc.array(fc.tuple(size, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 2 }),
    others: fc.tuple(population("a"), population("b"), population("c")),
    count: fc.integer({ min: 1, max: 3 }),
    plans: fc.array(
      fc.record({
        from: fc.nat(),
        to: fc.nat(),
        kind: delays,
        storage: fc.constantFrom<"dense" | "sparse">("dense", "sparse"),
        weights: fc.array(weight, { minLength: 81, maxLength: 81 }),
        present: fc.array(fc.boolean(), { minLength: 81, maxLength: 81 }),
        delays: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 81, maxLength: 81 }),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ inputs, others, count, plans }) => {
    const populations = [...inputs.map(([n, events], i) => inputIr(n, events, `in${i}`)), ...others.slice(0, count)];
    const sources = populations.flatMap(({ kind }, index) => (kind === "readout" ? [] : [index]));
    const pairs = new Set<number>();
    const chosen = plans.flatMap((plan): ProjectionPlan[] => {
      const from = sources[plan.from % sources.length]!;
      const to = inputs.length + (plan.to % count);
      if (pairs.has(from * 16 + to)) return [];
      pairs.add(from * 16 + to);
      const [pre, post] = [populations[from]!.size, populations[to]!.size];
      const synapses = Array.from({ length: pre * post }, (_, k): Synapse => {
        return [Math.floor(k / post), k % post, plan.weights[k]!, plan.kind === "synaptic" ? plan.delays[k]! : 0];
      }).filter((_, k) => plan.storage === "dense" || plan.present[k]);
      const axonDelay = plan.kind === "axonal" ? plan.delays.slice(0, pre) : [];
      return [{ from, to, synapses, storage: plan.storage, delayKind: plan.kind, axonDelay }];
    });
    return networkIr(populations, chosen);
  });

const MEMORIES = ["axons", "buckets", "synapses", "ring", "spikeRing", "delayQueue", "spikes", "neurons", "parameters"];

/** Cores of every scheme and number of lanes, with unlimited memories. */
export const anyCore: fc.Arbitrary<CoreDescription> = fc
  .record({
    lanes: fc.constantFrom(1, 2, 4, 8),
    scheme: fc.constantFrom<"ring" | "spike-ring" | "queue">("ring", "spike-ring", "queue"),
    overflow: fc.constantFrom<"drop" | "deliver">("drop", "deliver"),
    weightBits: fc.integer({ min: 2, max: 16 }),
    clipping: fc.constantFrom("max" as const, "mse" as const, { percentile: 90 }),
    accumulatorBits: fc.integer({ min: 8, max: 32 }),
    saturate: fc.constantFrom<"read" | "add">("read", "add"),
    membraneBits: fc.integer({ min: 12, max: 32 }),
    decayBits: fc.integer({ min: 1, max: 16 }),
    rule: fc.constantFrom<"softmax" | "sum">("softmax", "sum"),
    macroStep: fc.constantFrom(1, 8, 32),
    spikeWord: fc.constantFrom(8, 16, 32),
  })
  .map((plan) => ({
    lanes: plan.lanes,
    delays: { scheme: plan.scheme, overflow: plan.overflow },
    weights: { bits: plan.weightBits, clipping: plan.clipping },
    accumulator: { bits: plan.accumulatorBits, saturate: plan.saturate },
    membrane: { bits: plan.membraneBits },
    decay: { bits: plan.decayBits },
    decision: { rule: plan.rule },
    macroStep: plan.macroStep,
    spikeWord: plan.spikeWord,
    memories: Object.fromEntries(MEMORIES.map((name) => [name, { bytes: "unlimited" as const }])),
  }));
