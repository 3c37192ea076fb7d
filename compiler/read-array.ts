/** Numeric arrays from files: chooses the reader by what the description names. */

import { access, constants, readFile, stat } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { didYouMean } from "../description/did-you-mean.ts";
import { FormatError } from "../formats/format-error.ts";
import { type Hdf5File, openHdf5 } from "../formats/hdf5.ts";
import { parseNpy } from "../formats/npy.ts";
import { npzNames, readNpz } from "../formats/npz.ts";

/** An array in C order (the last index runs fastest), widened to float64. */
export interface FileArray {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/**
 * Reads an HDF5 dataset (.h5, .hdf5), an array of an .npz file, or an .npy file (no dataset).
 *
 * @throws {FormatError} when the file is missing, foreign or truncated, or its array has no numeric type. The message does
 * not name the file: whoever catches it knows the place in the description too.
 */
export async function readArrayFile(
  baseDirectory: string,
  file: string,
  dataset: string | undefined,
): Promise<FileArray> {
  const path = resolve(baseDirectory, file);
  await checkReadable(path);
  if (dataset !== undefined && extname(path).toLowerCase() !== ".npz") return readDataset(path, dataset);
  const bytes = await readFile(path);
  const { data, shape } = dataset === undefined ? parseNpy(bytes) : readEntry(bytes, dataset);
  return { data: Float64Array.from(data), shape };
}

function readEntry(bytes: Uint8Array, name: string): ReturnType<typeof readNpz> {
  const names = npzNames(bytes);
  if (names.includes(name)) return readNpz(bytes, name);
  throw new FormatError("missing-dataset", "the file has no such array", didYouMean(name, names), { dataset: name });
}

async function checkReadable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") {
      throw new FormatError("missing-file", "there is no such file", `looked for ${path}; correct the name`);
    }
    throw new FormatError("missing-file", `cannot be read (${code})`, "check the file and its permissions");
  }
  if ((await stat(path)).isFile()) return;
  throw new FormatError("missing-file", "is a folder", "name a file in it");
}

async function readDataset(path: string, dataset: string): Promise<FileArray> {
  const file = await openHdf5(path);
  try {
    if (!file.has(dataset)) throw missing(file, dataset);
    return file.read(dataset);
  } finally {
    file.close();
  }
}

function missing(file: Hdf5File, dataset: string): FormatError {
  const names = file.names();
  const isGroup = names.some((name) => name.startsWith(`${dataset}/`));
  const problem = isGroup ? "is not a dataset" : "the file has no such dataset";
  return new FormatError("missing-dataset", problem, didYouMean(dataset, names), { dataset });
}
