import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { openDataset } from "../../datasets/open.ts";
import { bytesOf, collect, expectFault, npy, scratchFile } from "./scratch.ts";

const f8 = (...values: number[]): Uint8Array => npy("<f8", [values.length], bytesOf(Float64Array.of(...values)));
const i4 = (...values: number[]): Uint8Array => npy("<i4", [values.length], bytesOf(Int32Array.of(...values)));

function npz(name: string, arrays: Record<string, Uint8Array>): string {
  const entries = Object.entries(arrays).map(([key, bytes]) => [`${key}.npy`, bytes]);
  return scratchFile(name, zipSync(Object.fromEntries(entries)));
}

const good = { times: f8(0.1, 0.2, 0, 0.3), units: i4(3, 1, 0, 6), offsets: i4(0, 2, 2, 4), labels: i4(1, 0, 2) };

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
    ["truncated", { ...good, times: good.times.subarray(0, 90) }],
    ["damaged", { ...good, times: Buffer.concat([good.times, Buffer.of(0)]) }],
    ["wrong-type", { ...good, times: npy("|O", [4], new Uint8Array(32)) }],
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
