/** A lock that its process's death releases, however it dies: a file that names the process, and is void when that is gone. */

import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isAlive, startOf } from "./living-process.ts";

/**
 * Takes `PATH.lock` for this process, for as long as it lives.
 *
 * @param taken the error for a lock that a process which is alive has
 * @returns releases it
 * @throws what `taken` gives
 */
export function takeLock(path: string, taken: (holder: number, lock: string) => Error): () => void {
  const lock = `${path}.lock`;
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}\n`);
  try {
    for (;;) {
      try {
        // A link appears whole or not at all.
        linkSync(own, lock);
        const release = (): void => {
          process.off("exit", release);
          rmSync(lock, { force: true });
        };
        // An interrupt ends the process past every `finally`.
        process.once("exit", release);
        return release;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = holderOf(lock);
      if (holder !== undefined) throw taken(holder, lock);
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Number of the living process that a lock names. */
function holderOf(lock: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(lock, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const [pid, start] = text.trim().split(" ");
  const holder = Number(pid);
  return isAlive(holder, start) ? holder : undefined;
}
