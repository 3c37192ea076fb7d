/** Writes an image as one file (format.ts). */

import { createHash } from "node:crypto";
import {
  CHECKSUM_BYTES,
  CONTENTS_BYTES_AT,
  HEADER_BYTES,
  MAGIC,
  MANIFEST_BYTES_AT,
  VERSION,
  VERSION_AT,
} from "./format.ts";
import type { Image } from "./manifest.ts";
import { wordBytes } from "./words.ts";

/**
 * The bytes of an image file. The same image gives the same bytes.
 *
 * @throws RangeError when contents and manifest do not belong together
 */
export function encodeImage({ manifest, contents }: Image): Uint8Array {
  const text = new TextEncoder().encode(canonicalJson(manifest));
  const stored = manifest.memories.filter((memory) => memory.stored);
  const parts = stored.map(({ id, words, wordBits }) => {
    const bytes = contents[id] ?? new Uint8Array(0);
    const expected = words * wordBytes(wordBits);
    if (bytes.length === expected) return bytes;
    throw new RangeError(`memory ${id}: ${words} words of ${wordBits} bits are ${expected} bytes, got ${bytes.length}`);
  });
  const contentBytes = parts.reduce((sum, part) => sum + part.length, 0);
  const file = new Uint8Array(HEADER_BYTES + text.length + contentBytes + CHECKSUM_BYTES);
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  view.setUint32(VERSION_AT, VERSION, true);
  view.setUint32(MANIFEST_BYTES_AT, text.length, true);
  view.setUint32(CONTENTS_BYTES_AT, contentBytes, true);
  file.set(text, HEADER_BYTES);
  let at = HEADER_BYTES + text.length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  file.set(createHash("sha256").update(file.subarray(0, at)).digest(), at);
  return file;
}

/** JSON without white space, keys of every object in code unit order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    const entries = Object.entries(part);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
