import { describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import type { CoreDescription } from "../../description/core.ts";
import { normal, uniform } from "../../description/initialisers.ts";
import { learn, type NetworkLearning } from "../../description/learning.ts";
import { network } from "../../description/network.ts";
import { input, lif, readout } from "../../description/populations.ts";
import { dense, synaptic } from "../../description/projections.ts";
import { ms, steps } from "../../description/units.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import type { PopulationProbe, ProjectionProbe } from "../../emulator/probe.ts";
import { createCore } from "../../emulator/stepper.ts";
import { PLAIN_SETTINGS } from "../../emulator/stimulus.ts";

const sound = input({ channels: 5 });
const hidden = lif({ size: 7, tau: ms(20), threshold: 1, reset: "subtract", output: true });
const digit = readout({ size: 3, tau: ms(40) });
const described = network({
  timestep: ms(5),
  populations: { sound, hidden, digit },
  projections: [
    dense(sound, hidden, { weights: normal(0.3, 0.4), delays: synaptic({ max: steps(6), init: uniform() }) }),
    dense(hidden, hidden, { weights: normal(0, 0.2) }),
    dense(hidden, digit, { weights: normal(0, 0.5) }),
  ],
});

/** 300 steps, more than the stepper has room for at first; up to 5 events a step. */
const EVENTS = Array.from({ length: 300 }, (_, t) =>
  [0, 1, 2, 3, 4].filter((c) => (t * 7 + c * 5 + Math.floor(t / 11)) % 4 === 0),
);
const STIMULUS = {
  ticks: EVENTS.length,
  eventStart: Uint32Array.from({ length: EVENTS.length + 1 }, (_, t) => EVENTS.slice(0, t).flat().length),
  channel: Uint32Array.from(EVENTS.flat()),
  offset: new Uint32Array(),
};

describe.each(["ring", "queue"] as const)("a core of scheme %s that is fed step by step", (scheme) => {
  const core: CoreDescription = { delays: { scheme } };

  test.each([EVENTS.length, undefined])(
    "gives the spikes, cycles and state of a whole run (ticks %s)",
    async (ticks) => {
      const { image } = await compile(described, core);
      const emulator = createEmulator(image);
      const states: unknown[] = [];
      const record = emulator.run(STIMULUS, { ...PLAIN_SETTINGS, sample: 3 }, (_, state) => states.push(state));
      const stepped = createCore(image);
      stepped.begin({ sample: 3, ...(ticks !== undefined && { ticks }) });
      const spikes: [number, number][] = [];
      for (const [t, events] of EVENTS.entries()) {
        const step = stepped.step(events);
        expect(step.record).toEqual(record.steps[t]);
        for (const neuron of step.spikes.hidden!) spikes.push([t, neuron]);
        if (t % 50 === 0) expect(stepped.state()).toEqual(states[t]);
        expect(step.over).toBe(ticks !== undefined && t === EVENTS.length - 1);
      }
      const end = stepped.end();
      expect(spikes).toEqual(record.outputs.map(({ step, neuron }) => [step, neuron]));
      expect(spikes.length).toBeGreaterThan(100);
      expect(end.decision).toEqual(record.decision);
      expect(end.end).toBe(record.end);
      expect(end.counters).toEqual(record.counters);
    },
  );
});

test("probes give populations and projections by name, in the network's units", async () => {
  const { image, quantised } = await compile(described);
  const core = createCore(image);
  core.begin();
  for (const events of EVENTS.slice(0, 40)) core.step(events);
  const state = core.state();
  const probe = core.probe("hidden") as PopulationProbe;
  const { membraneFraction } = image.manifest.populations[1]!;
  expect([...probe.membrane]).toEqual(Array.from(state.membrane[1]!, (u) => u * 2 ** -membraneFraction));
  expect(probe.membrane.some((u) => u !== 0)).toBe(true);
  expect(probe.spikes).toEqual(state.spikes[1]);
  const { weight, delay, weightFraction } = quantised.projections[0]!;
  const projection = core.probe("sound -> hidden") as ProjectionProbe;
  expect([...projection.weight]).toEqual(Array.from(weight, (code) => code * 2 ** -weightFraction));
  expect([...projection.delay]).toEqual([...delay]);
  expect(projection.rowStart[1]).toBe(7);
  expect(() => core.probe("hiden")).toThrow('the core has no "hiden"; it has sound, hidden, digit');
});

test("a second sample starts from rest, and its counters go on", async () => {
  const { image } = await compile(described);
  const core = createCore(image);
  const run = (): number[] => {
    core.begin({ ticks: 60 });
    const spikes = EVENTS.slice(0, 60).flatMap((events) => [...core.step(events).spikes.hidden!]);
    core.end();
    return spikes;
  };
  const first = run();
  const counted = core.counters().spikes[1]!;
  expect(run()).toEqual(first);
  expect(first.length).toBe(counted);
  expect(core.counters().spikes[1]).toBe(2 * counted);
});

test("a call that cannot be meant is refused in words", async () => {
  const { image } = await compile(described);
  for (const create of [createCore, createEmulator]) {
    expect(() => create(new Uint8Array(10) as never)).toThrow(
      'image: is no image, got "Uint8Array of 10 bytes"; give what compile or decodeImage gives',
    );
    expect(() => create(undefined as never)).toThrow("image: is no image");
  }
  const core = createCore(image);
  expect(() => core.step([0])).toThrow(/^step: no sample is running; call begin\(\) first$/);
  expect(() => core.begin({ valid: [1] } as never)).toThrow('begin: has no "valid"; it takes sample, ticks, learning');
  expect(() => core.begin(3 as never)).toThrow("begin: takes an object");
  expect(() => core.begin({ sample: 2 ** 40 })).toThrow(
    "sample: must be a whole number from 0 to 4294967295 (the register has 32 bits), got 1099511627776",
  );
  core.begin({ sample: 2 ** 32 - 1 });
  expect(() => core.step(undefined as never)).toThrow("step: takes a list of channels; give the step's events");
  expect(() => core.step({ channels: [0] } as never)).toThrow('step: takes a list of channels, got {"channels":[0]}');
  expect(() => (core.step as (...all: unknown[]) => unknown)([0], { valid: false })).toThrow(
    'step: takes nothing but channels, got {"valid":false}',
  );
  expect(core.step(Uint8Array.of(0)).over).toBe(false);
});

test("what a core refuses is told with its place", async () => {
  const { image } = await compile(described);
  const core = createCore(image);
  expect(() => core.step([0])).toThrow("step: no sample is running");
  expect(() => core.end()).toThrow("end: no sample is running");
  expect(() => core.begin({ learning: { label: 0, rateShift: 0 } })).toThrow(
    /^learning: this image has no learning engine; compile/,
  );
  expect(() => core.begin({ ticks: -1 })).toThrow("ticks: must be a whole number from 0");
  core.begin({ ticks: 1 });
  expect(() => core.begin()).toThrow("begin: a sample is running");
  expect(() => core.step([5])).toThrow("tick 0, event 0: channel must be below 5, got 5");
  expect(() => core.step([1, 1])).toThrow("tick 0, event 1: channel 1 has more than the 1 events a step");
  expect(core.step([1]).over).toBe(true);
  expect(() => core.step([1])).toThrow("tick 1: the sample is over");
});

describe("learning step by step", () => {
  async function learning(more: Partial<NetworkLearning> = {}) {
    const rules = { weights: { rate: 0.5 }, delays: { rate: 20 }, steps: 40, ...more };
    const { image } = await compile({ ...described, learn: learn(rules) }, { preset: "learning" });
    return image;
  }
  const cut = (ticks: number) => ({
    ...STIMULUS,
    ticks,
    eventStart: STIMULUS.eventStart.slice(0, ticks + 1),
    channel: STIMULUS.channel.slice(0, STIMULUS.eventStart[ticks]),
  });

  test.each(["step", "sample"] as const)("changes what a whole run changes (updates at every %s)", async (update) => {
    const image = await learning({ update });
    const settings = { label: 2, rateShift: 1 };
    const emulator = createEmulator(image);
    const before = emulator.state().learning!.projections[0]!.weight;
    const record = emulator.run(cut(40), { ...PLAIN_SETTINGS, sample: 9, learning: settings });
    const core = createCore(image);
    core.begin({ sample: 9, learning: settings });
    for (const events of EVENTS.slice(0, 40)) core.step(events);
    const end = core.end();
    expect(core.state().learning).toEqual(emulator.state().learning);
    expect(core.state().learning!.projections[0]!.weight).not.toEqual(before);
    expect(end).toEqual({
      decision: record.decision,
      apply: record.apply,
      end: record.end,
      counters: record.counters,
    });
    const { weight, weightCode } = core.probe("sound -> hidden") as ProjectionProbe;
    expect(weightCode).toEqual(core.state().learning!.projections[0]!.weight);
    const { weightFraction } = image.manifest.projections[0]!;
    expect(weight[3]).toBe((weightCode[3]! >> 4) * 2 ** -weightFraction);
    const [trace] = (core.probe("sound") as PopulationProbe).traces;
    expect(trace!.values.length).toBe(5 * trace!.entries);
    expect(trace!.values.some((x) => x > 0)).toBe(true);
  });

  test("probes eligibilities and changes, and learns less with a larger shift", async () => {
    const image = await learning({ eligibility: "filtered" });
    const changes = [0, 6].map((rateShift) => {
      const core = createCore(image);
      const before = core.probe("sound -> hidden") as ProjectionProbe;
      core.begin({ learning: { label: 2, rateShift } });
      for (const events of EVENTS.slice(0, 40)) core.step(events);
      const during = core.probe("sound -> hidden") as ProjectionProbe;
      expect(during.weightEligibility).toHaveLength(35);
      for (const name of ["weightEligibility", "delayEligibility", "weightChange", "delayChange"] as const) {
        expect(during[name]).toEqual(core.state().learning!.projections[0]![name]);
        expect(during[name].some((code) => code !== 0)).toBe(true);
      }
      expect((core.probe("hidden -> hidden") as ProjectionProbe).delayEligibility).toHaveLength(0);
      core.end();
      const { weightCode } = core.probe("sound -> hidden") as ProjectionProbe;
      return weightCode.reduce((sum, code, s) => sum + Math.abs(code - before.weightCode[s]!), 0);
    });
    expect(changes[0]).toBeGreaterThan(8 * changes[1]!);
    const still = createCore((await compile(described)).image).probe("sound -> hidden") as ProjectionProbe;
    expect([still.weightEligibility.length, still.weightChange.length]).toEqual([0, 0]);
  });

  test("stays off without a label, and needs the number of steps where the last ones count", async () => {
    const image = await learning();
    const core = createCore(image);
    const before = core.state().learning!.projections;
    core.begin();
    for (const events of EVENTS.slice(0, 40)) core.step(events);
    core.end();
    expect(core.state().learning!.projections).toEqual(before);
    expect(() => core.begin({ learning: { label: 3, rateShift: 0 } })).toThrow("must be -1 or a class below 3, got 3");
    expect(() => core.begin({ learning: { label: Number.NaN, rateShift: 0 } })).toThrow("a class below 3, got NaN");
    const unknown = { label: 0, rateShift: 0, rate: 1 };
    expect(() => core.begin({ learning: unknown })).toThrow('learning: has no "rate"; it takes label, rateShift');
    const last = createCore(await learning({ errorSteps: { last: steps(10) } }));
    const on = { label: 0, rateShift: 0 };
    expect(() => last.begin({ learning: on })).toThrow("ticks: the error is valid in the last steps");
    expect(() => last.begin({ learning: on, ticks: 40 })).not.toThrow();
    // Beyond its mask an image says nothing of a step.
    const masked = createCore(await learning({ errorSteps: { mask: [0, 1, 1] } }));
    expect(() => masked.begin({ learning: on, ticks: 4 })).toThrow("the mask of valid errors has 3 steps");
    masked.begin({ learning: on });
    expect([[0], [1], [2]].map((events) => masked.step(events).over)).toEqual([false, false, true]);
  });
});
