/** A folder for as long as a task takes. */

import { mkdtempSync, rmSync } from "node:fs";

/**
 * Gone when the task ends, and when the process exits before, as that of an interrupted command does.
 *
 * @param prefix path that six random characters are put behind
 * @throws the file system's error
 */
export async function withTemporaryFolder<T>(prefix: string, body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(prefix);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    return await body(folder);
  } finally {
    process.off("exit", remove);
    remove();
  }
}
