/** Results of tools, kept by their content: the key is made of everything that a result depends on. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../formats/make-folder.ts";

export interface Kept<T> {
  readonly value: T;
  /** Whether it was there already. */
  readonly kept: boolean;
}

/** $XDG_CACHE_HOME/mora/area, or ~/.cache/mora/area. */
export function defaultCache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "mora", "area");
}

/** SHA-256 of a value as JSON, 32 hexadecimal digits of it. */
export function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}

/** The value of a key: read, or made and kept. A file that is not JSON, of a full disk, is made again. @throws the file system's error */
export async function kept<T>(folder: string, key: unknown, make: () => Promise<T>): Promise<Kept<T>> {
  const file = join(folder, `${digest(key)}.json`);
  const before = existsSync(file) ? parsed<T>(readFileSync(file, "utf8")) : null;
  if (before !== null) return { value: before.value, kept: true };
  // First: a folder that cannot be made is told before minutes of work, not after them.
  makeFolder(folder);
  const value = await make();
  // Appears whole: another run may read at the same time.
  const part = `${file}.${process.pid}`;
  try {
    writeFileSync(part, `${JSON.stringify({ value })}\n`);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
  return { value, kept: false };
}

function parsed<T>(text: string): { readonly value: T } | null {
  try {
    return JSON.parse(text) as { readonly value: T };
  } catch {
    return null;
  }
}
