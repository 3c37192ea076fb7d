import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { ArrayArchive } from "../../formats/array-archive.ts";
import { openHdf5 } from "../../formats/hdf5.ts";
import { encodeHdf5 } from "../../formats/hdf5-write.ts";
import { encodeNpz, npzNames, readNpz } from "../../formats/npz.ts";

const folder = mkdtempSync(join(tmpdir(), "mora-archive-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ARCHIVE: ArrayArchive = {
  arrays: [
    { name: "in_out/weight", shape: [2, 3], data: Float64Array.of(0.5, -0.25, 1, 0, 3, -1e-9) },
    { name: "in_out/code", shape: [3], data: Int16Array.of(-32768, 0, 32767) },
    { name: "in_out/delay", shape: [3], data: Uint16Array.of(0, 1, 65535) },
    { name: "flat", shape: [2], data: Uint8Array.of(0, 255) },
  ],
  attributes: { "": { timestep_ms: 5, reset: "subtract" }, in_out: { weight_bits: 8 } },
};

test("an HDF5 file holds the arrays, their types and the root's attributes", async () => {
  const path = join(folder, "a.h5");
  writeFileSync(path, await encodeHdf5(ARCHIVE));
  const file = await openHdf5(path);
  try {
    expect(file.names().sort()).toEqual(["flat", "in_out/code", "in_out/delay", "in_out/weight"]);
    expect(file.read("in_out/weight")).toEqual({
      shape: [2, 3],
      data: Float64Array.of(0.5, -0.25, 1, 0, 3, -1e-9),
    });
    expect(file.describe("in_out/code")).toEqual({ shape: [3], type: "int16" });
    expect([...file.read("in_out/code").data]).toEqual([-32768, 0, 32767]);
    expect([...file.read("in_out/delay").data]).toEqual([0, 1, 65535]);
    expect(file.describe("flat").type).toBe("uint8");
    expect(file.attributes()).toEqual({ timestep_ms: 5, reset: "subtract" });
  } finally {
    file.close();
  }
});

test("an .npz holds them too, with attributes as scalar arrays, and is the same bytes each time", () => {
  const bytes = encodeNpz(ARCHIVE);
  expect(npzNames(bytes)).toEqual([
    "in_out/weight",
    "in_out/code",
    "in_out/delay",
    "flat",
    "attributes/timestep_ms",
    "attributes/reset",
    "in_out/attributes/weight_bits",
  ]);
  expect(readNpz(bytes, "in_out/weight")).toEqual({
    shape: [2, 3],
    dtype: "float64",
    data: Float64Array.of(0.5, -0.25, 1, 0, 3, -1e-9),
  });
  expect(readNpz(bytes, "in_out/code")).toEqual({ shape: [3], dtype: "int16", data: Int16Array.of(-32768, 0, 32767) });
  expect(readNpz(bytes, "flat").data).toEqual(Uint8Array.of(0, 255));
  expect([...readNpz(bytes, "attributes/timestep_ms").data]).toEqual([5]);
  expect(Buffer.from(encodeNpz(ARCHIVE)).equals(Buffer.from(bytes))).toBe(true);
});

test("an array that is not there, and bytes that are no .npz, are refused", () => {
  expect(() => readNpz(encodeNpz(ARCHIVE), "in_out/wieght")).toThrow("no such array");
  expect(() => npzNames(new Uint8Array(100))).toThrow("cannot be unpacked");
});
