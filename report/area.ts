/** What a core takes on an FPGA, as tables. */

import { TARGETS } from "../hardware/targets.ts";
import type { Area, AreaCounts, ModuleArea } from "../synthesis/area.ts";
import type { AreaEstimate } from "../synthesis/estimate.ts";
import type { Quantity } from "../synthesis/model.ts";
import { type PartFit, partsLeftOut } from "../synthesis/parts.ts";
import type { Placement } from "../synthesis/place.ts";
import type { AreaTarget } from "../synthesis/script.ts";
import { fixed, percent, whole } from "./numbers.ts";
import type { Table } from "./table.ts";

/** Instances below this depth are counted with the one above them. */
const DEPTH = 2;

const TITLES: Readonly<Record<AreaTarget, string>> = {
  ice40: TARGETS.ice40.title,
  ecp5: TARGETS.ecp5.title,
  generic: "generic LUTs of four inputs",
};

type Counts = readonly (readonly [title: string, key: keyof AreaCounts])[];

const COLUMNS: Readonly<Record<AreaTarget, Counts>> = {
  ice40: [
    ["LUTs", "luts"],
    ["flip-flops", "flipFlops"],
    ["carries", "carries"],
    ["block RAMs", "blockRams"],
    ["multipliers", "multipliers"],
  ],
  ecp5: [
    ["LUTs", "luts"],
    ["flip-flops", "flipFlops"],
    ["carries", "carries"],
    ["LUT RAMs", "lutRams"],
    ["block RAMs", "blockRams"],
    ["multipliers", "multipliers"],
  ],
  generic: [
    ["LUTs", "luts"],
    ["flip-flops", "flipFlops"],
    ["multipliers", "multipliers"],
  ],
};

/** Modules, with everything below `DEPTH` in the row of the instance above it. @param counters what they cost; null: not known */
export function areaTable(area: Area, target: AreaTarget, tool: string, counters: AreaCounts | null): Table {
  const columns = COLUMNS[target];
  const cells = (counts: AreaCounts): readonly string[] => columns.map(([, key]) => whole(counts[key]));
  return {
    title: `Area by module: ${TITLES[target]}, without counters`,
    columns: [{ title: "module", align: "left" }, ...columns.map(([title]) => ({ title }))],
    rows: [
      ...folded(area.modules).map((row) => [row.module, ...cells(row)]),
      ["total", ...cells(area.total)],
      ...(counters === null ? [] : [["counters, left out of the total", ...cells(counters)]]),
    ],
    notes: [
      ...(target === "generic"
        ? [
            `Multipliers: ${area.factors.length === 0 ? "none" : area.factors.join(", ")} bits; ${whole(area.memoryBits)} bits of memory. Neither is mapped; adders have no carry chains.`,
          ]
        : [`Logic cells that hold this: ${whole(area.logicCells)}.`]),
      "Flattened: what one module does not use of another is gone. A LUT counts where the net that it drives is declared.",
      `Synthesised with ${tool}.`,
    ],
  };
}

function folded(modules: readonly ModuleArea[]): readonly ModuleArea[] {
  const rows = new Map<string, ModuleArea>();
  for (const one of modules) {
    const module = one.module
      .split("/")
      .slice(0, DEPTH)
      .join("/")
      .replace(/\/ram$/, "");
    const { luts, flipFlops, carries, blockRams, lutRams, multipliers } = rows.get(module) ?? NOTHING;
    rows.set(module, {
      module,
      luts: luts + one.luts,
      flipFlops: flipFlops + one.flipFlops,
      carries: carries + one.carries,
      blockRams: blockRams + one.blockRams,
      lutRams: lutRams + one.lutRams,
      multipliers: multipliers + one.multipliers,
    });
  }
  return [...rows.values()].sort((a, b) => b.luts - a.luts || b.flipFlops - a.flipFlops);
}

const NOTHING: AreaCounts = { luts: 0, flipFlops: 0, carries: 0, blockRams: 0, lutRams: 0, multipliers: 0 };

export function memoryAreaTable({ memories }: Area): Table {
  return {
    title: "Memories",
    columns: [
      { title: "structure", align: "left" },
      { title: "words x width" },
      { title: "became", align: "left" },
      { title: "block RAMs" },
      { title: "mora size says" },
    ],
    rows: memories.map(({ memory, words, macroBits, banks, mappedTo, blockRams, expectedBlockRams }) => [
      memory,
      `${banks === 1 ? "" : `${banks} banks x `}${whole(words)} x ${macroBits}`,
      mappedTo,
      whole(blockRams),
      expectedBlockRams === null ? "-" : whole(expectedBlockRams),
    ]),
  };
}

export function partTable(fits: readonly PartFit[], target: AreaTarget): Table {
  const others = target === "generic" ? [] : partsLeftOut(fits, target);
  return {
    title: `Parts: ${TITLES[target]}`,
    columns: [
      { title: "part", align: "left" },
      { title: "logic cells" },
      { title: "block RAMs" },
      { title: "multipliers" },
      { title: "fits", align: "left" },
    ],
    rows: fits.map(({ part, fits: yes, logicCells, blockRams, multipliers, short }) => [
      part,
      whole(logicCells),
      whole(blockRams),
      whole(multipliers),
      yes ? "yes" : `no: ${short.join(", ")}`,
    ]),
    ...(others.length > 0 && {
      notes: [
        `Made with multipliers, which ${others.join(", ")} ${others.length === 1 ? "has" : "have"} none of: --part ${others.at(-1)} makes the core without.`,
      ],
    }),
  };
}

export function clockTable({ part, clockMHz, logicCells, blockRams, multipliers, path, tools }: Placement): Table {
  return {
    title: `Clock: iCE40 ${part}, placed and routed`,
    columns: [{ title: "quantity", align: "left" }, { title: "value" }],
    rows: [
      ["clock, MHz", fixed(clockMHz, 1)],
      ["longest path, ns", fixed(path.nanoseconds, 1)],
      ["logic cells", whole(logicCells)],
      ["block RAMs", whole(blockRams)],
      ["multipliers", whole(multipliers)],
    ],
    notes: [
      `Longest path through: ${path.modules.join(", ")}.`,
      "Static timing at the slowest corner, one seed; the core stands between shift registers (hardware/fpga/mora_pins.sv), whose cells are counted.",
      `Tools: ${tools.join("; ")}.`,
    ],
  };
}

const QUANTITIES: readonly (readonly [Quantity, string])[] = [
  ["luts", "LUTs"],
  ["flipFlops", "flip-flops"],
  ["logicCells", "logic cells"],
  ["blockRams", "block RAMs"],
  ["multipliers", "multipliers"],
];

/** @param learns the core has a learning engine */
export function estimateTable(estimate: AreaEstimate, learns: boolean, target: AreaTarget, tool: string): Table {
  const { points } = estimate.luts.error;
  const cores = learns ? "cores of 1 to 4 lanes that learn" : "cores of 1 to 8 lanes without learning engine";
  return {
    title: `Estimate, not synthesised: ${TITLES[target]}, without counters`,
    columns: [
      { title: "quantity", align: "left" },
      { title: "estimate" },
      { title: "mean error" },
      { title: "largest error" },
    ],
    rows: QUANTITIES.map(([key, title]) => {
      const { value, error } = estimate[key];
      return [title, whole(value), percent(error.mean), percent(error.largest)];
    }),
    notes: [
      `Errors: leave-one-out over ${whole(points)} synthesised design points (docs/area.md), ${cores}.`,
      `Fitted to ${tool}.`,
    ],
  };
}
