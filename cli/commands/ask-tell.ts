/** mora ask-tell: designs that another program chooses, over JSON lines on standard input and output. */

import { createInterface } from "node:readline";
import { askTell } from "../../explore/ask-tell.ts";
import { loadSpace } from "../../explore/load-space.ts";
import { createEvaluation } from "../../explore/sweep.ts";
import type { Command } from "../command.ts";
import { withEvaluators } from "../evaluators.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { tellStale } from "../stale-results.ts";
import {
  checkEvaluation,
  type EvaluationArguments,
  evaluationOptions,
  resultFile,
  withSamples,
} from "../sweep-options.ts";
import { readVersion } from "../version.ts";

export const askTellCommand: Command = {
  usage: "ask-tell <space>",
  summary: "Evaluate the designs that an optimiser asks for, over JSON lines on standard input and output",
  positionals: { space: { type: "string", describe: "Space of designs (.ts, .js, .json): docs/explore.md" } },
  options: evaluationOptions,
  examples: [["python3 optimise.py", "a program that starts mora ask-tell space.ts: examples/optuna-search.py"]],
  check: (args) => checkEvaluation(args as unknown as EvaluationArguments),
  async run(args, io) {
    const given = args as unknown as EvaluationArguments;
    const space = withSamples(await loadSpace(given.space), given.samples);
    const path = resultFile(given);
    const { retryFailed } = given;
    await withEvaluators({ ...given, path, files: space.files.paths, io }, async (store, { runner }) => {
      tellStale(store, space, path, io);
      const evaluation = createEvaluation({ space, store, runner, mora: readVersion(), retryFailed });
      const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
      try {
        await askTell({ space, evaluation, lines, tell: (answer) => io.stdout(`${JSON.stringify(answer)}\n`) });
      } finally {
        // An error ends the command also while the optimiser, which waits for an answer, keeps the input open.
        lines.close();
      }
    });
    return EXIT_OK;
  },
};
