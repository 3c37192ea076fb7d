/**
 * Names of files that are being written: the target's, with the process that writes. Two commands with one target have a file each, and
 * what a killed process (`kill -9`) has left is known by its name and removed by the next command that writes the same target.
 *
 *     trained.mora.5c1e02.4711.88123.0.tmp    machine, process, when that began, number within the process
 */

import { createHash } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { isAlive, startOf } from "../formats/living-process.ts";

/** On a disk that machines or containers share, one cannot tell which processes of another are alive. */
const MACHINE = createHash("sha256").update(hostname()).digest("hex").slice(0, 6);
let made = 0;

/** A name of its own each time. */
export function temporaryName(target: string): string {
  return `${target}.${MACHINE}.${process.pid}.${startOf(process.pid)}.${made++}.tmp`;
}

/** Removes the files beside `target` that a process of this machine was writing to it when it was killed. */
export function removeLeftovers(target: string): void {
  const [folder, name] = [dirname(target), basename(target)];
  for (const file of unlessForbidden(() => readdirSync(folder)) ?? []) {
    if (!file.startsWith(`${name}.${MACHINE}.`)) continue;
    const [, pid, start] = /^(\d+)\.(\d+|-)\.\d+\.tmp$/.exec(file.slice(name.length + MACHINE.length + 2)) ?? [];
    if (pid === undefined || isAlive(Number(pid), start)) continue;
    unlessForbidden(() => rmSync(join(folder, file), { force: true }));
  }
}

/** Tidying is no reason to refuse: in a folder such as /tmp another user's file stays, and some folders cannot be listed. */
function unlessForbidden<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM") return undefined;
    throw error;
  }
}
