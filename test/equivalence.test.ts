// Inference: the emulator agrees with the clock-by-clock model on random networks, cores and stimuli.

import fc from "fast-check";
import { expect, test } from "vitest";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator } from "../emulator/emulator.ts";
import { coreModule } from "../emulator/module.ts";
import { compareAll, runs, seed } from "./compare-models.ts";
import { caseArbitrary, compileCase } from "./generators/case.ts";

test(`emulator = clock-by-clock model (seed ${seed}, ${runs} cases)`, { timeout: 240_000 }, () => {
  compareAll(runs, {});
});

test(`debug build = clock-by-clock model (seed ${seed}, ${runs / 5} cases)`, { timeout: 240_000 }, () => {
  compareAll(runs / 5, { module: coreModule("debug") });
});

// Specialising takes up to a second a case.
test(`specialised = clock-by-clock model (seed ${seed}, ${Math.ceil(runs / 25)} cases)`, {
  timeout: 240_000,
}, async () => {
  compareAll(Math.ceil(runs / 25), { specialise: await loadSpecialiser() });
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
