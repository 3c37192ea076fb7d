/** Memories of many shapes through yosys at once: do they take as many block RAMs as hardware/block-rams.ts says? */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blockRams } from "../../hardware/block-rams.ts";
import { indexBits } from "../../hardware/shape.ts";
import { TARGETS } from "../../hardware/targets.ts";
import { type FamilyTarget, inBlockRam } from "../../synthesis/block-memories.ts";
import { cellKind, instanceOf, parseNetlist } from "../../synthesis/netlist.ts";
import { NETLIST_FILE, yosysScript } from "../../synthesis/script.ts";
import { inFolder, runTool, YOSYS } from "../../synthesis/tool.ts";

/** Words x bits: on both sides of each block's shapes and of where flip-flops and LUT RAM end. */
const SHAPES: readonly (readonly [words: number, bits: number])[] = [
  ...([
    [2, 8],
    [4, 8],
    [16, 8],
    [32, 8],
    [16, 16],
    [32, 16],
    [4, 32],
    [8, 32],
    [10, 32],
    [16, 32],
  ] as const),
  ...([
    [20, 16],
    [33, 16],
    [5, 64],
    [19, 64],
    [64, 16],
    [100, 24],
    [132, 16],
    [132, 24],
    [256, 16],
  ] as const),
  ...([
    [256, 17],
    [320, 8],
    [320, 16],
    [300, 40],
    [512, 9],
    [700, 24],
    [1024, 4],
    [1024, 20],
    [1216, 48],
  ] as const),
  ...([
    [1546, 16],
    [2048, 9],
    [2048, 36],
    [6624, 16],
    [4096, 32],
    [512, 36],
    [130, 72],
    [3000, 5],
  ] as const),
];

const MACROS = ["mora_ram_1r1w", "mora_ram_1rw"] as const;

function port(direction: "input" | "output", bits: number, name: string): string {
  return `    ${direction} logic [${bits - 1}:0] ${name}`;
}

/** A top with one instance of each macro for every shape, every port a pin. */
function top(): string {
  const ports = ["    input logic clk_i"];
  const instances: string[] = [];
  for (const [n, [words, bits]] of SHAPES.entries()) {
    const address = indexBits(words);
    for (const macro of MACROS) {
      const id = `${macro}_${n}`;
      const two = macro === "mora_ram_1r1w";
      const inputs = two
        ? ([
            ["read_i", 1],
            ["read_address_i", address],
            ["write_i", 1],
            ["write_address_i", address],
          ] as const)
        : ([
            ["read_i", 1],
            ["write_i", 1],
            ["address_i", address],
          ] as const);
      const all = [...inputs, ["write_data_i", bits] as const];
      ports.push(...all.map(([name, width]) => port("input", width, `${id}_${name}`)));
      ports.push(port("output", bits, `${id}_read_data_o`));
      const joined = [...all.map(([name]) => name), "read_data_o"].map((name) => `.${name}(${id}_${name})`);
      const shape = `.Words(${words}), .AddressBits(${address}), .Bits(${bits})`;
      instances.push(`  ${macro} #(${shape}) u_${id} (.clk_i, ${joined.join(", ")});`);
    }
  }
  return `module top (\n${ports.join(",\n")}\n);\n${instances.join("\n")}\nendmodule\n`;
}

/** @returns how many memories took fewer blocks than said, since yosys mixes shapes */
export async function checkMemoryShapes(target: FamilyTarget): Promise<number> {
  const rtl = join(import.meta.dirname, "..", "..", "rtl");
  const files = [
    { name: "top.sv", text: top() },
    ...MACROS.map((macro) => ({ name: `${macro}.sv`, text: readFileSync(join(rtl, `${macro}.sv`), "utf8") })),
  ];
  const script = yosysScript(
    files.map(({ name }) => name),
    "top",
    { target, multipliers: false },
  );
  const netlist = await inFolder(files, async (folder) => {
    await runTool(YOSYS, ["-q", "-p", script], folder);
    return parseNetlist(readFileSync(join(folder, NETLIST_FILE), "utf8"), "top");
  });
  const found = new Map<string, number>();
  for (const [name, { type }] of Object.entries(netlist.cells)) {
    if (cellKind(type, target) !== "blockRam") continue;
    found.set(instanceOf(name), (found.get(instanceOf(name)) ?? 0) + 1);
  }
  let fewer = 0;
  for (const [n, [words, macroBits]] of SHAPES.entries()) {
    const said = blockRams({ words, macroBits, banks: 1 }, TARGETS[target]);
    for (const macro of MACROS) {
      const blocks = found.get(`${macro}_${n}`) ?? 0;
      const place = `${target}: ${macro} of ${words} x ${macroBits}, ${said} blocks said, ${blocks} made`;
      assert.equal(blocks > 0, inBlockRam({ words, macroBits }, target), place);
      assert.ok(blocks <= said, place);
      if (blocks > 0 && blocks < said) fewer++;
    }
  }
  return fewer;
}

/** Memories that checkMemoryShapes looks at. */
export const MEMORY_SHAPES: number = SHAPES.length * MACROS.length;
