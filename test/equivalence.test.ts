// The emulator and the clock-by-clock model, two readings of docs/core.md, agree in everything after every step.
// A failure prints its seed: MORA_SEED=n repeats it; MORA_CASES=n runs more cases than the default.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createEmulator } from "../emulator/emulator.ts";
import type { CoreModel } from "../emulator/record.ts";
import type { Image } from "../image/manifest.ts";
import { createClockModel } from "./clock/clock-model.ts";
import { type Case, caseArbitrary, compileCase } from "./generators/case.ts";
import type { Sample } from "./generators/stimulus.ts";

const seed = Number(process.env.MORA_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.MORA_CASES ?? 400);

/** Everything that a model says about its samples: steps with cycles, states, counters; then the whole record. */
function observe(model: CoreModel, samples: readonly Sample[]): unknown[] {
  const seen: unknown[] = [];
  for (const { stimulus, settings } of samples) {
    const record = model.run(stimulus, settings, (step, state, counters) => seen.push({ step, state, counters }));
    seen.push(record);
  }
  return seen;
}

function compare(image: Image, samples: readonly Sample[]): void {
  const fast = observe(createEmulator(image), samples);
  const clocked = observe(createClockModel(image), samples);
  // One entry at a time: the first difference is the one to look at.
  clocked.forEach((entry, n) => {
    expect(fast[n], `observation ${n}`).toEqual(entry);
  });
  expect(fast.length).toBe(clocked.length);
}

test(`emulator = clock-by-clock model (seed ${seed}, ${numRuns} cases)`, () => {
  let compared = 0;
  fc.assert(
    fc.property(caseArbitrary, (value: Case) => {
      const compiled = compileCase(value);
      if (compiled === null) return;
      compared++;
      compare(compiled.image, compiled.samples);
    }),
    { seed, numRuns },
  );
  // The compiler may refuse some cases, not most of them.
  expect(compared).toBeGreaterThan(numRuns / 2);
}, 240_000);
