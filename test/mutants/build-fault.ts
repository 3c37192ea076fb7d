/** Emulators with a fault in their source: a patched copy of the folders it is made of, compiled like the original. */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import type { Fault } from "./faults.ts";
import type { Charge } from "./juror.ts";
import { OWN_EMULATOR } from "./jury.ts";

const ROOT: string = join(import.meta.dirname, "..", "..");
const FOLDERS = ["assembly", "emulator", "image"];

/** Compiles `folder`/assembly as the release build does; with function names if `names`. @throws Error with asc's report. */
export async function compileCore(folder: string, names: boolean): Promise<Uint8Array> {
  const outFile = names ? "named.wasm" : "core.wasm";
  const config = join(ROOT, "asconfig.json");
  // Function names start with the file's path from the base.
  const place = ["--baseDir", folder, "--outFile", outFile, "--config", config, "--target", "release"];
  const { error, stderr } = await asc.main(["assembly/core.ts", ...place, ...(names ? ["--debug"] : [])]);
  if (error !== null) throw new Error(`mutants: the core in ${folder} does not compile: ${stderr.toString()}`);
  return readFileSync(join(folder, outFile));
}

/** A folder of its own with a copy of the emulator's sources. */
export function copySources(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of FOLDERS) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
}

/**
 * What a juror is asked for a fault. `original` is the module without fault, for faults of the host's part.
 * @throws Error when a patch's text is not in its file exactly once: the source has changed and the fault must follow.
 */
export async function chargeOf(fault: Fault, folder: string, original: Uint8Array): Promise<Charge> {
  copySources(folder);
  for (const { file, find, replace } of fault.patches) {
    const path = join(folder, file);
    const parts = readFileSync(path, "utf8").split(find);
    if (parts.length !== 2) {
      throw new Error(`mutants: fault "${fault.name}": ${parts.length - 1} times in ${file}, not once: ${find}`);
    }
    writeFileSync(path, parts.join(replace));
  }
  const inCore = fault.patches.some(({ file }) => file.startsWith("assembly/"));
  const inHost = fault.patches.some(({ file }) => !file.startsWith("assembly/"));
  return {
    module: inCore ? await compileCore(folder, false) : original,
    emulator: inHost ? pathToFileURL(join(folder, "emulator", "emulator.ts")).href : OWN_EMULATOR,
  };
}
