/** FPGA families that a core can be made for: block RAMs and what named parts hold. */

/** Depth and width that one block can be set to, words x bits. */
export type BlockShape = readonly [words: number, bits: number];

export interface Part {
  readonly name: string;
  readonly blocks: number;
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
      { name: "HX1K", blocks: 16 },
      { name: "HX4K", blocks: 20 },
      { name: "UP5K", blocks: 30 },
      { name: "HX8K", blocks: 32 },
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
      { name: "25F", blocks: 56 },
      { name: "45F", blocks: 108 },
      { name: "85F", blocks: 208 },
    ],
  },
};
