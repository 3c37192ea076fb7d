/** Files in Redis by what is in them: put there in pieces by a sweep, with a head that comes last, so that a head means all of it. */

import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Redis } from "ioredis";
import { hashOfReference } from "../contents.ts";
import { ExploreError } from "../explore-error.ts";
import { PREFIX } from "./queue-version.ts";
import { CHUNK_BYTES, KEEP_CONTENTS_SECONDS } from "./settings.ts";

export interface ContentHead {
  readonly bytes: number;
  readonly chunks: number;
}

export function headKey(hash: string): string {
  return `${PREFIX}:content:${hash}`;
}

export function chunkKey(hash: string, chunk: number): string {
  return `${PREFIX}:content:${hash}:${chunk}`;
}

export interface StoredContents {
  /** Sees to it that Redis has these, by reference. @throws ExploreError for a file that has changed since the sweep began */
  put(references: readonly string[]): Promise<void>;
  /** Puts again what is gone of all that was put, and lets the rest live on. */
  keep(): Promise<void>;
}

/** Part of the time that contents live, after which a sweep that still uses them renews it. */
const RENEW_MILLISECONDS = (KEEP_CONTENTS_SECONDS * 1000) / 100;

/** @param files path by reference */
export function createStoredContents(client: Redis, files: Readonly<Record<string, string>>): StoredContents {
  const known = new Map<string, Promise<void>>();
  let renewed = performance.now();
  const ensure = async (reference: string): Promise<void> => {
    const hash = hashOfReference(reference);
    if (hash === undefined || files[reference] === undefined)
      throw new Error(`${reference}: there is no such file here`);
    if (!(await renew(client, hash))) await upload(client, hash, files[reference]);
  };
  const put = async (reference: string): Promise<void> => {
    const before = known.get(reference) ?? ensure(reference);
    known.set(reference, before);
    try {
      await before;
    } catch (error) {
      known.delete(reference);
      throw error;
    }
  };
  return {
    async put(references) {
      await Promise.all(references.map(put));
    },
    async keep() {
      const due = performance.now() - renewed > RENEW_MILLISECONDS;
      if (due) renewed = performance.now();
      for (const [reference, before] of known) {
        await before;
        const hash = hashOfReference(reference)!;
        const there = due ? await renew(client, hash) : (await client.exists(headKey(hash))) === 1;
        if (!there) await ensure(reference);
      }
    },
  };
}

/** Whether all of a content is there, which then lives on. */
async function renew(client: Redis, hash: string): Promise<boolean> {
  const head = await readHead(client, hash);
  if (head === undefined) return false;
  const keys = [headKey(hash), ...Array.from({ length: head.chunks }, (_, n) => chunkKey(hash, n))];
  const there = await Promise.all(keys.map((key) => client.expire(key, KEEP_CONTENTS_SECONDS)));
  return there.every((one) => one === 1);
}

export async function readHead(client: Redis, hash: string): Promise<ContentHead | undefined> {
  const { bytes, chunks } = await client.hgetall(headKey(hash));
  const head = { bytes: Number(bytes), chunks: Number(chunks) };
  return Number.isSafeInteger(head.bytes) && Number.isSafeInteger(head.chunks) ? head : undefined;
}

async function upload(client: Redis, hash: string, path: string): Promise<void> {
  const file = await open(path);
  try {
    const whole = createHash("sha256");
    const buffer = Buffer.alloc(CHUNK_BYTES);
    let chunks = 0;
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) break;
      // A copy: commands that wait for Redis to come back hold on to theirs.
      const piece = Buffer.from(buffer.subarray(0, bytesRead));
      whole.update(piece);
      await client.set(chunkKey(hash, chunks), piece, "EX", KEEP_CONTENTS_SECONDS);
      chunks += 1;
      bytes += bytesRead;
    }
    if (whole.digest("hex") !== hash)
      throw new ExploreError(path, "was changed while the sweep ran", "start the sweep again");
    await client.hset(headKey(hash), { bytes, chunks });
    await client.expire(headKey(hash), KEEP_CONTENTS_SECONDS);
  } finally {
    await file.close();
  }
}
