/** mora report: a result file or a run as one HTML page that needs no network. */

import { reportOfResults, reportOfRun } from "../../page/report.ts";
import { whole } from "../../report/numbers.ts";
import type { Command } from "../command.ts";
import { checkDistinctFiles } from "../distinct-files.ts";
import type { ReportDocument } from "../documents-explore.ts";
import { withFile } from "../errors.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { largePageWarning } from "../large-page.ts";
import { formatOptions, once } from "../options.ts";
import { type FormatArguments, printResult } from "../output.ts";
import { readRun } from "../read-run.ts";
import { readVersion } from "../version.ts";
import { withOutputFiles } from "../write-file.ts";

interface ReportArguments extends FormatArguments {
  readonly results: string;
  readonly out: string;
}

export const reportCommand: Command = {
  usage: "report <results>",
  summary: "One self-contained HTML page: fronts, breakdowns and sensitivity of a sweep; rasters and cycles of a run",
  positionals: {
    results: {
      type: "string",
      describe: "Result file of mora sweep; record or --json document of mora run or mora train",
    },
  },
  options: {
    out: {
      type: "string",
      alias: "o",
      default: "report.html",
      requiresArg: true,
      describe: "Page to write",
      coerce: once("out"),
    },
    ...formatOptions,
  },
  examples: [
    ["mora report results.jsonl -o report.html", "the designs of a sweep"],
    ["mora run network.mora --data spikes.h5 --record run.json && mora report run.json", "a run, step by step"],
  ],
  check(args) {
    const { results, out } = args as unknown as ReportArguments;
    checkDistinctFiles({ "<results>": results }, { "--out": out });
  },
  async run(args, io) {
    const given = args as unknown as ReportArguments;
    const { results, out } = given;
    const run = withFile(results, () => readRun(results));
    const making = { mora: readVersion(), date: new Date() };
    const page = await withOutputFiles({ page: out }, async (files) => {
      const made = run === undefined ? reportOfResults(results, making) : reportOfRun(results, run, making);
      files.page!.write(made.html);
      return made;
    });
    const bytes = Buffer.byteLength(page.html);
    const { kind, points, notes } = page;
    const document: ReportDocument = { schema: "mora/report/1", input: results, kind, points, notes, page: out, bytes };
    const warning = largePageWarning(document);
    if (warning !== undefined) io.stderr(warning);
    printResult(io, given, {
      document,
      headline: [
        `Page: ${out}, ${whole(bytes)} B, ${whole(points)} ${kind === "sweep" ? "designs" : "recorded samples"} of ${results}`,
        ...notes.map((note) => `Note: ${note}`),
      ],
      tables: [],
    });
    return EXIT_OK;
  },
};
