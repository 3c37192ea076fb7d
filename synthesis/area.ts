/** What a synthesised core takes: LUTs, flip-flops, block RAMs and multipliers, by module and by memory. */

import { addressMap } from "../hardware/address-map.ts";
import { blockRams } from "../hardware/block-rams.ts";
import { TARGETS } from "../hardware/targets.ts";
import { type Manifest, type MemoryId, memoryOf } from "../image/manifest.ts";
import { ecpCells, iceCells } from "./logic-cells.ts";
import { type Cell, cellKind, instanceOf, type Netlist } from "./netlist.ts";
import type { AreaTarget } from "./script.ts";

export interface AreaCounts {
  /** Of four inputs. */
  readonly luts: number;
  readonly flipFlops: number;
  /** iCE40: one a bit; ECP5: one for two bits. */
  readonly carries: number;
  readonly blockRams: number;
  /** Memories of 16 x 4 bits made of LUTs (ECP5). */
  readonly lutRams: number;
  readonly multipliers: number;
}

export interface ModuleArea extends AreaCounts {
  /** Instances from mora_core down, lanes together: "update/neuron"; "core" for what is in the top itself. */
  readonly module: string;
}

/** A memory of the manifest as it came out. */
export interface MemoryArea {
  readonly memory: MemoryId;
  /** Of one bank. */
  readonly words: number;
  readonly macroBits: number;
  readonly banks: number;
  readonly mappedTo: "block RAM" | "LUT RAM" | "flip-flops" | "macro";
  readonly blockRams: number;
  /** By the shapes of a block (hardware/block-rams.ts), as `mora size` says; null: the target has no blocks. */
  readonly expectedBlockRams: number | null;
}

export interface Area {
  readonly total: AreaCounts;
  /** Cells of the family that hold all this (logic-cells.ts); generic: the LUTs. */
  readonly logicCells: number;
  /** Of the memories' macros. */
  readonly memoryBits: number;
  /** Widths of the factors of each multiplier, "16 x 14"; generic only. */
  readonly factors: readonly string[];
  readonly pins: number;
  readonly modules: readonly ModuleArea[];
  readonly memories: readonly MemoryArea[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NONE: AreaCounts = { luts: 0, flipFlops: 0, carries: 0, blockRams: 0, lutRams: 0, multipliers: 0 };

const FIELD = {
  lut: "luts",
  flipFlop: "flipFlops",
  carry: "carries",
  blockRam: "blockRams",
  lutRam: "lutRams",
  multiplier: "multipliers",
} as const;

/** Counts a netlist. */
export function areaOf(netlist: Netlist, manifest: Manifest, target: AreaTarget): Area {
  const total: Mutable<AreaCounts> = { ...NONE };
  const modules = new Map<string, Mutable<ModuleArea>>();
  for (const [name, { type }] of Object.entries(netlist.cells)) {
    const kind = cellKind(type, target);
    if (kind === "other" || kind === "mux" || kind === "memory") continue;
    const module = instanceOf(name) || "core";
    const counts = modules.get(module) ?? { module, ...NONE };
    modules.set(module, counts);
    counts[FIELD[kind]]++;
    total[FIELD[kind]]++;
  }
  const memories = memoryAreas(netlist, manifest, target);
  return {
    total,
    logicCells: target === "ice40" ? iceCells(netlist) : target === "ecp5" ? ecpCells(total) : total.luts,
    memoryBits: memories.reduce((sum, { words, macroBits, banks }) => sum + words * macroBits * banks, 0),
    factors: Object.values(netlist.cells)
      .filter(({ type }) => type === "MORA_MULTIPLIER")
      .map((cell) => `${widthOf(cell, "A_WIDTH")} x ${widthOf(cell, "B_WIDTH")}`),
    pins: netlist.pins,
    modules: [...modules.values()].sort((a, b) => b.luts - a.luts || b.flipFlops - a.flipFlops),
    memories,
  };
}

function widthOf({ parameters }: Cell, name: string): number {
  const value = parameters[name] ?? 0;
  return typeof value === "number" ? value : Number.parseInt(value, 2);
}

function memoryAreas({ cells }: Netlist, manifest: Manifest, target: AreaTarget): readonly MemoryArea[] {
  const found = Object.entries(cells).map(([name, { type }]) => ({ name, kind: cellKind(type, target) }));
  return addressMap(manifest).memories.flatMap(({ id, paths }): MemoryArea[] => {
    if (paths.length === 0) return [];
    const { words, macroBits, banks } = memoryOf(manifest, id);
    const places = paths.map((path) => `${path.join(".")}.`);
    const of = (wanted: string): number =>
      found.filter(({ name, kind }) => kind === wanted && places.some((place) => name.startsWith(place))).length;
    const blocks = of("blockRam");
    const mappedTo =
      target === "generic" ? "macro" : blocks > 0 ? "block RAM" : of("lutRam") > 0 ? "LUT RAM" : "flip-flops";
    const expectedBlockRams = target === "generic" ? null : blockRams({ words, macroBits, banks }, TARGETS[target]);
    return [{ memory: id, words, macroBits, banks, mappedTo, blockRams: blocks, expectedBlockRams }];
  });
}
