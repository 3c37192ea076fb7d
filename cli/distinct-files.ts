/** Outputs that would overwrite an input or each other. */

import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "./errors.ts";

/** Files of a command line by what they are given as: `--data`, `<network>`. Undefined where not given. */
export type NamedFiles = Readonly<Record<string, string | undefined>>;

/**
 * Refuses an output that is the file of an input or of another output, also under another spelling or through a link: a
 * data set or a description would be lost.
 *
 * @throws UsageError naming both
 */
export function checkDistinctFiles(inputs: NamedFiles, outputs: NamedFiles): void {
  const taken = new Map<string, string>();
  for (const [name, path] of Object.entries(inputs)) {
    if (path !== undefined) taken.set(identity(path), name);
  }
  for (const [name, path] of Object.entries(outputs)) {
    if (path === undefined || isDevice(path)) continue;
    const other = taken.get(identity(path));
    if (other !== undefined) throw new UsageError(`${name} ${path} is the file of ${other}; give another file`);
    taken.set(identity(path), name);
  }
}

/** Pipes and devices lose nothing by a second use: both outputs may go to /dev/null. */
function isDevice(path: string): boolean {
  try {
    const there = statSync(path);
    return !there.isFile() && !there.isDirectory();
  } catch {
    // Not there yet, or a part of the path is no folder: said by what opens it.
    return false;
  }
}

/** The path without links and "..", also of a file that is still to be made. */
function identity(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(folderOf(path), basename(path));
  }
}

function folderOf(path: string): string {
  const folder = dirname(resolve(path));
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
