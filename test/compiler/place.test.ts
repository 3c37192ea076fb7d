/** Addresses, widths and what does not fit, with literal numbers. */

import { describe, expect, test } from "vitest";
import { DoesNotFitError } from "../../compiler/capacity.ts";
import { compileIr } from "../../compiler/compile.ts";
import type { NetworkIr } from "../../compiler/ir.ts";
import { place } from "../../compiler/place.ts";
import { quantise } from "../../compiler/quantise.ts";
import { completeCore } from "../../description/complete-core.ts";
import type { CoreDescription } from "../../description/core.ts";
import { LEARNING_MEMORIES } from "../../image/learning-shapes.ts";
import type { Manifest } from "../../image/manifest.ts";
import { dense, inputIr, lifIr, networkIr, readoutIr } from "./small-ir.ts";

/** 10 inputs, 6 LIF with refractory period, 3 readouts; projections out of order. */
const NETWORK = networkIr(
  [inputIr(10), lifIr(6, { refractorySteps: 3, output: true }), readoutIr(3)],
  [
    { from: 1, to: 2, synapses: dense(6, 3, () => 0.5), storage: "dense" },
    {
      from: 0,
      to: 1,
      synapses: dense(10, 6, (i, j) => (i + j) / 16).map(([i, j, w]) => [i, j, w, (i + j) % 6] as const),
      storage: "dense",
      delayKind: "synaptic",
    },
    {
      from: 1,
      to: 1,
      synapses: [
        [0, 5, 0.5],
        [3, 1, -0.5],
      ],
      delayKind: "axonal",
      axonDelay: [9, 0, 0, 2, 0, 0],
    },
  ],
);

function manifestOf(network: NetworkIr, core: CoreDescription): Manifest {
  return compileIr(network, core).image.manifest;
}

const words = ({ memories }: Manifest): Record<string, string> =>
  Object.fromEntries(memories.map((m) => [m.id, `${m.words} x ${m.wordBits} (${m.macroBits}) x ${m.banks}`]));

describe("the accumulator ring", () => {
  const manifest = manifestOf(NETWORK, { lanes: 4 });
  test("projections are numbered by source", () => {
    expect(manifest.projections.map(({ name, axonBase }) => [name, axonBase])).toEqual([
      ["in -> hidden", 0],
      ["hidden -> digit", 10],
      ["hidden -> hidden", 16],
    ]);
    expect(manifest.populations.map((p) => [p.firstProjection, p.projectionCount])).toEqual([
      [0, 1],
      [1, 2],
      [0, 0],
    ]);
  });
  test("populations stand one after the other", () => {
    expect(manifest.populations[1]).toMatchObject({
      groups: 2,
      slots: 10,
      ringBase: 0,
      stateBase: 0,
      spikeBase: 0,
      firstNeuron: 0,
    });
    expect(manifest.populations[2]).toMatchObject({
      groups: 1,
      slots: 1,
      ringBase: 20,
      stateBase: 2,
      spikeBase: 0,
      firstNeuron: 6,
    });
  });
  test("layouts hold weight, delay, group index with a code for null", () => {
    expect(manifest.layouts).toEqual([
      { remainderBits: 0, weightBits: 8, fractionBits: 0, delayBits: 3, indexBits: 0 },
      { remainderBits: 0, weightBits: 8, fractionBits: 0, delayBits: 0, indexBits: 0 },
      { remainderBits: 0, weightBits: 8, fractionBits: 0, delayBits: 0, indexBits: 2 },
    ]);
  });
  test("memories have the words and widths of the specification", () => {
    expect(words(manifest)).toEqual({
      axons: "22 x 11 (16) x 1", // rows up to 26 (5 bits), up to 2 words (2), delays up to 9 (4)
      buckets: "0 x 0 (0) x 1",
      synapses: "28 x 44 (48) x 1", // 10 x 2, 6 x 1, 2 sparse rows of 1 word
      ring: "21 x 16 (16) x 4",
      "spike-ring": "0 x 0 (0) x 1",
      "delay-queue": "0 x 0 (0) x 1",
      spikes: "1 x 32 (32) x 1",
      neurons: "3 x 72 (72) x 1", // 4 x (16 + 2)
      parameters: "0 x 0 (0) x 1",
      scores: "3 x 32 (32) x 1",
      exponents: "3 x 12 (16) x 1",
      "exponent-table": "256 x 12 (16) x 1",
      "input-queue": "16 x 5 (8) x 1",
      "output-queue": "16 x 3 (8) x 1",
      ...Object.fromEntries(LEARNING_MEMORIES.map((id) => [id, "0 x 0 (0) x 1"])),
    });
  });
  test("symbols know the bits that are needed without padding", () => {
    const useful = (name: string, memory: string): number | undefined =>
      manifest.symbols.find((symbol) => symbol.name === name && symbol.memory === memory)?.usefulBits;
    expect(useful("projection in -> hidden", "synapses")).toBe(60 * 11);
    expect(useful("projection hidden -> hidden", "synapses")).toBe(2 * (8 + 1));
    expect(useful("population hidden", "ring")).toBe(10 * 6 * 16);
    expect(useful("population hidden", "neurons")).toBe(6 * 18);
    expect(useful("population digit", "neurons")).toBe(3 * 16);
    expect(useful("population hidden", "spikes")).toBe(6);
  });
});

test("the delay queue has buckets and stores delayed rows sparse", () => {
  const manifest = manifestOf(NETWORK, { lanes: 4, delays: { scheme: "queue", entries: 100 } });
  expect(manifest.projections.map(({ storage }) => storage)).toEqual(["sparse", "dense", "sparse"]);
  expect(manifest.populations.map(({ slots }) => slots)).toEqual([0, 1, 1]);
  // 60 synapses of 6 different delays in each row of 6: a bucket each, then one an axon.
  expect(words(manifest)).toMatchObject({
    buckets: "72 x 9 (16) x 1", // rows up to word 67 (7 bits), 1 word, gap 1
    synapses: "68 x 40 (40) x 1",
    axons: "22 x 11 (16) x 1", // bucket up to 71 (7 bits), wait up to 9 (4)
    "delay-queue": "100 x 11 (16) x 1", // bucket 7, wait up to 9 since recurrent
  });
});

test("the spike ring holds axonal delays at the source", () => {
  const network = networkIr(
    [inputIr(40), lifIr(2)],
    [
      {
        from: 0,
        to: 1,
        synapses: dense(40, 2, () => 0.5),
        storage: "dense",
        delayKind: "axonal",
        axonDelay: Array.from({ length: 40 }, (_, i) => i % 5),
      },
    ],
  );
  const manifest = manifestOf(network, { delays: { scheme: "spike-ring" }, spikeWord: 16 });
  expect(manifest.projections[0]).toMatchObject({ spikeRingBase: 0, spikeRingSlots: 5 });
  expect(manifest.populations[1]!.slots).toBe(1);
  expect(words(manifest)).toMatchObject({ "spike-ring": "15 x 16 (16) x 1", axons: "40 x 10 (16) x 1" });
});

test("the spike ring refuses synaptic delays by the projection's name", () => {
  expect(() => compileIr(NETWORK, { delays: { scheme: "spike-ring" } })).toThrow(
    /projection in -> hidden = "synaptic delays": the delay scheme "spike-ring" holds one delay for each axon.*axonal delays/,
  );
});

describe("per-neuron parameters", () => {
  const network = networkIr([inputIr(1), lifIr(5, { threshold: Float64Array.of(1, 2, 1, 1, 1), uniform: false })], []);
  test("have a memory of their own", () => {
    const manifest = manifestOf(network, { lanes: 2 });
    expect(manifest.populations[1]).toMatchObject({ parameterBase: 0, decay: 0, threshold: 0 });
    expect(words(manifest).parameters).toBe("3 x 58 (64) x 1"); // 2 x (13 + 16)
  });
});

describe("what does not fit", () => {
  const big = networkIr(
    [inputIr(140), lifIr(64)],
    [
      {
        from: 0,
        to: 1,
        synapses: dense(140, 64, () => 0.5).map(([i, j, w]) => [i, j, w, j % 24] as const),
        storage: "dense",
        delayKind: "synaptic",
      },
    ],
  );
  const refused = (core: CoreDescription): DoesNotFitError => {
    try {
      compileIr(big, core);
    } catch (error) {
      if (error instanceof DoesNotFitError) return error;
      throw error;
    }
    throw new Error("it fits");
  };
  test("is named with memory, projection, needs, limit and computed alternatives", () => {
    const error = refused({ memories: { synapses: { bytes: 15_000 } } });
    expect(error.message).toBe(
      'the network does not fit the core "default"\n' +
        "  memory synapses: projection in -> hidden needs 15,680 B, the core has 15,000 B; 7-bit weights, or a largest delay of " +
        "15 steps, or a density of about 0.62 (sparse) in projection in -> hidden, or memories: { synapses: { bytes: 15680 } } would fit",
    );
    expect(error.excesses).toHaveLength(1);
  });
  test("the alternatives do fit", () => {
    const bytes = { synapses: { bytes: 15_000 } };
    expect(() => compileIr(big, { weights: { bits: 7 }, memories: bytes })).not.toThrow();
    expect(() => compileIr(big, { memories: { synapses: { bytes: 15_680 } } })).not.toThrow();
    expect(() => compileIr(big, { memories: { synapses: { bytes: 15_679 } } })).toThrow(DoesNotFitError);
  });
  test("so does the density, drawn at random", () => {
    const random = new Float64Array(140 * 64);
    // Multiplicative congruential numbers; any would do.
    for (let k = 0, state = 1; k < random.length; k++) {
      state = (state * 48_271) % 2_147_483_647;
      random[k] = state / 2_147_483_647;
    }
    const [input, hidden] = big.populations;
    const thinned = dense(140, 64, () => 0.5).flatMap(([i, j, w], k) =>
      random[k]! < 0.62 ? [[i, j, w, j % 24] as const] : [],
    );
    const network = networkIr([input!, hidden!], [{ from: 0, to: 1, synapses: thinned, delayKind: "synaptic" }]);
    expect(thinned.length / 8960).toBeCloseTo(0.62, 1);
    const memories = { synapses: { bytes: 15_000 } };
    const synapses = manifestOf(network, { memories: { synapses: { bytes: "unlimited" } } }).memories[2]!;
    expect((synapses.words * synapses.macroBits) / 8 / 15_000).toBeCloseTo(1, 1);
    expect(() => compileIr(big, { memories })).toThrow(DoesNotFitError);
  });
  test("all memories are reported at once", () => {
    const error = refused({
      memories: { synapses: { bytes: 100 }, ring: { bytes: 100 }, axons: { bytes: 100 }, neurons: { bytes: 10 } },
    });
    expect(error.excesses.map(({ memory, needsBytes, capacityBytes }) => [memory, needsBytes, capacityBytes])).toEqual([
      ["axons", 420, 100],
      ["synapses", 15_680, 100],
      ["ring", 3072, 100],
      ["neurons", 128, 10],
    ]);
  });
  test("the ring's remedy is a shorter delay that fits", () => {
    const [excess] = refused({ memories: { ring: { bytes: 1000 } } }).excesses;
    expect(excess!.alternatives[0]).toBe("a largest delay of 6 steps into population hidden");
  });
  test("a what-if places it all the same", () => {
    const core = completeCore({ preset: "tiny", accumulator: { bits: 24 } });
    const { manifest } = place(quantise(big, core).network, core, { checkCapacity: false });
    expect(manifest.memories.find(({ id }) => id === "synapses")).toMatchObject({ words: 8960, capacityBytes: 4096 });
  });
});
