import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { DatasetError } from "../../datasets/dataset-error.ts";
import { openDataset } from "../../datasets/open.ts";
import { bytesOf, npy, scratchFile, TINY } from "./scratch.ts";

const tiny = readFileSync(TINY);
const npz = Buffer.from(
  zipSync({
    "times.npy": npy("<f8", [4], bytesOf(Float64Array.of(0.1, 0.2, 0, 0.3))),
    "units.npy": npy("<u2", [4], bytesOf(Uint16Array.of(3, 1, 0, 6))),
    "offsets.npy": npy("<i4", [3], bytesOf(Int32Array.of(0, 2, 4))),
    "labels.npy": npy("<i8", [2], bytesOf(BigInt64Array.of(1n, 0n))),
  }),
);
const csv = Buffer.from("time_ms,channel,sample,label\n0.5,3,0,1\n1.5,4,0,1\n0.25,0,1,0\n2,7,1,0\n");

/** A file with up to three bytes changed, and perhaps cut short. */
function damage(bytes: Buffer): fc.Arbitrary<Buffer> {
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }));
  const length = fc.option(fc.nat(bytes.length), { freq: 5 });
  return fc.tuple(fc.array(change, { maxLength: 3 }), length).map(([changes, cut]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of changes) copy[at] = value;
    return cut === null ? copy : copy.subarray(0, cut);
  });
}

let files = 0;

/** Reads everything: the outcome is the samples or a DatasetError, and whatever is given is as `RawSample` says. */
async function readAll(extension: string, bytes: Uint8Array): Promise<void> {
  // Each under a name of its own: HDF5 knows an open file again by its inode.
  const path = scratchFile(`fuzz-${files++}.${extension}`, bytes);
  try {
    const dataset = await openDataset(path);
    try {
      let count = 0;
      for await (const sample of dataset.samples()) {
        count++;
        expect(sample.channels.length).toBe(sample.times.length);
        expect(sample.channels.every((channel) => channel < dataset.channels)).toBe(true);
        expect(sample.times.every((time, e) => time >= (sample.times[e - 1] ?? 0) && time < Infinity)).toBe(true);
      }
      expect(count).toBe(dataset.size);
    } finally {
      dataset.close();
    }
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    expect(error.message).toContain(path);
    expect(error.remedy).not.toBe("");
  }
}

describe("damaged files give samples or a DatasetError, never another error and never a hang", () => {
  test.each([
    ["h5", tiny, 250],
    ["h5.gz", gzipSync(tiny), 100],
    ["npz", npz, 500],
    ["csv", csv, 500],
    ["csv.gz", gzipSync(csv), 200],
  ] as const)("%s", async (extension, bytes, runs) => {
    await fc.assert(
      fc.asyncProperty(damage(Buffer.from(bytes)), (damaged) => readAll(extension, damaged)),
      { numRuns: runs },
    );
  });

  test("any bytes at all, under any name", async () => {
    const names = fc.constantFrom("h5", "h5.gz", "npz", "csv", "bin");
    await fc.assert(
      fc.asyncProperty(names, fc.uint8Array({ maxLength: 300 }), (extension, bytes) => readAll(extension, bytes)),
      { numRuns: 300 },
    );
  });

  test("a whole file is still read after all that", async () => {
    const dataset = await openDataset(TINY);
    let events = 0;
    for await (const sample of dataset.samples()) events += sample.times.length;
    dataset.close();
    expect(events).toBe(785);
  });
});
