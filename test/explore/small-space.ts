/** The small space, loaded, and folders for its files. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { spaceOf } from "../../explore/load-space.ts";
import type { Space } from "../../explore/loaded-space.ts";
import { SMALL_SPACE } from "./small-description.ts";

export function smallSpace(change: object = {}): Promise<Space> {
  return spaceOf({ ...SMALL_SPACE, ...change }, "small.json");
}

/** A folder of its own, removed after the file's tests. */
export function scratchFolder(): {
  readonly path: (name: string) => string;
  write(name: string, contents: string | Uint8Array): string;
} {
  const folder = mkdtempSync(join(tmpdir(), "mora-explore-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: (name) => join(folder, name),
    write(name, contents) {
      writeFileSync(join(folder, name), contents);
      return join(folder, name);
    },
  };
}
