/** A lock that its process's death releases, however it dies: a file that names the process, and is void when that is gone. */

import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isAlive, startOf } from "./living-process.ts";

/** Milliseconds between two looks at whether another process has removed a void lock. */
const LOOK_EVERY = 2;

/**
 * Takes `PATH.lock` for this process, for as long as it lives.
 *
 * @param taken the error for a lock that a process which is alive has
 * @returns releases it
 * @throws what `taken` gives
 */
export function takeLock(path: string, taken: (holder: number, lock: string) => Error): () => void {
  const lock = `${path}.lock`;
  for (;;) {
    const holder = link(lock);
    if (holder === undefined) break;
    if (holder !== "void") throw taken(holder, lock);
    removeVoid(lock);
  }
  const release = (): void => {
    process.off("exit", release);
    rmSync(lock, { force: true });
  };
  // An interrupt ends the process past every `finally`.
  process.once("exit", release);
  return release;
}

/** Makes a lock that names this process. @returns whose lock is there instead, "void" of a process that is gone */
function link(lock: string): number | "void" | undefined {
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}\n`);
  try {
    // A link appears whole or not at all.
    linkSync(own, lock);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
  return holderOf(lock);
}

/**
 * Removes a lock whose process is gone. Of several that have found it so, one may remove it, and only as long as it is still that lock:
 * a slower one would else remove the lock that a faster one has made in its place. Who may is settled by a lock of the same kind, which
 * a death within these few lines leaves void in its turn.
 */
function removeVoid(lock: string): void {
  const turn = `${lock}.lock`;
  for (let other = link(turn); other !== undefined; other = link(turn)) {
    if (other === "void") removeVoid(turn);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY);
  }
  try {
    if (holderOf(lock) === "void") rmSync(lock, { force: true });
  } finally {
    rmSync(turn, { force: true });
  }
}

/** Number of the living process that a lock names; "void" where there is none, or no lock any more. */
function holderOf(lock: string): number | "void" {
  let text: string;
  try {
    text = readFileSync(lock, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "void";
    throw error;
  }
  const [pid, start] = text.trim().split(" ");
  const holder = Number(pid);
  return isAlive(holder, start) ? holder : "void";
}
