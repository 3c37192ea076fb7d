/**
 * Memory bits of the RTL as yosys sees them before any mapping, against the manifest's memories: words x macro width, bank by
 * bank, padding included. What yosys has besides would be state that no row of the memory report shows.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Manifest, memoryOf } from "../image/manifest.ts";
import { addressMap } from "./address-map.ts";
import { MissingToolError } from "./missing-tool-error.ts";
import { type SourceFile, TOP_MODULE } from "./sources.ts";

/** A memory of the flattened design. */
export interface SynthesisedMemory {
  /** Path of its array, "gen_ring[0].u_ring.gen_two_ports.u_ram.mem". */
  readonly path: string;
  readonly words: number;
  readonly bits: number;
}

export interface FootprintDifference {
  readonly path: string;
  /** "16 x 32", or "none". */
  readonly manifest: string;
  readonly yosys: string;
}

/** @throws MissingToolError, Error with yosys' message when it refuses the RTL */
export function synthesisedMemories(rtl: readonly SourceFile[]): readonly SynthesisedMemory[] {
  const folder = mkdtempSync(join(tmpdir(), "mora-yosys-"));
  try {
    for (const { name, text } of rtl) writeFileSync(join(folder, name), text);
    const script = [
      `read_verilog -sv -defer ${rtl.map(({ name }) => name).join(" ")}`,
      `hierarchy -check -top ${TOP_MODULE}`,
      // Before processes become flip-flops nothing has been mapped, merged or optimised away.
      "flatten",
      "dump -o memories.txt m:*",
    ];
    const { error, status, stderr } = spawnSync("yosys", ["-q", "-p", script.join("; ")], {
      cwd: folder,
      encoding: "utf8",
    });
    if (error !== undefined) throw new MissingToolError("yosys", "yosys");
    if (status !== 0)
      throw new Error(`yosys failed with exit code ${status} on the RTL of this core:\n${stderr.trim()}`);
    return parseMemories(readFileSync(join(folder, "memories.txt"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Memories in RTLIL: `memory width 32 size 29 \path`. */
export function parseMemories(rtlil: string): readonly SynthesisedMemory[] {
  return [...rtlil.matchAll(/^\s*memory width (\d+) size (\d+) \\(\S+)$/gm)].map(([, bits, words, path]) => ({
    path: path!,
    words: Number(words),
    bits: Number(bits),
  }));
}

/** Empty: every bank is as the manifest says, and nothing else is a memory. */
export function compareFootprint(
  manifest: Manifest,
  found: readonly SynthesisedMemory[],
): readonly FootprintDifference[] {
  const shape = (words: number, bits: number): string => `${words} x ${bits}`;
  const wanted = new Map<string, string>(
    addressMap(manifest).memories.flatMap(({ id, paths }): (readonly [path: string, shape: string])[] => {
      const { words, macroBits } = memoryOf(manifest, id);
      return paths.map((path) => [`${path.join(".")}.mem`, shape(words, macroBits)]);
    }),
  );
  const seen = new Map(found.map(({ path, words, bits }) => [path, shape(words, bits)]));
  return [...new Set([...wanted.keys(), ...seen.keys()])].flatMap((path) => {
    const [inManifest, inYosys] = [wanted.get(path) ?? "none", seen.get(path) ?? "none"];
    return inManifest === inYosys ? [] : [{ path, manifest: inManifest, yosys: inYosys }];
  });
}
