import { describe, expect, test } from "vitest";
import { iceCells } from "../../synthesis/logic-cells.ts";
import { type Cell, cellKind, instanceOf, parseNetlist } from "../../synthesis/netlist.ts";

const cell = (type: string, connections: Record<string, (number | string)[]>): Cell => ({
  type,
  parameters: {},
  connections,
});

describe("a netlist", () => {
  test("has the top's cells, and the bits of its ports", () => {
    const ports = { clk_i: { direction: "input", bits: [2] }, out_o: { direction: "output", bits: [3, 4] } };
    const cells = { a: cell("SB_LUT4", { O: [3] }) };
    const text = JSON.stringify({ creator: "Yosys", modules: { SB_LUT4: {}, mora_core: { ports, cells } } });
    expect(parseNetlist(text, "mora_core")).toEqual({ cells, pins: 3 });
  });

  test("without the top is refused", () => {
    expect(() => parseNetlist('{"modules":{}}', "mora_core")).toThrow(/has no module "mora_core"/);
  });

  test.each([
    ["u_update.gen_lane[3].u_neuron.sum_SB_LUT4_O_1", "update/neuron"],
    ["gen_ring[0].u_ring.gen_single_port.u_ram.mem.0.0", "ring/ram"],
    ["phase_q_SB_DFFR_Q", ""],
    ["$abc$123$lut$n4", ""],
  ])("cell %s stands in %j", (name, instance) => expect(instanceOf(name)).toBe(instance));

  test.each([
    ["ice40", "SB_LUT4", "lut"],
    ["ice40", "SB_DFFESR", "flipFlop"],
    ["ice40", "SB_RAM40_4K", "blockRam"],
    ["ice40", "SB_MAC16", "multiplier"],
    ["ecp5", "PDPW16KD", "blockRam"],
    ["ecp5", "TRELLIS_DPR16X4", "lutRam"],
    ["ecp5", "MULT18X18D", "multiplier"],
    ["generic", "$_DFFE_PN0P_", "flipFlop"],
    ["generic", "$mem_v2", "memory"],
    ["ecp5", "SB_LUT4", "other"],
  ] as const)("%s: %s is a %s", (target, type, kind) => expect(cellKind(type, target)).toBe(kind));
});

describe("iCE40 logic cells", () => {
  const lut = (output: number, add = ["0", "0"]): Cell =>
    cell("SB_LUT4", { I0: [9], I1: [add[0]!], I2: [add[1]!], I3: ["0"], O: [output] });
  const flipFlop = (input: number): Cell => cell("SB_DFF", { C: [1], D: [input], Q: [input + 100] });
  const carry = (a: string, b: string): Cell => cell("SB_CARRY", { I0: [a], I1: [b], CI: [7], CO: [8] });
  const count = (...cells: Cell[]): number =>
    iceCells({ cells: Object.fromEntries(cells.map((one, n) => [`c${n}`, one])), pins: 0 });

  test("a flip-flop shares the cell of the LUT that drives it alone", () => {
    expect(count(lut(20), flipFlop(20))).toBe(1);
    expect(count(flipFlop(20))).toBe(1);
    expect(count(lut(20), flipFlop(20), cell("SB_LUT4", { I0: [20], O: [21] }))).toBe(3);
  });

  test("a carry shares the cell of a LUT that adds the same bits, one carry a LUT", () => {
    expect(count(lut(20, ["a", "b"]), carry("a", "b"))).toBe(1);
    expect(count(lut(20, ["a", "b"]), carry("a", "b"), carry("a", "b"))).toBe(2);
    expect(count(lut(20, ["a", "b"]), carry("a", "c"))).toBe(2);
  });
});
