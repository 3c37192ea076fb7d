/** The specialise pass: the module it makes is the one that runs, has no registers left, and holds only what its image can use. */
import { expect, test } from "vitest";
import { stepNetwork, stepStimulus } from "../bench/step-networks.ts";
import { compileIr } from "../compiler/compile.ts";
import { loadSpecialiser } from "../compiler/specialise.ts";
import { createEmulator } from "../emulator/emulator.ts";
import { coreModule, RUN_REGISTERS } from "../emulator/module.ts";
import { PLAIN_SETTINGS } from "../emulator/stimulus.ts";

const specialise = await loadSpecialiser();
const { image } = compileIr(stepNetwork(8, 1), {});
const stimulus = stepStimulus(10, 3);

const globals = (module: Uint8Array) =>
  WebAssembly.Module.exports(new WebAssembly.Module(module as BufferSource))
    .filter((entry) => entry.kind === "global")
    .map((entry) => entry.name);

test("the registers of a specialised module are gone, but for those of a run", () => {
  const specialised = createEmulator(image, { specialise });
  expect(specialised.specialised).toBe(true);
  expect(globals(coreModule())).toContain("lanes");
  expect(globals(specialised.module)).not.toContain("lanes");
  expect(globals(specialised.module)).toEqual(expect.arrayContaining([...RUN_REGISTERS]));
  expect(specialised.module.length).toBeLessThan(0.7 * coreModule().length);
});

test("the specialised module is the one that runs: a wrong constant shows in the results", () => {
  const right = createEmulator(image, { specialise }).run(stimulus, PLAIN_SETTINGS);
  const wrong = createEmulator(image, {
    specialise: (module, constants) => specialise(module, { ...constants, clearCycles: constants.clearCycles! + 1 }),
  }).run(stimulus, PLAIN_SETTINGS);
  const general = createEmulator(image).run(stimulus, PLAIN_SETTINGS);
  expect(right.end).toBe(general.end);
  expect(wrong.end).toBe(general.end + 1);
});

test("what a configuration does not use disappears", () => {
  const size = (core: Parameters<typeof compileIr>[1]) =>
    createEmulator(compileIr(stepNetwork(8, 1), core).image, { specialise }).module.length;
  // Stalls bring the search for hazards in; random rounding leaves no use for the vector update in one instruction.
  expect(size({ hazard: "stall" })).toBeGreaterThan(size({}));
  expect(size({ decay: { rounding: "stochastic" } })).toBeLessThan(size({}));
  for (const core of [{}, { delays: { scheme: "queue" } }, { accumulator: { saturate: "add" } }] as const) {
    expect(size(core)).toBeLessThan(0.7 * coreModule().length);
  }
});

test("a constant that the module does not have is an error, not a wrong result", () => {
  expect(() => specialise(coreModule(), { nonsense: 1 })).toThrow('exports no global "nonsense"');
});
