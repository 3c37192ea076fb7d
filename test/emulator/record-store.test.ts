import { describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { yinYangDataset } from "../../datasets/yin-yang.ts";
import type { CoreDescription } from "../../description/core.ts";
import { createEmulator, type EmulatorOptions } from "../../emulator/emulator.ts";
import type { SampleRecord } from "../../emulator/record.ts";
import { PLAIN_SETTINGS, stimulusOf } from "../../emulator/stimulus.ts";
import { createLatencyTally } from "../../report/latency.ts";
import { collect } from "../../training/binned-set.ts";
import { SMALL_NETWORK } from "../explore/small-description.ts";

/** Runs samples without a pause between them, so that nothing is collected meanwhile. */
async function run(core: CoreDescription, options: EmulatorOptions, samples: number = 60) {
  const { image } = await compile(SMALL_NETWORK, core);
  const emulator = createEmulator(image, options);
  const set = await collect(yinYangDataset({ seed: 1, samples }), { timestepMs: 1, steps: 60, channels: 5 });
  const records: SampleRecord[] = [];
  const cycles: number[][] = [];
  for (let n = 0; n < set.size; n++) {
    records.push(emulator.run(stimulusOf(set.sample(n), image.manifest), { ...PLAIN_SETTINGS, sample: n }));
    cycles.push([...emulator.stepCycles()]);
  }
  return { manifest: image.manifest, records, cycles };
}

describe.each([
  ["free", {}],
  ["a period that leaves the core idle", { tick: { period: { ms: 0.02 } } }],
  ["the queue, whose last phase comes after idle", { delays: { scheme: "queue" }, tick: { period: { ms: 0.02 } } }],
] as const)("ticks: %s", (_, core) => {
  test("cycles of steps are those of the latency report, whether records are kept or not", async () => {
    const { manifest, records, cycles } = await run(core, {});
    const tally = createLatencyTally(manifest);
    for (const record of records) tally.add(record);
    const { step, steps, phases } = tally.latency();
    const all = cycles.flat();
    expect(all.length).toBe(steps);
    expect(all.reduce((sum, spent) => sum + spent, 0) / all.length).toBeCloseTo(step.mean, 9);
    expect(Math.max(...all)).toBe(step.max);
    const idle = phases.find(({ phase }) => phase === "idle")!.cycles.mean;
    if ("tick" in core) expect(idle).toBeGreaterThan(step.mean);
    else expect(idle).toBe(0);
    expect((await run(core, { keepSteps: false })).cycles).toEqual(cycles);
  });
});

test("records can be read long after their sample; those that are not kept only before the next one, else an error says so", async () => {
  // 60 steps of 60 samples are more than the arena holds.
  const { records, cycles } = await run({}, {});
  expect(records.map(({ steps }) => steps.map(({ enter, done }) => done - enter))).toEqual(cycles);
  const { records: passed } = await run({}, { keepSteps: false });
  expect(passed.at(-1)!.steps).toEqual(records.at(-1)!.steps);
  expect(() => passed[0]!.steps).toThrow(/^step records: the next sample has begun/);
});
