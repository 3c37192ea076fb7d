/** What a checkpoint belongs to: the network, core, data and settings that a run's bits are a function of. */

import { createHash } from "node:crypto";
import type { BinnedSet } from "./binned-set.ts";
import { TrainingError } from "./training-error.ts";

/** Hashes of what is large, and settings as they are; compared field by field. */
export interface Identity {
  /** What is compared by its SHA-256: "network", "core", "training data". */
  readonly contents: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string | number>>;
}

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** SHA-256 of a value of plain data and typed arrays; the order of fields counts. */
export function hashOf(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) =>
    ArrayBuffer.isView(part)
      ? `${part.constructor.name} ${createHash("sha256").update(bytesOf(part)).digest("hex")}`
      : part,
  );
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 of the events and labels of a set; its name, which may be another path to the same file, does not count. */
export function hashOfSet(set: BinnedSet): string {
  const hash = createHash("sha256");
  hash.update(bytesOf(set.labels)).update(bytesOf(set.indices)).update(bytesOf(set.steps));
  for (let n = 0; n < set.size; n++) {
    const { stepStart, channel } = set.sample(n);
    hash.update(bytesOf(stepStart)).update(bytesOf(channel));
  }
  return hash.digest("hex");
}

/** @param path of the checkpoint, for errors @throws TrainingError naming everything that differs */
export function checkIdentity(saved: Identity, now: Identity, path: string): void {
  const differences: string[] = [];
  for (const name of namesOf(saved.contents, now.contents)) {
    const [before, after] = [saved.contents[name], now.contents[name]];
    if (before !== after) differences.push(`${name} (SHA-256 ${digits(before)}, now ${digits(after)})`);
  }
  for (const name of namesOf(saved.settings, now.settings)) {
    const [before, after] = [saved.settings[name], now.settings[name]];
    if (before !== after) differences.push(`${name} (${before ?? "none"}, now ${after ?? "none"})`);
  }
  if (differences.length === 0) return;
  throw new TrainingError(
    path,
    `the run of this checkpoint differs in ${differences.join(", ")}`,
    "resume it with what it was made with, or give another folder",
  );
}

/** The first digits of a digest, enough to tell two apart. */
function digits(digest: string | undefined): string {
  return digest === undefined ? "none" : `${digest.slice(0, 8)}..`;
}

function namesOf(...records: readonly object[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}
