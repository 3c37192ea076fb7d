/** Images of a core that learns: what is refused, and a trained one written. */

import { describe, expect, test } from "vitest";
import { compileIr } from "../../compiler/compile.ts";
import { checkContents } from "../../image/check-contents.ts";
import { checkManifest } from "../../image/check-manifest.ts";
import type { Image, LearningRegisters, Manifest } from "../../image/manifest.ts";
import { parseManifest } from "../../image/schema.ts";
import { readParameters, synapsePlaces } from "../../image/synapses.ts";
import { writeLearned } from "../../image/write-learned.ts";
import { learningNetwork, smallNetwork } from "../compiler/learning-ir.ts";

const { image, quantised } = compileIr(learningNetwork({ updateEvery: 1 }), { preset: "learning" });
const learning = image.manifest.learning!;

const refuse = (place: string, value: unknown, problem: string): never => {
  throw new Error(`${place} = ${String(value)} ${problem}`);
};

describe("a manifest is refused", () => {
  const changed = (changes: Partial<LearningRegisters>): Manifest => ({
    ...image.manifest,
    learning: { ...learning, ...changes },
  });
  const projection = (index: number, changes: object) => ({
    projections: learning.projections.map((p, i) => (i === index ? { ...p, ...changes } : p)),
  });
  const traces = (changes: object) => ({ traces: learning.traces.map((t, i) => (i === 0 ? { ...t, ...changes } : t)) });
  test.each<[Partial<LearningRegisters>, RegExp]>([
    [projection(0, { trace: 1 }), /projections\[0\].trace = 1 is not a trace of the source/],
    [projection(0, { changeBase: 1 }), /projections\[0\].changeBase = 1 must be 0/],
    [projection(1, { axonChangeBase: -1 }), /projections\[1\].axonChangeBase = -1 must be 0/],
    [projection(0, { eligibilityBase: 0 }), /eligibilityBase = 0 must be -1/],
    [
      projection(0, { weights: { ...learning.projections[0]!.weights!, high: 2048 } }),
      /weights.high = 2048 must be at most 2047/,
    ],
    [
      projection(0, { delays: { ...learning.projections[0]!.delays!, high: 512 } }),
      /delays.high = 512 must be at most 511/,
    ],
    [projection(1, { projection: 0 }), /projections\[1\].projection = 0 is not in order/],
    [projection(2, { synapseWords: 100 }), /synapseWords = 100 end beyond 36 words/],
    [traces({ entries: 16 }), /keeps 16 values, 17 are read/],
    [traces({ base: 1 }), /traces\[0\].base = 1 must be 0/],
    [{ errorBits: 14 }, /learning.errorBits = 14 must be at most 13/],
    [{ readout: 1 }, /learning.readout = 1 is not a readout/],
    [{ eligibilityDecay: 7 }, /eligibilityDecay = 7 does not go/],
    [{ updateEvery: 0 }, /weightChange = 16 must be 0/],
    [
      { populations: [{ ...learning.populations[0]!, feedback: { kind: "symmetric", projection: 0 } }] },
      /does not go from it to the readout/,
    ],
  ])("%#", (changes, message) => expect(() => checkManifest(changed(changes), refuse)).toThrow(message));
  test("as is, it is accepted", () => expect(() => checkManifest(image.manifest, refuse)).not.toThrow());
  test("a shift above 30 or a missing register is refused by the schema", () => {
    const wrong = projection(0, { axonShift: 31 });
    expect(parseManifest(JSON.parse(JSON.stringify(changed(wrong)))).success).toBe(false);
    const { traceBits: _, ...rest } = learning;
    expect(parseManifest({ ...image.manifest, learning: rest }).success).toBe(false);
  });
  test("rows that are not where the registers say", () => {
    const wrong: Image = { ...image, manifest: changed(projection(1, { synapseBase: 19 })) };
    expect(() => checkContents(wrong, refuse)).toThrow(/projections\[1\].synapseBase = 19 must be 20/);
  });
});

describe("a trained image", () => {
  const places = learning.projections.map(({ projection }) => synapsePlaces(image, projection));
  const state = {
    projections: learning.projections.map(({ projection, weights, delays }, index) => {
      const { weight, delay } = readParameters(image, projection, places[index]!);
      const moved = (codes: Int32Array, { low, high }: { low: number; high: number }): Int32Array =>
        codes.map((code, k) => Math.min(high, Math.max(low, code + (k % 7) - 3)));
      return { weight: moved(weight, weights!), delay: delays === null ? new Int32Array(0) : moved(delay, delays) };
    }),
  };
  test("reads as the compiler's codes before", () => {
    for (const { projection } of learning.projections) {
      const { weight, delay } = readParameters(image, projection, places[projection]!);
      expect([...weight]).toEqual([...quantised.projections[projection]!.storedWeight]);
      expect([...delay]).toEqual([...quantised.projections[projection]!.storedDelay]);
    }
  });
  test("holds the given codes, and nothing else has changed", () => {
    const trained = writeLearned(image, state);
    expect(trained.manifest).toBe(image.manifest);
    for (const [index, { projection }] of learning.projections.entries()) {
      const { weight, delay } = readParameters(trained, projection, places[index]!);
      expect([...weight]).toEqual([...state.projections[index]!.weight]);
      expect([...delay]).toEqual([...state.projections[index]!.delay]);
    }
    expect(() => checkContents(trained, refuse)).not.toThrow();
    expect(trained.contents["exponent-table"]).toBe(image.contents["exponent-table"]);
    expect(trained.contents.synapses).not.toEqual(image.contents.synapses);
  });
  test("is not written from the state of another network", () => {
    const plain = compileIr(smallNetwork(), {}).image;
    expect(() => writeLearned(plain, state)).toThrow(/has no learning engine/);
    expect(() => writeLearned(image, { projections: [] })).toThrow(/0 projections, the image learns 3/);
    const [first, ...rest] = state.projections;
    const weight = (codes: Int32Array): unknown =>
      writeLearned(image, { projections: [{ ...first!, weight: codes }, ...rest] });
    expect(() => weight(new Int32Array(5))).toThrow(/projection in -> hidden, weights: 5 codes, the image has 60/);
    expect(() => weight(new Int32Array(60).fill(2048))).toThrow(/weights 0: code 2048 is not within -2040..2047/);
  });
});
