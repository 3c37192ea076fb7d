/** mora area: what a core takes on an FPGA, and the clock that it reaches there. */

import type { Part } from "../../hardware/targets.ts";
import type { Manifest } from "../../image/manifest.ts";
import { areaTable, clockTable, estimateTable, memoryAreaTable, partTable } from "../../report/area.ts";
import { whole } from "../../report/numbers.ts";
import type { Table } from "../../report/table.ts";
import type { AreaCounts } from "../../synthesis/area.ts";
import { AREA_MODEL } from "../../synthesis/area-model.ts";
import type { Kept } from "../../synthesis/cache.ts";
import { beyondFit, estimateArea } from "../../synthesis/estimate.ts";
import { findPart, type PartFit, partFits } from "../../synthesis/parts.ts";
import { type Placement, place } from "../../synthesis/place.ts";
import type { AreaTarget } from "../../synthesis/script.ts";
import { type SynthesisOptions, synthesise } from "../../synthesis/synthesise.ts";
import type { AreaDocument } from "../area-document.ts";
import { type AreaArguments, areaOptions, CLOCK_PART, checkAreaArguments } from "../area-options.ts";
import type { Command } from "../command.ts";
import { InputError } from "../errors.ts";
import { EXIT_DOES_NOT_FIT, EXIT_OK } from "../exit-codes.ts";
import { loadProgram } from "../inputs.ts";
import type { Io } from "../io.ts";
import { printResult } from "../output.ts";
import { withOutputFiles } from "../write-file.ts";

export const areaCommand: Command = {
  usage: "area <program>",
  summary: "LUTs, flip-flops, block RAMs and multipliers of the hardware (yosys), and its clock (nextpnr)",
  positionals: { program: { type: "string", describe: "Image, or network description (compiled for --core)" } },
  options: areaOptions,
  examples: [
    ["mora area network.ts --core tiny", "on an iCE40, by module; which parts hold it"],
    ["mora area network.ts --core tiny --part UP5K --clock", "with that part's multipliers; the clock that it reaches"],
    ["mora area network.ts --target ecp5 --estimate", "without synthesis"],
  ],
  check: (args) => checkAreaArguments(args as unknown as AreaArguments),
  async run(args, io) {
    const given = args as unknown as AreaArguments;
    const { target } = given;
    const { manifest } = (await loadProgram(given.program, given.core, io)).image;
    const part = given.part === undefined || target === "generic" ? null : findPart(given.part, target);
    const { document, tables } = given.estimate
      ? estimatedArea(manifest, target, io)
      : // No files, but an interrupt's way out, on which temporary folders go.
        await withOutputFiles({}, () => synthesisedArea(manifest, given, part, io));
    const chosen = document.parts.find((one) => one.part === part?.name);
    const full: AreaDocument = {
      schema: "mora/area/1",
      program: given.program,
      core: manifest.core.name,
      target,
      part: part?.name ?? null,
      ...document,
    };
    printResult(io, given, {
      document: full,
      headline: [
        `${given.program} on the core "${manifest.core.name}".`,
        ...(chosen === undefined ? [] : [`It ${chosen.fits ? "fits" : "does not fit"} the ${chosen.part}.`]),
      ],
      tables,
    });
    if (chosen === undefined || chosen.fits) return EXIT_OK;
    io.stderr(`mora: ${given.program} does not fit the ${chosen.part}\n  ${chosen.short.join("\n  ")}\n`);
    return EXIT_DOES_NOT_FIT;
  },
};

/** What depends on how it was found out. */
interface Found {
  readonly document: Pick<AreaDocument, "synthesis" | "counters" | "estimate" | "parts" | "clock">;
  readonly tables: readonly Table[];
}

function estimatedArea(manifest: Manifest, target: AreaTarget, io: Io): Found {
  const family = target === "generic" ? "ice40" : target;
  const estimate = estimateArea(manifest, family);
  if (estimate === null) {
    throw new InputError(
      "--estimate",
      `none has been fitted for ${target}${manifest.learning === null ? "" : " to cores that learn"}`,
      "leave --estimate out, and the core is synthesised",
    );
  }
  const beyond = beyondFit(manifest);
  if (beyond.length > 0) {
    io.stderr(
      `mora: --estimate: the core goes beyond the design points of the fit: ${beyond.join(", ")}; errors may be larger than stated\n`,
    );
  }
  const demand = {
    logicCells: estimate.logicCells.value,
    blockRams: estimate.blockRams.value,
    multipliers: estimate.multipliers.value,
  };
  const parts = partFits(demand, family, whole);
  return {
    document: { synthesis: null, counters: null, estimate, parts, clock: null },
    tables: [estimateTable(estimate, manifest.learning !== null, target, AREA_MODEL.tool), partTable(parts, target)],
  };
}

async function synthesisedArea(
  manifest: Manifest,
  { target, counters: wanted, clock }: AreaArguments,
  part: Part | null,
  io: Io,
): Promise<Found> {
  const options: SynthesisOptions = { target, multipliers: (part?.multipliers ?? 0) > 0, counters: false };
  say(io, `synthesising the core for ${target}`);
  const { value, kept } = await synthesise(manifest, options);
  const { area, tool } = value;
  if (wanted) say(io, "synthesising it with counters");
  const counters = wanted
    ? beside(area.total, (await synthesise(manifest, { ...options, counters: true })).value.area.total)
    : null;
  const demand = { logicCells: area.logicCells, blockRams: area.total.blockRams, multipliers: area.total.multipliers };
  const parts: readonly PartFit[] = target === "generic" ? [] : partFits(demand, target, whole);
  const placed = clock ? await clockOn(manifest, part, parts, io) : null;
  return {
    document: {
      synthesis: { ...area, tool, kept },
      counters,
      estimate: null,
      parts,
      clock: placed === null ? null : { ...placed.value, kept: placed.kept },
    },
    tables: [
      areaTable(area, target, tool, counters),
      memoryAreaTable(area),
      ...(target === "generic" ? [] : [partTable(parts, target)]),
      ...(placed === null ? [] : [clockTable(placed.value)]),
    ],
  };
}

/** Null: it does not fit the part that was named, which the exit code says. @throws InputError when none was named */
async function clockOn(
  manifest: Manifest,
  part: Part | null,
  parts: readonly PartFit[],
  io: Io,
): Promise<Kept<Placement> | null> {
  const chosen = part ?? findPart(CLOCK_PART, "ice40")!;
  const { fits, short } = parts.find((one) => one.part === chosen.name)!;
  if (!fits && part === null) {
    const problem = `the core does not fit the ${chosen.name} (${short.join(", ")})`;
    throw new InputError("--clock", problem, "make it smaller: fewer lanes, narrower membranes, no softmax");
  }
  if (!fits) return null;
  say(io, `placing and routing it on an ${chosen.name}`);
  return place(manifest, { part: chosen });
}

/** Each takes a while, a minute or more for a large core. */
function say(io: Io, what: string): void {
  if (io.interactive) io.stderr(`mora: ${what}\n`);
}

/** What the larger of two cores has more. */
function beside(without: AreaCounts, withThem: AreaCounts): AreaCounts {
  const more = (key: keyof AreaCounts): number => withThem[key] - without[key];
  return {
    luts: more("luts"),
    flipFlops: more("flipFlops"),
    carries: more("carries"),
    blockRams: more("blockRams"),
    lutRams: more("lutRams"),
    multipliers: more("multipliers"),
  };
}
