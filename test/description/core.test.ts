/** Core descriptions: defaults, presets, mistakes with their paths. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeCore, periodCycles } from "../../description/complete-core.ts";
import { core } from "../../description/core.ts";
import { cycles, kB, MHz } from "../../description/core-units.ts";
import { DescriptionError } from "../../description/issues.ts";
import { DEFAULT_CORE } from "../../description/presets.ts";
import { ms } from "../../description/units.ts";

/** "path: problem" of each mistake. */
function problems(value: unknown): string[] {
  try {
    completeCore(value);
  } catch (error) {
    if (error instanceof DescriptionError) return error.issues.map(({ path, problem }) => `${path}: ${problem}`);
    throw error;
  }
  return [];
}

describe("defaults", () => {
  test("nothing given is the default preset", () => {
    expect(completeCore(core({}))).toEqual(DEFAULT_CORE);
    expect(DEFAULT_CORE).toMatchObject({ lanes: 4, clock: { MHz: 100 }, memories: { synapses: { bytes: 65_536 } } });
  });
  test("what is given takes the place of its own field only", () => {
    const complete = completeCore(
      core({ clock: MHz(50), memories: { ring: { bytes: kB(2) } }, decision: { table: { bits: 8 } } }),
    );
    expect(complete.clock).toEqual({ MHz: 50 });
    expect(complete.memories.ring).toEqual({ bytes: 2048, ports: "1R1W" });
    expect(complete.memories.synapses).toEqual({ bytes: 65_536, ports: "1R1W" });
    expect(complete.decision).toMatchObject({ rule: "softmax", table: { bits: 8, entriesLog2: 8 } });
  });
  test("the current follows the accumulator", () => {
    expect(completeCore({ accumulator: { bits: 24 } }).accumulator.current).toBe(24);
    expect(completeCore({ accumulator: { bits: 24, current: 12 } }).accumulator.current).toBe(12);
    expect(completeCore({ preset: "large" }).accumulator).toMatchObject({ bits: 24, current: 24 });
  });
  test("undefined is absent, as in JSON", () => {
    expect(completeCore({ lanes: undefined, memories: { ring: { bytes: undefined } } })).toEqual(DEFAULT_CORE);
  });
  test("JSON keeps a description", () => {
    const description = core({ preset: "tiny", tick: { period: ms(5) }, weights: { clipping: { percentile: 99 } } });
    expect(completeCore(JSON.parse(JSON.stringify(description)))).toEqual(completeCore(description));
  });
});

describe("presets", () => {
  const ENGINE = ["traces", "feedback", "eligibilities", "changes"];
  /** Without what only a learning engine has. */
  const bytes = (preset: "tiny" | "large"): number =>
    Object.entries(completeCore({ preset }).memories).reduce(
      (sum, [name, memory]) => sum + (ENGINE.includes(name) ? 0 : (memory.bytes as number)),
      0,
    );
  test("tiny: one lane, single ports, less than 10 kB in all", () => {
    const tiny = completeCore({ preset: "tiny" });
    expect(tiny).toMatchObject({
      lanes: 1,
      spikeWord: 8,
      decision: { rule: "sum" },
      memories: { ring: { ports: "1RW" } },
    });
    expect(bytes("tiny")).toBeLessThan(kB(10));
  });
  test("large: 16 lanes, more than 2 MB", () => {
    expect(completeCore({ preset: "large" }).lanes).toBe(16);
    expect(bytes("large")).toBeGreaterThan(kB(2048));
  });
});

test("a period is whole cycles of the clock", () => {
  expect(periodCycles(completeCore({ tick: { period: ms(5) } }))).toBe(500_000);
  expect(periodCycles(completeCore({ tick: { period: cycles(1234) } }))).toBe(1234);
  expect(periodCycles(completeCore({}))).toBe(0);
});

describe("mistakes", () => {
  test("are all reported at once", () => {
    expect(
      problems({ lanes: 0, clock: { MHz: -1 }, weights: { bits: 17 }, memories: { ring: { bytes: 0 } }, colour: 1 }),
    ).toEqual([
      "colour: is not a known key here",
      "clock.MHz: must be from 0.001 to 10,000",
      "lanes: must be one of 1, 2, 4, 8, 16, 32",
      "weights.bits: must be a whole number from 2 to 16",
      "memories.ring.bytes: gives the memory zero words",
    ]);
  });
  const cases: readonly (readonly [unknown, string])[] = [
    [null, ": must be an object"],
    [{ lanes: 3 }, "lanes: must be one of"],
    [{ lanes: "4" }, "lanes: must be one of"],
    [{ lanes: 32, spikeWord: 16 }, "lanes: must be at most spikeWord = 16"],
    [{ preset: "tiny", lanes: 16 }, "lanes: must be at most spikeWord = 8"],
    [{ preset: "huge" }, "preset: must be one of"],
    [{ accumulator: { bits: 7 } }, "accumulator.bits: must be a whole number from 8 to 32"],
    [{ accumulator: { current: 20 } }, "accumulator.current: must be at most accumulator.bits = 16"],
    [{ membrane: { populations: { hidden: 40 } } }, "membrane.populations.hidden: must be a whole number from 8 to 32"],
    [{ decay: { bits: 0 } }, "decay.bits: must be a whole number from 1 to 16"],
    [{ weights: { clipping: { percentile: 0 } } }, "weights.clipping.percentile: must be above 0 and at most 100"],
    [
      { weights: { projections: { "a -> b": { bits: 1 } } } },
      'weights.projections["a -> b"].bits: must be a whole number from 2',
    ],
    [{ delays: { scheme: "wheel" } }, "delays.scheme: must be one of"],
    [{ delays: { entries: 0 } }, "delays.entries: must be a whole number from 1 to 4,096"],
    [{ queues: { input: 5000 } }, "queues.input: must be a whole number from 1 to 4,096"],
    [{ memories: { axons: { ports: "1RW" } } }, "memories.axons.ports: is not a known key here"],
    [{ memories: { synapses: { bytes: 1.5 } } }, "memories.synapses.bytes: must be a whole number"],
    [{ decision: { rule: "vote" } }, "decision.rule: must be one of"],
    [{ decision: { at: { margin: -1 } } }, "decision.at.margin: must be above 0"],
    [{ decision: { at: { step: 0 } } }, "decision.at.step: must be a whole number from 1"],
    [{ decision: { table: { entriesLog2: 13 } } }, "decision.table.entriesLog2: must be a whole number from 1 to 12"],
    [{ tick: { overrun: "merge" } }, "tick.overrun: puts the events of several ticks into one step"],
    [{ tick: { period: { ms: 0 } } }, "tick.period.ms: must be above 0"],
    [{ tick: { period: { cycles: 1.5 } } }, "tick.period.cycles: must be a whole number above 0"],
    [{ tick: { period: { ms: 1e-9 } } }, "tick.period: is shorter than half a cycle at 100 MHz"],
    [{ tick: { period: { ms: 1e9 } } }, "tick.period: is 100,000,000,000,000 cycles, more than 2^30"],
    [{ learning: "three-factor" }, 'learning: must be "none" or { ... }'],
    [{ seed: -1 }, "seed: must be a whole number from 0 to 4,294,967,295"],
    [{ macroStep: 0 }, "macroStep: must be a whole number from 1 to 256"],
    [{ clock: { GHz: 1 } }, "clock.GHz: is not a known key here"],
  ];
  for (const [value, problem] of cases) {
    test(JSON.stringify(value), () => {
      expect(problems(value).join("\n")).toContain(problem);
    });
  }
  test("merging ticks goes with saturating adds", () => {
    expect(problems({ tick: { overrun: "merge" }, accumulator: { saturate: "add" } })).toEqual([]);
  });
  test("whatever is given is completed or refused by name", () => {
    const keys = [
      "preset",
      "clock",
      "lanes",
      "delays",
      "weights",
      "accumulator",
      "membrane",
      "decision",
      "memories",
      "tick",
      "seed",
    ];
    const inner = [
      "bits",
      "projections",
      "populations",
      "ring",
      "at",
      "table",
      "period",
      "ms",
      "margin",
      "MHz",
      "__proto__",
    ];
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 3 }, fc.jsonValue({ maxDepth: 1 }), fc.integer(), fc.double(), tie("object")),
      object: fc.dictionary(fc.oneof(fc.constantFrom(...inner), fc.string()), tie("any"), { maxKeys: 3 }),
    })).any;
    const any = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4 });
    fc.assert(
      fc.property(any, (description) => void problems(description)),
      { numRuns: 3000 },
    );
  });
});
