/** Rows, buckets and layouts, with literal addresses. */

import { describe, expect, test } from "vitest";
import { bucketsOf } from "../../compiler/buckets.ts";
import { shareLayouts } from "../../compiler/layouts.ts";
import { quantise } from "../../compiler/quantise.ts";
import type { QuantisedProjection } from "../../compiler/quantised.ts";
import { packRows, reportPacking } from "../../compiler/rows.ts";
import { completeCore } from "../../description/complete-core.ts";
import { dense, inputIr, networkIr, type ProjectionPlan, readoutIr } from "./small-ir.ts";

function projection(pre: number, post: number, plan: Omit<ProjectionPlan, "from" | "to">): QuantisedProjection {
  const ir = networkIr([inputIr(pre), readoutIr(post)], [{ from: 0, to: 1, ...plan }]);
  return quantise(ir, completeCore({})).network.projections[0]!;
}

describe("rows", () => {
  test("dense: word g holds posts gP to gP + P - 1", () => {
    const rows = projection(2, 5, { storage: "dense", synapses: dense(2, 5, () => 1) });
    const packed = packRows(rows, "dense", { start: rows.rowStart, order: null }, 2, 3, 10);
    expect([...packed.rowStart]).toEqual([10, 13]);
    expect([...packed.rowLength]).toEqual([3, 3]);
    expect([...packed.synapseWord]).toEqual([10, 10, 11, 11, 12, 13, 13, 14, 14, 15]);
    expect(packed.words).toBe(6);
  });
  test("sparse: as long as the fullest lane, each lane without gaps", () => {
    // Lane 0: posts 0, 4, 6. Lane 1: post 7.
    const rows = projection(3, 8, {
      synapses: [
        [0, 0, 1],
        [0, 4, 1],
        [0, 6, 1],
        [0, 7, 1],
        [2, 3, 1],
      ],
    });
    const runs = { start: rows.rowStart, order: null };
    const packed = packRows(rows, "sparse", runs, 2, 4, 0);
    expect([...packed.rowStart]).toEqual([0, 0, 3]);
    expect([...packed.rowLength]).toEqual([3, 0, 1]);
    expect([...packed.synapseWord]).toEqual([0, 1, 2, 0, 3]);
    expect(reportPacking(rows, "sparse", runs, packed, 2)).toEqual({
      projection: "in -> digit",
      storage: "sparse",
      rows: 3,
      synapses: 5,
      words: 4,
      idealWords: 3,
      fill: 5 / 8,
    });
  });
});

describe("buckets", () => {
  test("synapses of an axon by delay, then by post", () => {
    const rows = projection(3, 4, {
      delayKind: "synaptic",
      synapses: [
        [0, 0, 1, 7],
        [0, 1, 1, 2],
        [0, 2, 1, 7],
        [0, 3, 1, 2],
        [2, 1, 1, 0],
        [2, 2, 1, 255],
      ],
    });
    const { runs, firstBucket, wait, gap } = bucketsOf(rows);
    expect([...runs.start]).toEqual([0, 2, 4, 4, 5, 6]);
    expect([...runs.order!]).toEqual([1, 3, 0, 2, 4, 5]);
    expect([...firstBucket]).toEqual([0, 2, 3]);
    expect([...wait]).toEqual([2, 0, 0]);
    expect([...gap]).toEqual([5, 0, 0, 255, 0]);
  });
  test("axonal: one bucket an axon, which waits for its delay; one without synapses does not wait", () => {
    const rows = projection(3, 1, {
      delayKind: "axonal",
      axonDelay: [4, 9, 1],
      synapses: [
        [0, 0, 1],
        [2, 0, 1],
      ],
    });
    const { runs, firstBucket, wait, gap } = bucketsOf(rows);
    expect([...runs.start]).toEqual([0, 1, 1, 2]);
    expect([...firstBucket]).toEqual([0, 1, 2]);
    expect([...wait]).toEqual([4, 0, 1]);
    expect([...gap]).toEqual([0, 0, 0]);
  });
});

describe("layouts", () => {
  const layout = (weightBits: number, delayBits = 0, indexBits = 0, remainderBits = 0) => ({
    remainderBits,
    weightBits,
    fractionBits: 0,
    delayBits,
    indexBits,
  });
  test("equal ones are shared", () => {
    expect(shareLayouts([layout(8, 5), layout(4), layout(8, 5)])).toEqual({
      layouts: [layout(8, 5), layout(4)],
      layoutOf: [0, 1, 0],
    });
  });
  test("a fifth makes the two merge whose common layout is narrowest", () => {
    const { layouts, layoutOf } = shareLayouts([layout(8), layout(4, 3), layout(6), layout(5), layout(16)]);
    expect(layouts).toEqual([layout(8), layout(4, 3), layout(6), layout(16)]);
    expect(layoutOf).toEqual([0, 1, 2, 2, 3]);
  });
  test("a learned one keeps its weights, and shares with none that stores other bits", () => {
    const wanted = [layout(8, 0, 0, 4), layout(7, 0, 0, 4), layout(8), layout(6), layout(2, 3)];
    const learned = [true, true, false, false, false];
    const { layouts, layoutOf } = shareLayouts(wanted, learned);
    expect(layouts).toEqual([layout(8, 0, 0, 4), layout(7, 0, 0, 4), layout(8), layout(2, 3)]);
    expect(layoutOf).toEqual([0, 1, 2, 2, 3]);
    const five = [4, 5, 6, 7, 8].map((bits) => layout(bits, 0, 0, 4));
    expect(shareLayouts(five, Array(5).fill(true)).layouts).toEqual(five);
  });
  test("dense and sparse ones are never merged", () => {
    const wanted = [layout(2), layout(8, 0, 3), layout(8, 1, 3), layout(8, 2, 3), layout(8, 3, 3)];
    const { layouts, layoutOf } = shareLayouts(wanted);
    expect(layouts).toEqual([layout(2), layout(8, 1, 3), layout(8, 2, 3), layout(8, 3, 3)]);
    expect(layoutOf).toEqual([0, 1, 1, 2, 3]);
  });
});
