/** mora compile: a network and a core become an image. */

import { compileIr, PASSES, type PassName } from "../../compiler/compile.ts";
import { encodeImage } from "../../image/write.ts";
import { memoryReport, memoryTable } from "../../report/memory.ts";
import { whole } from "../../report/numbers.ts";
import { quantisationTables } from "../../report/quantisation.ts";
import type { Command } from "../command.ts";
import { checkDistinctFiles } from "../distinct-files.ts";
import type { CompileDocument, PassDocument } from "../documents.ts";
import { UsageError } from "../errors.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { checkImageName } from "../image-name.ts";
import { loadCore, loadNetwork } from "../inputs.ts";
import { coreOption, formatOptions, once } from "../options.ts";
import { type FormatArguments, plain, printResult } from "../output.ts";
import { withOutputFiles } from "../write-file.ts";

interface CompileArguments extends FormatArguments {
  readonly network: string;
  readonly core?: string;
  readonly out?: string;
  readonly printAfter?: PassName;
}

export const compileCommand: Command = {
  usage: "compile <network>",
  summary: "Compile a network for a core into an image",
  positionals: { network: { type: "string", describe: "Network description (.ts, .js, .json)" } },
  options: {
    core: coreOption,
    out: { type: "string", alias: "o", requiresArg: true, describe: "Image file to write", coerce: once("out") },
    "print-after": {
      choices: [...PASSES],
      requiresArg: true,
      describe: "Print what a pass has made, as JSON, in place of the report",
    },
    ...formatOptions,
  },
  examples: [
    ["mora compile network.ts --core core.ts -o network.mora", "write an image"],
    ["mora compile network.ts --print-after quantise", "look at a pass"],
  ],
  check(args) {
    const { network, core, out, printAfter } = args as unknown as CompileArguments;
    if (out === undefined && printAfter === undefined) throw new UsageError("name the image to write with -o FILE");
    if (Array.isArray(printAfter)) throw new UsageError("--print-after: give one pass");
    checkDistinctFiles({ "<network>": network, "--core": core }, { "--out": out });
    checkImageName(out);
  },
  async run(args, io) {
    const { network, core: coreName, out, printAfter, ...format } = args as unknown as CompileArguments;
    const core = await loadCore(coreName);
    const ir = await loadNetwork(network, io);
    let printed: unknown;
    const { image, report } = compileIr(ir, core, {
      printAfter: (pass, value) => {
        if (pass === printAfter) printed = value;
      },
    });
    const bytes = encodeImage(image);
    await withOutputFiles({ image: out }, async (files) => files.image?.write(bytes));
    if (printAfter !== undefined) {
      const pass: PassDocument = { schema: "mora/pass/1", pass: printAfter, value: printed };
      io.stdout(`${JSON.stringify(pass, plain)}\n`);
      return EXIT_OK;
    }
    const memory = memoryReport(image.manifest);
    const document: CompileDocument = {
      schema: "mora/compile/1",
      network,
      core: core.name,
      image: out!,
      bytes: bytes.length,
      memory,
      quantisation: report,
    };
    printResult(io, format, {
      document,
      headline: [`${out}: ${whole(bytes.length)} B, ${network} for the core "${core.name}".`],
      tables: [memoryTable(memory), ...quantisationTables(report)],
    });
    return EXIT_OK;
  },
};
