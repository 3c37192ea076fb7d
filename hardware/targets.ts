/** FPGA families that a core can be made for: block RAMs, and what named parts hold. */

/** Depth and width that one block can be set to, words x bits. */
export type BlockShape = readonly [words: number, bits: number];

export interface Part {
  readonly name: string;
  readonly blocks: number;
  /** iCE40: LUT, carry and flip-flop; ECP5: LUT of four inputs. */
  readonly logicCells: number;
  /** 16 x 16 (iCE40 UltraPlus), 18 x 18 (ECP5). */
  readonly multipliers: number;
  /** Options of nextpnr-ice40 for the part in a common package. */
  readonly nextpnr?: readonly string[];
}

export interface Target {
  readonly name: TargetName;
  readonly title: string;
  readonly blockBits: number;
  /** As a memory with one read and one write port, which serves 1RW too. */
  readonly shapes: readonly BlockShape[];
  /** Smallest first. */
  readonly parts: readonly Part[];
}

export type TargetName = "ice40" | "ecp5";

/**
 * Sources: Lattice, "iCE40 LP/HX Family" and "iCE40 UltraPlus Family" data sheets (SB_RAM40_4K), "ECP5 and ECP5-5G Family" data
 * sheet and "ECP5 Memory Usage Guide" (DP16KD, and PDPW16KD for 512 x 36).
 */
export const TARGETS: Readonly<Record<TargetName, Target>> = {
  ice40: {
    name: "ice40",
    title: "iCE40",
    blockBits: 4096,
    shapes: [
      [256, 16],
      [512, 8],
      [1024, 4],
      [2048, 2],
    ],
    parts: [
      { name: "HX1K", blocks: 16, logicCells: 1280, multipliers: 0, nextpnr: ["--hx1k", "--package", "tq144"] },
      { name: "HX4K", blocks: 20, logicCells: 3520, multipliers: 0, nextpnr: ["--hx8k", "--package", "tq144:4k"] },
      { name: "UP5K", blocks: 30, logicCells: 5280, multipliers: 8, nextpnr: ["--up5k", "--package", "sg48"] },
      { name: "HX8K", blocks: 32, logicCells: 7680, multipliers: 0, nextpnr: ["--hx8k", "--package", "ct256"] },
    ],
  },
  ecp5: {
    name: "ecp5",
    title: "ECP5",
    blockBits: 18_432,
    shapes: [
      [512, 36],
      [1024, 18],
      [2048, 9],
      [4096, 4],
      [8192, 2],
      [16_384, 1],
    ],
    parts: [
      { name: "25F", blocks: 56, logicCells: 24_288, multipliers: 28 },
      { name: "45F", blocks: 108, logicCells: 43_848, multipliers: 72 },
      { name: "85F", blocks: 208, logicCells: 83_640, multipliers: 156 },
    ],
  },
};
