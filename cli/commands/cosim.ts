/** mora cosim: the RTL of an image against the emulator, step by step. */

import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withTemporaryFolder } from "../../formats/temporary-folder.ts";
import { type Build, buildSimulation } from "../../hardware/build.ts";
import type { Comparison } from "../../hardware/compare-samples.ts";
import { cosimulate, recordWaves } from "../../hardware/cosimulate.ts";
import { type Difference, describeDifference } from "../../hardware/difference.ts";
import type { Presented } from "../../hardware/run-files.ts";
import { benchSources, PACKAGE_FILE, rtlSources, type SourceFile, TOP_MODULE } from "../../hardware/sources.ts";
import type { Image } from "../../image/manifest.ts";
import { counted, whole } from "../../report/numbers.ts";
import type { Command } from "../command.ts";
import { type CosimArguments, checkCosimArguments, cosimOptions } from "../cosim-options.ts";
import { presentedSamples } from "../cosim-samples.ts";
import type { CosimDocument, DataUse } from "../documents.ts";
import { InputError, withFile } from "../errors.ts";
import { EXIT_DIFFERENCE, EXIT_OK } from "../exit-codes.ts";
import { loadProgram } from "../inputs.ts";
import type { Io } from "../io.ts";
import { openData } from "../open-data.ts";
import { printResult } from "../output.ts";
import { type OutputFile, withOutputFiles } from "../write-file.ts";

export const cosimCommand: Command = {
  usage: "cosim <program>",
  summary: "Run samples on the RTL (Verilator) and on the emulator, and compare every step",
  positionals: { program: { type: "string", describe: "Image, or network description (compiled for --core)" } },
  options: cosimOptions,
  examples: [
    ["mora cosim network.mora --data spikes.h5 --limit 20", "twenty samples, every memory and counter after each step"],
    ["mora cosim network.mora --data spikes.h5 --rtl changed-rtl/rtl", "a changed copy of what mora rtl has written"],
    ["mora cosim network.ts --core tiny --data patterns --limit 5 --json", "as a document"],
  ],
  check: checkCosimArguments,
  async run(args, io) {
    const given = args as unknown as CosimArguments;
    const { image } = await loadProgram(given.program, given.core, io);
    const dataset = await openData(given.data, given);
    try {
      const { samples, data } = await presentedSamples(dataset, image, given);
      // Opened now: a place that cannot be written is told before the comparison, not after its first difference.
      return await withOutputFiles({ vcd: given.vcd }, ({ vcd }) => compare(image, samples, data, given, vcd!, io));
    } finally {
      dataset.close();
    }
  },
};

async function compare(
  image: Image,
  samples: readonly Presented[],
  data: DataUse,
  given: CosimArguments,
  waves: OutputFile,
  io: Io,
): Promise<number> {
  const { manifest } = image;
  const rtl = rtlOf(image, given.rtl);
  const build = await made(rtl, io);
  const runs: (Comparison & { readonly seed: number })[] = [];
  for (const seed of [given.seed, given.seed + 1]) {
    const result = await cosimulate(image, samples, build.program, { seed });
    runs.push({ seed, ...result });
    if (result.difference !== null) break;
  }
  const last = runs.at(-1)!;
  if (last.difference === null) waves.discard();
  const failure =
    last.difference === null ? null : await recorded(image, samples, rtl, last.seed, last.difference, waves, io);
  const vcd = last.difference === null || failure !== null ? null : given.vcd;
  const sum = (key: "steps" | "cycles" | "samples"): number => runs.reduce((total, run) => total + run[key], 0);
  const document: CosimDocument = {
    schema: "mora/cosim/1",
    program: given.program,
    core: manifest.core.name,
    data,
    arrival: given.arrival,
    learning: given.learn,
    buildSeconds: build.kept ? null : build.seconds,
    configurations: runs.length,
    samples: sum("samples"),
    steps: sum("steps"),
    cycles: sum("cycles"),
    differences: last.difference === null ? 0 : 1,
    difference: last.difference === null ? null : differenceDocument(last.seed, last.difference),
    vcd,
  };
  printResult(io, given, {
    document,
    headline: [
      `Program: ${given.program} on the core "${manifest.core.name}"; RTL ${build.kept ? "built before" : `built in ${build.seconds.toFixed(1)} s`}`,
      `Compared: ${counted(document.configurations, "configuration")}, ${counted(document.samples, "sample")}, ${whole(document.steps)} steps, ${whole(document.cycles)} cycles`,
      last.difference === null
        ? "Differences: 0"
        : `First difference: ${describeDifference(last.difference)}; ${vcd === null ? "no waves" : `waves around it: ${vcd}`}`,
    ],
    tables: [],
  });
  // After the result: the difference was found all the same, perhaps after hours.
  if (failure !== null) io.stderr(`mora: --vcd ${given.vcd}: no waves: ${failure.message}\n`);
  return last.difference === null ? EXIT_OK : EXIT_DIFFERENCE;
}

/** Runs the RTL again for its waves around a difference. @returns why there are none; null: they are written */
async function recorded(
  image: Image,
  samples: readonly Presented[],
  rtl: readonly SourceFile[],
  seed: number,
  difference: Difference,
  waves: OutputFile,
  io: Io,
): Promise<Error | null> {
  try {
    const { program } = await made(rtl, io, true);
    await withTemporaryFolder(join(tmpdir(), "mora-waves-"), async (folder) => {
      const path = join(folder, "waves.vcd");
      await recordWaves(image, samples, program, { seed }, difference, path);
      waves.write(readFileSync(path));
    });
    return null;
  } catch (error) {
    waves.discard();
    return error as Error;
  }
}

/** @throws InputError where the folder has no RTL, or parameters that this program does not have: those would not be what is simulated */
function rtlOf({ manifest }: Image, folder: string | undefined): readonly SourceFile[] {
  if (folder === undefined) return rtlSources(manifest);
  const found = withFile(folder, () => rtlSources(manifest, folder));
  if (!found.some(({ name }) => name === `${TOP_MODULE}.sv`)) {
    throw new InputError(folder, `has no ${TOP_MODULE}.sv`, "give the folder rtl/ of what mora rtl has written");
  }
  const own = join(folder, PACKAGE_FILE);
  if (!existsSync(own) || withFile(own, () => readFileSync(own, "utf8")) === found[0]!.text) return found;
  const problem =
    "is not what mora rtl writes for this program: another network or core, --without counters, or edited";
  throw new InputError(own, problem, "give the program that it was written for, or remove it, and it is made anew");
}

/** The build of a core; a new one takes a while, which is said. */
async function made(rtl: readonly SourceFile[], io: Io, trace = false): Promise<Build> {
  if (io.interactive) io.stderr(`mora: building the RTL${trace ? " with waves" : ""}\n`);
  return buildSimulation(rtl, benchSources(), { trace });
}

function differenceDocument(
  seed: number,
  { emulator, rtl, ...difference }: Difference,
): NonNullable<CosimDocument["difference"]> {
  return { seed, ...difference, emulator: `${emulator}`, rtl: `${rtl}` };
}
