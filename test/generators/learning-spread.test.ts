// The learning generators reach what they are for: every choice of an engine, every rule, every counter and every cause.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CAUSE_BUSY,
  CAUSE_FETCH,
  CAUSE_PORT,
  CAUSES,
  KERNEL_FAR,
  KERNEL_NEAR,
  KERNEL_PLAIN,
  LEARN_COUNTS,
  LEARN_DELAY_UPDATES,
  LEARN_WEIGHT_UPDATES,
  PHASE_ERROR,
  PHASE_LEARN,
  PHASE_SIGNAL,
  PHASE_TRACE,
} from "../../assembly/layout.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import { rowForm } from "../../emulator/rows.ts";
import type { LearningRegisters } from "../../image/manifest.ts";
import { compileCase, learningCaseArbitrary } from "./case.ts";

const cases = fc.sample(learningCaseArbitrary, { numRuns: 600, seed: 2 });
const compiled = cases.flatMap((value) => compileCase(value) ?? []);
const engines = compiled.map(({ image }) => image.manifest.learning!);

function found(feature: (engine: LearningRegisters, n: number) => readonly (string | number | boolean)[]): string[] {
  return [...new Set(engines.flatMap((engine, n) => feature(engine, n).map(String)))].sort();
}

const sorted = (values: readonly (string | number | boolean)[]): string[] => values.map(String).sort();

test("the compiler accepts enough cases", () => {
  expect(compiled.length).toBeGreaterThan(cases.length / 2);
});

test("every choice of an engine occurs", () => {
  expect(found(({ traceRounding }) => [traceRounding])).toEqual(sorted(["floor", "nearest", "stochastic"]));
  expect(found(({ updateRounding, updateEvery, carry }) => [`${updateRounding} ${updateEvery} ${carry}`])).toHaveLength(
    18,
  );
  expect(found(({ filtered, skip }) => [`${filtered} ${skip}`])).toHaveLength(4);
  expect(found(({ ports }) => [Object.values(ports).join(" ")])).toHaveLength(16);
  expect(found(({ error, errorSteps }) => [`${error.kind} ${errorSteps.kind}`])).toHaveLength(6);
  expect(found(({ taps }) => [taps.length]).length).toBeGreaterThan(3);
  expect(found(({ traceBits }) => [traceBits])).toHaveLength(12);
  expect(found(({ populations }) => populations.map(({ feedback }) => feedback.kind))).toHaveLength(3);
  expect(found(({ populations }) => populations.map(({ regulariser }) => regulariser !== null))).toHaveLength(2);
  expect(found(({ populations }) => [populations.length])).toEqual(expect.arrayContaining(["0", "1", "2"]));
});

test("every kind of learned projection occurs", () => {
  const kinds = found(({ projections }, n) =>
    projections.map(({ projection, weights, delays }) => {
      const { manifest } = compiled[n]!.image;
      const { delayKind, storage, recurrent } = manifest.projections[projection]!;
      return [manifest.core.scheme, storage, recurrent, delayKind, weights !== null, delays !== null].join(" ");
    }),
  );
  // Weights, delays, both, and weights beside fixed delays; synaptic ones in the ring only.
  const schemes = { ring: ["none", "axonal", "synaptic"], "spike-ring": ["none", "axonal"], queue: ["none", "axonal"] };
  for (const [scheme, delayKinds] of Object.entries(schemes)) {
    for (const storage of ["dense", "sparse"]) {
      for (const delayKind of delayKinds) {
        const learned = delayKind === "none" ? ["true false"] : ["true false", "false true", "true true"];
        for (const what of learned) {
          const wanted = (recurrent: boolean) => `${scheme} ${storage} ${recurrent} ${delayKind} ${what}`;
          expect(kinds.includes(wanted(true)) || kinds.includes(wanted(false)), wanted(true)).toBe(true);
        }
      }
    }
  }
  expect(kinds.some((kind) => kind.includes("queue") && kind.includes("synaptic"))).toBe(false);
});

test("every counter moves, and every phase takes its cycles for every cause that it can have", () => {
  const counts = new Uint32Array(LEARN_COUNTS);
  const cells = new Set<string>();
  const engine = { error: 0, trace: 0, signal: 0, words: 0, applied: 0, appliedPort: 0 };
  // What has learned: its delays' kind, its rounding, how its rows are held; how long.
  const updated = new Set<string>();
  let [eachStep, eachStepUpdated, learningSteps, longest] = [0, 0, 0, 0];
  for (const { image, samples } of compiled) {
    const emulator = createEmulator(image);
    const { manifest } = image;
    const { projections: learned, updateEvery, updateRounding } = manifest.learning!;
    for (const { stimulus, settings } of samples) {
      const { steps, counters, apply } = emulator.run(stimulus, settings);
      if (settings.learning !== undefined) {
        learningSteps += steps.length;
        longest = Math.max(longest, steps.length);
      }
      for (const { cycles } of steps) {
        for (const phase of [PHASE_TRACE, PHASE_ERROR, PHASE_SIGNAL, PHASE_LEARN]) {
          for (let cause = 0; cause < CAUSES; cause++) {
            if (cycles[phase * CAUSES + cause]! > 0) cells.add(`${phase} ${cause}`);
          }
        }
      }
      const { learning } = counters;
      for (const projection of learning!.projections) {
        for (const [n, count] of projection.entries()) counts[n]! += count;
      }
      engine.error += learning!.errorSaturated;
      engine.words += learning!.learnWords;
      engine.trace += learning!.traceSaturated.reduce((sum, n) => sum + n, 0);
      engine.signal += learning!.signalSaturated.reduce((sum, n) => sum + n, 0);
      engine.applied += apply[CAUSE_BUSY]!;
      engine.appliedPort += apply[CAUSE_PORT]!;
    }
    emulator.counters().learning!.projections.forEach((count, n) => {
      const projection = manifest.projections[learned[n]!.projection]!;
      const moved = [count[LEARN_WEIGHT_UPDATES]! > 0, count[LEARN_DELAY_UPDATES]! > 0];
      if (updateEvery === 0) eachStep++;
      if (updateEvery === 0 && moved.includes(true)) eachStepUpdated++;
      const when = updateEvery === 0 ? "every step" : "late";
      const { kernel } = rowForm(manifest, projection);
      for (const [k, what] of ["weights", "delays"].entries()) {
        if (!moved[k]) continue;
        for (const how of [updateRounding, when, `kernel ${kernel}`]) {
          updated.add(`${what} ${projection.delayKind} ${how}`).add(`${what} ${how}`);
        }
      }
    });
  }
  // What is never updated says little; rates that are too slow for the widths are part of what is tried.
  expect(eachStepUpdated / eachStep).toBeGreaterThan(1 / 3);
  expect(learningSteps / compiled.length).toBeGreaterThan(15);
  expect(longest).toBeGreaterThan(64);
  const kinds = ["weights none", "weights axonal", "weights synaptic", "delays axonal", "delays synaptic"];
  const wanted = kinds.flatMap((kind) =>
    ["nearest", "stochastic", "sign", "every step", "late"].map((how) => `${kind} ${how}`),
  );
  for (const kernel of [KERNEL_PLAIN, KERNEL_NEAR, KERNEL_FAR]) wanted.push(`weights kernel ${kernel}`);
  expect(wanted.filter((one) => !updated.has(one))).toEqual([]);
  expect([...counts].filter((count) => count === 0)).toEqual([]);
  expect(Object.entries(engine).filter(([, count]) => count === 0)).toEqual([]);
  const causes = (phase: number, ...of: number[]): string[] => of.map((cause) => `${phase} ${cause}`);
  expect([...cells].sort()).toEqual(
    [
      ...causes(PHASE_TRACE, CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT),
      ...causes(PHASE_ERROR, CAUSE_BUSY, CAUSE_FETCH),
      ...causes(PHASE_SIGNAL, CAUSE_BUSY, CAUSE_FETCH),
      ...causes(PHASE_LEARN, CAUSE_BUSY, CAUSE_FETCH, CAUSE_PORT),
    ].sort(),
  );
});
