// Learning in the emulator beyond what test/learning-equivalence.test.ts compares: refusals at the border, and a checkpoint that resumes.

import { expect, test } from "vitest";
import { compileIr } from "../../compiler/compile.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import type { RunSettings, Stimulus } from "../../emulator/record.ts";
import { LEARNING, learningNetwork, smallNetwork } from "../compiler/learning-ir.ts";

const STIMULUS: Stimulus = {
  ticks: 8,
  eventStart: Uint32Array.from({ length: 9 }, (_, t) => 3 * t),
  channel: Uint32Array.from({ length: 24 }, (_, n) => (n * 3) % 10),
  offset: new Uint32Array(0),
};

const settings = (sample: number, label: number, rateShift = 0): RunSettings => ({
  arrival: "burst",
  receiver: { readiness: 256, seed: 0 },
  sample,
  learning: { label, rateShift },
});

const { image } = compileIr(learningNetwork(), { preset: "learning" });

test("labels, rates and masks that the image does not have are refused by name", () => {
  const emulator = createEmulator(image);
  expect(() => emulator.run(STIMULUS, settings(0, 3))).toThrow(
    "settings.learning.label: must be a class from 0 to 2, or -1 for none, got 3; check the labels against the readout's size",
  );
  expect(() => emulator.run(STIMULUS, settings(0, -2))).toThrow("must be a class from 0 to 2");
  expect(() => emulator.run(STIMULUS, settings(0, 0, 31))).toThrow(
    "settings.learning.rateShift: must be a whole number from 0 to 30, got 31; 0 is the compiled rate, each 1 more halves it",
  );
  const mask = learningNetwork({ errorSteps: { kind: "mask", mask: Uint8Array.of(0, 1, 1) }, meanSteps: 2 });
  const masked = createEmulator(compileIr(mask, { preset: "learning" }).image);
  expect(() => masked.run(STIMULUS, settings(0, 0))).toThrow("the mask of valid errors has 3 steps");
  const plain = createEmulator(compileIr(smallNetwork(), {}).image);
  expect(() => plain.run(STIMULUS, settings(0, 0))).toThrow("the image has no learning engine");
});

test.each([0, 2])("stored state put back resumes to the same bits, updateEvery %i", (updateEvery) => {
  const network = learningNetwork({ updateEvery, projections: LEARNING.projections });
  const compiled = compileIr(network, { preset: "learning" }).image;
  const through = createEmulator(compiled);
  for (let n = 0; n < 3; n++) through.run(STIMULUS, settings(n, n));
  const kept = through.state().learning!;
  const before = kept.projections.map(({ weight, delay }) => [...weight, ...delay]);
  const resumed = createEmulator(compiled);
  resumed.restoreLearning(kept);
  for (let n = 3; n < 6; n++) {
    const first = through.run(STIMULUS, settings(n, n % 3));
    const second = resumed.run(STIMULUS, settings(n, n % 3));
    expect(second.steps).toEqual(first.steps);
    expect(second.apply).toEqual(first.apply);
  }
  expect(resumed.state()).toEqual(through.state());
  // It has learned something in between, so that equality says something.
  const after = through.state().learning!.projections.map(({ weight, delay }) => [...weight, ...delay]);
  expect(after).not.toEqual(before);
});

test("without a label, or with the engine off, nothing is learned", () => {
  const emulator = createEmulator(image);
  const before = emulator.state().learning!.projections;
  emulator.run(STIMULUS, settings(0, -1));
  const { learning: _, ...off } = settings(1, 0);
  emulator.run(STIMULUS, off);
  expect(emulator.state().learning!.projections).toEqual(before);
});
