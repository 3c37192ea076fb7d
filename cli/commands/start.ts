/** mora start: the embedded default. Patterns that differ in timing only, on a network whose delays match them and on one without delays. */

import { compileIr } from "../../compiler/compile.ts";
import { resolve } from "../../compiler/resolve.ts";
import { loadSpecialiser } from "../../compiler/specialise.ts";
import { patternDataset, patternSet } from "../../datasets/patterns.ts";
import { createEmulator } from "../../emulator/emulator.ts";
import { formatAccuracy } from "../../report/interval.ts";
import { latencyTables } from "../../report/latency-table.ts";
import { memoryReport, memoryTable } from "../../report/memory.ts";
import { percent } from "../../report/numbers.ts";
import type { Table } from "../../report/table.ts";
import type { Command } from "../command.ts";
import type { StartDocument } from "../documents.ts";
import { InputError } from "../errors.ts";
import { evaluate } from "../evaluate.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { loadCore } from "../inputs.ts";
import { coreOption, formatOptions, specialiseOption, whole } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";
import { describePatternNetwork } from "../pattern-description.ts";
import { startProgress } from "../progress.ts";
import { binOptions } from "../stimulus.ts";

interface StartArguments extends FormatArguments {
  readonly core?: string;
  readonly seed: number;
  readonly samples: number;
  readonly specialise: boolean;
}

const NETWORKS = [
  { name: "delays that match the patterns", delays: "synaptic" },
  { name: "the same network without delays", delays: "none" },
] as const;

export const startCommand: Command = {
  usage: "start",
  summary: "Seeded patterns that differ in timing only, on a network with delays and on one without",
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
    specialise: specialiseOption,
    ...formatOptions,
  },
  examples: [
    ["mora start", "the default"],
    ["mora start --core tiny --seed 7", "another core and other patterns"],
  ],
  async run(args, io) {
    const { core: coreName, seed, samples, specialise: specialised, ...format } = args as unknown as StartArguments;
    const core = await loadCore(coreName);
    if (core.decision === "none") {
      throw new InputError(`--core ${coreName}`, "has no decision unit, which names the class", "give a core with one");
    }
    const specialise = specialised ? { specialise: await loadSpecialiser() } : {};
    const set = patternSet({ seed, samples });
    const networks: (StartDocument["networks"][number] & { readonly tables: readonly Table[] })[] = [];
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
      const memory = memoryReport(manifest);
      const titled = (table: Table): Table => ({ ...table, title: `${table.title}: ${name}` });
      const tables = [memoryTable(memory), ...latencyTables(latency)].map(titled);
      networks.push({ name, accuracy: accuracy!, memory, latency, activity, tables });
    }
    const { classes, channels, steps, jitterSteps } = set;
    const document: StartDocument = {
      schema: "mora/start/1",
      core: core.name,
      patterns: { seed, samples, classes, channels, steps, jitterSteps },
      chance: 1 / classes,
      networks: networks.map(({ tables: _, ...network }) => network),
    };
    printResult(io, format, {
      document,
      headline: [
        `${classes} classes of patterns on ${channels} channels, ${steps} steps, jitter +-${jitterSteps}: the same spikes, only their timing differs.`,
        ...networks.map(({ name, accuracy }) => `${name}: ${formatAccuracy(accuracy)}`),
        `chance: ${percent(1 / classes)}`,
      ],
      tables: networks.flatMap(({ tables }) => tables),
    });
    return EXIT_OK;
  },
};
