// Reader and comparison, held against reports of a fake RTL: right ones pass, and every kind of mistake is told with its place.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import * as l from "../../assembly/layout.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import { type Comparison, compareSamples } from "../../hardware/compare-samples.ts";
import { describeDifference } from "../../hardware/difference.ts";
import { watchedPlaces } from "../../hardware/places.ts";
import { BLOCKS, openReport } from "../../hardware/stream.ts";
import { caseArbitrary, compileCase, learningCaseArbitrary } from "../generators/case.ts";
import { fakeReport, type Shown } from "./fake-rtl.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-compare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Compiled = NonNullable<ReturnType<typeof compileCase>>;

const compiled: readonly Compiled[] = fc
  .sample(caseArbitrary, { numRuns: 50, seed: 5 })
  .flatMap((value) => compileCase(value) ?? []);

function compare(
  { image, samples }: Compiled,
  spoil: (shown: Shown) => void = () => {},
  change: (words: Uint32Array) => Uint32Array = (words) => words,
): Comparison {
  const path = join(folder, "report.bin");
  fakeReport(path, image, samples, spoil);
  const words = change(new Uint32Array(new Uint8Array(readFileSync(path)).buffer));
  writeFileSync(path, new Uint8Array(words.buffer));
  const watched = watchedPlaces(image.manifest);
  const reader = openReport(path, watched.places);
  try {
    const rtl = watched.view(reader.observed);
    return compareSamples({
      image,
      samples,
      emulator: createEmulator(image),
      reader,
      rtl,
      places: [],
      assertion: null,
    });
  } finally {
    reader.close();
  }
}

/** Cases that learn, with what goes from sample to sample. */
const learning: readonly Compiled[] = fc
  .sample(learningCaseArbitrary, { numRuns: 40, seed: 5 })
  .flatMap((value) => compileCase(value) ?? []);

/** The first case with a step in which `spoil` finds something to change; what the comparison says of it. */
function told(spoil: (shown: Shown) => boolean, cases: readonly Compiled[] = compiled): string {
  for (const value of cases) {
    let spoilt = false;
    const { difference } = compare(value, (shown) => {
      spoilt ||= shown.step === 1 && spoil(shown);
    });
    if (!spoilt) continue;
    expect(difference).toMatchObject({ step: 1 });
    return describeDifference(difference!);
  }
  throw new Error("no case has what is to be spoilt");
}

/** The report with other decisions. @param cycle of a decision's own cycle; null: it is not shown */
function withDecisions(words: Uint32Array, cycle: (own: number) => number | null): Uint32Array {
  const kept: number[] = [];
  for (let at = 0; at < words.length; at += 2 + words[at + 1]!) {
    const block = Array.from(words.subarray(at, at + 2 + words[at + 1]!));
    if (block[0] !== BLOCKS.decided) {
      kept.push(...block);
      continue;
    }
    const shown = cycle(block[2]!);
    if (shown !== null) kept.push(...block.slice(0, 2), shown, ...block.slice(3));
  }
  return Uint32Array.from(kept);
}

describe("a decision", () => {
  const decide = compiled.filter(({ image, samples }) => {
    const emulator = createEmulator(image);
    return samples.some(({ stimulus, settings }) => emulator.run(stimulus, settings).decision !== null);
  });

  test("that the RTL never shows is told, in every case that has one", () => {
    expect(decide.length).toBeGreaterThan(10);
    for (const value of decide) {
      const { difference } = compare(value, undefined, (words) => withDecisions(words, () => null));
      expect(describeDifference(difference!)).toMatch(/decision \(u_controller\): emulator class .*, RTL none/);
    }
  });

  test("that it shows a cycle late is told, unless no marker could say that the sample ends", () => {
    const late = decide.filter(
      (value) => compare(value, undefined, (words) => withDecisions(words, (own) => own + 1)).difference !== null,
    );
    const known = decide.filter(({ image, samples }) => {
      const emulator = createEmulator(image);
      return samples.some(({ stimulus, settings }) => {
        let tick = -1;
        const { decision } = emulator.run(stimulus, settings, (step) => {
          ({ tick } = step);
        });
        return decision !== null && tick === stimulus.ticks - 1;
      });
    });
    expect(known.length).toBeGreaterThan(5);
    for (const value of known) expect(late).toContain(value);
  });
});

describe("a report of the emulator's own run", () => {
  test("is equal to the emulator in every case", () => {
    expect(compiled.length).toBeGreaterThan(30);
    for (const value of compiled) expect(compare(value).difference).toBeNull();
  });

  test("is equal to the emulator in cases that learn", () => {
    expect(learning.length).toBeGreaterThan(15);
    // Ten of them: what learns is long, and every state of it is written and read.
    for (const value of learning.slice(0, 10)) expect(compare(value).difference).toBeNull();
  }, 120_000);

  test("counts samples and steps", () => {
    const value = compiled.find(({ samples }) => samples.length > 1)!;
    const emulator = createEmulator(value.image);
    const records = value.samples.map(({ stimulus, settings }) => emulator.run(stimulus, settings));
    expect(compare(value)).toEqual({
      samples: records.length,
      steps: records.reduce((sum, { steps }) => sum + steps.length, 0),
      cycles: records.reduce((sum, { end }) => sum + end, 0),
      difference: null,
    });
  });
});

describe("a mistake is told", () => {
  test.each(["ring", "neurons", "spikes", "spike-ring", "delay-queue", "scores"] as const)("in %s", (id) => {
    const message = told(({ cells }) => {
      const cell = cells.find((candidate) => candidate.cell.id === id && candidate.cell.width > 0);
      if (cell === undefined) return false;
      cell.value ^= 1;
      return true;
    });
    expect(message).toMatch(/^sample \d+, step 1, cycle \d+: .*\(TOP\.mora_core\..*u_ram, .*word \d+/);
  });

  test.each(["heads", "spikeRingHeads", "queueCount"])("in %s", (name) => {
    const message = told(({ states, cells }) => {
      const relevant = name === "heads" ? "ring" : name === "queueCount" ? "delay-queue" : "spike-ring";
      if (!cells.some(({ cell }) => cell.id === relevant)) return false;
      states[name] = states[name]!.map((value) => value ^ 1);
      return true;
    });
    expect(message).toMatch(/(head of|in the delay queue).*registers/);
  });

  test.each([
    "traces",
    "surrogates",
    "errors",
    "signals",
    "eligibilities",
    "changes",
    "axon-changes",
    "synapses",
    "axons",
  ] as const)("in %s, while it learns", (id) => {
    const message = told(({ cells }) => {
      const cell = cells.findLast((candidate) => candidate.cell.id === id && candidate.cell.width > 0);
      if (cell === undefined) return false;
      cell.value ^= 1;
      return true;
    }, learning);
    expect(message).toMatch(/^sample \d+, step 1, cycle \d+: .*\(TOP\.mora_core\..*u_ram, .*word \d+/);
  });

  test("in the column draw beside an error", () => {
    const message = told(({ cells }) => {
      const cell = cells.find(({ cell: { id, bit } }) => id === "errors" && bit === 0);
      if (cell === undefined) return false;
      cell.value ^= 1;
      return true;
    }, learning);
    expect(message).toMatch(/column draw of class 0/);
  });

  test.each(["trace-counters", "signal-counters", "error-counters", "learn-counters"])("in %s", (name) => {
    const message = told(({ states }) => {
      if ((states[name]?.length ?? 0) === 0) return false;
      states[name]![0]! += 1;
      return true;
    }, learning);
    expect(message).toContain(`${name}, number 0 (u_learning.u_counters)`);
  });

  test("in a counter", () => {
    const message = told(({ states }) => {
      states["core-counters"]![l.COUNT_SYNAPTIC_OPS]! += 1;
      return true;
    });
    expect(message).toMatch(/counter synaptic ops \(u_counters\): emulator \d+, RTL \d+$/);
  });

  test("in a population's counter", () => {
    const message = told(({ states }) => {
      states["population-counters"]![3]! += 1;
      return true;
    });
    expect(message).toMatch(/counter spikes of \w+ \(u_counters\)/);
  });

  test("in cycles by phase and cause", () => {
    const message = told(({ states }) => {
      states.cycles![l.PHASE_UPDATE * l.CAUSES + l.CAUSE_BUSY]! += 1;
      return true;
    });
    expect(message).toMatch(/cycles of phase update, cause busy \(u_counters\)/);
  });

  test("in the time of a step", () => {
    const message = told(({ times }) => {
      times.done += 1;
      return true;
    });
    expect(message).toMatch(/cycle in which the step is done/);
  });
});
