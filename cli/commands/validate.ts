/** mora validate: the quantised learning rule against the float one, and what limits it. */

import { formatAccuracy } from "../../report/interval.ts";
import { counted } from "../../report/numbers.ts";
import { checkLabels } from "../../training/check-training.ts";
import { validate } from "../../validation/validate.ts";
import type { Command } from "../command.ts";
import type { ValidateDocument } from "../documents.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { loadCore, loadNetwork } from "../inputs.ts";
import { checkEngine, learningOf, loadSet, warnOfAbsentClasses, warnOfSteps } from "../learning-inputs.ts";
import { printResult } from "../output.ts";
import { startProgress } from "../progress.ts";
import { type ValidateArguments, validateOptions } from "../validate-options.ts";
import { validateTables } from "../validate-report.ts";

export const validateCommand: Command = {
  usage: "validate <network>",
  summary: "Compare the core's learning with float64, number by number, and say what limits it",
  positionals: { network: { type: "string", describe: "Network description with learn (.ts, .js, .json)" } },
  options: validateOptions,
  examples: [
    ["mora validate network.ts --core core.json --data train.h5 --limit 200", "what limits learning on this core?"],
    ["mora validate network.ts --data randman:1,samples=100 --epochs 3", "the preset learning, epoch by epoch"],
  ],
  async run(args, io) {
    const given = args as unknown as ValidateArguments;
    const { network, epochs, seed, offset = 0, limit } = given;
    const core = await loadCore(given.core);
    const ir = await loadNetwork(network, io);
    const learning = learningOf(ir, network);
    checkEngine(core, given.core);
    const { set, use } = await loadSet(given.data, { offset, ...(limit !== undefined && { limit }) }, ir, given, io);
    const classes = ir.populations[learning.readout]!.size;
    checkLabels(set, { classes }, "validation");
    warnOfAbsentClasses(set, classes, io);
    warnOfSteps(set, learning, io);
    const progress = startProgress(io, "samples", epochs * set.size);
    const result = await validate({ ir, core, data: set, epochs, seed, onSample: progress.update }).finally(
      progress.stop,
    );
    for (const warning of result.warnings) io.stderr(`mora: warning: ${network}: ${warning}\n`);
    const document: ValidateDocument = {
      schema: "mora/validate/1",
      network,
      core: core.name,
      epochs,
      seed,
      data: use,
      verdict: result.verdict,
      total: result.total,
      parts: result.parts,
      history: result.epochs.map((record) => ({ ...record, epoch: record.epoch + 1 })),
    };
    printResult(io, given, { document, headline: headline(document), tables: validateTables(document) });
    return EXIT_OK;
  },
};

function headline({ network, core, epochs, seed, data, verdict, history }: ValidateDocument): readonly string[] {
  const { core: fixed, float } = history.at(-1)!;
  return [
    `Network: ${network} on the core "${core}", ${counted(epochs, "epoch")} of ${counted(data.samples, "sample")}, seed ${seed}`,
    `Data: ${data.name}, steps of ${data.timestepMs} ms, ${data.group} of ${data.channels} channels to one`,
    `Right while learning, last epoch: core ${formatAccuracy(fixed)}, float64 ${formatAccuracy(float)}`,
    `Verdict: ${verdict.text}`,
  ];
}
