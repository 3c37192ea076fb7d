/** Reads an image file (format.ts) and refuses what is damaged, truncated, newer, foreign or nonsensical. */

import { createHash } from "node:crypto";
import * as v from "valibot";
import { checkContents } from "./check-contents.ts";
import { checkManifest, type Refuse } from "./check-manifest.ts";
import {
  CHECKSUM_BYTES,
  CONTENTS_BYTES_AT,
  HEADER_BYTES,
  MAGIC,
  MANIFEST_BYTES_AT,
  VERSION,
  VERSION_AT,
} from "./format.ts";
import { ImageError, type ImageErrorCode } from "./image-error.ts";
import type { Image, Manifest, MemoryId } from "./manifest.ts";
import { parseManifest } from "./schema.ts";
import { wordBytes } from "./words.ts";

/** Compiled and trained images are damaged alike, and damage may be in the part that would tell them apart. */
const AGAIN = "restore it from a copy, or make it again: compile the network, or train it (a checkpoint resumes)";

/**
 * The image in the bytes of a file. What it returns can be run: every address, index and width is within its limits.
 *
 * @param name the file's name, for errors
 * @throws ImageError, and nothing else, whatever the bytes are
 */
export function decodeImage(bytes: Uint8Array, name: string): Image {
  const { manifestBytes, contentsBytes } = readHeader(bytes, name);
  const contentsAt = HEADER_BYTES + manifestBytes;
  const checksumAt = contentsAt + contentsBytes;
  const length = checksumAt + CHECKSUM_BYTES;
  const fail = (code: ImageErrorCode, place: string, value: unknown, problem: string): never => {
    throw new ImageError(code, name, place, value, problem, AGAIN);
  };
  if (bytes.length < length)
    fail("IMAGE_TRUNCATED", `byte ${bytes.length}`, undefined, `the file ends here, its header says at byte ${length}`);
  if (bytes.length > length)
    fail("IMAGE_DAMAGED", `byte ${length}`, undefined, `the image ends here, the file at byte ${bytes.length}`);
  const sum = createHash("sha256").update(bytes.subarray(0, checksumAt)).digest();
  if (!sum.equals(bytes.subarray(checksumAt)))
    fail("IMAGE_DAMAGED", `byte ${checksumAt}`, undefined, "the checksum does not match");

  const refuse: Refuse = (place, value, problem) => fail("IMAGE_INVALID", place, value, problem);
  const manifest = readManifest(bytes.subarray(HEADER_BYTES, contentsAt), refuse);
  checkManifest(manifest, refuse);
  const contents = readContents(manifest, bytes.subarray(contentsAt, checksumAt), refuse);
  const image = { manifest, contents };
  checkContents(image, refuse);
  return image;
}

function readHeader(bytes: Uint8Array, name: string): { manifestBytes: number; contentsBytes: number } {
  if (bytes.length === 0)
    throw new ImageError("IMAGE_TRUNCATED", name, "byte 0", undefined, "the file is empty", AGAIN);
  for (let i = 0; i < Math.min(MAGIC.length, bytes.length); i++) {
    if (bytes[i] === MAGIC[i]) continue;
    const remedy = "give a file that `mora compile` has written";
    throw new ImageError("IMAGE_FOREIGN", name, `byte ${i}`, bytes[i], "is not the magic of a mora image", remedy);
  }
  if (bytes.length < HEADER_BYTES) {
    const problem = `the file ends within the header of ${HEADER_BYTES} bytes`;
    throw new ImageError("IMAGE_TRUNCATED", name, `byte ${bytes.length}`, undefined, problem, AGAIN);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(VERSION_AT, true);
  if (version > VERSION) {
    const problem = `is newer than version ${VERSION}, the last that this program reads`;
    throw new ImageError(
      "IMAGE_NEWER",
      name,
      "version",
      version,
      problem,
      "update mora, or make it again with this one: compile the network, or train it",
    );
  }
  if (version < VERSION) {
    const problem =
      version === 0
        ? "there has never been such a version"
        : `is older than version ${VERSION}, the only one that this program reads`;
    throw new ImageError(
      "IMAGE_INVALID",
      name,
      "version",
      version,
      problem,
      "make it again: compile the network, or train it",
    );
  }
  return {
    manifestBytes: view.getUint32(MANIFEST_BYTES_AT, true),
    contentsBytes: view.getUint32(CONTENTS_BYTES_AT, true),
  };
}

function readManifest(bytes: Uint8Array, refuse: Refuse): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    return refuse("manifest", undefined, `is not JSON in UTF-8 (${(error as Error).message})`);
  }
  const parsed = parseManifest(json);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  return refuse(`manifest ${v.getDotPath(issue) ?? ""}`.trim(), issue.input, issue.message);
}

function readContents(manifest: Manifest, bytes: Uint8Array, refuse: Refuse): Image["contents"] {
  const contents: Partial<Record<MemoryId, Uint8Array>> = {};
  let at = 0;
  for (const { id, words, wordBits, stored } of manifest.memories) {
    if (!stored) continue;
    const length = words * wordBytes(wordBits);
    if (at + length > bytes.length) {
      refuse(`memory ${id}`, words, `needs ${length} bytes of contents, ${bytes.length - at} are left`);
    }
    contents[id] = bytes.slice(at, at + length);
    at += length;
  }
  if (at !== bytes.length) refuse("contents", bytes.length, `the memories take ${at} bytes`);
  return contents;
}
