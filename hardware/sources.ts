/** The text that a core's hardware is made of: SystemVerilog (rtl/) and the test bench (hardware/bench/), as the package ships it. */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Manifest } from "../image/manifest.ts";
import { parametersPackage } from "./parameters.ts";

export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** Name of the top module. */
export const TOP_MODULE = "mora_core";

/** The generated package, before all files that use it. */
export const PACKAGE_FILE = "mora_pkg.sv";

/** The package's own root, the same from the sources and from dist/. */
function root(): string {
  return dirname(createRequire(import.meta.url).resolve("mora/package.json"));
}

function filesOf(folder: string, extensions: RegExp): readonly SourceFile[] {
  return readdirSync(folder)
    .filter((name) => extensions.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/**
 * SystemVerilog of a core in the order in which tools read it, the generated package first.
 *
 * @param folder of the modules; the package's own by default. A generated package that lies there is passed over.
 */
export function rtlSources(manifest: Manifest, folder: string = join(root(), "rtl")): readonly SourceFile[] {
  const modules = filesOf(folder, /\.sv$/).filter(({ name }) => name !== PACKAGE_FILE);
  return [{ name: PACKAGE_FILE, text: parametersPackage(manifest) }, ...modules];
}

/** C++ of the test bench, the same for every core. */
export function benchSources(): readonly SourceFile[] {
  return filesOf(join(root(), "hardware", "bench"), /\.(cpp|h)$/);
}
