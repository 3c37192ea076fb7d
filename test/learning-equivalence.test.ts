// Learning: the emulator agrees with the clock-by-clock model on random networks that learn, engines and stimuli. Apart from
// equivalence.test.ts, so that the two run side by side.

import { test } from "vitest";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { coreModule } from "../emulator/module.ts";
import { compareAll, runs, seed } from "./compare-models.ts";
import { learningCaseArbitrary } from "./generators/case.ts";

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

test(`learning: specialised = clock-by-clock (seed ${seed}, ${Math.ceil(learningRuns / 12)} cases)`, {
  timeout: 240_000,
}, async () => {
  compareAll(Math.ceil(learningRuns / 12), { specialise: await loadSpecialiser() }, learningCaseArbitrary);
});
