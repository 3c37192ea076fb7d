/** The RTL of a core through yosys, kept by content. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rtlSources, TOP_MODULE } from "../hardware/sources.ts";
import type { Manifest } from "../image/manifest.ts";
import { type Area, areaOf } from "./area.ts";
import { defaultCache, type Kept, kept } from "./cache.ts";
import { parseNetlist } from "./netlist.ts";
import { MULTIPLIER_MAP, NETLIST_FILE, type ScriptOptions, yosysScript } from "./script.ts";
import { inFolder, runTool, toolVersion, YOSYS } from "./tool.ts";

/** Raised when areaOf counts in another way: what is kept are its results. */
const COUNTING = 1;

export interface SynthesisOptions extends ScriptOptions {
  /** With counters and cycles by phase and cause (docs/core.md, sections 5 and 6). */
  readonly counters: boolean;
  readonly cache?: string;
}

export interface Synthesis {
  readonly area: Area;
  /** "Yosys 0.23 (git sha1 7ce5011c24b)". */
  readonly tool: string;
}

/**
 * Synthesises a core and counts what it takes.
 *
 * @throws MissingToolError, SimulationError with the end of yosys' output
 */
export async function synthesise(manifest: Manifest, options: SynthesisOptions): Promise<Kept<Synthesis>> {
  const { target, multipliers, counters, cache = defaultCache() } = options;
  const tool = toolVersion(YOSYS);
  const sources = rtlSources(manifest, undefined, { counters });
  const script = yosysScript(
    sources.map(({ name }) => name),
    TOP_MODULE,
    { target, multipliers },
  );
  const files = [...sources, MULTIPLIER_MAP];
  return kept(cache, ["area", COUNTING, tool, script, files], async () =>
    inFolder(files, async (folder) => {
      await runYosys(script, folder);
      return {
        area: areaOf(parseNetlist(readFileSync(join(folder, NETLIST_FILE), "utf8"), TOP_MODULE), manifest, target),
        tool,
      };
    }),
  );
}

/**
 * Not with -q: a program that logs ends by itself, at its next line, when the process that reads it was killed and can stop nothing.
 *
 * @param script of yosysScript, whose netlist is then in the folder
 */
export async function runYosys(script: string, folder: string): Promise<void> {
  await runTool(YOSYS, ["-p", script], folder);
}
