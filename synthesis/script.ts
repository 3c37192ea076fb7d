/** What yosys is told, by target. */

/** FPGA families, or "generic": LUTs of four inputs without carry chains, memories and multipliers left as they are. */
export type AreaTarget = "generic" | "ice40" | "ecp5";

export const AREA_TARGETS: readonly AreaTarget[] = ["ice40", "ecp5", "generic"];

/** File of the netlist in the folder of a run. */
export const NETLIST_FILE = "netlist.json";

/** Read by techmap: multipliers of the generic target become cells that nothing maps further. */
export const MULTIPLIER_MAP = {
  name: "multiplier.v",
  text: `(* techmap_celltype = "$mul" *)
module mora_map_multiplier (A, B, Y);
  parameter A_SIGNED = 0;
  parameter B_SIGNED = 0;
  parameter A_WIDTH = 1;
  parameter B_WIDTH = 1;
  parameter Y_WIDTH = 1;
  input [A_WIDTH-1:0] A;
  input [B_WIDTH-1:0] B;
  output [Y_WIDTH-1:0] Y;
  MORA_MULTIPLIER #(
      .A_SIGNED(A_SIGNED), .B_SIGNED(B_SIGNED), .A_WIDTH(A_WIDTH), .B_WIDTH(B_WIDTH), .Y_WIDTH(Y_WIDTH)
  ) _TECHMAP_REPLACE_ (.A(A), .B(B), .Y(Y));
endmodule
`,
};

export interface ScriptOptions {
  readonly target: AreaTarget;
  /** Multipliers of the family's DSP blocks; the iCE40 has them in the UltraPlus only. Without effect on the others. */
  readonly multipliers: boolean;
}

/** Flattened: what one module does not use of another is gone, as it will be on the chip. */
export function yosysScript(files: readonly string[], top: string, { target, multipliers }: ScriptOptions): string {
  return [...reading(files, top), ...mapping(top, target, multipliers), `write_json ${NETLIST_FILE}`].join("; ");
}

function reading(files: readonly string[], top: string): readonly string[] {
  return [`read_verilog -sv -defer ${files.join(" ")}`, `hierarchy -check -top ${top}`];
}

function mapping(top: string, target: AreaTarget, multipliers: boolean): readonly string[] {
  switch (target) {
    case "ice40":
      return [`synth_ice40 -top ${top}${multipliers ? " -dsp" : ""}`];
    case "ecp5":
      return [`synth_ecp5 -top ${top}`];
    case "generic":
      return [...cleaned("proc", "flatten"), `techmap -map ${MULTIPLIER_MAP.name}`, ...toCells("-lut 4"), "autoname"];
  }
}

function cleaned(...first: readonly string[]): readonly string[] {
  return [...first, "opt_expr", "opt_clean", "wreduce", "peepopt", "opt_clean"];
}

/** To the cells that abc is told of, and flip-flops, up to where memories would become flip-flops too. */
function toCells(cells: string): readonly string[] {
  return [
    "synth -run coarse:fine",
    ...["opt -fast -full", "opt -undriven -fine", "techmap", "opt -fast", `abc -fast ${cells}`, "opt_clean"],
  ];
}

/**
 * How far synthesis goes in a netlist that is simulated: "read" is what yosys has understood, before anything is optimised; "gates"
 * goes the way of the generic target, to gates in place of LUTs, which are smaller to simulate.
 */
export type NetlistStage = "read" | "gates";

/**
 * Module by module, so that every register and memory keeps its place and name.
 *
 * @param watched names of signals that keep their width too, whatever is found constant of them
 * @param output file of Verilog
 */
export function netlistScript(
  files: readonly string[],
  top: string,
  stage: NetlistStage,
  watched: readonly string[],
  output: string,
): string {
  const kept = watched.flatMap((name) => [`w:${name}`, `w:*.${name}`]).join(" ");
  const gates = [`setattr -set keep 1 ${kept}`, ...cleaned(), ...toCells("-g simple")];
  return [...reading(files, top), "proc", ...(stage === "gates" ? gates : []), `write_verilog -noattr ${output}`].join(
    "; ",
  );
}
