/** A result file: one line a point, only ever appended to, by one process at a time. */

import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { endsWithinLine, readLines, writeLine } from "../formats/json-lines.ts";
import { takeLock } from "../formats/lock-file.ts";
import { ExploreError } from "./explore-error.ts";
import { parseResultLine, type ResultLine } from "./result-line.ts";

export interface StoredResults {
  /** By key, in the order of the file. */
  readonly lines: ReadonlyMap<string, ResultLine>;
  /** What is wrong with the file, by line; these lines do not count. */
  readonly faults: readonly string[];
}

/**
 * Reads a result file; empty when it is not there. Of two lines with one key the first counts, unless it says that the point
 * failed or was spared its run: then somebody has asked again.
 */
export function readResults(path: string): StoredResults {
  const lines = new Map<string, ResultLine>();
  const faults: string[] = [];
  for (const { number, text, torn } of readLines(path)) {
    const place = `${path}, line ${number}`;
    const line = parseResultLine(text);
    const before = line && lines.get(line.key);
    if (line === undefined) {
      faults.push(
        `${place}: ${torn ? "is torn, as a kill leaves it" : "is no result line, or was changed"}; it does not count`,
      );
    } else if (before?.emulated) faults.push(`${place}: stands here a second time; the first counts`);
    else lines.set(line.key, line);
  }
  return { lines, faults };
}

export interface ResultStore extends StoredResults {
  /** The line is in the file when this returns, whatever happens to the process then; a second later at most it is on the disk. */
  append(line: ResultLine): void;
  /** Flushes to the disk and lets other processes in. A file that was not there before is not left behind without a line. */
  close(): void;
}

/** How every line begins, also one that was torn behind it. */
const BEGINNING = '{"schema":"mora/result/';

/** Milliseconds between two flushes: waiting for the disk after every line would keep workers waiting. */
const FLUSH_EVERY = 1000;

/**
 * Opens a result file for appending. A torn last line, which a kill or a full disk leaves behind, is mended, so that other readers find
 * whole lines only.
 *
 * @throws ExploreError when another process has it open, when it is something else than a result file, when its folder is not there, and when it cannot be opened
 */
export function openResults(path: string): ResultStore {
  let release: (() => void) | undefined;
  try {
    checkRegular(path);
    checkFolder(path);
    release = takeLock(path, (holder, lock) => {
      const remedy = `wait for it, give another file with --out, or remove ${lock} if that process is another program`;
      return new ExploreError(path, `process ${holder} writes to it`, remedy);
    });
    return openLocked(path, release);
  } catch (error) {
    release?.();
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof ExploreError) throw error;
    throw new ExploreError(path, `cannot be opened (${code})`, "check the path and its permissions");
  }
}

function openLocked(path: string, release: () => void): ResultStore {
  const fresh = !existsSync(path);
  const stored = readResults(path);
  if (stored.lines.size === 0) checkOwn(path);
  const file = openSync(path, "a+");
  if (endsWithinLine(file)) mendEnd(file, path);
  const lines = new Map(stored.lines);
  let flushed = performance.now();
  return {
    lines,
    faults: stored.faults,
    append(line) {
      writeLine(file, path, JSON.stringify(line));
      lines.set(line.key, line);
      if (performance.now() - flushed < FLUSH_EVERY) return;
      fsyncSync(file);
      flushed = performance.now();
    },
    close() {
      fsyncSync(file);
      closeSync(file);
      if (fresh && lines.size === 0) rmSync(path, { force: true });
      release();
    },
  };
}

/** As for every output: a folder that was misspelt is not made. */
function checkFolder(path: string): void {
  const folder = dirname(path);
  if (existsSync(folder)) return;
  throw new ExploreError(path, `there is no folder ${folder}`, "make it, or name another file with --out");
}

/** Results are read before they are appended to: a device or a pipe may never end. */
function checkRegular(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined || there.isFile()) return;
  throw new ExploreError(path, `is ${there.isDirectory() ? "a folder" : "no regular file"}`, "name a file with --out");
}

/** A space or a document that was named by mistake is not written to, and not mended. */
function checkOwn(path: string): void {
  for (const { number, text } of readLines(path)) {
    if (text.startsWith(BEGINNING) || BEGINNING.startsWith(text)) continue;
    throw new ExploreError(`${path}, line ${number}`, "is no result, and nor is any other", "give a new file");
  }
}

/** A last line that lacks nothing but its end gets it; any other is cut off. */
function mendEnd(file: number, path: string): void {
  for (const { text, torn, start } of readLines(path)) {
    if (!torn) continue;
    if (parseResultLine(text) === undefined) ftruncateSync(file, start);
    else writeLine(file, path, "");
  }
}
