/** mora fit: the smallest core that keeps a network's accuracy. */

import type { Criterion } from "../../explore/fit/criterion.ts";
import { type Fit, fitCore } from "../../explore/fit/fit.ts";
import { foundCore } from "../../explore/fit/found-core.ts";
import { type FitSetting, loadFit } from "../../explore/fit/load-fit.ts";
import type { ResultStore } from "../../explore/result-store.ts";
import type { Command } from "../command.ts";
import { withEvaluators } from "../evaluators.ts";
import { EXIT_DOES_NOT_FIT, EXIT_OK } from "../exit-codes.ts";
import { fitDocument } from "../fit-document.ts";
import { checkFitArguments, type FitArguments, fitData, fitOptions, fitResultFile } from "../fit-options.ts";
import { fitProgress } from "../fit-progress.ts";
import { fitHeadline, fitTables } from "../fit-report.ts";
import { warnOfAnswers, warnOfClasses } from "../fit-warnings.ts";
import type { Io } from "../io.ts";
import { printResult } from "../output.ts";
import { tellStale } from "../stale-results.ts";
import { readVersion } from "../version.ts";
import { createOutputFile } from "../write-file.ts";

export const fitCommand: Command = {
  usage: "fit <network>",
  summary: "Find the smallest core that keeps a network's accuracy, width by width",
  positionals: { network: { type: "string", describe: "Network description (.ts, .js, .json)" } },
  options: fitOptions,
  examples: [
    [
      "mora fit network.ts --data train.h5 --test test.h5 --max-loss 1",
      "no more than one point lost, as far as the samples show",
    ],
    [
      "mora fit network.ts --data train.h5 --budget 32kB --write-core core.json",
      "does it fit? the core for mora compile",
    ],
    ["mora fit network.ts --data train.h5 --keep scheme", "weights, sums, membranes; the delays as they are"],
  ],
  check: checkFitArguments,
  async run(args, io) {
    const given = args as unknown as FitArguments;
    const started = performance.now();
    const criterion: Criterion = { name: given.criterion, maxLoss: given.maxLoss / 100 };
    const keep = given.keep ?? [];
    const { data, test } = fitData(given);
    const setting = await loadFit({ network: given.network, core: given.core, data, test, samples: given.samples });
    warnOfClasses(setting, given, io);
    const path = fitResultFile(given);
    const file = given.writeCore === undefined ? undefined : createOutputFile(given.writeCore);
    try {
      const result = await withStore(path, setting, given, io, criterion, () => file?.discard());
      const { chosen } = result.each;
      const found = chosen === null ? null : foundCore(setting, "each", keep, chosen.trial.choices);
      const document = fitDocument(result, {
        network: given.network,
        core: setting.core.name,
        data: given.data,
        testData: given.test ?? null,
        results: path,
        keep,
        criterion,
        budget: given.budget ?? null,
        found,
        seconds: (performance.now() - started) / 1000,
      });
      printResult(io, given, { document, headline: fitHeadline(document), tables: fitTables(document) });
      if (found === null) {
        io.stderr(`mora: no design keeps the accuracy${file === undefined ? "" : "; no core is written"}\n`);
        return EXIT_DOES_NOT_FIT;
      }
      file?.write(`${JSON.stringify(found.core, null, 2)}\n`);
      file?.commit();
      return document.budget?.fits === false || found.excesses.length > 0 ? EXIT_DOES_NOT_FIT : EXIT_OK;
    } finally {
      // What was committed stays.
      file?.discard();
    }
  },
};

async function withStore(
  path: string,
  setting: FitSetting,
  given: FitArguments,
  io: Io,
  criterion: Criterion,
  interrupted: () => void,
): Promise<Fit> {
  const { workers, retryFailed, keep = [], json } = given;
  const { files } = setting;
  return withEvaluators({ path, workers, files, io, interrupted }, async (store, { runner }) => {
    tellStale(ofSearch(store, setting), setting.space, path, io);
    return fitCore({
      setting,
      criterion,
      keep,
      store,
      runner,
      mora: readVersion(),
      floatFile: `${path}.float.json`,
      retryFailed,
      ...fitProgress(io, json === true),
      onFloat: (answers) => warnOfAnswers(answers, setting, given, io),
    });
  });
}

/** Lines on the test samples are no stale ones of the search. */
function ofSearch({ lines, faults }: ResultStore, { test }: FitSetting): Pick<ResultStore, "lines" | "faults"> {
  const own = [...lines].filter(([, { identity }]) => identity.data.source !== test?.source);
  return { lines: new Map(own), faults };
}
