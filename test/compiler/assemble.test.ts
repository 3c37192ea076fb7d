/** Packed words, bit by bit, and the verifiers that read them back. */

import { describe, expect, test } from "vitest";
import { assemble } from "../../compiler/assemble.ts";
import { compileIr } from "../../compiler/compile.ts";
import { VerifierError } from "../../compiler/compile-error.ts";
import { verifyImage } from "../../compiler/verify-image.ts";
import { verifyPlacement } from "../../compiler/verify-placement.ts";
import { verifyQuantised } from "../../compiler/verify-quantised.ts";
import { dense, inputIr, lifIr, networkIr } from "./small-ir.ts";

/** Weights of 4 bits: 0.875 is 7, -1 is -8 with g = 3. */
const SPARSE = networkIr(
  [inputIr(2), lifIr(6)],
  [
    {
      from: 0,
      to: 1,
      delayKind: "synaptic",
      synapses: [
        [0, 0, 0.875, 3],
        [0, 4, -1, 1],
        [0, 5, 0.125, 2],
        [1, 3, -0.125, 0],
      ],
    },
  ],
);
const core = { lanes: 2, weights: { bits: 4 } };

describe("contents", () => {
  test("a sparse word: weight, delay, group index by lane from bit 0, nulls all ones", () => {
    const { image } = compileIr(SPARSE, core);
    expect(image.manifest.layouts).toEqual([
      { remainderBits: 0, weightBits: 4, fractionBits: 0, delayBits: 2, indexBits: 2 },
    ]);
    // Row 0: lane 0 holds posts 0 and 4 (groups 0, 2), lane 1 post 5 (group 2) and a null. Row 1: lane 1 holds post 3.
    const lane = (weight: number, delay: number, group: number): number => (weight & 15) | (delay << 4) | (group << 6);
    expect([...image.contents.synapses!]).toEqual([
      ...[lane(7, 3, 0), lane(1, 2, 2)],
      ...[lane(-8, 1, 2), lane(0, 0, 3)],
      ...[lane(0, 0, 3), lane(-1, 0, 1)],
    ]);
    // Axons: row (2 bits), length (2 bits).
    expect([...image.contents.axons!]).toEqual([0 | (2 << 2), 2 | (1 << 2)]);
  });
  test("a bucket table: row, length, gap", () => {
    const { image } = compileIr(SPARSE, { ...core, delays: { scheme: "queue" } });
    const { fields } = image.manifest;
    expect([fields.bucketRow, fields.bucketLength, fields.bucketGap]).toEqual([2, 1, 1]);
    expect([fields.axonBucket, fields.axonDelay, fields.queueBucket, fields.queueWait]).toEqual([2, 1, 2, 1]);
    // Delays 1, 2, 3 of source 0, then 0 of source 1.
    expect([...image.contents.buckets!]).toEqual([0b1_1_00, 0b1_1_01, 0b0_1_10, 0b0_1_11]);
    expect([...image.contents.axons!]).toEqual([0b1_00, 0b0_11]);
  });
  test("a dense word: lane p is post gP + p", () => {
    const network = networkIr(
      [inputIr(1), lifIr(3)],
      [{ from: 0, to: 1, storage: "dense", synapses: dense(1, 3, (_, j) => (j + 1) / 8) }],
    );
    const { image } = compileIr(network, core);
    expect([...image.contents.synapses!]).toEqual([2 | (4 << 4), 6]);
  });
  test("parameters: decay, then threshold", () => {
    const threshold = Float64Array.of(1, 1.5, 1);
    const network = networkIr([inputIr(1), lifIr(3, { threshold, uniform: false })], []);
    const { image } = compileIr(network, { lanes: 2, membrane: { bits: 8 }, decay: { bits: 4 } });
    // Range 1.5, f = 6: thresholds 64 and 96; decay 8 of 5 bits. A lane has 13 bits.
    const word = (8 | (64 << 5)) + (8 | (96 << 5)) * 2 ** 13;
    expect([...image.contents.parameters!]).toEqual([
      ...[word & 255, (word >> 8) & 255, (word >> 16) & 255, word >>> 24],
      ...[(8 | (64 << 5)) & 255, (8 | (64 << 5)) >> 8, 0, 0],
    ]);
  });
});

describe("verifiers", () => {
  const compiled = compileIr(SPARSE, core);
  test("every flipped bit of synapses and axons is found", () => {
    for (const id of ["synapses", "axons"] as const) {
      const bytes = compiled.image.contents[id]!;
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        // The weight and delay of a null are nobody's.
        const unused = id === "axons" ? bit % 8 >= 4 : [3, 4].includes(bit >> 3) && bit % 8 < 6;
        if (unused) continue;
        const damaged = bytes.slice();
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        const image = { ...compiled.image, contents: { ...compiled.image.contents, [id]: damaged } };
        expect(() => verifyImage(compiled.quantised, image), `${id} bit ${bit}`).toThrow(VerifierError);
      }
    }
  });
  test("a placement whose synapses meet is found", () => {
    const { placement, quantised } = compiled;
    const rows = placement.rows[0]!;
    const synapseWord = rows.rows.synapseWord.slice().fill(0);
    const damaged = { ...placement, rows: [{ ...rows, rows: { ...rows.rows, synapseWord } }] };
    expect(() => verifyPlacement(quantised, damaged)).toThrow(/synapse 1 has no place of its own in word 0/);
  });
  test("a wrong code, scale or lost bound is found", () => {
    const { quantised, core: complete } = compiled;
    const projection = quantised.projections[0]!;
    const damage = (changes: object) => ({ ...quantised, projections: [{ ...projection, ...changes }] });
    expect(() => verifyQuantised(SPARSE, quantised, complete)).not.toThrow();
    const wrong = Int16Array.of(6, -8, 1, -1);
    expect(() => verifyQuantised(SPARSE, damage({ weight: wrong }), complete)).toThrow(
      /synapse 0 has the code 6 for 0.875/,
    );
    expect(() => verifyQuantised(SPARSE, damage({ weightShift: 1 }), complete)).toThrow(/weight shift 1/);
    const narrow = { ...complete, accumulator: { ...complete.accumulator, bits: 3 } };
    expect(() => verifyQuantised(SPARSE, quantised, narrow)).toThrow(/can leave its accumulator's width/);
  });
  test("the assembled image is what was compiled", () => {
    expect(assemble(compiled.quantised, compiled.placement)).toEqual(compiled.image);
  });
});
