/** mora export: the weights and delays of an image as named arrays. */

import { extname } from "node:path";
import type { ArrayArchive } from "../../formats/array-archive.ts";
import { encodeHdf5 } from "../../formats/hdf5-write.ts";
import { encodeNpz } from "../../formats/npz.ts";
import { exportImage } from "../../image/export.ts";
import { whole } from "../../report/numbers.ts";
import type { Table } from "../../report/table.ts";
import type { Command } from "../command.ts";
import { checkDistinctFiles } from "../distinct-files.ts";
import type { ExportDocument } from "../documents.ts";
import { UsageError } from "../errors.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { loadImage } from "../inputs.ts";
import { formatOptions, once } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";
import { withOutputFiles } from "../write-file.ts";

const FORMATS = ["h5", "npz"] as const;
type ExportFormat = (typeof FORMATS)[number];

interface ExportArguments extends FormatArguments {
  readonly image: string;
  readonly to?: ExportFormat;
  readonly out?: string;
}

/** What `fromFile` takes a file of each format for. */
const EXTENSIONS: Readonly<Record<ExportFormat, readonly string[]>> = { h5: [".h5", ".hdf5"], npz: [".npz"] };

export const exportCommand: Command = {
  usage: "export <image>",
  summary: "Weights, delays and formats of an image as HDF5 or .npz, which fromFile reads back",
  positionals: { image: { type: "string", describe: "Image that mora compile or mora train has made" } },
  options: {
    to: {
      choices: [...FORMATS],
      requiresArg: true,
      describe: "Format [default: by the name of the file]",
    },
    out: { type: "string", alias: "o", requiresArg: true, describe: "File to write", coerce: once("out") },
    ...formatOptions,
  },
  examples: [
    ["mora export trained.mora -o trained.h5", "HDF5"],
    ["mora export trained.mora --to npz -o trained.npz", "for numpy.load"],
  ],
  check(args) {
    const { image, out, to } = args as unknown as ExportArguments;
    if (out === undefined) throw new UsageError("name the file to write with -o FILE");
    if (Array.isArray(to)) throw new UsageError(`--to: give one of ${FORMATS.join(", ")}`);
    formatOf(out, to);
    checkDistinctFiles({ "<image>": image }, { "--out": out });
  },
  async run(args, io) {
    const { image: path, to, out, ...format } = args as unknown as ExportArguments;
    const archive = exportImage(loadImage(path));
    const kind = formatOf(out!, to);
    const bytes = await encode(archive, kind);
    await withOutputFiles({ file: out }, async (files) => files.file?.write(bytes));
    const arrays = archive.arrays.map(({ name, shape, data }) => ({
      name,
      shape,
      type: data.constructor.name.replace("Array", "").toLowerCase(),
    }));
    const document: ExportDocument = {
      schema: "mora/export/1",
      image: path,
      file: out!,
      format: kind,
      bytes: bytes.length,
      arrays,
      attributes: archive.attributes,
    };
    printResult(io, format, {
      document,
      headline: [`${out}: ${whole(bytes.length)} B, ${arrays.length} arrays of ${path}.`],
      tables: [arraysTable(arrays)],
    });
    return EXIT_OK;
  },
};

function formatOf(out: string, to: ExportFormat | undefined): ExportFormat {
  const extension = extname(out).toLowerCase();
  const named = FORMATS.find((format) => EXTENSIONS[format].includes(extension));
  if (to === undefined && named === undefined) {
    throw new UsageError(`-o ${out}: its name says no format; give --to h5 or --to npz`);
  }
  if (to !== undefined && named !== undefined && to !== named) {
    throw new UsageError(`--to ${to}: -o ${out} has the name of another format, and would be read as that`);
  }
  return to ?? named!;
}

async function encode(archive: ArrayArchive, format: ExportFormat): Promise<Uint8Array> {
  switch (format) {
    case "h5":
      return encodeHdf5(archive);
    case "npz":
      return encodeNpz(archive);
  }
}

function arraysTable(arrays: ExportDocument["arrays"]): Table {
  return {
    title: "Arrays",
    columns: [{ title: "name", align: "left" }, { title: "shape", align: "left" }, { title: "type" }],
    rows: arrays.map(({ name, shape, type }) => [name, shape.join(" x "), type]),
    notes: ["Weights in threshold units, delays in steps, both as the core uses them; codes as it stores them."],
  };
}
