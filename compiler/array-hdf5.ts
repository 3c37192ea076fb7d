/** HDF5 datasets of numbers, read by h5wasm (the HDF5 C library compiled to WebAssembly). */

import type { Dataset, File, Group } from "h5wasm/node";
import { didYouMean } from "../description/did-you-mean.ts";
import { ArrayFileError, exactNumber, type FileArray } from "./array-file.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** HDF5's type classes that are numbers. */
const INTEGER = 0;
const FLOAT = 1;

/**
 * @param bytes the file's content, only to tell a foreign file from a damaged one.
 * @throws {ArrayFileError}
 */
export async function readHdf5Array(path: string, bytes: Uint8Array, dataset: string): Promise<FileArray> {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) {
    throw new ArrayFileError("is not an HDF5 file", "name an .h5 file, or an .npy file without a dataset");
  }
  // Loaded only when a description names an HDF5 file: the library takes a tenth of a second.
  const h5wasm = await import("h5wasm/node");
  const library = await h5wasm.ready;
  // Without this the library prints its error stack on the terminal and carries on.
  library.activate_throwing_error_handler();
  try {
    let file: File;
    try {
      file = new h5wasm.File(path, "r");
    } catch (error) {
      throw damaged(error);
    }
    try {
      return readDataset(file, dataset);
    } finally {
      file.close();
    }
  } finally {
    library.deactivate_throwing_error_handler();
  }
}

function readDataset(file: File, path: string): FileArray {
  const dataset = findDataset(file, path);
  const { type, size, littleEndian, shape } = dataset.metadata;
  const readable = type === INTEGER ? size <= 8 : type === FLOAT && (size === 4 || size === 8);
  if (!readable || !littleEndian) {
    const found = typeof dataset.dtype === "string" ? `type ${dataset.dtype}` : "a compound type";
    const problem = `has ${found}, readable are little-endian integers, float32 and float64`;
    throw new ArrayFileError(problem, "convert the dataset, for example with array.astype('<f4')");
  }
  if (shape === null) throw new ArrayFileError("is an empty dataset", "store an array in it");
  let value: unknown;
  try {
    value = dataset.value;
  } catch (error) {
    throw damaged(error);
  }
  return { data: widen(value), shape };
}

function findDataset(file: File, path: string): Dataset {
  let entity: unknown;
  try {
    entity = file.get(path);
  } catch {
    entity = null;
  }
  if (isA(entity, "Dataset")) return entity as Dataset;
  const names = datasetNames(file, "");
  const problem = entity === null ? "the file has no such dataset" : "is not a dataset";
  throw new ArrayFileError(problem, didYouMean(path, names));
}

function datasetNames(group: Group, prefix: string): string[] {
  return group.keys().flatMap((key) => {
    const entity = group.get(key);
    if (isA(entity, "Dataset")) return [prefix + key];
    return isA(entity, "Group") && prefix.length < 256 ? datasetNames(entity as Group, `${prefix}${key}/`) : [];
  });
}

function isA(entity: unknown, type: "Dataset" | "Group"): boolean {
  return entity !== null && (entity as { type?: string }).type === type;
}

function widen(value: unknown): Float64Array {
  if (typeof value === "number") return Float64Array.of(value);
  if (typeof value === "bigint") return Float64Array.of(exactNumber(value));
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) {
    const data = new Float64Array(value.length);
    for (let k = 0; k < data.length; k++) data[k] = exactNumber(value[k]!);
    return data;
  }
  if (ArrayBuffer.isView(value)) return Float64Array.from(value as unknown as ArrayLike<number>);
  throw new ArrayFileError("holds no plain numbers", "store an array of integers or floats");
}

/** The library's error stack ends with the cause. */
function damaged(error: unknown): ArrayFileError {
  const lines = String(error).split("\n");
  const cause = lines.findLast((line) => /^\s*#\d+:/.test(line))?.replace(/^.*\(\): /, "");
  return new ArrayFileError(
    `is a damaged HDF5 file${cause ? ` (${cause.slice(0, 120)})` : ""}`,
    "copy or create it again",
  );
}
