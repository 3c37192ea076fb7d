/**
 * mora start: the embedded default. Patterns that differ in timing only, on a network whose delays match them and on one without
 * delays; then networks that learn such patterns on the core.
 */

import { compileIr } from "../../compiler/compile.ts";
import { resolve } from "../../compiler/resolve.ts";
import { loadSpecialiser } from "../../compiler/specialise.ts";
import { patternDataset, patternSet } from "../../datasets/patterns.ts";
import type { CompleteCore } from "../../description/core.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import { latencyTables } from "../../report/latency-table.ts";
import { memoryReport, memoryTable } from "../../report/memory.ts";
import type { Table } from "../../report/table.ts";
import type { Command } from "../command.ts";
import type { StartDocument } from "../documents.ts";
import { InputError } from "../errors.ts";
import { evaluate } from "../evaluate.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { loadCore } from "../inputs.ts";
import type { Io } from "../io.ts";
import { coreOption, formatOptions, specialiseOption, whole } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";
import { describePatternNetwork } from "../pattern-description.ts";
import { startProgress } from "../progress.ts";
import { startHeadline, startTables } from "../start-report.ts";
import { START_TRAINING_TEXT, trainOnPatterns } from "../start-training.ts";
import { binOptions } from "../stimulus.ts";

interface StartArguments extends FormatArguments {
  readonly core?: string;
  readonly seed: number;
  readonly samples: number;
  readonly training: boolean;
  readonly tables: boolean;
  readonly specialise: boolean;
}

const NETWORKS = [
  { name: "delays that match the patterns", delays: "synaptic" },
  { name: "the same network without delays", delays: "none" },
] as const;

export const startCommand: Command = {
  usage: "start",
  summary: "Seeded patterns that differ in timing only: compiled with delays and without, and learned on the core",
  positionals: {},
  options: {
    core: coreOption,
    seed: {
      type: "number",
      default: 1,
      requiresArg: true,
      describe: "Seed of the patterns",
      coerce: whole("seed", 0, 2 ** 32 - 1),
    },
    samples: {
      type: "number",
      default: 400,
      requiresArg: true,
      describe: "Samples to run",
      coerce: whole("samples", 1, 100_000),
    },
    training: {
      type: "boolean",
      default: true,
      describe: "Let networks learn too (--no-training: only the compiled ones)",
    },
    tables: { type: "boolean", default: false, describe: "Print every table of every network" },
    // Specialising takes longer than it saves in runs as short as these.
    specialise: { ...specialiseOption, default: false, describe: "Specialise the module for the compiled networks" },
    ...formatOptions,
  },
  examples: [
    ["mora start", "the default"],
    ["mora start --core tiny --seed 7", "another core and other patterns"],
    ["mora start --tables --markdown", "every table: memory, cycles by stall cause, latency, throughput"],
  ],
  async run(args, io) {
    const {
      core: coreName,
      seed,
      samples,
      training,
      tables,
      specialise,
      ...format
    } = args as unknown as StartArguments;
    const core = await loadCore(coreName);
    if (core.decision === "none") {
      throw new InputError(`--core ${coreName}`, "has no decision unit, which names the class", "give a core with one");
    }
    if (training && format.json !== true) io.stderr(`${START_TRAINING_TEXT}\n`);
    const compiled = await runCompiled(core, seed, samples, specialise, io);
    const { classes, channels, steps, jitterSteps } = patternSet({ seed, samples });
    const document: StartDocument = {
      schema: "mora/start/2",
      core: core.name,
      patterns: { seed, samples, classes, channels, steps, jitterSteps },
      chance: 1 / classes,
      networks: compiled,
      training: training ? await trainOnPatterns(await learningCore(core), seed, io) : null,
    };
    printResult(io, format, {
      document,
      headline: startHeadline(document),
      tables: tables ? allTables(document) : startTables(document),
    });
    return EXIT_OK;
  },
};

/** The core itself where it learns, else the preset that does. */
async function learningCore(core: CompleteCore): Promise<CompleteCore> {
  return core.learning === "none" ? loadCore("learning") : core;
}

async function runCompiled(
  core: CompleteCore,
  seed: number,
  samples: number,
  specialised: boolean,
  io: Io,
): Promise<StartDocument["networks"]> {
  const specialise = specialised ? { specialise: await loadSpecialiser() } : {};
  const set = patternSet({ seed, samples });
  const networks: StartDocument["networks"][number][] = [];
  for (const { name, delays } of NETWORKS) {
    const ir = await resolve(describePatternNetwork(set, delays), { baseDirectory: process.cwd() });
    const { image } = compileIr(ir, core);
    const { manifest } = image;
    const dataset = patternDataset({ seed, samples });
    const progress = startProgress(io, name, samples);
    const result = await evaluate({
      emulator: createEmulator(image, specialise),
      manifest,
      dataset,
      range: {},
      binning: { ...binOptions(dataset, manifest, {}, "burst"), steps: set.steps },
      settings: { arrival: "burst", receiver: { readiness: 256, seed: 0 } },
      byStep: false,
      onSample: (n) => progress.update(n + 1),
    }).finally(progress.stop);
    const { accuracy, latency, activity } = result;
    networks.push({ name, accuracy: accuracy!, memory: memoryReport(manifest), latency, activity });
  }
  return networks;
}

function allTables({ networks, training }: StartDocument): readonly Table[] {
  return [...networks, ...(training?.networks ?? [])].flatMap(({ name, memory, latency }) =>
    [memoryTable(memory), ...latencyTables(latency)].map((table) => ({ ...table, title: `${table.title}: ${name}` })),
  );
}
