/** Folders on a path that a user gives. */

import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and the ones above it that are missing. Not by `mkdirSync(.., { recursive: true })`: below a folder in which none can
 * be made and that says ENOENT, such as /proc, Node 20 never returns from it.
 *
 * @throws the file system's error; ENOTDIR where a file stands in the way
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  let folder = resolve(path);
  // A root is its own parent; where a drive is missing, making it says so.
  for (; !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder)) missing.push(folder);
  if (!statSync(folder).isDirectory()) {
    throw Object.assign(new Error(`ENOTDIR: not a folder, ${folder}`), { code: "ENOTDIR", path: folder });
  }
  for (const name of missing.reverse()) {
    try {
      mkdirSync(name);
    } catch (error) {
      // Another process may have been faster.
      const there = statSync(name, { throwIfNoEntry: false });
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || there?.isDirectory() !== true) throw error;
    }
  }
}
