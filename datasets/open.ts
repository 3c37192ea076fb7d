import { closeSync, openSync, readSync, statSync } from "node:fs";
import { type AerCsvOptions, openAerCsv } from "./aer-csv.ts";
import type { DatasetLimits } from "./check-sample.ts";
import { DatasetError } from "./dataset-error.ts";
import { openNpz } from "./npz.ts";
import type { Dataset } from "./sample.ts";
import { openShd } from "./shd.ts";

export interface OpenOptions extends DatasetLimits, Pick<AerCsvOptions, "timeUnit"> {}

type Format = "hdf5" | "gzip" | "zip" | "text";

function readHead(path: string): Uint8Array {
  try {
    if (!statSync(path).isFile()) {
      throw new DatasetError({
        code: "unreadable",
        file: path,
        what: "this is not a file",
        remedy: "give the path of a data file",
      });
    }
    const head = new Uint8Array(512);
    const fd = openSync(path, "r");
    try {
      return head.subarray(0, readSync(fd, head, 0, head.length, 0));
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    const missing = (error as { code?: string }).code === "ENOENT";
    throw new DatasetError({
      code: missing ? "missing-file" : "unreadable",
      file: path,
      what: missing ? "there is no such file" : `the file cannot be read (${(error as Error).message})`,
      remedy: missing ? "check the path" : "check its permissions",
      cause: error,
    });
  }
}

/** Format by the first bytes: a name may be wrong, a signature is not. */
function formatOf(head: Uint8Array): Format | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x89, 0x48, 0x44, 0x46)) return "hdf5";
  if (starts(0x1f, 0x8b)) return "gzip";
  if (starts(0x50, 0x4b)) return "zip";
  return head.some((byte) => byte === 0) ? undefined : "text";
}

/**
 * Opens a data set by its contents, and by its name where the contents do not tell: HDF5 in the layout of the Spiking
 * Heidelberg Digits (.h5, .hdf5, and .gz of it), NumPy event lists (.npz), address events as CSV (.csv, .csv.gz).
 *
 * @throws DatasetError for a missing, empty, truncated or foreign file
 */
export async function openDataset(path: string, options: OpenOptions = {}): Promise<Dataset> {
  const head = readHead(path);
  if (head.length === 0) {
    throw new DatasetError({
      code: "empty",
      file: path,
      what: "the file has no bytes",
      remedy: "fetch or write it again",
    });
  }
  switch (formatOf(head)) {
    case "hdf5":
      return openShd(path, options);
    case "zip":
      return openNpz(path, options);
    case "gzip":
      return /\.(csv|txt)\.gz$/i.test(path)
        ? openAerCsv(path, options, csvOptions(options, true))
        : openShd(path, options, { gzip: true });
    case "text":
      if (/\.(h5|hdf5|npz|npy)$/i.test(path)) break;
      return openText(path, options);
    case undefined:
      break;
  }
  throw unknownFormat(path);
}

/** A text that is meant to be CSV is told what is wrong with it; any other, a description that was named as data, what data can be. */
async function openText(path: string, options: OpenOptions): Promise<Dataset> {
  try {
    return await openAerCsv(path, options, csvOptions(options, false));
  } catch (error) {
    const { code } = error as Partial<DatasetError>;
    const rows = code !== "damaged" && code !== "missing-dataset";
    if (rows || /\.(csv|txt)$/i.test(path)) throw error;
    throw unknownFormat(path, error);
  }
}

function unknownFormat(path: string, cause?: unknown): DatasetError {
  return new DatasetError({
    code: "unknown-format",
    file: path,
    what: "the contents are neither HDF5 (or gzip of it), nor .npz, nor CSV of event rows",
    remedy: "give one of these; if the name says so, the file is damaged: fetch it again",
    cause,
  });
}

function csvOptions(options: OpenOptions, gzip: boolean): AerCsvOptions {
  return options.timeUnit === undefined ? { gzip } : { gzip, timeUnit: options.timeUnit };
}
