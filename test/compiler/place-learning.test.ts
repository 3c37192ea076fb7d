/** Memories and contents of the learning engine: words, widths, what does not fit, every combination of its options. */

import { describe, expect, test } from "vitest";
import { DoesNotFitError } from "../../compiler/capacity.ts";
import { compileIr } from "../../compiler/compile.ts";
import { feedbackCode } from "../../compiler/feedback.ts";
import type { LearningIr, NetworkIr } from "../../compiler/ir.ts";
import type { CoreDescription } from "../../description/core.ts";
import { axonFields, synapseFields } from "../../image/fields.ts";
import { LEARNING_MEMORIES } from "../../image/learning-shapes.ts";
import { type Image, type Manifest, memoryOf } from "../../image/manifest.ts";
import { decodeImage } from "../../image/read.ts";
import { readField, readSigned } from "../../image/words.ts";
import { encodeImage } from "../../image/write.ts";
import { LEARNING, learningNetwork, smallNetwork } from "./learning-ir.ts";

const imageOf = (network: NetworkIr, core: CoreDescription = {}): Image =>
  compileIr(network, { preset: "learning", lanes: 4, ...core }).image;

const words = (manifest: Manifest): Record<string, string> =>
  Object.fromEntries(
    LEARNING_MEMORIES.map((id) => {
      const { words: count, wordBits, banks } = memoryOf(manifest, id);
      return [id, `${count} x ${wordBits} x ${banks}`];
    }),
  );

const STORED = { kind: "random", stored: true, scale: 0.5, seed: 3 } as const;

describe("memories", () => {
  test("updates at every step: traces, tables and banks by lane", () => {
    expect(words(imageOf(learningNetwork()).manifest)).toEqual({
      traces: "22 x 204 x 1", // 10 + 6 + 6 neurons; 17 values of 12 bits
      "surrogate-table": "64 x 8 x 4",
      surrogates: "2 x 8 x 4",
      errors: "1 x 28 x 4", // column draw and error
      signals: "2 x 32 x 4",
      feedback: "0 x 0 x 1",
      eligibilities: "0 x 0 x 1",
      changes: "0 x 0 x 1",
      "axon-changes": "0 x 0 x 1",
    });
  });
  test("filtered, at the end of samples, random feedback: a lane field only where it is needed", () => {
    const network = learningNetwork({ filtered: true, updateEvery: 2, hidden: [{ population: 1, feedback: STORED }] });
    const { manifest } = imageOf(network);
    expect(words(manifest)).toMatchObject({
      feedback: "6 x 32 x 1",
      eligibilities: "30 x 128 x 1", // 20 and 10 words of both; readouts have none
      changes: "36 x 128 x 1",
      "axon-changes": "6 x 16 x 1",
    });
    expect(manifest.learning!.projections.map((p) => [p.eligibilityBase, p.changeBase, p.axonChangeBase])).toEqual([
      [0, 0, -1],
      [20, 20, 0],
      [-1, 30, -1],
    ]);
    const weights = learningNetwork({ updateEvery: 1, hidden: [], projections: [LEARNING.projections[2]!] });
    expect(words(imageOf(weights).manifest)).toMatchObject({
      "surrogate-table": "0 x 0 x 1",
      signals: "0 x 0 x 1",
      changes: "6 x 64 x 1",
      "axon-changes": "0 x 0 x 1",
    });
  });
  test("slots and windows are those of the clamp", () => {
    const { manifest } = imageOf(learningNetwork());
    expect(manifest.populations[1]!.slots).toBe(16);
    expect(manifest.layouts[0]).toEqual({
      remainderBits: 4,
      weightBits: 8,
      fractionBits: 5,
      delayBits: 4,
      indexBits: 0,
    });
    expect(manifest.fields).toMatchObject({ axonFraction: 5, axonDelay: 3 });
    expect(memoryOf(manifest, "synapses").ports).toBe("1R1W");
  });
  test("axonal delays are learned in every scheme", () => {
    const network = learningNetwork({}, smallNetwork("axonal"));
    const ring = imageOf(network, { delays: { scheme: "spike-ring" } }).manifest;
    expect(ring.projections.map(({ spikeRingSlots }) => spikeRingSlots)).toEqual([16, 8, 0]);
    const queue = imageOf(network, { delays: { scheme: "queue" } }).manifest;
    // A first wait of up to 15, of which a forward axon has pushed one.
    expect(queue.fields).toMatchObject({ axonFraction: 5, axonDelay: 4, queueWait: 4 });
  });
});

describe("contents", () => {
  test("stored codes stand below and in the used fields", () => {
    const { contents, manifest } = imageOf(learningNetwork());
    const { wordBits } = memoryOf(manifest, "synapses");
    const fields = synapseFields(manifest, 0);
    const code = Math.round(smallNetwork().projections[0]!.weight[1]! * 4096) + 8;
    const bit = manifest.fields.synapse; // post 1: lane 1 of word 0
    const signed = (field: { bit: number; width: number }): number =>
      readSigned(contents.synapses!, wordBits, 0, bit + field.bit, field.width);
    expect([signed(fields.storedWeight), signed(fields.weight)]).toEqual([code, code >> 4]);
    expect(readField(contents.synapses!, wordBits, 0, bit + fields.storedDelay.bit, fields.storedDelay.width)).toBe(48);
    expect(readField(contents.synapses!, wordBits, 0, bit + fields.delay.bit, fields.delay.width)).toBe(1);
    const axons = memoryOf(manifest, "axons").wordBits;
    const { delay, storedDelay } = axonFields(manifest);
    // Axon 1 of the recurrent projection: 2 steps.
    expect(readField(contents.axons!, axons, 11, storedDelay.bit, storedDelay.width)).toBe(2 * 32 + 16);
    expect(readField(contents.axons!, axons, 11, delay.bit, delay.width)).toBe(2);
  });
  test("the delay queue keeps learned waits also of axons without synapses", () => {
    const network = smallNetwork("axonal");
    const lonely = {
      ...network.projections[1]!,
      rowStart: new Uint32Array(7),
      post: new Uint32Array(0),
      weight: new Float64Array(0),
    };
    const projections = [network.projections[0]!, lonely, network.projections[2]!];
    const { contents, manifest } = imageOf(learningNetwork({}, { ...network, projections }), {
      delays: { scheme: "queue" },
    });
    const { storedDelay } = axonFields(manifest);
    const bits = memoryOf(manifest, "axons").wordBits;
    expect(readField(contents.axons!, bits, 12, storedDelay.bit, storedDelay.width)).toBe(3 * 32 + 16);
  });
  test("one copy of the surrogate table; stored feedback neuron by neuron", () => {
    const { contents, manifest } = imageOf(learningNetwork({ hidden: [{ population: 1, feedback: STORED }] }), {
      lanes: 2,
    });
    expect(contents["surrogate-table"]).toHaveLength(64);
    expect([contents["surrogate-table"]![0], contents["surrogate-table"]![63]]).toEqual([128, 0]);
    expect(memoryOf(manifest, "feedback")).toMatchObject({ words: 12, wordBits: 16 });
    // Neuron 4, class 2: word 4 x 2 + 1, lane 0.
    expect(readSigned(contents.feedback!, 16, 9, 0, 8)).toBe(feedbackCode(3, 4, 2, 8));
  });
});

describe("what does not fit", () => {
  const refusal = (memories: CoreDescription["memories"], changes: Partial<LearningIr>): string => {
    try {
      imageOf(learningNetwork(changes), memories === undefined ? {} : { memories });
    } catch (error) {
      if (error instanceof DoesNotFitError) return error.message;
      throw error;
    }
    throw new Error("it fits");
  };
  test.each<[string, CoreDescription["memories"], Partial<LearningIr>, RegExp]>([
    [
      "traces",
      { traces: { bytes: 400 } },
      {},
      /memory traces: trace .* of 572 B in all, the core has 400 B; learning: \{ trace: \{ bits: 8 \} \}, or learned delays that are 5 steps shorter.*would fit/,
    ],
    [
      "eligibilities",
      { eligibilities: { bytes: 470 } },
      { filtered: true },
      /memory eligibilities: projection hidden -> hidden needs 160 B of 480 B in all.*eligibility: \{ bits: 15 \}.*eligibility: "trace"/,
    ],
    [
      "feedback",
      { feedback: { bytes: 20 } },
      { hidden: [{ population: 1, feedback: STORED }] },
      /memory feedback: population hidden needs 24 B.*feedback: \{ bits: 6 \}.*"regenerated"/,
    ],
    [
      "changes",
      { changes: { bytes: 570 } },
      { updateEvery: 1 },
      /memory changes: .*needs 96 B of 576 B in all.*change: \{ bits: 15 \}.*update: "step"/,
    ],
    // Both kinds of changes share the capacity: 576 B of synapses, 12 B of axons.
    [
      "changes of axons",
      { changes: { bytes: 578 } },
      { updateEvery: 1 },
      /memory axon-changes: .*needs 12 B, the core has 2 B.*memories: \{ changes: \{ bytes: 588 \} \} would fit/,
    ],
  ])("%s", (_, memories, changes, message) => expect(refusal(memories, changes)).toMatch(message));
  test("the remainder is an alternative for synapses", () => {
    expect(refusal({ synapses: { bytes: 380 } }, {})).toMatch(/learning: \{ remainder: 3 \}/);
  });
});

test("every combination compiles to an image that reads back the same", () => {
  let compiled = 0;
  for (const scheme of ["ring", "spike-ring", "queue"] as const)
    for (const filtered of [false, true])
      for (const updateEvery of [0, 1, 3])
        for (const feedback of [{ kind: "symmetric", projection: 2 } as const, STORED, { ...STORED, stored: false }])
          for (const lanes of [1, 8]) {
            const error =
              lanes === 1 ? ({ kind: "softmax" } as const) : ({ kind: "linear", target: 1, clip: 1 } as const);
            const changes = { filtered, updateEvery, error, hidden: [{ population: 1, feedback }] };
            const firingRate = { target: 0.1, strength: 0.1 };
            const errorSteps = { kind: "mask", mask: Uint8Array.from({ length: 256 }, (_, t) => t % 2) } as const;
            const network = smallNetwork(scheme === "ring" ? "synaptic" : "axonal");
            const image = imageOf(learningNetwork({ ...changes, firingRate, errorSteps }, network), {
              lanes,
              delays: { scheme },
            });
            expect(decodeImage(encodeImage(image), "net.img")).toEqual(image);
            compiled += 1;
          }
  expect(compiled).toBe(108);
});
