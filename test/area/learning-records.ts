/** Registers of the learning engine in synthesis: each bit of its records is a flip-flop, so that nothing of the engine is taken for constant. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LEARNING_POINTS } from "../../bench/area-learning-points.ts";
import { manifestOf } from "../../bench/area-points.ts";
import { learningTables } from "../../hardware/learning-fields.ts";
import { recordBits } from "../../hardware/record-table.ts";
import { shapeOf } from "../../hardware/shape.ts";
import { rtlSources } from "../../hardware/sources.ts";
import { cellKind, parseNetlist } from "../../synthesis/netlist.ts";
import { NETLIST_FILE } from "../../synthesis/script.ts";
import { runYosys } from "../../synthesis/synthesise.ts";
import { inFolder } from "../../synthesis/tool.ts";

const TOP = "mora_learning_records";

/** @returns flip-flops of the records alone, which have some more for what the host reads back */
export async function checkLearningRecords(): Promise<number> {
  const manifest = await manifestOf(LEARNING_POINTS[0]!);
  const tables = learningTables(manifest, shapeOf(manifest));
  const bits = tables.reduce((sum, table) => sum + table.count * recordBits(table), 0);
  const sources = rtlSources(manifest, undefined, { counters: false });
  const script = [
    `read_verilog -sv -defer ${sources.map(({ name }) => name).join(" ")}`,
    `hierarchy -check -top ${TOP}`,
    ...["proc", "flatten", "opt", "techmap", "opt", `write_json ${NETLIST_FILE}`],
  ].join("; ");
  const { cells } = await inFolder(sources, async (folder) => {
    await runYosys(script, folder);
    return parseNetlist(readFileSync(join(folder, NETLIST_FILE), "utf8"), TOP);
  });
  const flipFlops = Object.values(cells).filter(({ type }) => cellKind(type, "generic") === "flipFlop").length;
  assert.ok(flipFlops >= bits, `records of the learning engine: ${flipFlops} flip-flops for ${bits} bits`);
  return flipFlops;
}
