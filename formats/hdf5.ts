import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { File as H5File, Metadata } from "h5wasm/node";
import { FormatError } from "./format-error.ts";
import { type H5Module, innermost, loadLibrary, retireLibrary } from "./hdf5-library.ts";
import { decode, FLOAT, INTEGER, STRING, typeName, VLEN } from "./hdf5-numbers.ts";

/** What a dataset holds, in words that a reader can test: "float16", "uint8", "vlen float16", "string" and so on. */
export interface Hdf5Description {
  readonly shape: readonly number[];
  readonly type: string;
}

/** An HDF5 file open for reading; the numbers come out as float64, whatever the file stores. */
export interface Hdf5File {
  readonly path: string;
  /** True where a dataset of that path exists; a slash in front is optional. */
  has(dataset: string): boolean;
  /** Paths of all datasets, those in groups included. */
  names(): string[];
  /** @throws FormatError (missing-dataset) */
  describe(dataset: string): Hdf5Description;
  /** All values of a numeric dataset, row-major. @throws FormatError */
  read(dataset: string): { readonly shape: readonly number[]; readonly data: Float64Array };
  /** Rows `from .. to - 1` of a one-dimensional dataset of variable-length numbers. @throws FormatError */
  readVlen(dataset: string, from: number, to: number): Float64Array[];
  /** Strings of a one-dimensional string dataset. @throws FormatError */
  readStrings(dataset: string): string[];
  /** Attributes of the root group that are numbers or strings. */
  attributes(): Record<string, number | string>;
  close(): void;
}

/** Largest dataset that `read` takes at once: twice the bytes must fit the 2 GiB of the wasm module. */
const MAX_READ_BYTES = 1 << 29;

const NUMBERS = "integers or floats of 8 to 64 bits";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether a file starts with the HDF5 signature (at byte 0, where everything but MATLAB's files has it). */
function hasSignature(path: string): boolean {
  const head = Buffer.alloc(8);
  const fd = openSync(path, "r");
  try {
    return readSync(fd, head, 0, 8, 0) === 8 && SIGNATURE.every((byte, i) => head[i] === byte);
  } finally {
    closeSync(fd);
  }
}

/**
 * Opens an HDF5 file. It is read from disk piece by piece (the library uses the file system of Node directly).
 *
 * @throws FormatError missing-file, unknown-format, truncated or damaged
 */
export async function openHdf5(path: string): Promise<Hdf5File> {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new FormatError("missing-file", "there is no such file", "check the path");
  }
  if (!hasSignature(path)) {
    const problem = "is not an HDF5 file (the signature is missing)";
    throw new FormatError("unknown-format", problem, "give a file written by HDF5");
  }
  const library = await loadLibrary();
  const module = library.Module as H5Module;

  let retired = false;
  const damaged = (error: unknown, field?: string): never => {
    if (error instanceof FormatError) throw error;
    if (error instanceof WebAssembly.RuntimeError && !retired) {
      retired = true;
      retireLibrary();
    }
    const reason = retired ? "the HDF5 library gave up on it" : innermost(error);
    const code = /truncated/.test(reason) ? "truncated" : "damaged";
    const remedy = "the file is cut short or damaged: fetch or write it again";
    throw new FormatError(code, `is a damaged HDF5 file (${reason})`, remedy, { dataset: field, cause: error });
  };
  const guarded = <T>(field: string | undefined, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      return damaged(error, field);
    }
  };

  const file: H5File = guarded(undefined, () => new library.File(resolve(path), "r"));
  if (file.file_id < 0n) damaged("the library gave no file");
  let open = true;

  function metadataOf(dataset: string): Metadata {
    if (retired) damaged(new Error("an earlier read failed"), dataset);
    if (!open) throw new FormatError("closed", "the file is closed", "open it again", { dataset });
    return guarded(dataset, () => {
      if (!isDataset(dataset)) {
        const problem = `there is no dataset "${dataset}"; the file has ${listing()}`;
        const remedy = "give a file of the expected layout";
        throw new FormatError("missing-dataset", problem, remedy, { dataset, value: dataset });
      }
      return module.get_dataset_metadata(file.file_id, dataset);
    });
  }

  function isDataset(path: string): boolean {
    let group = "";
    const parts = path.replace(/^\//, "").split("/");
    for (const part of parts) {
      const names = module.get_names(file.file_id, group === "" ? "/" : group, false);
      if (!names.includes(part)) return false;
      group = group === "" ? part : `${group}/${part}`;
      const type = module.get_type(file.file_id, group);
      if (group === parts.join("/")) return type === module.H5G_DATASET;
      if (type !== module.H5G_GROUP) return false;
    }
    return false;
  }

  function listing(): string {
    const names = module.get_names(file.file_id, "/", true);
    if (names.length === 0) return "nothing";
    const shown = names.slice(0, 8).join(", ");
    return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
  }

  function refuseType(dataset: string, metadata: Metadata, expected: string, reason?: string): never {
    const type = typeName(metadata);
    const problem = reason ?? `has type ${type}, expected ${expected}`;
    throw new FormatError("wrong-type", problem, `write the dataset as ${expected}`, { dataset, value: type });
  }

  /**
   * Reads rows into cleared memory of the module and hands the address to `use`. The memory is cleared because a read that
   * fails half-way leaves the rest as it was, and the pointers of variable-length rows are freed afterwards.
   */
  function withRows<T>(
    dataset: string,
    rowBytes: number,
    rows: readonly [from: number, to: number] | null,
    count: number,
    vlen: boolean,
    use: (address: number) => T,
  ): T {
    return guarded(dataset, () => {
      const bytes = rowBytes * count;
      const address = module._malloc(Math.max(bytes, 8));
      if (address === 0) throw new Error(`no memory for ${bytes} bytes`);
      module.HEAPU8.fill(0, address, address + Math.max(bytes, 8));
      const extent = rows === null ? null : [BigInt(rows[1] - rows[0])];
      let filled = false;
      let trapped = false;
      try {
        const start = rows === null ? null : [BigInt(rows[0])];
        const stride = rows === null ? null : [1n];
        const status = module.get_dataset_data(file.file_id, dataset, extent, start, stride, BigInt(address));
        if (status < 0) throw new Error("read failed");
        filled = true;
        return use(address);
      } catch (error) {
        trapped = error instanceof WebAssembly.RuntimeError;
        throw error;
      } finally {
        if (vlen && filled && !trapped && extent !== null) {
          module.reclaim_vlen_memory_count(file.file_id, dataset, "", BigInt(address), extent);
        }
        if (!trapped) module._free(address);
      }
    });
  }

  return {
    path,
    names: () => guarded(undefined, () => module.get_names(file.file_id, "/", true).filter(isDataset)),
    has: (dataset) => guarded(dataset, () => isDataset(dataset)),
    describe(dataset) {
      const metadata = metadataOf(dataset);
      return { shape: metadata.shape ?? [], type: typeName(metadata) };
    },
    read(dataset) {
      const metadata = metadataOf(dataset);
      if (metadata.type !== INTEGER && metadata.type !== FLOAT) refuseType(dataset, metadata, NUMBERS);
      const { shape } = metadata;
      if (shape === null) {
        throw new FormatError("wrong-shape", "is an empty dataset", "store an array in it", { dataset });
      }
      const count = shape.reduce((product, n) => product * n, 1);
      if (count * metadata.size > MAX_READ_BYTES) {
        const problem = `${count} values are more than can be read at once`;
        const remedy = `keep the dataset below ${MAX_READ_BYTES} bytes`;
        throw new FormatError("wrong-shape", problem, remedy, { dataset, value: count });
      }
      const data = withRows(dataset, metadata.size, null, count, false, (address) =>
        decode(module.HEAPU8.slice(address, address + count * metadata.size), metadata, (reason) =>
          refuseType(dataset, metadata, NUMBERS, reason),
        ),
      );
      return { shape, data };
    },
    readVlen(dataset, from, to) {
      const metadata = metadataOf(dataset);
      const element = metadata.vlen_type;
      if (metadata.type !== VLEN || element === undefined) refuseType(dataset, metadata, "variable-length numbers");
      const item: Metadata = element as Metadata;
      const count = to - from;
      return withRows(dataset, 8, [from, to], count, true, (address) => {
        // Each row is hvl_t { size_t length; void *p }, 4 + 4 bytes in wasm32.
        const rows = new Uint32Array(module.HEAPU8.slice(address, address + 8 * count).buffer);
        return Array.from({ length: count }, (_, r) => {
          const pointer = rows[2 * r + 1]!;
          const end = pointer + rows[2 * r]! * item.size;
          if (end > module.HEAPU8.length) throw new Error("a row is longer than memory");
          return decode(module.HEAPU8.subarray(pointer, end), item, (reason) =>
            refuseType(dataset, metadata, "variable-length numbers", reason),
          );
        });
      });
    },
    readStrings(dataset) {
      const metadata = metadataOf(dataset);
      if (metadata.type !== STRING) refuseType(dataset, metadata, "strings");
      return guarded(dataset, () => {
        const value = new library.Dataset(file.file_id, dataset).value;
        return Array.isArray(value) ? value.map(String) : [String(value)];
      });
    },
    attributes() {
      return guarded("attributes", () => {
        const found: Record<string, number | string> = {};
        for (const [key, attribute] of Object.entries(file.attrs)) {
          const value = attribute.value;
          if (typeof value === "number" || typeof value === "string") found[key] = value;
          else if (typeof value === "bigint") found[key] = Number(value);
        }
        return found;
      });
    },
    close() {
      if (!open) return;
      open = false;
      if (retired) return;
      try {
        file.close();
      } catch {
        // A damaged file may refuse to close; the operating system frees the descriptor at exit.
      }
    },
  };
}
