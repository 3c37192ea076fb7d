// Lanes, ports, hazards, queue depths, word widths and clearing change cycles, never what a memory holds; delay schemes
// hold a network in different memories, with the same spikes (docs/core.md, sections 1 and 3).

import fc from "fast-check";
import { expect, test } from "vitest";
import { COUNT_QUEUE_DROPPED, COUNT_QUEUE_EARLY, COUNT_SYNAPTIC_OPS } from "../assembly/layout.ts";
import type { CoreDescription } from "../description/core.ts";
import { createEmulator } from "../emulator/emulator.ts";
import type { CoreState, Counters, SampleRecord } from "../emulator/record.ts";
import { type Case, compileCase } from "./generators/case.ts";
import { coreArbitrary } from "./generators/core.ts";
import { networkArbitrary } from "./generators/network.ts";
import { samplePlan } from "./generators/stimulus.ts";

const seed = Number(process.env.MORA_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.MORA_CASES ?? 150);

interface Course {
  readonly states: readonly CoreState[];
  readonly records: readonly SampleRecord[];
  readonly counters: Counters;
}

function run(value: Case): Course | null {
  const compiled = compileCase(value);
  if (compiled === null) return null;
  const emulator = createEmulator(compiled.image);
  const states: CoreState[] = [];
  const records = compiled.samples.map(({ stimulus, settings }) =>
    emulator.run(stimulus, { ...settings, arrival: "burst" }, (_, state) => states.push(state)),
  );
  return { states, records, counters: emulator.counters() };
}

/** A core whose ticks all run: what a step does must not depend on how long the one before took. */
function everyTick(core: CoreDescription): CoreDescription {
  return { ...core, tick: { period: "free", overrun: "queue" } };
}

const spikesOf = ({ records }: Course): unknown =>
  records.map(({ outputs }) => outputs.map(({ step, population, neuron }) => ({ step, population, neuron })));
const decisionsOf = ({ records }: Course): unknown =>
  records.map(({ decision }) => (decision === null ? null : { class: decision.class, step: decision.step }));

const hardware = fc.constantFrom("ring", "spike-ring", "queue").chain((scheme) =>
  fc.record({
    network: networkArbitrary(scheme !== "spike-ring", "any"),
    core: coreArbitrary(scheme).map(everyTick),
    other: coreArbitrary(scheme).map(everyTick),
    samples: fc.array(samplePlan, { minLength: 1, maxLength: 2 }),
  }),
);

test(`lanes, ports, queues and clearing change cycles only (seed ${seed})`, { timeout: 120_000 }, () => {
  let compared = 0;
  const property = fc.property(hardware, ({ network, core, other, samples }) => {
    const { lanes, spikeWord, queues, hazard, clear, memories } = other;
    const changed = { ...core, lanes, spikeWord, queues, hazard, clear, memories } as CoreDescription;
    const first = run({ network, core, samples });
    const second = run({ network, core: changed, samples });
    expect(first === null).toBe(second === null);
    if (first === null || second === null) return;
    compared++;
    expect(second.states).toEqual(first.states);
    expect(spikesOf(second)).toEqual(spikesOf(first));
    expect(decisionsOf(second)).toEqual(decisionsOf(first));
    expect(second.counters.core[COUNT_SYNAPTIC_OPS]).toBe(first.counters.core[COUNT_SYNAPTIC_OPS]);
  });
  fc.assert(property, { seed, numRuns });
  expect(compared).toBeGreaterThan(numRuns / 2);
});

const schemes = fc.boolean().chain((synaptic) =>
  fc.record({
    others: fc.constant(synaptic ? (["queue"] as const) : (["queue", "spike-ring"] as const)),
    network: networkArbitrary(synaptic, "any"),
    core: coreArbitrary("ring").map(everyTick),
    samples: fc.array(samplePlan, { minLength: 1, maxLength: 2 }),
  }),
);

test(`delay schemes give the same spikes (seed ${seed})`, { timeout: 120_000 }, () => {
  let compared = 0;
  const property = fc.property(schemes, ({ others, network, core, samples }) => {
    const ring = run({ network, core, samples });
    for (const scheme of others) {
      const held = run({ network, core: { ...core, delays: { scheme, entries: 4096, overflow: "drop" } }, samples });
      if (ring === null || held === null) continue;
      const counts = held.counters;
      const merged = counts.mergedBits.some((bits) => bits > 0);
      const saturated = [...ring.counters.accumulatorSaturated, ...counts.accumulatorSaturated].some((n) => n > 0);
      const lost = counts.core[COUNT_QUEUE_DROPPED]! + counts.core[COUNT_QUEUE_EARLY]! > 0;
      if (merged || saturated || lost) continue;
      compared++;
      for (const field of ["membrane", "refractory", "spikes", "scores"] as const) {
        expect(
          held.states.map((state) => state[field]),
          `${field} under ${scheme}`,
        ).toEqual(ring.states.map((state) => state[field]));
      }
      expect(spikesOf(held)).toEqual(spikesOf(ring));
      expect(decisionsOf(held)).toEqual(decisionsOf(ring));
    }
  });
  fc.assert(property, { seed, numRuns });
  expect(compared).toBeGreaterThan(numRuns / 2);
});
