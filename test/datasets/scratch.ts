import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { DatasetError, type DatasetErrorCode } from "../../datasets/dataset-error.ts";
import type { Dataset, RawSample } from "../../datasets/sample.ts";

export const TINY = new URL("../fixtures/shd_layout_tiny.h5", import.meta.url).pathname;

/** A folder that goes at the end of the process, and a writer into it. */
const folder: string = mkdtempSync(join(tmpdir(), "mora-test-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export function scratchFile(name: string, contents: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

export async function collect(dataset: Dataset, range?: { offset?: number; limit?: number }): Promise<RawSample[]> {
  const samples: RawSample[] = [];
  for await (const sample of dataset.samples(range)) samples.push(sample);
  return samples;
}

/** Expects a DatasetError of that code, and gives it for further checks. */
export async function expectFault(work: () => unknown, code: DatasetErrorCode): Promise<DatasetError> {
  let caught: unknown;
  try {
    await work();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(DatasetError);
  const fault = caught as DatasetError;
  expect(fault.code, fault.message).toBe(code);
  expect(fault.remedy.length).toBeGreaterThan(3);
  return fault;
}

/** A .npy file, version 1. `values` are written as the type says. */
export function npy(descr: string, shape: readonly number[], bytes: Uint8Array, fortran = false): Uint8Array {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const order = fortran ? "True" : "False";
  let header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${dimensions}), }`;
  header = `${header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11)}\n`;
  const head = Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  return Buffer.concat([head, Buffer.from(header, "latin1"), bytes]);
}

export function bytesOf(values: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
