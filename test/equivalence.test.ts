// The emulator and the clock-by-clock model, two readings of docs/core.md, agree in everything after every step.
// A failure prints its seed: MORA_SEED=n repeats it; MORA_CASES=n runs more cases than the default.

import fc from "fast-check";
import { expect, test } from "vitest";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator, type EmulatorOptions } from "../emulator/emulator.ts";
import { coreModule } from "../emulator/module.ts";
import type { CoreModel } from "../emulator/record.ts";
import { createClockModel } from "./clock/clock-model.ts";
import { type Case, caseArbitrary, compileCase, learningCaseArbitrary } from "./generators/case.ts";
import type { Sample } from "./generators/stimulus.ts";

const seed = Number(process.env.MORA_SEED ?? Date.now() % 2 ** 31);
const runs = Number(process.env.MORA_CASES ?? 1000);

/** Everything that a model says about its samples: steps with cycles, states, counters; then the whole record. */
function observe(model: CoreModel, samples: readonly Sample[]): unknown[] {
  const seen: unknown[] = [];
  for (const { stimulus, settings } of samples) {
    const record = model.run(stimulus, settings, (step, state, counters) => seen.push({ step, state, counters }));
    // The state after the sample's end too: updates may have come only then.
    seen.push(record, model.state());
  }
  return seen;
}

function compare(value: Case, options: EmulatorOptions): boolean {
  const compiled = compileCase(value);
  if (compiled === null) return false;
  const fast = observe(createEmulator(compiled.image, options), compiled.samples);
  const clocked = observe(createClockModel(compiled.image), compiled.samples);
  // One entry at a time: the first difference is the one to look at.
  clocked.forEach((entry, n) => {
    expect(fast[n], `observation ${n} of the emulator`).toEqual(entry);
  });
  expect(fast.length).toBe(clocked.length);
  return true;
}

/** Compares `numRuns` cases, of which the compiler may refuse some: at most half, of those that learn two thirds. */
function compareAll(numRuns: number, options: EmulatorOptions, cases: fc.Arbitrary<Case> = caseArbitrary): void {
  let compared = 0;
  const property = fc.property(cases, (value) => {
    if (compare(value, options)) compared++;
  });
  fc.assert(property, { seed, numRuns });
  expect(compared).toBeGreaterThan(cases === caseArbitrary ? numRuns / 2 : numRuns / 3);
}

test(`emulator = clock-by-clock model (seed ${seed}, ${runs} cases)`, { timeout: 240_000 }, () => {
  compareAll(runs, {});
});

test(`debug build = clock-by-clock model (seed ${seed}, ${runs / 5} cases)`, { timeout: 240_000 }, () => {
  compareAll(runs / 5, { module: coreModule("debug") });
});

test(`specialised = clock-by-clock model (seed ${seed}, ${runs / 5} cases)`, { timeout: 240_000 }, async () => {
  compareAll(runs / 5, { specialise: await loadSpecialiser() });
});

// A case that learns is long: the model spends four times as much on it.
const learningRuns = Math.ceil(runs / 4);

test(`learning: emulator = clock-by-clock model (seed ${seed}, ${learningRuns} cases)`, { timeout: 240_000 }, () => {
  compareAll(learningRuns, {}, learningCaseArbitrary);
});

test(`learning: debug = clock-by-clock model (seed ${seed}, ${Math.ceil(learningRuns / 5)} cases)`, {
  timeout: 240_000,
}, () => {
  compareAll(Math.ceil(learningRuns / 5), { module: coreModule("debug") }, learningCaseArbitrary);
});

test(`learning: specialised = clock-by-clock (seed ${seed}, ${Math.ceil(learningRuns / 5)} cases)`, {
  timeout: 240_000,
}, async () => {
  compareAll(Math.ceil(learningRuns / 5), { specialise: await loadSpecialiser() }, learningCaseArbitrary);
});

test(`records without states = records with (seed ${seed}, ${runs / 5} cases)`, { timeout: 240_000 }, () => {
  const property = fc.property(caseArbitrary, (value) => {
    const compiled = compileCase(value);
    if (compiled === null) return;
    // Without an observer the emulator runs many ticks in one call.
    const emulator = createEmulator(compiled.image);
    const stepwise = createEmulator(compiled.image);
    for (const { stimulus, settings } of compiled.samples) {
      expect(emulator.run(stimulus, settings)).toEqual(stepwise.run(stimulus, settings, () => {}));
    }
  });
  fc.assert(property, { seed, numRuns: runs / 5 });
});
