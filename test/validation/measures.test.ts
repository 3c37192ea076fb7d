import { describe, expect, test } from "vitest";
import {
  addNoise,
  addPairs,
  compare,
  emptyNoise,
  emptyPairs,
  fidelity,
  mergePairs,
  sqnrDb,
} from "../../validation/measures.ts";

function compared(intended: number[], changed: number[]) {
  const sums = emptyPairs();
  addPairs(sums, Float64Array.from(intended), Float64Array.from(changed));
  return compare(sums);
}

describe("signal to quantisation noise", () => {
  test("is 20 dB for an error of a tenth", () => {
    const sums = emptyNoise();
    addNoise(sums, 1, 1.1);
    addNoise(sums, -2, -2.2);
    expect(sqnrDb(sums)).toBeCloseTo(20, 9);
  });

  test("is no number without signal or without noise", () => {
    const exact = emptyNoise();
    addNoise(exact, 1, 1);
    const silent = emptyNoise();
    addNoise(silent, 0, 1);
    expect([sqnrDb(exact), sqnrDb(silent), sqnrDb(emptyNoise())]).toEqual([null, null, null]);
  });
});

describe("a changed vector against the intended one", () => {
  test("half of it: right direction, gain and bias a half", () => {
    const half = compared([2, -4, 6], [1, -2, 3]);
    expect(half).toEqual({ cosine: expect.closeTo(1, 12), gain: 0.5, bias: -0.5, noise: expect.closeTo(0, 7) });
    expect(fidelity(half)).toBeCloseTo(0.5, 12);
  });

  test("twice of it is as far off as half of it", () => {
    expect(fidelity(compared([2, -4], [4, -8]))).toBeCloseTo(0.5, 12);
  });

  test("noise at a right angle leaves gain and bias, and lowers the cosine", () => {
    const noisy = compared([1, 1, 0, 0], [1, 1, 1, -1]);
    expect(noisy).toEqual({ cosine: expect.closeTo(Math.SQRT1_2, 12), gain: 1, bias: 0, noise: 1 });
  });

  test("nothing applied: no cosine, all bias, no fidelity", () => {
    const nothing = compared([1, -1], [0, 0]);
    expect(nothing).toEqual({ cosine: 0, gain: 0, bias: -1, noise: 0 });
    expect(fidelity(nothing)).toBe(0);
  });

  test("the opposite: no fidelity", () => {
    expect(fidelity(compared([1, 2], [-1, -2]))).toBe(0);
  });

  test("nothing intended: not numbers", () => {
    const none = compared([0, 0], [1, 0]);
    expect([none.cosine, none.gain, none.bias, none.noise, fidelity(none)]).toEqual([null, null, null, null, null]);
  });

  test("sums of epochs add up", () => {
    const [first, second, both] = [emptyPairs(), emptyPairs(), emptyPairs()];
    addPairs(first, Float64Array.of(1, 2), Float64Array.of(1, 3));
    addPairs(second, Float64Array.of(-3), Float64Array.of(0));
    addPairs(both, Float64Array.of(1, 2, -3), Float64Array.of(1, 3, 0));
    expect(mergePairs([first, second])).toEqual(both);
  });
});
