/** What synthesis makes of a core, as Verilog that the test bench runs in place of the RTL. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type SourceFile, TOP_MODULE } from "../hardware/sources.ts";
import { type NetlistStage, netlistScript } from "./script.ts";
import { runYosys } from "./synthesise.ts";
import { inFolder } from "./tool.ts";

/**
 * The netlist of a core, module by module, memories as arrays. For buildSimulation, and for cosimulate with `netlist`.
 *
 * @param rtl in the order in which tools read it
 * @throws MissingToolError, SimulationError with the end of yosys' output
 */
export async function netlistSources(rtl: readonly SourceFile[], stage: NetlistStage): Promise<readonly SourceFile[]> {
  const name = `${TOP_MODULE}.v`;
  const watched = publicNames(rtl);
  const files = rtl.map((source) => source.name);
  const script = netlistScript(files, TOP_MODULE, stage, [...watched], name);
  return inFolder(rtl, async (folder) => {
    await runYosys(script, folder);
    return [{ name, text: marked(readFileSync(join(folder, name), "utf8"), watched) }];
  });
}

/** How the RTL tells Verilator what the bench looks at. yosys keeps no comments. */
const MARK = "/* verilator public_flat_rd */";
const MARKED = /^ *logic .*?(\w+)(?:\[\w+\])? *\/\* verilator public_flat_rd \*\/;$/gm;

function publicNames(rtl: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(rtl.flatMap(({ text }) => [...text.matchAll(MARKED)].map(([, name]) => name!)));
}

/** A declaration: `reg [7:0] name;`, `reg [7:0] mem [0:15];`, `reg [7:0] \\gen_block.name ;`. */
const DECLARATION = /^( *(?:reg|wire) (?:\[[^\]]*\] )?(?:\\(?:\S*\.)?)?(\w+) ?(?: \[[^\]]*\])?);$/gm;

/** Marks every declaration of these names, whatever its module: one too many does no harm. */
function marked(netlist: string, names: ReadonlySet<string>): string {
  return netlist.replace(DECLARATION, (all, declaration: string, name: string) =>
    names.has(name) ? `${declaration} ${MARK};` : all,
  );
}
