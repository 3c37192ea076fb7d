/** Output files that appear whole or not at all: written beside their target, renamed when complete. */

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { withFile } from "./errors.ts";

export interface OutputFile {
  write(chunk: string | Uint8Array): void;
  /** Puts the file in its place. */
  commit(): void;
  /** Throws away what was written; nothing after a commit. */
  discard(): void;
}

/** Text is gathered to chunks of this many characters, since each write is a system call. */
const CHUNK = 1 << 16;

/**
 * Opens an output file. Its folder must exist and be writable: found out before the work, not after it.
 *
 * @throws InputError naming the file
 */
export function createOutputFile(path: string): OutputFile {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const file = withFile(path, () => {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw Object.assign(new Error("folder"), { code: "EISDIR" });
    }
    return openSync(temporary, "wx");
  });
  let open = true;
  let pending = "";
  const put = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  };
  const flush = (): void => {
    put(Buffer.from(pending, "utf8"));
    pending = "";
  };
  return {
    write: (chunk) =>
      withFile(path, () => {
        if (typeof chunk === "string") {
          pending += chunk;
          if (pending.length >= CHUNK) flush();
        } else {
          flush();
          put(chunk);
        }
      }),
    commit: () =>
      withFile(path, () => {
        flush();
        fsyncSync(file);
        closeSync(file);
        open = false;
        renameSync(temporary, path);
      }),
    discard() {
      if (!open) return;
      closeSync(file);
      open = false;
      rmSync(temporary, { force: true });
    },
  };
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** What a shell reports for a process that SIGINT ended. */
const EXIT_INTERRUPTED = 130;

/** Opens several output files, gives them to `body`, and commits all of them if it succeeds, none if it throws or is interrupted. */
export async function withOutputFiles<K extends string, T>(
  paths: Readonly<Partial<Record<K, string | undefined>>>,
  body: (files: Partial<Record<K, OutputFile>>) => Promise<T>,
): Promise<T> {
  const files: Partial<Record<K, OutputFile>> = {};
  const all: OutputFile[] = [];
  const interrupt = (): void => {
    for (const file of all) file.discard();
    process.exit(EXIT_INTERRUPTED);
  };
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    for (const [key, path] of Object.entries(paths) as [K, string | undefined][]) {
      if (path === undefined) continue;
      const file = createOutputFile(path);
      files[key] = file;
      all.push(file);
    }
    const result = await body(files);
    for (const file of all) file.commit();
    return result;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
    for (const file of all) file.discard();
  }
}
