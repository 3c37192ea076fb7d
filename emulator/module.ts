/** The wasm module of the core: where it is, and what it exports. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Exports used by the emulator; registers are mutable globals besides, unless they were specialised away. */
export interface CoreExports {
  readonly isSound: (ticks: number, limit: number, repeats: boolean, timed: boolean) => number;
  readonly beginSample: (sample: number, ticks: number) => void;
  readonly runTicks: (limit: number) => number;
  readonly endSample: () => number;
  readonly recordsWritten: WebAssembly.Global;
  readonly outputsWritten: WebAssembly.Global;
  readonly decidedClass: WebAssembly.Global;
  readonly decidedStep: WebAssembly.Global;
  readonly decidedCycle: WebAssembly.Global;
  readonly lastInputCycle: WebAssembly.Global;
  readonly traced: WebAssembly.Global;
  readonly clearTrace: () => void;
  readonly queueFirst: () => number;
  readonly queueLength: () => number;
  /** Samples since the learning engine changed parameters at a sample's end. */
  readonly pending: WebAssembly.Global;
  readonly setPending: (samples: number) => void;
}

/** Registers that differ between runs of one image and are therefore never constants of a specialised module. */
export const RUN_REGISTERS: readonly string[] = [
  "arrival",
  "readiness",
  "receiverSeed",
  "eventStart",
  "channels",
  "offsets",
  "learningOn",
  "label",
  "rateShift",
];

const bytesByName = new Map<string, Uint8Array>();

/** Bytes of the general module. "debug" is unoptimised and has checks; it exists for the tests. */
export function coreModule(build: "release" | "debug" = "release"): Uint8Array {
  let bytes = bytesByName.get(build);
  if (!bytes) {
    // The package's own root, the same from the sources and from dist/.
    const root = dirname(createRequire(import.meta.url).resolve("mora/package.json"));
    bytes = readFileSync(join(root, "build", build === "release" ? "core.wasm" : "core.debug.wasm"));
    bytesByName.set(build, bytes);
  }
  return bytes;
}
