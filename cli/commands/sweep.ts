/** mora sweep: the designs of a space, each compiled and run, on all cores. */

import { comparableLines } from "../../explore/comparable.ts";
import { designResults, frontOf } from "../../explore/front.ts";
import { loadSpace } from "../../explore/load-space.ts";
import { createSearch, designCount } from "../../explore/search.ts";
import { sweep } from "../../explore/sweep.ts";
import { whole } from "../../report/numbers.ts";
import type { Command } from "../command.ts";
import { designDocument, designTable } from "../design-table.ts";
import type { SweepDocument } from "../documents-explore.ts";
import { withEvaluators } from "../evaluators.ts";
import { EXIT_OK } from "../exit-codes.ts";
import { printResult } from "../output.ts";
import { tellStale } from "../stale-results.ts";
import {
  checkEvaluation,
  planOf,
  resultFile,
  type SweepArguments,
  sweepOptions,
  withSamples,
} from "../sweep-options.ts";
import { startSweepProgress } from "../sweep-progress.ts";
import { duration } from "../train-report.ts";
import { readVersion } from "../version.ts";

/** Designs of the front that the text shows; the file has all. */
const SHOWN = 20;
const FAILURES = 5;

export const sweepCommand: Command = {
  usage: "sweep <space>",
  summary:
    "Compile and run the designs of a space on all cores, or many machines; results go to a file that is never lost",
  positionals: { space: { type: "string", describe: "Space of designs (.ts, .js, .json): docs/explore.md" } },
  options: sweepOptions,
  examples: [
    ["mora sweep space.ts -o results.jsonl", "every design, or the space's own search; run it again to go on"],
    ["mora sweep space.ts --search latin --points 200 --samples 100", "some designs on few samples"],
    ["mora sweep space.ts --search evolve --points 40", "NSGA-II, 40 designs a generation"],
    [
      "mora sweep space.ts --redis redis://queue.local",
      "on every machine that runs mora worker --redis redis://queue.local",
    ],
  ],
  check: (args) => checkEvaluation(args as unknown as SweepArguments),
  async run(args, io) {
    const given = args as unknown as SweepArguments;
    const started = performance.now();
    const space = withSamples(await loadSpace(given.space), given.samples);
    const plan = planOf(space, given);
    const search = createSearch(space, plan);
    const path = resultFile(given);
    const { retryFailed } = given;
    const progress = startSweepProgress(io, given.json === true, space.objectives);
    const interrupted = (): void => progress.stop();
    const opening = { ...given, path, files: space.files.paths, io, interrupted };
    return withEvaluators(opening, async (store, { runner, processes }) => {
      tellStale(store, space, path, io);
      const { onLine } = progress;
      const setting = { space, search, store, runner, mora: readVersion(), retryFailed, onLine };
      const result = await sweep({ ...setting, designs: designCount(space, plan) }).finally(progress.stop);
      const designs = designResults(result.lines, Object.keys(space.objectives));
      // Of a halving the last rung: on fewer samples a design may be lucky.
      const compared = designResults(comparableLines(result.lines), Object.keys(space.objectives));
      const front = frontOf(compared, space.objectives);
      const failures = designs.filter(({ status }) => status === "failed");
      const document: SweepDocument = {
        schema: "mora/sweep/1",
        space: given.space,
        results: path,
        search: plan.kind ?? "grid",
        workers: processes(),
        designs: designs.length,
        points: result.lines.length,
        evaluated: result.evaluated,
        reused: result.reused,
        infeasible: result.lines.filter(({ status }) => status === "infeasible").length,
        failed: result.lines.filter(({ status }) => status === "failed").length,
        seconds: (performance.now() - started) / 1000,
        objectives: space.objectives,
        front: front.map(designDocument),
        failures: failures.flatMap(({ lines }) =>
          lines.flatMap(({ choices, error }) => (error === null ? [] : [{ choices, error }])),
        ),
      };
      printResult(io, given, {
        document,
        headline: headline(document),
        tables: [
          designTable(
            "Designs of which none is better in everything",
            front.slice(0, SHOWN),
            space.objectives,
            notes(front.length, path),
          ),
        ],
      });
      return EXIT_OK;
    });
  },
};

function headline(document: SweepDocument): readonly string[] {
  const { space, search, designs, points, evaluated, reused, infeasible, failed, seconds, workers, results, failures } =
    document;
  const each = points === designs ? "" : `, ${whole(points)} points with their seeds`;
  return [
    `Space: ${space}, search "${search}", ${whole(designs)} designs${each}`,
    `Evaluated ${whole(evaluated)} on ${workers} processes in ${duration(seconds)}, ${whole(reused)} were in ${results}; ${whole(infeasible)} infeasible, ${whole(failed)} failed`,
    ...failures
      .slice(0, FAILURES)
      .map(({ choices, error }) => `Failed: ${JSON.stringify(choices)}: ${error.split("\n")[0]}`),
    ...(failures.length > FAILURES
      ? [`Failed: ${failures.length - FAILURES} more, with their errors in ${results}`]
      : []),
  ];
}

function notes(front: number, path: string): readonly string[] {
  if (front === 0) return ["None: no design is feasible; the file has the reasons."];
  return front > SHOWN ? [`${SHOWN} of ${front}; mora pareto ${path} has all, and other measures.`] : [];
}
