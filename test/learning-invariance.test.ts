// While learning, lanes, ports, hazards, queue depths, clearing and skipping change cycles, never what a memory holds
// (docs/core.md, sections 1 and 10.3).

import fc from "fast-check";
import { expect, test } from "vitest";
import type { CoreDescription, CoreLearning } from "../description/core.ts";
import { createEmulator } from "../emulator/emulator.ts";
import type { CoreState, LearningCounters } from "../emulator/record.ts";
import { type Case, compileCase } from "./generators/case.ts";
import { coreArbitrary } from "./generators/core.ts";
import { coreLearning, learningMemories, learningPlan, withEngine } from "./generators/learning.ts";
import { networkArbitrary } from "./generators/network.ts";
import { learningSamplePlan } from "./generators/stimulus.ts";

const seed = Number(process.env.MORA_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.MORA_CASES ?? 150);

interface Course {
  readonly states: readonly CoreState[];
  /** All but the words walked, of which lanes and skipping make more or fewer. */
  readonly counters: Omit<LearningCounters, "learnWords">;
  readonly cycles: number;
}

function run(value: Case): Course | null {
  const compiled = compileCase(value);
  if (compiled === null) return null;
  const emulator = createEmulator(compiled.image);
  const states: CoreState[] = [];
  let cycles = 0;
  for (const { stimulus, settings } of compiled.samples) {
    const burst = { ...settings, arrival: "burst" } as const;
    cycles += emulator.run(stimulus, burst, (_, state) => states.push(state)).end;
    // After the sample's end: the changes may have been applied only then.
    states.push(emulator.state());
  }
  const { learnWords: _, ...counters } = emulator.counters().learning!;
  return { states, counters, cycles };
}

const cores = fc.constantFrom("ring", "spike-ring", "queue").chain((scheme) =>
  fc.record({
    network: networkArbitrary(scheme !== "spike-ring", "learning"),
    learning: learningPlan,
    core: fc.tuple(coreArbitrary(scheme), coreLearning, learningMemories).map((parts) => withEngine(...parts)),
    other: coreArbitrary(scheme),
    otherMemories: learningMemories,
    samples: fc.array(learningSamplePlan, { minLength: 1, maxLength: 2 }),
  }),
);

test(`learning: lanes, ports, queues, clearing and skipping change cycles only (seed ${seed})`, {
  timeout: 120_000,
}, () => {
  let compared = 0;
  let faster = 0;
  const property = fc.property(cores, ({ network, learning, core, other, otherMemories, samples }) => {
    // Every tick runs: what a step does must not depend on how long the one before took.
    const first = { ...core, tick: { period: "free", overrun: "queue" } } as CoreDescription;
    const { lanes, spikeWord, queues, hazard, clear, memories } = other;
    const engine = first.learning as CoreLearning;
    const second = {
      ...first,
      ...{ lanes, spikeWord, queues, hazard, clear },
      memories: { ...memories, ...otherMemories },
      learning: { ...engine, skip: !engine.skip },
    } as CoreDescription;
    const [one, two] = [first, second].map((chosen) => run({ network, learning, core: chosen, samples }));
    expect(one === null).toBe(two === null);
    if (!one || !two) return;
    compared++;
    if (one.cycles !== two.cycles) faster++;
    expect(two.states).toEqual(one.states);
    expect(two.counters).toEqual(one.counters);
  });
  fc.assert(property, { seed, numRuns });
  expect(compared).toBeGreaterThan(numRuns / 3);
  expect(faster).toBeGreaterThan(compared / 2);
});
