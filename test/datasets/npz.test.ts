import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { parseNpy } from "../../datasets/npy.ts";
import { openDataset } from "../../datasets/open.ts";
import { bytesOf, collect, expectFault, npy, scratchFile } from "./scratch.ts";

const f8 = (...values: number[]): Uint8Array => npy("<f8", [values.length], bytesOf(Float64Array.of(...values)));
const i4 = (...values: number[]): Uint8Array => npy("<i4", [values.length], bytesOf(Int32Array.of(...values)));

function npz(name: string, arrays: Record<string, Uint8Array>): string {
  const entries = Object.entries(arrays).map(([key, bytes]) => [`${key}.npy`, bytes]);
  return scratchFile(name, zipSync(Object.fromEntries(entries)));
}

const good = { times: f8(0.1, 0.2, 0, 0.3), units: i4(3, 1, 0, 6), offsets: i4(0, 2, 2, 4), labels: i4(1, 0, 2) };

describe("parseNpy", () => {
  test("reads a float32 matrix", () => {
    const array = parseNpy(npy("<f4", [2, 3], bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6.5))), "w");
    expect(array).toEqual({ shape: [2, 3], dtype: "float32", data: Float32Array.of(1, 2, 3, 4, 5, 6.5) });
  });
  test("reads Fortran order into C order", () => {
    const array = parseNpy(npy("<f8", [2, 3], bytesOf(Float64Array.of(1, 4, 2, 5, 3, 6)), true), "w");
    expect([...array.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });
  test("reads big-endian, float16, int64 and bool", () => {
    expect([...parseNpy(npy(">i2", [2], Uint8Array.of(0, 1, 255, 255)), "w").data]).toEqual([1, -1]);
    expect([...parseNpy(npy("<f2", [1], Uint8Array.of(0, 0x38)), "w").data]).toEqual([0.5]);
    expect([...parseNpy(npy("<i8", [1], bytesOf(BigInt64Array.of(-5n))), "w").data]).toEqual([-5]);
    expect([...parseNpy(npy("|b1", [2], Uint8Array.of(0, 1)), "w").data]).toEqual([0, 1]);
  });
  test("reads a scalar as one value of no dimension", () => {
    const array = parseNpy(npy("<f8", [], bytesOf(Float64Array.of(2))), "w");
    expect(array.shape).toEqual([]);
    expect([...array.data]).toEqual([2]);
  });
  test("refuses what is no array of numbers", async () => {
    await expectFault(() => parseNpy(strToU8("hello, world"), "w"), "unknown-format");
    await expectFault(() => parseNpy(npy("|O", [1], new Uint8Array(8)), "w"), "wrong-type");
    await expectFault(() => parseNpy(npy("<c8", [1], new Uint8Array(8)), "w"), "wrong-type");
    await expectFault(() => parseNpy(npy("<f8", [3], new Uint8Array(16)), "w"), "truncated");
    await expectFault(() => parseNpy(npy("<f8", [2], new Uint8Array(16)).subarray(0, 40), "w"), "truncated");
    await expectFault(() => parseNpy(npy("<i8", [1], bytesOf(BigInt64Array.of(2n ** 60n))), "w"), "wrong-type");
  });
});

describe("npz event lists", () => {
  test("reads samples by offsets, an empty one among them", async () => {
    const dataset = await openDataset(npz("good.npz", good));
    expect(dataset).toMatchObject({ size: 3, classes: 3, channels: 7 });
    const samples = await collect(dataset);
    expect(samples.map((s) => [s.label, [...s.times], [...s.channels]])).toEqual([
      [1, [0.1, 0.2], [3, 1]],
      [0, [], []],
      [2, [0, 0.3], [0, 6]],
    ]);
  });
  test("reads the same by sample numbers", async () => {
    const { offsets: _, ...rest } = good;
    const dataset = await openDataset(npz("by-sample.npz", { ...rest, sample: i4(0, 0, 2, 2) }));
    expect((await collect(dataset)).map((s) => s.times.length)).toEqual([2, 0, 2]);
  });
  test("takes all events as one sample without either", async () => {
    const dataset = await openDataset(npz("one.npz", { times: f8(0, 1), units: i4(0, 1) }));
    expect(dataset).toMatchObject({ size: 1, classes: undefined });
  });

  test.each([
    ["missing-dataset", { times: good.times }],
    ["length-mismatch", { ...good, units: i4(1, 2, 3) }],
    ["length-mismatch", { ...good, labels: i4(1, 2) }],
    ["wrong-type", { ...good, times: i4(1, 2, 3, 4) }],
    ["wrong-type", { ...good, units: f8(1, 2, 3, 4) }],
    ["wrong-shape", { ...good, times: npy("<f8", [2, 2], bytesOf(new Float64Array(4))) }],
    ["sample-order", { ...good, offsets: i4(0, 3, 2, 4) }],
    ["sample-order", { ...good, offsets: i4(0, 2, 2, 5) }],
    ["empty", { times: f8(), units: i4(), offsets: i4(0) }],
    ["label-range", { ...good, labels: i4(0, -1, 2) }],
    ["time-order", { ...good, times: f8(0.2, 0.1, 0, 0) }],
    ["time-negative", { ...good, times: f8(-0.1, 0.1, 0, 0) }],
    ["time-not-finite", { ...good, times: f8(0.1, Number.NaN, 0, 0) }],
    ["channel-range", { ...good, units: i4(3, -1, 0, 6) }],
  ] as const)("refuses: %s (case %#)", async (code, arrays) => {
    const path = npz(`bad-${code}-${Object.keys(arrays).length}.npz`, arrays);
    await expectFault(async () => collect(await openDataset(path)), code);
  });

  test("refuses a label or channel beyond the limits given", async () => {
    const path = npz("limits.npz", good);
    await expectFault(() => openDataset(path, { classes: 2 }), "label-range");
    await expectFault(async () => collect(await openDataset(path, { channels: 6 })), "channel-range");
  });

  test("refuses sample numbers out of order", async () => {
    const { offsets: _, ...rest } = good;
    const fault = await expectFault(
      () => openDataset(npz("order.npz", { ...rest, sample: i4(0, 2, 1, 2) })),
      "sample-order",
    );
    expect(fault.place.event).toBe(2);
  });
});
