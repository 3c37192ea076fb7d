import { expect, test } from "vitest";
import { compileIr } from "../../compiler/compile.ts";
import { resolve } from "../../compiler/resolve.ts";
import { completeCore } from "../../description/complete-core.ts";
import { addressMap } from "../../hardware/address-map.ts";
import { partTable } from "../../report/area.ts";
import { areaOf } from "../../synthesis/area.ts";
import type { Cell } from "../../synthesis/netlist.ts";
import { findPart, partFits } from "../../synthesis/parts.ts";
import { parsePlacement } from "../../synthesis/place.ts";
import { yosysScript } from "../../synthesis/script.ts";
import { NETWORK } from "../cli/run-main.ts";

const ir = await resolve(NETWORK, { baseDirectory: "." });
const { manifest } = compileIr(ir, completeCore({ preset: "tiny" })).image;

const synapses = addressMap(manifest)
  .memories.find(({ id }) => id === "synapses")!
  .paths[0]!.join(".");

const cell = (type: string, parameters: Cell["parameters"] = {}): Cell => ({ type, parameters, connections: {} });

test("cells are counted in all, by module and by memory; lanes together", () => {
  const cells = {
    "u_update.gen_lane[0].u_neuron.v_SB_LUT4_O": cell("SB_LUT4"),
    "u_update.gen_lane[1].u_neuron.v_SB_LUT4_O": cell("SB_LUT4"),
    "u_update.next_q_SB_DFFR_Q": cell("SB_DFFR"),
    busy_o_SB_LUT4_O: cell("SB_LUT4"),
    [`${synapses}.mem.0.0`]: cell("SB_RAM40_4K"),
    [`${synapses}.mem.0.1`]: cell("SB_RAM40_4K"),
    ground: cell("GND"),
  };
  const area = areaOf({ cells, pins: 5 }, manifest, "ice40");
  expect(area.total).toEqual({ luts: 3, flipFlops: 1, carries: 0, blockRams: 2, lutRams: 0, multipliers: 0 });
  expect(area.modules.map(({ module, luts, flipFlops, blockRams }) => [module, luts, flipFlops, blockRams])).toEqual([
    ["update/neuron", 2, 0, 0],
    ["core", 1, 0, 0],
    ["update", 0, 1, 0],
    ["memories/synapses/ram", 0, 0, 2],
  ]);
  expect(area.memories.find(({ memory }) => memory === "synapses")).toMatchObject({
    mappedTo: "block RAM",
    blockRams: 2,
  });
  expect(area.memories.find(({ memory }) => memory === "ring")).toMatchObject({ mappedTo: "flip-flops", blockRams: 0 });
});

test("products of the generic target are told by their factors", () => {
  const widths = { A_WIDTH: "00000000000000000000000000010000", B_WIDTH: 14 };
  const area = areaOf({ cells: { m: cell("MORA_MULTIPLIER", widths) }, pins: 0 }, manifest, "generic");
  expect(area.factors).toEqual(["16 x 14"]);
  expect(
    area.memories.every(({ mappedTo, expectedBlockRams }) => mappedTo === "macro" && expectedBlockRams === null),
  ).toBe(true);
});

test("parts: what is short is said with what there is", () => {
  const fits = partFits({ logicCells: 4000, blockRams: 5, multipliers: 0 }, "ice40", String);
  expect(fits.map(({ part, fits: yes }) => [part, yes])).toEqual([
    ["HX1K", false],
    ["HX4K", false],
    ["UP5K", true],
    ["HX8K", true],
  ]);
  expect(fits[0]!.short).toEqual(["logic cells: 4000 of 1280"]);
  expect(findPart("up5k", "ice40")?.multipliers).toBe(8);
  expect(findPart("25F", "ice40")).toBeNull();
});

test("parts: a netlist with multipliers is judged for parts that have some, and the others are named", () => {
  const fits = partFits({ logicCells: 1000, blockRams: 5, multipliers: 1 }, "ice40", String);
  expect(fits.map(({ part, fits: yes }) => [part, yes])).toEqual([["UP5K", true]]);
  expect(partTable(fits, "ice40").notes).toEqual([
    "Made with multipliers, which HX1K, HX4K, HX8K have none of: --part HX8K makes the core without.",
  ]);
  const without = partFits({ logicCells: 1000, blockRams: 5, multipliers: 0 }, "ice40", String);
  expect([without.length, partTable(without, "ice40").notes]).toEqual([4, undefined]);
});

test("a script maps multipliers of an iCE40 only when asked to", () => {
  const script = (multipliers: boolean): string => yosysScript(["a.sv"], "top", { target: "ice40", multipliers });
  expect(script(false)).toMatch(/synth_ice40 -top top; /);
  expect(script(true)).toMatch(/synth_ice40 -top top -dsp; /);
});

test("a placement's clock is the slowest, its longest path one between registers", () => {
  const step = (cell: string, delay: number) => ({ delay, from: { cell, port: "O" } });
  const report = {
    fmax: { clk: { achieved: 34.3, constraint: 60 } },
    utilization: { ICESTORM_LC: { used: 4753, available: 7680 }, ICESTORM_RAM: { used: 5, available: 32 } },
    critical_paths: [
      { from: "<async>", to: "posedge clk", path: [step("u_core.u_host.x_LC", 99)] },
      {
        from: "posedge clk",
        to: "posedge clk",
        path: [
          step("u_core.u_source.a_LC", 1.5),
          step("u_core.u_source.b_LC", 2),
          step("u_core.u_controller.u_ticks.c_LC", 3),
        ],
      },
    ],
  };
  expect(parsePlacement(JSON.stringify(report))).toEqual({
    clockMHz: 34.3,
    logicCells: 4753,
    blockRams: 5,
    multipliers: 0,
    path: { modules: ["source", "controller/ticks"], nanoseconds: 6.5 },
  });
  expect(() => parsePlacement('{"fmax":{},"utilization":{},"critical_paths":[]}')).toThrow(/has no clock/);
});
