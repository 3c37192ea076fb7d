/** mora inspect: what is in an image. */

import { didYouMean } from "../../description/did-you-mean.ts";
import type { Image, ProjectionRegisters } from "../../image/manifest.ts";
import { type DisassembledRow, disassembleRow, disassemblyTable } from "../../report/disassemble.ts";
import { memoryMapTable, registerTables } from "../../report/image-tables.ts";
import { memoryReport, memoryTable } from "../../report/memory.ts";
import type { Command } from "../command.ts";
import type { InspectDocument } from "../documents.ts";
import { InputError, UsageError } from "../errors.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { loadImage } from "../inputs.ts";
import { formatOptions, once } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";

interface InspectArguments extends FormatArguments {
  readonly image: string;
  readonly projection?: string;
  readonly source?: string;
}

export const inspectCommand: Command = {
  usage: "inspect <image>",
  summary: "Memory map, registers and disassembled synapse rows of an image",
  positionals: { image: { type: "string", describe: "Image that mora compile has made" } },
  options: {
    projection: {
      type: "string",
      requiresArg: true,
      describe: 'Disassemble rows of this projection ("sound -> hidden", or its number)',
      coerce: once("projection"),
    },
    source: {
      type: "string",
      requiresArg: true,
      describe: "Source neurons of the rows: 3 or 0..7 [default: 0..3]",
      coerce: once("source"),
    },
    ...formatOptions,
  },
  examples: [
    ["mora inspect network.mora", "memory map and registers"],
    ['mora inspect network.mora --projection "sound -> hidden" --source 3', "one synapse row"],
  ],
  check(args) {
    const { projection, source } = args as unknown as InspectArguments;
    if (source !== undefined && projection === undefined) throw new UsageError("--source needs --projection");
    if (source !== undefined) parseRange(source);
  },
  async run(args, io) {
    const { image: path, projection, source, ...format } = args as unknown as InspectArguments;
    const image = loadImage(path);
    const memory = memoryReport(image.manifest);
    const rows = projection === undefined ? [] : disassemble(image, projection, source);
    const document: InspectDocument = { schema: "mora/inspect/1", image: path, manifest: image.manifest, memory, rows };
    printResult(io, format, {
      document,
      headline: [],
      tables:
        rows.length > 0
          ? rows.map(disassemblyTable)
          : [memoryTable(memory), memoryMapTable(image.manifest), ...registerTables(image.manifest)],
    });
    return EXIT_OK;
  },
};

function disassemble(image: Image, name: string, source: string | undefined): readonly DisassembledRow[] {
  const { projections, populations } = image.manifest;
  const projection: ProjectionRegisters | undefined =
    projections.find((candidate) => candidate.name === name) ??
    (/^\d+$/.test(name) ? projections[Number(name)] : undefined);
  if (projection === undefined) {
    const names = projections.map((candidate) => candidate.name);
    throw new InputError(`--projection ${name}`, "the image has no such projection", didYouMean(name, names));
  }
  const size = populations[projection.from]!.size;
  const [first, last] = source === undefined ? [0, Math.min(3, size - 1)] : parseRange(source);
  if (last >= size) {
    throw new InputError(
      `--source ${source}`,
      `${populations[projection.from]!.name} has ${size} neurons`,
      `give 0..${size - 1}`,
    );
  }
  return Array.from({ length: last - first + 1 }, (_, i) => disassembleRow(image, projection, first + i));
}

function parseRange(text: string): readonly [first: number, last: number] {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (match !== null && first <= last) return [first, last];
  throw new UsageError(`--source ${text}: write a number or FIRST..LAST, for example 0..7`);
}
