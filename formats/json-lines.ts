/** Files of one JSON value a line, only ever appended to, of which a crash can leave the last line torn. */

import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.ts";

export interface FileLine {
  /** From 1, as editors count. */
  readonly number: number;
  readonly text: string;
  /** The last line, and no end of line behind it: whoever wrote it was interrupted. */
  readonly torn: boolean;
}

/** Every line that is not empty; none when the file is not there. */
export function readLines(path: string): readonly FileLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((text, n) => (text === "" ? [] : [{ number: n + 1, text, torn: n === lines.length - 1 }]));
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
