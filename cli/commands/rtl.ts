/** mora rtl: the hardware of an image as a folder. */

import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../../formats/make-folder.ts";
import { rtlFolder } from "../../hardware/rtl-folder.ts";
import type { SourceFile } from "../../hardware/sources.ts";
import { whole } from "../../report/numbers.ts";
import type { Command } from "../command.ts";
import type { RtlDocument } from "../documents.ts";
import { InputError, UsageError, withFile } from "../errors.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { loadProgram } from "../inputs.ts";
import { coreOption, formatOptions, once } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";

interface RtlArguments extends FormatArguments {
  readonly program: string;
  readonly core?: string;
  readonly out?: string;
  readonly without?: "counters";
}

export const rtlCommand: Command = {
  usage: "rtl <program>",
  summary: "The hardware as SystemVerilog, with parameters, memory contents and a test bench",
  positionals: { program: { type: "string", describe: "Image, or network description (compiled for --core)" } },
  options: {
    core: coreOption,
    out: { type: "string", alias: "o", requiresArg: true, describe: "New or empty folder", coerce: once("out") },
    without: {
      type: "string",
      choices: ["counters"],
      requiresArg: true,
      describe: "Leave out what only measures: counters, and cycles by phase and cause; the port reads 0 there",
      coerce: once("without"),
    },
    ...formatOptions,
  },
  examples: [
    ["mora rtl network.mora -o network-rtl && make -C network-rtl", "write the hardware and simulate it"],
    ["mora rtl network.mora -o product --without counters", "as a product has it"],
  ],
  check(args) {
    const { out } = args as unknown as RtlArguments;
    if (out === undefined) throw new UsageError("name the folder to write with -o DIR");
  },
  async run(args, io) {
    const { program: path, core, out, without, ...format } = args as unknown as RtlArguments;
    const folder = out!;
    const there = withFile(folder, () => statSync(folder, { throwIfNoEntry: false }));
    if (there?.isDirectory() === false) throw new InputError(folder, "is a file", "give a new or empty folder");
    if (there !== undefined && withFile(folder, () => readdirSync(folder)).length > 0) {
      throw new InputError(folder, "is not empty", "give a new folder, or empty it");
    }
    const { image } = await loadProgram(path, core, io);
    const files = rtlFolder(image, undefined, { counters: without !== "counters" });
    writeWhole(folder, files);
    const document: RtlDocument = {
      schema: "mora/rtl/1",
      program: path,
      core: image.manifest.core.name,
      folder,
      files: files.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) })),
    };
    printResult(io, format, {
      document,
      headline: [
        `${folder}: ${whole(files.length)} files, ${path} on the core "${image.manifest.core.name}".`,
        `make -C ${folder} simulates it with Verilator; files.f lists the RTL for other tools.`,
      ],
      tables: [
        {
          title: "Files",
          columns: [{ title: "name", align: "left" }, { title: "B" }],
          rows: document.files.map(({ name, bytes }) => [name, whole(bytes)]),
        },
      ],
    });
    return EXIT_OK;
  },
};

/** All files, or none: half of them would look like hardware, and the same command would refuse the folder. @throws InputError */
function writeWhole(folder: string, files: readonly SourceFile[]): void {
  const before = existsSync(folder);
  try {
    for (const { name, text } of files) {
      const file = join(folder, name);
      withFile(file, () => {
        makeFolder(dirname(file));
        writeFileSync(file, text);
      });
    }
  } catch (error) {
    // It was empty, or not there; what stood above it stays.
    for (const name of existsSync(folder) ? readdirSync(folder) : []) rmSync(join(folder, name), { recursive: true });
    if (!before) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
