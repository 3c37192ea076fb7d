// The emulator and the clock-by-clock model, two readings of docs/core.md, compared in everything after every step.
// A failure prints its seed: MORA_SEED=n repeats it; MORA_CASES=n runs more cases than the default.

import fc from "fast-check";
import { expect } from "vitest";
import { createEmulator, type EmulatorOptions } from "../emulator/emulator.ts";
import type { CoreModel } from "../emulator/record.ts";
import { createClockModel } from "./clock/clock-model.ts";
import { type Case, caseArbitrary, compileCase } from "./generators/case.ts";
import type { Sample } from "./generators/stimulus.ts";

export const seed: number = Number(process.env.MORA_SEED ?? Date.now() % 2 ** 31);
export const runs: number = Number(process.env.MORA_CASES ?? 1000);

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

/**
 * Compares `numRuns` cases, of which the compiler takes 85 %, of those that learn 69 %. Demanded is so little that no seed of the fewest,
 * 21 of those that learn, falls below.
 */
export function compareAll(numRuns: number, options: EmulatorOptions, cases: fc.Arbitrary<Case> = caseArbitrary): void {
  let compared = 0;
  const property = fc.property(cases, (value) => {
    if (compare(value, options)) compared++;
  });
  fc.assert(property, { seed, numRuns });
  expect(compared).toBeGreaterThan(cases === caseArbitrary ? numRuns / 2 : numRuns / 5);
}
