/** The clock that a core reaches on an iCE40: yosys, then nextpnr-ice40, kept by content. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PIN_WRAPPER, pinWrapper, rtlSources } from "../hardware/sources.ts";
import type { Part } from "../hardware/targets.ts";
import type { Manifest } from "../image/manifest.ts";
import { defaultCache, type Kept, kept } from "./cache.ts";
import { instanceOf } from "./netlist.ts";
import { NETLIST_FILE, yosysScript } from "./script.ts";
import { runYosys } from "./synthesise.ts";
import { inFolder, NEXTPNR_ICE40, runTool, toolVersion, YOSYS } from "./tool.ts";

/** What nextpnr is asked for, MHz: more than any core reaches, so that it goes on trying. */
const ASKED_MHZ = 60;
const SEED = 1;
const REPORT_FILE = "report.json";

export interface Placement {
  readonly part: string;
  readonly clockMHz: number;
  /** Used of the part's, wrapper included. */
  readonly logicCells: number;
  readonly blockRams: number;
  readonly multipliers: number;
  /** The longest path: modules that it passes through, and what it takes. */
  readonly path: { readonly modules: readonly string[]; readonly nanoseconds: number };
  readonly tools: readonly string[];
}

export interface PlaceOptions {
  readonly part: Part;
  readonly cache?: string;
}

/**
 * Places and routes a core without counters, between shift registers (hardware/fpga/mora_pins.sv).
 *
 * @param part with `nextpnr`
 * @throws MissingToolError, SimulationError with the end of a tool's output, as where the part is too small
 */
export async function place(
  manifest: Manifest,
  { part, cache = defaultCache() }: PlaceOptions,
): Promise<Kept<Placement>> {
  const tools = [toolVersion(YOSYS), toolVersion(NEXTPNR_ICE40)];
  const files = [...rtlSources(manifest, undefined, { counters: false }), pinWrapper()];
  const script = yosysScript(
    files.map(({ name }) => name),
    PIN_WRAPPER,
    { target: "ice40", multipliers: part.multipliers > 0 },
  );
  const options = [
    ...part.nextpnr!,
    ...["--json", NETLIST_FILE, "--pcf-allow-unconstrained", "--seed", `${SEED}`],
    ...["--freq", `${ASKED_MHZ}`, "--timing-allow-fail", "--report", REPORT_FILE, "--quiet"],
  ];
  return kept(cache, ["place", tools, script, options, files], async () =>
    inFolder(files, async (folder) => {
      await runYosys(script, folder);
      await runTool(NEXTPNR_ICE40, options, folder);
      return { part: part.name, tools, ...parsePlacement(readFileSync(join(folder, REPORT_FILE), "utf8")) };
    }),
  );
}

interface Report {
  readonly fmax: Readonly<Record<string, { readonly achieved: number }>>;
  readonly utilization: Readonly<Record<string, { readonly used: number }>>;
  readonly critical_paths: readonly {
    readonly from: string;
    readonly to: string;
    readonly path: readonly { readonly delay: number; readonly from: { readonly cell: string } }[];
  }[];
}

/** Reads nextpnr's report. @throws Error when it has no clock */
export function parsePlacement(text: string): Omit<Placement, "part" | "tools"> {
  const { fmax, utilization, critical_paths: paths } = JSON.parse(text) as Report;
  const clocks = Object.values(fmax);
  if (clocks.length === 0) throw new Error("report of nextpnr-ice40: has no clock; the netlist has no register");
  const used = (name: string): number => utilization[name]?.used ?? 0;
  const longest = paths.find(({ from, to }) => from.startsWith("posedge") && to.startsWith("posedge"));
  const cells = longest?.path.map(({ from }) => instanceOf(from.cell).replace(/^core\/?/, "")) ?? [];
  return {
    clockMHz: Math.min(...clocks.map(({ achieved }) => achieved)),
    logicCells: used("ICESTORM_LC"),
    blockRams: used("ICESTORM_RAM"),
    multipliers: used("ICESTORM_DSP"),
    path: {
      modules: cells.filter((name, n) => name !== "" && name !== cells[n - 1]),
      nanoseconds: longest?.path.reduce((sum, { delay }) => sum + delay, 0) ?? 0,
    },
  };
}
