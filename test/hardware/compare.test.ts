// Reader and comparison, held against reports of a fake RTL: right ones pass, and every kind of mistake is told with its place.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import * as l from "../../assembly/layout.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import { type Comparison, compareSamples } from "../../hardware/compare-samples.ts";
import { describeDifference } from "../../hardware/difference.ts";
import { watchedPlaces } from "../../hardware/places.ts";
import { openReport } from "../../hardware/stream.ts";
import { caseArbitrary, compileCase } from "../generators/case.ts";
import { fakeReport, type Shown } from "./fake-rtl.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-compare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Compiled = NonNullable<ReturnType<typeof compileCase>>;

const compiled: readonly Compiled[] = fc
  .sample(caseArbitrary, { numRuns: 50, seed: 5 })
  .flatMap((value) => compileCase(value) ?? []);

function compare({ image, samples }: Compiled, spoil: (shown: Shown) => void = () => {}): Comparison {
  const path = join(folder, "report.bin");
  fakeReport(path, image, samples, spoil);
  const watched = watchedPlaces(image.manifest);
  const reader = openReport(path, watched.places);
  try {
    const rtl = watched.view(reader.observed);
    return compareSamples({ image, samples, emulator: createEmulator(image), reader, rtl, places: [] });
  } finally {
    reader.close();
  }
}

/** The first case with a step in which `spoil` finds something to change; what the comparison says of it. */
function told(spoil: (shown: Shown) => boolean): string {
  for (const value of compiled) {
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

describe("a report of the emulator's own run", () => {
  test("is equal to the emulator in every case", () => {
    expect(compiled.length).toBeGreaterThan(30);
    for (const value of compiled) expect(compare(value).difference).toBeNull();
  });

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
