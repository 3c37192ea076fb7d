// The generators reach what they are for: every choice of a core, every shape of a network, every counter and cause.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CAUSE_BUSY,
  CAUSE_FETCH,
  CAUSE_HAZARD,
  CAUSE_OUTPUT,
  CAUSE_PORT,
  CAUSE_WAIT,
  CAUSES,
  COUNTS,
  PHASE_CIRCULATE,
  PHASE_DECIDE,
  PHASE_DELIVER,
  PHASE_IDLE,
  PHASE_INPUT,
  PHASE_READOUT,
  PHASE_UPDATE,
  PHASES,
} from "../../assembly/layout.ts";
import { createClockModel } from "../clock/clock-model.ts";
import { caseArbitrary, compileCase } from "./case.ts";

const cases = fc.sample(caseArbitrary, { numRuns: 300, seed: 1 });
const compiled = cases.flatMap((value) => compileCase(value) ?? []);

/** How often each value of a feature occurs in the images that the compiler made. */
function tally(feature: (image: (typeof compiled)[number]) => readonly (string | number | boolean)[]): string[] {
  const found = new Set<string>();
  for (const value of compiled) for (const name of feature(value)) found.add(String(name));
  return [...found].sort();
}

const sorted = (values: readonly (string | number | boolean)[]): string[] => values.map(String).sort();

test("the compiler accepts most cases", () => {
  expect(compiled.length).toBeGreaterThan(200);
});

test("every choice of a core occurs", () => {
  const core = (feature: (registers: (typeof compiled)[number]["image"]["manifest"]["core"]) => string | number) =>
    tally(({ image }) => [feature(image.manifest.core)]);
  expect(core(({ scheme }) => scheme)).toEqual(sorted(["ring", "spike-ring", "queue"]));
  expect(core(({ lanes }) => lanes)).toEqual(sorted([1, 2, 4, 8, 16, 32]));
  expect(core(({ ports: p }) => [p.ring, p.neuron, p.spikeRing, p.queue].join(" "))).toHaveLength(16);
  expect(core(({ scheme, ports }) => `${scheme} ${ports.ring} ${ports.spikeRing} ${ports.queue}`)).toHaveLength(24);
  expect(core(({ scheme, hazard }) => `${scheme} ${hazard}`)).toHaveLength(6);
  expect(core(({ clear }) => clear)).toEqual(sorted(["sweep", "valid"]));
  expect(core(({ scheme, queueOverflow }) => (scheme === "queue" ? queueOverflow : "none"))).toEqual(
    sorted(["deliver", "drop", "none"]),
  );
  expect(core(({ period, overrun }) => `${period === 0} ${overrun}`)).toHaveLength(6);
  expect(core(({ decay }) => decay.rounding)).toEqual(sorted(["floor", "nearest", "stochastic", "zero"]));
  expect(core(({ decay }) => decay.bits)).toHaveLength(16);
  expect(core(({ accumulator }) => accumulator.saturate)).toEqual(sorted(["add", "read"]));
  expect(core(({ spikeWord }) => spikeWord)).toEqual(sorted([8, 16, 32]));
  expect(core(({ inputQueue }) => Math.min(inputQueue, 5))).toEqual(sorted([1, 2, 3, 4, 5]));
  expect(core(({ outputQueue }) => Math.min(outputQueue, 5))).toEqual(sorted([1, 2, 3, 4, 5]));
});

test("every way to decide occurs", () => {
  const kinds = tally(({ image: { manifest } }) => {
    const { decision } = manifest;
    return [decision === null ? "none" : `${decision.rule} ${decision.at} ${decision.stop}`];
  });
  expect(kinds).toHaveLength(13);
});

test("every shape of a network occurs", () => {
  const projections = tally(({ image: { manifest } }) =>
    manifest.projections.map((p) => `${manifest.core.scheme} ${p.storage} ${p.delayKind} ${p.recurrent}`),
  );
  // Dense and sparse, recurrent or not: three kinds of delay in scheme 1, two in 2; in 3 synaptic delays make rows sparse.
  expect(projections).toHaveLength(12 + 8 + 10);
  const populations = tally(({ image: { manifest } }) =>
    manifest.populations.map((p) => {
      const fan = p.projectionCount === 0 ? "silent" : p.projectionCount === 1 ? "one" : "several";
      return `${p.kind} ${p.kind === "readout" ? "" : fan}`;
    }),
  );
  expect(populations).toHaveLength(7);
  const neurons = tally(({ image: { manifest } }) =>
    manifest.populations
      .filter(({ kind }) => kind === "lif")
      .map((p) => `${p.reset} ${p.refractorySteps > 0} ${p.output} ${p.parameterBase >= 0}`),
  );
  expect(neurons).toHaveLength(16);
  const sizes = tally(({ image: { manifest } }) =>
    manifest.populations.map(({ size }) => Math.sign(size - manifest.core.lanes)),
  );
  expect(sizes).toEqual(sorted([-1, 0, 1]));
});

test("every kind of sample occurs", () => {
  const kinds = tally(({ samples }) =>
    samples.map(
      ({ stimulus, settings }) => `${settings.arrival} ${settings.receiver.readiness === 256} ${stimulus.ticks === 0}`,
    ),
  );
  expect(kinds).toHaveLength(8);
  const repeated = tally(({ samples }) =>
    samples.map(({ stimulus: { eventStart, channel } }) => {
      const tick = [...channel.subarray(eventStart[0], eventStart[1] ?? 0)];
      return new Set(tick).size < tick.length;
    }),
  );
  expect(repeated).toEqual(sorted([false, true]));
});

test("every counter counts and every cause occurs", () => {
  const counted = new Set<number>();
  const places = new Set<string>();
  const cycles = new Float64Array(PHASES * CAUSES);
  for (const { image, samples } of compiled) {
    const model = createClockModel(image);
    for (const { stimulus, settings } of samples) {
      const { steps, counters } = model.run(stimulus, settings);
      counters.core.forEach((value, index) => {
        if (value > 0) counted.add(index);
      });
      for (const place of ["spikes", "accumulatorSaturated", "membraneSaturated", "mergedBits"] as const) {
        if (counters[place].some((value) => value > 0)) places.add(place);
      }
      for (const step of steps) {
        step.cycles.forEach((value, index) => {
          cycles[index]! += value;
        });
      }
    }
  }
  expect(counted.size).toBe(COUNTS);
  expect(places.size).toBe(4);
  const expected: readonly (readonly [phase: number, causes: readonly number[]])[] = [
    [PHASE_IDLE, [CAUSE_WAIT]],
    [PHASE_CIRCULATE, [CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT]],
    [PHASE_INPUT, [CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT, CAUSE_HAZARD, CAUSE_WAIT]],
    [PHASE_DELIVER, [CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT, CAUSE_HAZARD, CAUSE_OUTPUT]],
    [PHASE_UPDATE, [CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT]],
    [PHASE_READOUT, [CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT]],
    [PHASE_DECIDE, [CAUSE_BUSY, CAUSE_FETCH]],
  ];
  for (const [phase, causes] of expected) {
    for (const cause of causes)
      expect(cycles[phase * CAUSES + cause], `phase ${phase}, cause ${cause}`).toBeGreaterThan(0);
  }
});
