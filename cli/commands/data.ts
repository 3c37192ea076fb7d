/** mora data: what is in a data set. */

import { rasterText } from "../../datasets/raster.ts";
import type { Dataset } from "../../datasets/sample.ts";
import { type DatasetStatistics, describeDataset, type Spread } from "../../datasets/statistics.ts";
import { counted, fixed, percent, whole as wholeNumber } from "../../report/numbers.ts";
import type { Table } from "../../report/table.ts";
import type { Command } from "../command.ts";
import type { DataDocument } from "../documents.ts";
import { InputError } from "../errors.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { DATA_FORMS, type DataArguments, openData } from "../open-data.ts";
import { dataOptions, formatOptions, whole } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";
import { startProgress } from "../progress.ts";

interface DataCommandArguments extends FormatArguments, DataArguments {
  readonly file: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly timestep?: number;
  readonly steps?: number;
  readonly group?: number;
  readonly merge: boolean;
  readonly raster?: number;
}

export const dataCommand: Command = {
  usage: "data <file>",
  summary: "Statistics of a data set, and a sample as a raster",
  positionals: { file: { type: "string", describe: `Data set: ${DATA_FORMS}` } },
  options: {
    raster: { type: "number", requiresArg: true, describe: "Draw this sample", coerce: whole("raster", 0) },
    ...dataOptions,
    timestep: { ...dataOptions.timestep, describe: "Describe the binning with steps of this many ms" },
    group: { ...dataOptions.group, describe: "Neighbouring channels that become one [default: 1]" },
    ...formatOptions,
  },
  examples: [
    ["mora data spikes.h5", "statistics"],
    ["mora data spikes.h5.gz --raster 3", "sample 3 as text"],
    ["mora data events.csv --timestep 5 --group 5", "what binning does to it"],
  ],
  async run(args, io) {
    const { file, limit, offset, raster, merge, ...rest } = args as unknown as DataCommandArguments;
    const dataset = await openData(file, { ...rest, ...(offset !== undefined && { offset }) });
    try {
      const range = { ...(offset !== undefined && { offset }), ...(limit !== undefined && { limit }) };
      const total = Math.min(limit ?? dataset.size, Math.max(0, dataset.size - (offset ?? 0)));
      const progress = startProgress(io, "samples", total);
      const { timestep, steps, group = 1 } = rest;
      const binning =
        timestep === undefined ? undefined : { timestepMs: timestep, steps: steps ?? ("all" as const), group, merge };
      let statistics: DatasetStatistics;
      try {
        const options = { ...range, onProgress: progress.update };
        statistics = await describeDataset(dataset, binning === undefined ? options : { ...options, binning });
      } finally {
        progress.stop();
      }
      const drawn = raster === undefined ? null : await drawSample(dataset, raster);
      const document: DataDocument = {
        schema: "mora/data/1",
        ...statistics,
        ratePerChannel: [...statistics.ratePerChannel],
        binned: statistics.binned ?? null,
        raster: drawn,
      };
      printResult(io, rest, { document, headline: [], tables: statisticsTables(statistics) });
      if (drawn !== null && rest.json !== true) {
        const label = drawn.label === null ? "" : `, class ${drawn.label}`;
        const text = rest.markdown === true ? `\`\`\`\n${drawn.text}\n\`\`\`` : drawn.text;
        io.stdout(`\nSample ${drawn.sample}${label}\n\n${text}\n`);
      }
      return EXIT_OK;
    } finally {
      dataset.close();
    }
  },
};

async function drawSample(dataset: Dataset, index: number): Promise<NonNullable<DataDocument["raster"]>> {
  for await (const sample of dataset.samples({ offset: index, limit: 1 })) {
    const text = rasterText(sample, { channels: dataset.channels }).trimEnd();
    return { sample: index, label: sample.label ?? null, text };
  }
  throw new InputError(
    `--raster ${index}`,
    `${dataset.name} has ${counted(dataset.size, "sample")}`,
    `give 0..${dataset.size - 1}`,
  );
}

function statisticsTables(statistics: DatasetStatistics): readonly Table[] {
  const { name, samples, channels, perClass, duration, eventsPerSample, emptySamples, silentChannels, binned } =
    statistics;
  const spread = (what: string, { min, mean, max }: Spread, decimals: number): readonly string[] => [
    what,
    fixed(min, decimals),
    fixed(mean, Math.max(1, decimals)),
    fixed(max, decimals),
  ];
  const rates = statistics.ratePerChannel;
  const rate: Spread = {
    min: rates.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    mean: rates.reduce((sum, value) => sum + value, 0) / rates.length,
    max: rates.reduce((most, value) => Math.max(most, value), 0),
  };
  const notes = [
    `${counted(samples, "sample")}, ${wholeNumber(emptySamples)} of them empty; ${counted(channels, "channel")}, ${wholeNumber(silentChannels)} of them silent.`,
    ...(perClass.length === 0
      ? ["No labels."]
      : [`Samples of classes 0..${perClass.length - 1}: ${perClass.join(", ")}.`]),
    ...(binned === undefined
      ? []
      : [
          `Binning at ${binned.timestepMs} ms: ${percent(binned.mergedShare)} of the events merge, ${percent(binned.droppedShare)} lie beyond the last step.`,
        ]),
  ];
  return [
    {
      title: `Data set ${name}`,
      columns: [{ title: "quantity", align: "left" }, { title: "min" }, { title: "mean" }, { title: "max" }],
      rows: [
        spread("duration s", duration, 3),
        spread("events a sample", eventsPerSample, 0),
        spread("rate of a channel Hz", rate, 1),
        ...(binned === undefined
          ? []
          : [spread("steps a sample", binned.stepsPerSample, 0), spread("events a step", binned.eventsPerStep, 0)]),
      ],
      notes,
    },
  ];
}
