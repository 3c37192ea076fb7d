/** Files of one JSON value a line, only ever appended to, of which a crash can leave the last line torn. */

import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.ts";

export interface FileLine {
  /** From 1, as editors count. */
  readonly number: number;
  readonly text: string;
  /** The last line, and no end of line behind it: whoever wrote it was interrupted. */
  readonly torn: boolean;
  /** Bytes of the file before it. */
  readonly start: number;
}

/** Bytes that are read at once. */
const PIECE = 1 << 20;
/** Bytes of the longest line that is kept whole, far beyond any that is written: of a longer one there is its beginning. */
const LONGEST = 1 << 28;

/** Every line that is not empty; none when the file is not there. Files may be larger than any text in memory can be. */
export function* readLines(path: string): Generator<FileLine, void> {
  if (!existsSync(path)) return;
  const file = openSync(path, "r");
  try {
    const piece = Buffer.alloc(PIECE);
    let number = 1;
    let start = 0;
    let begun: Buffer[] = [];
    let length = 0;
    /** Takes bytes to the line that has begun. */
    const take = (bytes: Buffer): void => {
      if (length < LONGEST) begun.push(Buffer.from(bytes));
      length += bytes.length;
    };
    const line = (torn: boolean): FileLine => ({ number, text: Buffer.concat(begun).toString("utf8"), torn, start });
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) {
      let from = 0;
      for (let end = piece.indexOf(0x0a); end >= 0 && end < size; end = piece.indexOf(0x0a, from)) {
        take(piece.subarray(from, end));
        if (length > 0) yield line(false);
        start += length + 1;
        [number, from, begun, length] = [number + 1, end + 1, [], 0];
      }
      take(piece.subarray(from, size));
    }
    if (length > 0) yield line(true);
  } finally {
    closeSync(file);
  }
}

/**
 * Appends one line and waits until it is on the disk. It is written in one call, so that lines of two processes do not mix. If the file
 * ends within a line, a new one is begun: the torn one stays.
 */
export function appendLine(path: string, text: string): void {
  makeFolder(dirname(path));
  const file = openSync(path, "a+");
  try {
    writeLine(file, path, `${endsWithinLine(file) ? "\n" : ""}${text}`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether the bytes of an open file end in something else than an end of line. */
export function endsWithinLine(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

/** Writes a line and its end in one call to a file that is open for appending. @throws Error when not all of it was written */
export function writeLine(file: number, path: string, text: string): void {
  const line = Buffer.from(`${text}\n`);
  const written = writeSync(file, line);
  if (written !== line.length)
    throw new Error(`${path}: ${written} of ${line.length} B were written; is the disk full?`);
}
