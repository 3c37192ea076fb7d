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
    if (typeof holder === "number") throw taken(holder, lock);
    if (holder === "void") removeVoid(lock);
  }
  const release = (): void => {
    process.off("exit", release);
    // Not another's, should this one have been taken for void.
    if (holderOf(lock) === process.pid) rmSync(lock, { force: true });
  };
  // An interrupt ends the process past every `finally`.
  process.once("exit", release);
  return release;
}

/** Whose a lock is: number of the living process that it names, "void" where that is gone, "absent" where there is no lock any more. */
type Holder = number | "void" | "absent";

/** Makes a lock that names this process. @returns whose lock is there instead */
function link(lock: string): Holder | undefined {
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
    else if (other !== "absent") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY);
  }
  try {
    // Absent is not void: what is not there now may be another's lock a moment later.
    if (holderOf(lock) === "void") rmSync(lock, { force: true });
  } finally {
    rmSync(turn, { force: true });
  }
}

function holderOf(lock: string): Holder {
  let text: string;
  try {
    text = readFileSync(lock, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "absent";
    throw error;
  }
  const [pid, start] = text.trim().split(" ");
  const holder = Number(pid);
  return isAlive(holder, start) ? holder : "void";
}
