/**
 * Co-simulation: the same samples with the same arrival sequence through the RTL under Verilator and through the emulator, and a
 * comparison of both after every step: every memory, every counter, cycles by phase and cause, outputs with their cycles, decision.
 */

import { existsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type EmulatorOptions } from "../emulator/emulator.ts";
import { withTemporaryFolder } from "../formats/temporary-folder.ts";
import type { Image } from "../image/manifest.ts";
import { runBench } from "./bench-run.ts";
import { type Comparison, compareSamples } from "./compare-samples.ts";
import type { Difference } from "./difference.ts";
import { watchedPlaces, watchText } from "./places.ts";
import { readPlaces, readsText } from "./read-back.ts";
import { type Presented, samplesText, writesText } from "./run-files.ts";
import { SimulationError } from "./simulation-error.ts";
import { openReport } from "./stream.ts";

/** Cycles recorded before and after the step in which a difference showed. */
const WINDOW_CYCLES = 200;

export interface CosimulationOptions extends Pick<EmulatorOptions, "specialise"> {
  /** Seed of what has no value at the start: registers, memories, X. */
  readonly seed: number;
  /** Cycles without the end of a step after which the core counts as standing still, besides a tick's period. */
  readonly patience?: number;
  /** The program is made of a netlist of yosys, not of the RTL. */
  readonly netlist?: boolean;
  /** File that gets what lines of the RTL ran, from a build with `coverage`. */
  readonly coverage?: string;
}

/**
 * Runs samples on both. An assertion of the RTL that fails is a difference, and so is a core that stands still.
 *
 * @param program of build.ts
 * @throws SimulationError when the bench fails
 */
export async function cosimulate(
  image: Image,
  samples: readonly Presented[],
  program: string,
  { seed, patience, coverage, netlist = false, ...emulatorOptions }: CosimulationOptions,
): Promise<Comparison> {
  return withTemporaryFolder(join(tmpdir(), "mora-cosim-"), async (folder) => {
    const watched = watchedPlaces(image.manifest);
    const report = join(folder, "report.bin");
    const watch = join(folder, "watch.txt");
    writeFileSync(watch, watchText(watched.places, netlist));
    const reads = join(folder, "reads.txt");
    const places = readPlaces(image, samples);
    writeFileSync(reads, readsText(places));
    const given = writeRun(folder, image, samples, seed);
    const counted = coverage === undefined ? [] : ["--coverage", coverage];
    const told = ["--watch", watch, "--report", report, "--reads", reads, ...counted];
    const { assertion } = await runBench(program, [...given, ...told, ...waiting(patience), ...seeded(seed)]);
    const reader = openReport(report, watched.places);
    try {
      const emulator = createEmulator(image, emulatorOptions);
      const rtl = watched.view(reader.observed);
      return compareSamples({ image, samples, emulator, reader, rtl, places, assertion });
    } finally {
      reader.close();
    }
  });
}

/**
 * Runs the RTL again and records waves around a difference as VCD.
 *
 * @param program of a build with `trace`
 * @throws SimulationError when the bench fails, or has written no waves: Verilator tells of no file that cannot be opened
 */
export async function recordWaves(
  image: Image,
  samples: readonly Presented[],
  program: string,
  { seed, patience }: CosimulationOptions,
  difference: Difference,
  path: string,
): Promise<void> {
  await withTemporaryFolder(join(tmpdir(), "mora-cosim-"), async (folder) => {
    const given = writeRun(folder, image, samples.slice(0, difference.sample + 1), seed);
    const from = Math.max(0, difference.from - WINDOW_CYCLES);
    const window = ["--waves-sample", `${difference.sample}`, "--waves-from", `${from}`];
    const end = ["--waves-to", `${difference.cycle + WINDOW_CYCLES}`];
    await runBench(program, [...given, "--waves", path, ...window, ...end, ...waiting(patience), ...seeded(seed)]);
    if (existsSync(path)) return;
    throw new SimulationError(path, "no waves have been written", "check the folder, its permissions and the disk");
  });
}

/** The RTL alone, without a look at it. @returns cycles and seconds of processor time of all samples, the host's writes left out */
export async function timeRtl(
  image: Image,
  samples: readonly Presented[],
  program: string,
): Promise<{ readonly cycles: number; readonly seconds: number }> {
  return withTemporaryFolder(join(tmpdir(), "mora-cosim-"), async (folder) => {
    const { output } = await runBench(program, [...writeRun(folder, image, samples, 1), ...seeded(1)]);
    // Alone on its line: what was measured of a run that broke off is no time of these samples.
    const [, cycles, seconds] = /^(\d+) cycles in ([\d.]+) s$/m.exec(output) ?? [];
    if (cycles === undefined) {
      throw new SimulationError(
        program,
        `tells no time: ${output.trim()}`,
        "compare it with the emulator first (cosimulate)",
      );
    }
    return { cycles: Number(cycles), seconds: Number(seconds) };
  });
}

function writeRun(folder: string, image: Image, samples: readonly Presented[], seed: number): readonly string[] {
  const writes = join(folder, "writes.txt");
  const stimulus = join(folder, "samples.txt");
  writeFileSync(writes, writesText(image, seed));
  writeFileSync(stimulus, samplesText(image, samples));
  return ["--writes", writes, "--samples", stimulus];
}

function seeded(seed: number): readonly string[] {
  return [`+verilator+seed+${seed}`];
}

function waiting(patience: number | undefined): readonly string[] {
  return patience === undefined ? [] : ["--patience", `${patience}`];
}
