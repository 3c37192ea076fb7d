/** A netlist as yosys writes it (write_json), and what its cells are on each target. */

import type { AreaTarget } from "./script.ts";

/** A bit of a port: the number of a net, or a constant ("0", "1", "x"). */
export type Bit = number | string;

export interface Cell {
  readonly type: string;
  /** Numbers as strings of binary digits, or as numbers. */
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly connections: Readonly<Record<string, readonly Bit[]>>;
}

export interface Netlist {
  /** Cells of the flattened top module, by hierarchical name: "u_update.gen_lane[0].u_neuron.sum_SB_LUT4_O". */
  readonly cells: Readonly<Record<string, Cell>>;
  /** Bits of its ports together. */
  readonly pins: number;
}

/** What a cell is to whoever counts; "other": constants, buffers. */
export type CellKind = "lut" | "flipFlop" | "carry" | "mux" | "blockRam" | "lutRam" | "multiplier" | "memory" | "other";

const KINDS: Readonly<Record<AreaTarget, readonly (readonly [RegExp, CellKind])[]>> = {
  ice40: [
    [/^SB_LUT4$/, "lut"],
    [/^SB_DFF/, "flipFlop"],
    [/^SB_CARRY$/, "carry"],
    [/^SB_(RAM40|SPRAM)/, "blockRam"],
    [/^SB_MAC16$/, "multiplier"],
  ],
  ecp5: [
    [/^LUT4$/, "lut"],
    [/^TRELLIS_FF$/, "flipFlop"],
    [/^CCU2C$/, "carry"],
    [/^(PFUMX|L6MUX21)$/, "mux"],
    [/^(DP16KD|PDPW16KD)$/, "blockRam"],
    [/^TRELLIS_DPR16X4$/, "lutRam"],
    [/^MULT\d+X\d+D$/, "multiplier"],
  ],
  generic: [
    [/^\$lut$/, "lut"],
    [/^\$_(A?L?S?DFF|DLATCH)/, "flipFlop"],
    [/^\$mem(_v2)?$/, "memory"],
    [/^MORA_MULTIPLIER$/, "multiplier"],
  ],
};

export function cellKind(type: string, target: AreaTarget): CellKind {
  return KINDS[target].find(([pattern]) => pattern.test(type))?.[1] ?? "other";
}

/**
 * Reads the JSON of write_json.
 *
 * @throws Error when it is none, or has no module of that name
 */
export function parseNetlist(text: string, top: string): Netlist {
  const { modules } = JSON.parse(text) as {
    readonly modules?: Readonly<Record<string, Netlist & { readonly ports: Record<string, { bits: Bit[] }> }>>;
  };
  const module = modules?.[top];
  if (module === undefined) throw new Error(`netlist of yosys: has no module "${top}"; its version may be too old`);
  return { cells: module.cells, pins: Object.values(module.ports).reduce((sum, { bits }) => sum + bits.length, 0) };
}

/**
 * Instances that a cell's name passes through, generate blocks left out: "update/neuron" for every lane's neuron; "" for the
 * top itself. Synthesis names a LUT after a net that it drives, or that a neighbour drives where that one has no name of its
 * own: what abc has merged across modules is counted with one of them.
 */
export function instanceOf(cell: string): string {
  const tokens = cell.split(".");
  return tokens
    .slice(0, -1)
    .filter((token) => token.startsWith("u_"))
    .map((token) => token.slice(2))
    .join("/");
}
