import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openDataset } from "../../datasets/open.ts";
import { decodeFloat16 } from "../../formats/float16.ts";
import { collect, expectFault, scratchFile, TINY } from "./scratch.ts";

async function writeHdf5(name: string, fill: (root: import("h5wasm/node").File) => void): Promise<string> {
  const { File, ready } = await import("h5wasm/node");
  await ready;
  const path = scratchFile(name, "");
  const file = new File(path, "w");
  fill(file);
  file.close();
  return path;
}

/** The tiny file with the bytes `from` replaced where they first occur. */
function patched(name: string, from: readonly number[], to: readonly number[]): string {
  const bytes = Buffer.from(readFileSync(TINY));
  const at = bytes.indexOf(Buffer.from(from));
  expect(at).toBeGreaterThan(0);
  bytes.set(to, at);
  return scratchFile(name, bytes);
}

/** First two times of sample 3, as float16: 28 35 and 144 40. */
const SAMPLE_3 = [28, 35, 144, 40];

describe("float16", () => {
  test.each([
    [0x0000, 0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3800, 0.5],
    [0x3c00, 1],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0xc000, -2],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])("%i is %f", (half, value) => {
    expect(decodeFloat16(half)).toBe(value);
  });
});

describe("SHD layout", () => {
  test("reads float16 times and channels out of variable-length data", async () => {
    const dataset = await openDataset(TINY);
    expect(dataset).toMatchObject({ size: 12, classes: 4, channels: 700 });
    const samples = await collect(dataset);
    dataset.close();
    expect(samples).toHaveLength(12);
    expect(samples.reduce((sum, s) => sum + s.times.length, 0)).toBe(785);
    expect(samples[3]!.times).toHaveLength(82);
    expect(samples[3]!.times[0]).toBe(decodeFloat16(0x231c));
    expect(samples[3]!.times[1]).toBe(decodeFloat16(0x2890));
    expect(samples[11]!.times).toHaveLength(0);
    expect(samples.every((s) => s.label !== undefined && s.label < 4)).toBe(true);
    expect(samples[0]!.meta).toHaveProperty("speaker");
  });

  test("gives speaker and take of each recording, and leaves out what is not one integer a sample", async () => {
    const { File, ready } = await import("h5wasm/node");
    await ready;
    const withTake = async (name: string, data: Uint16Array | Float32Array): Promise<unknown> => {
      const path = scratchFile(name, readFileSync(TINY));
      const file = new File(path, "a");
      file.create_dataset({ name: "extra/take", data });
      file.close();
      const dataset = await openDataset(path);
      const samples = await collect(dataset, { offset: 3, limit: 2 });
      dataset.close();
      return samples.map(({ meta }) => meta);
    };
    const takes = Array.from({ length: 12 }, (_, n) => 10 * n);
    expect(await withTake("take.h5", Uint16Array.from(takes))).toEqual([
      { speaker: 0, take: 30 },
      { speaker: 0, take: 40 },
    ]);
    expect(await withTake("few.h5", Uint16Array.from(takes.slice(1)))).toEqual([{ speaker: 0 }, { speaker: 0 }]);
    expect(await withTake("real.h5", Float32Array.from(takes))).toEqual([{ speaker: 0 }, { speaker: 0 }]);
  });

  test("reads the same from gzip, by a temporary file that goes with close", async () => {
    const plain = await openDataset(TINY);
    const path = scratchFile("tiny.h5.gz", gzipSync(readFileSync(TINY)));
    const folder = mkdtempSync(join(tmpdir(), "mora-test-gzip-"));
    const before = process.env.TMPDIR;
    process.env.TMPDIR = folder;
    try {
      const zipped = await openDataset(path);
      expect(readdirSync(folder)).toHaveLength(1);
      expect(await collect(zipped)).toEqual(await collect(plain));
      zipped.close();
      zipped.close();
      expect(readdirSync(folder)).toEqual([]);
      await expectFault(() => openDataset(path, { channels: 700, classes: 1 }), "label-range");
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      rmSync(folder, { recursive: true, force: true });
      plain.close();
    }
  });

  test("gives a range, and each pass starts anew", async () => {
    const dataset = await openDataset(TINY);
    expect((await collect(dataset, { offset: 5, limit: 3 })).map((s) => s.index)).toEqual([5, 6, 7]);
    expect((await collect(dataset, { offset: 10, limit: 30 })).map((s) => s.index)).toEqual([10, 11]);
    expect(await collect(dataset, { offset: 12 })).toEqual([]);
    await expectFault(() => collect(dataset, { offset: -1 }), "option-range");
    dataset.close();
    await expectFault(() => collect(dataset), "closed");
  });

  test("refuses a channel at or above the number of channels", async () => {
    const dataset = await openDataset(TINY, { channels: 10 });
    const fault = await expectFault(() => collect(dataset), "channel-range");
    expect(fault.place.sample).toBe(0);
    expect(fault.place.event).toBeTypeOf("number");
    dataset.close();
  });

  test("refuses a label at or above the number of classes", async () => {
    const fault = await expectFault(() => openDataset(TINY, { classes: 2 }), "label-range");
    expect(fault.place.sample).toBeTypeOf("number");
  });

  test.each([
    ["time-negative", "negative", [28, 0xa3, 144, 40]],
    ["time-order", "order", [144, 40, 28, 35]],
    ["time-not-finite", "nan", [0, 0x7e, 144, 40]],
    ["time-not-finite", "inf", [28, 35, 0, 0x7c]],
  ] as const)("refuses times: %s (%s)", async (code, name, bytes) => {
    const dataset = await openDataset(patched(`${name}.h5`, SAMPLE_3, bytes));
    const fault = await expectFault(() => collect(dataset), code);
    expect(fault.place.sample).toBe(3);
    expect(fault.message).toMatch(/\.h5: sample 3, event [01]: /);
    dataset.close();
  });

  test("refuses a truncated file, plain and gzipped", async () => {
    const bytes = readFileSync(TINY);
    await expectFault(() => openDataset(scratchFile("cut.h5", bytes.subarray(0, 5000))), "truncated");
    const zipped = gzipSync(bytes);
    await expectFault(() => openDataset(scratchFile("cut.h5.gz", zipped.subarray(0, zipped.length >> 1))), "truncated");
    const bad = Buffer.from(zipped);
    bad.fill(0x55, 200, 260);
    await expectFault(() => openDataset(scratchFile("bad.h5.gz", bad)), "damaged");
  });

  test("survives a file on which the HDF5 library itself traps", async () => {
    const bytes = Buffer.from(readFileSync(TINY));
    bytes[2489] = 236;
    const path = scratchFile("trap.h5", bytes);
    const fault = await expectFault(async () => collect(await openDataset(path)), "damaged");
    expect(fault.cause).toBeInstanceOf(WebAssembly.RuntimeError);
    const dataset = await openDataset(TINY);
    expect(await collect(dataset)).toHaveLength(12);
    dataset.close();
  });

  test("names the datasets that a foreign HDF5 file lacks", async () => {
    const path = await writeHdf5("foreign.h5", (file) => {
      file.create_dataset({ name: "pixels", data: Float32Array.of(1, 2) });
    });
    const fault = await expectFault(() => openDataset(path), "missing-dataset");
    expect(fault.message).toContain('no "spikes/times" and no "spikes/units"');
  });

  test("refuses datasets of the wrong type", async () => {
    const path = await writeHdf5("flat.h5", (file) => {
      const spikes = file.create_group("spikes");
      spikes.create_dataset({ name: "times", data: Float32Array.of(1, 2) });
      spikes.create_dataset({ name: "units", data: Uint16Array.of(1, 2) });
    });
    const fault = await expectFault(() => openDataset(path), "wrong-type");
    expect(fault.place.field).toBe("spikes/times");
    expect(fault.value).toBe("float32");
  });

  test("refuses limits out of range", async () => {
    await expectFault(() => openDataset(TINY, { channels: 0 }), "option-range");
    await expectFault(() => openDataset(TINY, { classes: 1.5 }), "option-range");
  });
});

describe("openDataset", () => {
  test("refuses what is missing, empty, a folder or of no known format", async () => {
    await expectFault(() => openDataset("no-such-file.h5"), "missing-file");
    await expectFault(() => openDataset(tmpdir()), "unreadable");
    await expectFault(() => openDataset(scratchFile("none.h5", "")), "empty");
    await expectFault(() => openDataset(scratchFile("words.h5", "not HDF5 at all")), "unknown-format");
    await expectFault(() => openDataset(scratchFile("zeros.csv", new Uint8Array(64))), "unknown-format");
  });
});
