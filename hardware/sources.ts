/** The text that a core's hardware is made of: SystemVerilog (rtl/) and the test bench (hardware/bench/), as the package ships it. */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Manifest } from "../image/manifest.ts";
import { type BuildChoices, parametersPackage } from "./parameters.ts";

export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** Name of the top module. */
export const TOP_MODULE = "mora_core";

/** Name of the top module that has the core between shift registers, so that it fits any package. */
export const PIN_WRAPPER = "mora_pins";

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
 * @param choices what is built of it; everything by default
 */
export function rtlSources(
  manifest: Manifest,
  folder: string = join(root(), "rtl"),
  choices: BuildChoices = {},
): readonly SourceFile[] {
  const modules = filesOf(folder, /\.sv$/).filter(({ name }) => name !== PACKAGE_FILE);
  return [{ name: PACKAGE_FILE, text: parametersPackage(manifest, choices) }, ...modules];
}

/** C++ of the test bench, the same for every core. */
export function benchSources(): readonly SourceFile[] {
  return filesOf(join(root(), "hardware", "bench"), /\.(cpp|h)$/);
}

/** The module around the core for place and route (hardware/fpga/). */
export function pinWrapper(): SourceFile {
  const name = `${PIN_WRAPPER}.sv`;
  return { name, text: readFileSync(join(root(), "hardware", "fpga", name), "utf8") };
}
