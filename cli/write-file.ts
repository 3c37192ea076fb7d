/** Output files that appear whole or not at all: written beside their target, renamed when complete. */

import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { InputError, withFile } from "./errors.ts";
import { onInterrupt } from "./interrupt.ts";
import { removeLeftovers, temporaryName } from "./temporary-file.ts";

export interface OutputFile {
  write(chunk: string | Uint8Array): void;
  /** Puts the file in its place; nothing after a discard. */
  commit(): void;
  /** Throws away what was written; nothing after a commit. */
  discard(): void;
}

/** Text is gathered to chunks of this many characters, since each write is a system call. */
const CHUNK = 1 << 16;

/**
 * Opens an output file. Its folder must exist and be writable: found out before the work, not after it. A link stays, its
 * target is replaced. A pipe or a device (/dev/null) is written to as it is, since a rename would put a plain file in its place.
 *
 * @throws InputError naming the file
 */
export function createOutputFile(path: string): OutputFile {
  const { file, replacement } = withFile(path, () => openForOutput(path));
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
        if (!open) return;
        flush();
        if (replacement !== undefined) fsyncSync(file);
        closeSync(file);
        open = false;
        if (replacement !== undefined) renameSync(replacement.temporary, replacement.target);
      }),
    discard() {
      if (!open) return;
      closeSync(file);
      open = false;
      if (replacement !== undefined) rmSync(replacement.temporary, { force: true });
    },
  };
}

interface Opened {
  readonly file: number;
  /** What is renamed to what at the end; undefined for pipes and devices. */
  readonly replacement: { readonly temporary: string; readonly target: string } | undefined;
}

function openForOutput(path: string): Opened {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) throw Object.assign(new Error("folder"), { code: "EISDIR" });
  if (there !== undefined && !there.isFile()) return { file: openSync(path, "w"), replacement: undefined };
  // A rename would need the folder's permission only, and so go past a file that is protected against writing.
  if (there !== undefined) accessSync(path, constants.W_OK);
  const target = there === undefined ? path : realpathSync(path);
  const folder = dirname(target);
  if (!existsSync(folder)) throw new InputError(path, `there is no folder ${folder}`, "make it, or choose another");
  removeLeftovers(target);
  const temporary = temporaryName(target);
  return { file: openSync(temporary, "wx"), replacement: { temporary, target } };
}

/**
 * Opens several output files, gives them to `body`, and commits all of them that it has not discarded if it succeeds, none if it throws or is interrupted.
 *
 * @param interrupted called before an interrupt ends the process
 */
export async function withOutputFiles<K extends string, T>(
  paths: Readonly<Partial<Record<K, string | undefined>>>,
  body: (files: Partial<Record<K, OutputFile>>) => Promise<T>,
  interrupted: () => void = () => undefined,
): Promise<T> {
  const files: Partial<Record<K, OutputFile>> = {};
  const all: OutputFile[] = [];
  const stopListening = onInterrupt(() => {
    for (const file of all) file.discard();
    interrupted();
  });
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
    stopListening();
    for (const file of all) file.discard();
  }
}
