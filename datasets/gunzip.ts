import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DatasetError } from "./dataset-error.ts";

/** A decompressed copy on disk; `remove` deletes it, and so does the end of the process. */
export interface TemporaryFile {
  readonly path: string;
  remove(): void;
}

/** The error for a gzip stream that failed; `error` is what zlib or the file system gave. */
export function gzipError(file: string, error: unknown): DatasetError {
  if (error instanceof DatasetError) return error;
  const code = (error as { code?: string }).code ?? "";
  const text = error instanceof Error ? error.message : String(error);
  if (code === "Z_BUF_ERROR") {
    return new DatasetError({
      code: "truncated",
      file,
      what: "the gzip stream ends early",
      remedy: "fetch the file again",
      cause: error,
    });
  }
  if (code.startsWith("Z_")) {
    return new DatasetError({
      code: "damaged",
      file,
      what: `the gzip stream is damaged (${text})`,
      remedy: "fetch the file again",
      cause: error,
    });
  }
  return new DatasetError({
    code: "unreadable",
    file,
    what: `the file cannot be decompressed (${text})`,
    remedy: "check permissions and the space left for temporary files",
    cause: error,
  });
}

/**
 * Decompresses a gzip file by a stream to a temporary file, so that its size is bounded by the disk and not by memory.
 *
 * @throws DatasetError truncated, damaged or unreadable; nothing is left on disk then
 */
export async function gunzipToTemporaryFile(path: string): Promise<TemporaryFile> {
  const folder = mkdtempSync(join(tmpdir(), "mora-"));
  const target = join(folder, "decompressed");
  const remove = (): void => {
    process.removeListener("exit", remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  try {
    await pipeline(createReadStream(path), createGunzip(), createWriteStream(target));
  } catch (error) {
    remove();
    throw gzipError(path, error);
  }
  return { path: target, remove };
}
