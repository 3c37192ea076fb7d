/** Whether what a process has left behind is still in use: processes by number and by when they began. */

import { readFileSync } from "node:fs";

/** @param start what `startOf` gave for it; without, any process of that number counts */
export function isAlive(pid: number, start?: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return false;
  return start === undefined || start === startOf(pid);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, of another user.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** When a process began, in clock ticks since the machine did: numbers of processes come again. "-" where the system does not tell. */
export function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold spaces; the 22nd field is the 20th behind it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "-";
    throw error;
  }
}
