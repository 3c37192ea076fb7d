// Numbers of docs/core.md, section 1, at their edges.

import { describe, expect, test } from "vitest";
import { draw, hash, round, saturate, wrap } from "./numbers.ts";

const none = (): number => 0;

describe("rounding R(x, 2)", () => {
  const x = [-7, -6, -5, -4, -1, 0, 1, 2, 3, 4, 5, 6];
  test.each([
    ["floor", [-2, -2, -2, -1, -1, 0, 0, 0, 0, 1, 1, 1]],
    ["zero", [-1, -1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1]],
    ["nearest", [-2, -1, -1, -1, 0, 0, 0, 1, 1, 1, 1, 2]],
  ] as const)("%s", (mode, expected) => {
    expect(x.map((value) => round(value, 2, mode, none))).toEqual(expected);
  });

  test("nearest: ties towards plus infinity", () => {
    expect([-6, -2, 2, 6].map((x) => round(x, 2, "nearest", none))).toEqual([-1, 0, 1, 2]);
  });

  test("stochastic: the draw's high bits are added before the shift", () => {
    expect(round(5, 2, "stochastic", () => 0xbfff_ffff)).toBe(1);
    expect(round(5, 2, "stochastic", () => 0xc000_0000)).toBe(2);
    expect(round(-5, 2, "stochastic", () => 0)).toBe(-2);
    expect(round(-5, 2, "stochastic", () => 0x4000_0000)).toBe(-1);
  });

  test("32-bit membrane times the largest factor is exact", () => {
    expect(round(-(2 ** 31) * 65_535, 16, "floor", none)).toBe(-2_147_450_880);
    expect(round((2 ** 31 - 1) * 65_535, 16, "floor", none)).toBe(2_147_450_879);
  });
});

describe("widths", () => {
  test("saturate at the limits, counting only what changes", () => {
    let clipped = 0;
    const sat = (x: number): number => saturate(x, 8, () => clipped++);
    expect([-129, -128, 127, 128].map(sat)).toEqual([-128, -128, 127, 127]);
    expect(clipped).toBe(2);
  });

  test("wrap modulo 2^bits", () => {
    expect([-129, -128, 127, 128, 256, 2 ** 33 + 3].map((x) => wrap(x, 8))).toEqual([127, -128, 127, -128, 0, 3]);
    expect(wrap(2 ** 31, 32)).toBe(-(2 ** 31));
  });
});

describe("random draws", () => {
  /** H again, in whole numbers without a width. */
  function wide(input: number): number {
    const mask = 0xffff_ffffn;
    let x = BigInt(input) & mask;
    x = (x + 0x7ed55d16n + (x << 12n)) & mask;
    x = (x ^ 0xc761c23cn ^ (x >> 19n)) & mask;
    x = (x + 0x165667b1n + (x << 5n)) & mask;
    x = ((x + 0xd3a2646cn) ^ (x << 9n)) & mask;
    x = (x + 0xfd7046c5n + (x << 3n)) & mask;
    x = (x ^ 0xb55a4f09n ^ (x >> 16n)) & mask;
    return Number(x);
  }

  test("H at its edges, against whole numbers of any width", () => {
    for (const x of [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1234_5678]) expect(hash(x)).toBe(wide(x));
  });

  test("seed and sample add modulo 2^32; kinds and addresses differ", () => {
    expect(draw(0xffff_ffff, 1, 0, 0, 5)).toBe(draw(0, 0, 0, 0, 5));
    expect(new Set([draw(1, 0, 0, 0, 0), draw(1, 0, 1, 0, 0), draw(1, 0, 0, 1, 0), draw(1, 0, 0, 0, 1)]).size).toBe(4);
  });
});
