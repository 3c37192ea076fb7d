/** NumPy's .npz: a zip of .npy files, named "array.npy". */

import { unzipSync, zipSync } from "fflate";
import { type ArchiveData, type ArrayArchive, typeCode } from "./array-archive.ts";
import { FormatError } from "./format-error.ts";
import { type NpyArray, parseNpy } from "./npy.ts";

/** Largest array that is unpacked: a small file can claim any size. */
const MAX_BYTES = 2 ** 31;

/** Zip entries carry a date; this one keeps the same arrays the same bytes. */
const DATE = new Date(1980, 0, 1);

/**
 * The bytes of an .npz. An attribute of the root is the scalar array "attributes/NAME", one of a group "GROUP/attributes/NAME";
 * `numpy.load(file)["attributes/timestep_ms"]` gives it.
 */
export function encodeNpz({ arrays, attributes }: ArrayArchive): Uint8Array {
  const entries: Record<string, Uint8Array> = {};
  for (const { name, shape, data } of arrays) entries[`${name}.npy`] = encodeNpy(shape, data);
  for (const [group, values] of Object.entries(attributes)) {
    for (const [name, value] of Object.entries(values)) {
      const path = `${group === "" ? "" : `${group}/`}attributes/${name}.npy`;
      entries[path] = typeof value === "string" ? encodeText(value) : encodeNpy([], Float64Array.of(value));
    }
  }
  return zipSync(entries, { mtime: DATE });
}

/** An .npy file of version 1.0 (numpy.lib.format): little-endian, C order. */
export function encodeNpy(shape: readonly number[], data: ArchiveData): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return npyFile(`${data.BYTES_PER_ELEMENT === 1 ? "|" : "<"}${typeCode(data)}`, shape, bytes);
}

/** A scalar of NumPy's unicode type: UTF-32, which needs no pickle. */
function encodeText(text: string): Uint8Array {
  const points = Uint32Array.from(Array.from(text), (character) => character.codePointAt(0)!);
  return npyFile(
    `<U${Math.max(1, points.length)}`,
    [],
    new Uint8Array(points.length === 0 ? new ArrayBuffer(4) : points.buffer),
  );
}

function npyFile(descr: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // Magic, version and length take 10 bytes; the numbers start at a multiple of 64.
  const header = `${dictionary.padEnd(64 * Math.ceil((dictionary.length + 11) / 64) - 11)}\n`;
  const file = new Uint8Array(10 + header.length + data.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8]);
  file.set(new TextEncoder().encode(header), 10);
  file.set(data, 10 + header.length);
  return file;
}

/** Names of the arrays, without ".npy". @throws FormatError for a file that is no zip */
export function npzNames(bytes: Uint8Array): string[] {
  const names: string[] = [];
  unpack(bytes, (name) => {
    if (name.endsWith(".npy")) names.push(name.slice(0, -".npy".length));
    return false;
  });
  return names;
}

/** One array. @throws FormatError (missing-dataset, damaged, and as parseNpy) */
export function readNpz(bytes: Uint8Array, array: string): NpyArray {
  const entry = unpack(bytes, (name, size) => {
    if (name !== `${array}.npy`) return false;
    if (size <= MAX_BYTES) return true;
    throw new FormatError("wrong-shape", `has ${size} bytes`, `keep an array below ${MAX_BYTES} bytes`, {
      dataset: array,
    });
  })[`${array}.npy`];
  if (entry !== undefined) return parseNpy(entry);
  throw new FormatError("missing-dataset", "the file has no such array", "name an array that it has", {
    dataset: array,
  });
}

function unpack(bytes: Uint8Array, wanted: (name: string, size: number) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: ({ name, originalSize }) => wanted(name, originalSize) });
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = "the file is cut short or damaged: write it again with numpy.savez";
    throw new FormatError("damaged", `the .npz cannot be unpacked (${reason})`, remedy, { cause: error });
  }
}
