/** HDF5 files of named arrays. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ArrayArchive, type Attributes, typeCode } from "./array-archive.ts";
import { loadLibrary } from "./hdf5-library.ts";

/** h5wasm's names of types are those of Python's struct; "<f8" would be read as "<f". */
const CODES: Readonly<Record<string, string>> = {
  f8: "<d",
  f4: "<f",
  i1: "<b",
  u1: "<B",
  i2: "<h",
  u2: "<H",
  i4: "<i",
  u4: "<I",
};

/**
 * The bytes of an HDF5 file. Groups are made as the arrays' names need them; attributes are float64 scalars and strings.
 * The library writes files only, so that one is made in the system's temporary folder and removed again.
 */
export async function encodeHdf5({ arrays, attributes }: ArrayArchive): Promise<Uint8Array> {
  const library = await loadLibrary();
  const folder = mkdtempSync(join(tmpdir(), "mora-h5-"));
  try {
    const path = join(folder, "archive.h5");
    const file = new library.File(path, "w");
    try {
      const group = (name: string): InstanceType<typeof library.Group> => {
        if (name === "") return file;
        if (file.get(name) === null) {
          const parts = name.split("/");
          group(parts.slice(0, -1).join("/")).create_group(parts.at(-1)!);
        }
        return file.get(name) as InstanceType<typeof library.Group>;
      };
      for (const { name, shape, data } of arrays) {
        const parts = name.split("/");
        group(parts.slice(0, -1).join("/")).create_dataset({
          name: parts.at(-1)!,
          data,
          shape: [...shape],
          dtype: CODES[typeCode(data)]!,
        });
      }
      for (const [name, values] of Object.entries(attributes)) setAttributes(group(name), values);
    } finally {
      file.close();
    }
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Attributed {
  create_attribute(name: string, data: unknown, shape?: number[] | null, dtype?: string | null): void;
}

function setAttributes(group: Attributed, values: Attributes): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "string") group.create_attribute(name, value);
    else group.create_attribute(name, value, [], "<d");
  }
}
