/**
 * A checkpoint as bytes and as a file.
 *
 *     "MORACKPT"  u32 version  u32 length of the header  header (JSON, UTF-8)  arrays, each from a multiple of 8 B  SHA-256
 *
 * Little-endian. The digest is over all bytes before it. A file is written beside its place, flushed to disk and renamed, so
 * that whenever the process dies its place holds one whole checkpoint: the new one or the one before.
 */

import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { takeLock } from "../formats/lock-file.ts";
import { makeFolder } from "../formats/make-folder.ts";
import type { Saved, SavedArray } from "./learner.ts";
import { TrainingError } from "./training-error.ts";

const MAGIC = "MORACKPT";
const VERSION = 1;
const FIXED_BYTES = 16;
const DIGEST_BYTES = 32;

const KINDS = { Float64Array, Int32Array } as const;
type Kind = keyof typeof KINDS;

/** What a checkpoint holds: plain data, and arrays by name. */
export interface CheckpointContents<H> {
  readonly header: H;
  readonly arrays: Saved;
}

interface StoredHeader<H> {
  readonly header: H;
  readonly arrays: readonly { readonly name: string; readonly kind: Kind; readonly length: number }[];
}

function aligned(bytes: number): number {
  return 8 * Math.ceil(bytes / 8);
}

export function encodeCheckpoint<H>({ header, arrays }: CheckpointContents<H>): Uint8Array {
  const entries = Object.entries(arrays);
  const stored: StoredHeader<H> = {
    header,
    arrays: entries.map(([name, array]) => ({ name, kind: array.constructor.name as Kind, length: array.length })),
  };
  const text = new TextEncoder().encode(JSON.stringify(stored));
  let size = aligned(FIXED_BYTES + text.length);
  for (const [, array] of entries) size = aligned(size + array.byteLength);
  const bytes = new Uint8Array(size + DIGEST_BYTES);
  bytes.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, text.length, true);
  bytes.set(text, FIXED_BYTES);
  let at = aligned(FIXED_BYTES + text.length);
  for (const [, array] of entries) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at = aligned(at + array.byteLength);
  }
  bytes.set(createHash("sha256").update(bytes.subarray(0, size)).digest(), size);
  return bytes;
}

/** @param path for errors @throws TrainingError for bytes that no whole checkpoint of this version has */
export function decodeCheckpoint<H>(bytes: Uint8Array, path: string): CheckpointContents<H> {
  const remedy = "remove it to start anew, or give another folder";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const named = bytes.length > FIXED_BYTES + DIGEST_BYTES && new TextDecoder().decode(bytes.subarray(0, 8)) === MAGIC;
  if (!named) throw new TrainingError(path, "is not a checkpoint of mora", remedy);
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    throw new TrainingError(path, `is a checkpoint of version ${version}, this mora reads ${VERSION}`, remedy);
  }
  const size = bytes.length - DIGEST_BYTES;
  const digest = createHash("sha256").update(bytes.subarray(0, size)).digest();
  if (!digest.equals(bytes.subarray(size))) throw new TrainingError(path, "is damaged (its digest differs)", remedy);
  const textBytes = view.getUint32(12, true);
  const text = new TextDecoder().decode(bytes.subarray(FIXED_BYTES, FIXED_BYTES + textBytes));
  const stored = JSON.parse(text) as StoredHeader<H>;
  const arrays: Record<string, SavedArray> = {};
  let at = aligned(FIXED_BYTES + textBytes);
  for (const { name, kind, length } of stored.arrays) {
    const array = new KINDS[kind](length);
    new Uint8Array(array.buffer).set(bytes.subarray(at, at + array.byteLength));
    arrays[name] = array;
    at = aligned(at + array.byteLength);
  }
  return { header: stored.header, arrays };
}

/**
 * Makes the folder that a checkpoint goes to, before the work that it is to save, and keeps other processes out: of two runs each
 * would overwrite what the other has saved. The claim of a process that is gone, however it died, is void.
 *
 * @returns ends the claim
 * @throws TrainingError, also when a process that is alive has the folder
 */
export function claimFolder(path: string): () => void {
  return onDisk(path, () => {
    makeFolder(dirname(path));
    return takeLock(path, (holder, lock) => {
      const remedy = `wait for it, give another folder, or remove ${lock} if that process is another program`;
      return new TrainingError(path, `process ${holder} trains with this checkpoint`, remedy);
    });
  });
}

/** @throws TrainingError when the file cannot be written; what stood there before is left as it was */
export function writeCheckpoint<H>(path: string, contents: CheckpointContents<H>): void {
  const bytes = encodeCheckpoint(contents);
  onDisk(path, () => {
    // One name: a file that a killed process has left half written is written over by the next.
    const temporary = `${path}.tmp`;
    const file = openSync(temporary, "w");
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  });
}

/** The rename itself reaches the disk with its folder. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } catch (error) {
    // Some file systems cannot flush a folder; the checkpoint then survives a kill, and a power cut only as far as they see to it.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EINVAL" && code !== "EPERM" && code !== "ENOTSUP") throw error;
  } finally {
    closeSync(handle);
  }
}

/** Null where there is none yet. @throws TrainingError */
export function readCheckpoint<H>(path: string): CheckpointContents<H> | null {
  return onDisk(path, () => (existsSync(path) ? decodeCheckpoint<H>(readFileSync(path), path) : null));
}

function onDisk<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof TrainingError || code === undefined) throw error;
    const problem = code === "EEXIST" || code === "ENOTDIR" ? "its folder is a file" : `cannot be used (${message})`;
    throw new TrainingError(path, problem, "check the folder, its permissions and the disk");
  }
}
