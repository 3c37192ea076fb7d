/** Numeric arrays from files: chooses the reader by the file's name. */

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ArrayFileError, type FileArray } from "./array-file.ts";
import { readHdf5Array } from "./array-hdf5.ts";
import { readNpy } from "./array-npy.ts";

/**
 * Reads an HDF5 dataset (.h5, .hdf5), or an .npy file (no dataset).
 * @throws {ArrayFileError} when the file is missing, foreign or truncated, or its array has no numeric type.
 */
export async function readArrayFile(
  baseDirectory: string,
  file: string,
  dataset: string | undefined,
): Promise<FileArray> {
  const path = resolve(baseDirectory, file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw new ArrayFileError("there is no such file", `looked for ${path}; correct the name`);
    if (code === "EISDIR") throw new ArrayFileError("is a folder", "name a file in it");
    throw new ArrayFileError(`cannot be read (${code ?? String(error)})`, "check the file and its permissions");
  }
  return dataset === undefined ? readNpy(bytes) : readHdf5Array(path, bytes, dataset);
}
