/**
 * npm run results:explore: the two published sweeps, and what is read off them: docs/results/explore.md, explore.json. What is kept
 * is not computed again; killed, it goes on where it was.
 *
 *     --report       do not sweep: write the report of what is kept
 *     --features     do not sweep: of what is kept, make the numbers anew that area is estimated from; the report shows none of them
 *     --quick        write nothing: evaluate some points again and compare them with what is kept; exit code 1 if any differs
 *     --workers N    processes; default one a core
 */

import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { readVersion } from "../cli/version.ts";
import { origin } from "../experiments/publish.ts";
import { loadSpace } from "../explore/load-space.ts";
import { createPoolRunner } from "../explore/pool-runner.ts";
import type { ResultLine } from "../explore/result-line.ts";
import { openResults } from "../explore/result-store.ts";
import { createSearch } from "../explore/search.ts";
import { sweep } from "../explore/sweep.ts";
import { recompute } from "./explore-check.ts";
import { refreshFeatures } from "./explore-features.ts";
import { renderExplore } from "./explore-report.ts";
import {
  DESIGNS,
  digestOf,
  fitMemorySaved,
  LEARNING,
  type Published,
  pack,
  RESULTS,
  readKept,
  sweepKeys,
  unpack,
} from "./explore-results.ts";
import { missingTrainedData } from "./trained-data.ts";

/** Points between two lines of the log. */
const EVERY = 50;

/** Points that --quick looks at: of the first sweep half a minute's, of the second two trainings. */
const QUICK = { designs: 30, learning: 2 };

const { values } = parseArgs({
  options: {
    report: { type: "boolean", default: false },
    features: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    workers: { type: "string" },
  },
});

async function run(published: Published): Promise<void> {
  unpack(published);
  const space = await loadSpace(published.space);
  const store = openResults(published.working);
  const runner = createPoolRunner({
    files: space.files.paths,
    ...(values.workers !== undefined && { workers: Number(values.workers) }),
  });
  try {
    const { lines } = await sweep({
      space,
      search: createSearch(space, space.search),
      store,
      runner,
      mora: readVersion(),
      onLine(line: ResultLine, { done, asked, reused }) {
        if (line.status === "failed") console.log(`failed: ${JSON.stringify(line.choices)}: ${line.error}`);
        if ((done - reused) % EVERY === 0 && done > reused) console.log(`${done} of ${asked} points`);
      },
    });
    pack(published, lines);
  } finally {
    await runner.close();
    store.close();
  }
}

const missing = missingTrainedData();
if (values.quick || values.features) {
  if (missing === undefined) await (values.quick ? check() : refresh());
  else console.log(`results:explore skipped: ${missing} is absent (the data lies beside the project, not in it)`);
} else {
  if (missing !== undefined && !values.report)
    throw new Error(`${missing}: is absent; the data lies beside the project`);
  if (!values.report) for (const published of [DESIGNS, LEARNING]) await run(published);
  publish();
}

async function check(): Promise<void> {
  const differing = [...(await recompute(DESIGNS, QUICK.designs)), ...(await recompute(LEARNING, QUICK.learning))];
  for (const { kept, now } of differing) {
    console.log(
      `differs: ${JSON.stringify(kept.choices)}\n  kept ${JSON.stringify(kept)}\n  now  ${JSON.stringify(now)}`,
    );
  }
  console.log(`${QUICK.designs + QUICK.learning} points evaluated again, ${differing.length} differ from what is kept`);
  if (differing.length > 0) process.exitCode = 1;
}

async function refresh(): Promise<void> {
  for (const published of [DESIGNS, LEARNING]) {
    const { lines, changed } = await refreshFeatures(published);
    console.log(`${basename(published.kept)}: ${changed} of ${lines} lines have other numbers for area`);
  }
}

function publish(): void {
  const designs = readKept(DESIGNS);
  const learning = readKept(LEARNING);
  const saved = fitMemorySaved();
  if (saved === null)
    console.log("fit_memory_saved is null: docs/results/fit.json is not there; npm run results:fit writes it");
  const from = { date: new Date().toISOString(), ...origin() };
  writeFileSync(join(RESULTS, "explore.md"), renderExplore(designs, learning, saved, from));
  const keys = { ...from, ...sweepKeys(designs), learning: sweepKeys(learning), fit_memory_saved: saved };
  writeFileSync(join(RESULTS, "explore.json"), `${JSON.stringify(keys, null, 2)}\n`);
  console.log(
    `designs ${digestOf(designs)}: ${keys.points} points, ${keys.infeasible} infeasible, front of ${keys.front.length}`,
  );
  console.log(`learning ${digestOf(learning)}: ${keys.learning.points} points, front of ${keys.learning.front.length}`);
}
