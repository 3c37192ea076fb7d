/** Logic cells that a netlist takes: what packs into one. */

import type { Bit, Cell, Netlist } from "./netlist.ts";

/**
 * iCE40: a cell is a LUT, a flip-flop behind it and a carry in front of it. A flip-flop shares the cell of the LUT that drives
 * it and nothing else; a carry that of a LUT that adds the same operands; one alone takes a cell. nextpnr's packer does the same
 * and finds some pairs more: on the preset "tiny" 4,607 cells where this counts 4,827, so that what fits here fits there.
 */
export function iceCells({ cells }: Netlist): number {
  const all = Object.values(cells);
  const loads = new Map<Bit, number>();
  for (const { type, connections } of all) {
    for (const [port, bits] of Object.entries(connections)) {
      if (isOutput(type, port)) continue;
      for (const bit of bits) loads.set(bit, (loads.get(bit) ?? 0) + 1);
    }
  }
  const ofType = (pattern: RegExp): readonly Cell[] => all.filter(({ type }) => pattern.test(type));
  const luts = ofType(/^SB_LUT4$/);
  const alone = new Set(luts.map((lut) => bitOf(lut, "O")).filter((bit) => loads.get(bit) === 1));
  // By what they add: a LUT has it on the inputs that it shares with the carry.
  const adders = new Map<string, number>();
  for (const lut of luts) {
    const operands = `${bitOf(lut, "I1")} ${bitOf(lut, "I2")}`;
    adders.set(operands, (adders.get(operands) ?? 0) + 1);
  }
  const flipFlops = ofType(/^SB_DFF/).filter((cell) => !alone.has(bitOf(cell, "D"))).length;
  let carries = 0;
  for (const carry of ofType(/^SB_CARRY$/)) {
    const operands = `${bitOf(carry, "I0")} ${bitOf(carry, "I1")}`;
    const left = adders.get(operands) ?? 0;
    if (left === 0) carries++;
    else adders.set(operands, left - 1);
  }
  return luts.length + flipFlops + carries;
}

function bitOf({ connections }: Cell, port: string): Bit {
  return connections[port]?.[0] ?? "x";
}

function isOutput(type: string, port: string): boolean {
  return port === "O" || port === "CO" || (port === "Q" && type.startsWith("SB_DFF"));
}

/** LUTs of an ECP5 slice: a carry cell takes two, a memory of 16 x 4 bits four and two for its write address. */
export function ecpCells(counts: {
  readonly luts: number;
  readonly carries: number;
  readonly lutRams: number;
}): number {
  return counts.luts + 2 * counts.carries + 6 * counts.lutRams;
}
