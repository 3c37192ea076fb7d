/** A worker's files: fetched from Redis by hash when they are first needed, checked, and kept in a folder for the next time. */

import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Redis } from "ioredis";
import { makeFolder } from "../../formats/make-folder.ts";
import { hashOfReference } from "../contents.ts";
import { ExploreError } from "../explore-error.ts";
import { chunkKey, headKey, readHead } from "./stored-contents.ts";

/** $XDG_CACHE_HOME/mora/contents, or ~/.cache/mora/contents. */
export function defaultContentFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "mora", "contents");
}

/**
 * Makes the folder, writes a small file there and removes it: where that fails, no point that needs a file could be evaluated.
 *
 * @throws ExploreError
 */
export async function tryContentFolder(folder: string): Promise<void> {
  const file = join(folder, `${randomUUID()}.try`);
  await onDisk(folder, async () => {
    makeFolder(folder);
    try {
      await writeFile(file, "mora worker was here\n", { flag: "wx" });
    } finally {
      await rm(file, { force: true });
    }
  });
}

export interface ContentCache {
  /** Path by reference of all that was fetched; grows. */
  readonly paths: Readonly<Record<string, string>>;
  /**
   * @throws Error when Redis has no such content, or one that its hash does not fit, which is then removed from Redis
   * @throws ExploreError when this machine cannot keep it
   */
  fetch(reference: string): Promise<void>;
}

export function createContentCache(client: Redis, folder: string): ContentCache {
  const paths: Record<string, string> = {};
  const under = new Map<string, Promise<void>>();
  const make = async (reference: string): Promise<void> => {
    const hash = hashOfReference(reference);
    if (hash === undefined) throw new Error(`${reference.slice(0, 100)}: is no reference to a content`);
    // The extension tells readers the format; a reference's has letters, digits and points only.
    const path = join(folder, reference.slice("sha256:".length));
    if ((await onDisk(folder, () => hashOfFile(path))) !== hash) await download(client, hash, path, folder);
    paths[reference] = path;
  };
  return {
    paths,
    async fetch(reference) {
      if (Object.hasOwn(paths, reference)) return;
      const before = under.get(reference) ?? make(reference);
      under.set(reference, before);
      try {
        await before;
      } finally {
        under.delete(reference);
      }
    },
  };
}

async function download(client: Redis, hash: string, path: string, folder: string): Promise<void> {
  const head = await readHead(client, hash);
  if (head === undefined) throw new Error(`content ${hash.slice(0, 8)}..: is not in Redis`);
  const part = `${path}.${randomUUID()}.part`;
  const whole = createHash("sha256");
  const file = await onDisk(folder, () => {
    // It was there when the worker began.
    makeFolder(folder);
    return open(part, "wx");
  });
  try {
    for (let chunk = 0; chunk < head.chunks; chunk++) {
      const piece = await client.getBuffer(chunkKey(hash, chunk));
      if (piece === null) break;
      whole.update(piece);
      await onDisk(folder, () => file.write(piece));
    }
    await onDisk(folder, () => file.close());
    const found = whole.digest("hex");
    if (found !== hash) {
      // Without its head the sweep puts it anew.
      await client.del(headKey(hash));
      throw new Error(
        `content ${hash.slice(0, 8)}..: is spoilt or incomplete in Redis (SHA-256 ${found.slice(0, 8)}..), and was removed there`,
      );
    }
    await onDisk(folder, () => rename(part, path));
  } finally {
    await onDisk(folder, async () => {
      await file.close();
      await rm(part, { force: true });
    });
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOTDIR: "is no folder, or lies below a file",
  EEXIST: "is no folder",
  ENOENT: "cannot be made, or was emptied while a worker ran",
  EACCES: "cannot be written to",
  EPERM: "cannot be written to",
  EROFS: "is on a disk that can only be read",
  ENOSPC: "is on a full disk",
  EDQUOT: "is on a disk of which the user has no more share",
};

/** What the file system refuses is this machine's fault, and no point's. @throws ExploreError for it, and what else `work` throws */
async function onDisk<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, errno } = error as NodeJS.ErrnoException;
    if (code === undefined || (errno === undefined && PROBLEMS[code] === undefined)) throw error;
    const problem = `the folder for fetched files ${PROBLEMS[code] ?? "cannot be used"} (${code})`;
    throw new ExploreError(folder, problem, "correct that, or name another folder with --cache");
  }
}

/** Undefined for a file that is not there. */
async function hashOfFile(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return hash.digest("hex");
}
