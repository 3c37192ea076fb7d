/**
 * `npm run -s results:fit`: fits a core to each of the five trained networks and writes docs/results/fit.json and docs/results/fit.md.
 *
 * The search runs on all 2,700 training samples of FSDD-cochlea, the 300 test samples score the chosen designs once. Results of designs are
 * kept in build/fit.jsonl, so that an interrupted run goes on. --only NAME,.. fits these networks; what is published then says so. docs/results/fit-cores.json has the cores
 * that were found, as `mora compile --core` takes them.
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fitDocument } from "../cli/fit-document.ts";
import { duration } from "../cli/train-report.ts";
import { readVersion } from "../cli/version.ts";
import type { Criterion } from "../explore/fit/criterion.ts";
import { fitCore } from "../explore/fit/fit.ts";
import { foundCore } from "../explore/fit/found-core.ts";
import { loadFit } from "../explore/fit/load-fit.ts";
import type { FreedomKind } from "../explore/fit/quantities.ts";
import { createPoolRunner } from "../explore/pool-runner.ts";
import { openResults } from "../explore/result-store.ts";
import { type FitCores, writeFitCores } from "./fit-cores.ts";
import { fitPage } from "./fit-page.ts";
import { type Fitted, fitResults, type Origin } from "./fit-results.ts";
import { missingTrainedData, SHARED_DATA, type TrainedName } from "./trained-data.ts";
import { trainedDescription } from "./trained-description.ts";
import { TRAINED_NETWORKS } from "./trained-networks.ts";

const ROOT = join(import.meta.dirname, "..");
const KEPT = join(ROOT, "build", "fit.jsonl");
const PUBLISHED = join(ROOT, "docs", "results");
const CUT = { group: 5, steps: 120 };
const CRITERION: Criterion = { name: "bound", maxLoss: 0.01 };
const FOUND: readonly FreedomKind[] = ["each", "uniform", "weights"];

/** One network, from its own description as a file: that is what `mora fit` takes. */
async function fitted(name: TrainedName): Promise<Fitted & { readonly cores: FitCores }> {
  const started = performance.now();
  const network = join(ROOT, "build", `fit-${name}.json`);
  writeFileSync(network, JSON.stringify(trainedDescription(name)));
  const [train, test] = ["train", "test"].map((split) => `${SHARED_DATA}fsdd_cochlea_${split}.h5.gz`);
  const setting = await loadFit({ network, data: { name: train!, ...CUT }, test: { name: test!, ...CUT } });
  const store = openResults(KEPT);
  const runner = createPoolRunner({ files: setting.files });
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    const fit = await fitCore({
      setting,
      criterion: CRITERION,
      keep: [],
      store,
      runner,
      mora: readVersion(),
      floatFile: `${KEPT}.float.json`,
      onSearch: (kind) => process.stderr.write(`${name}: ${kind} after ${duration(seconds())}\n`),
    });
    const found = FOUND.flatMap((kind) => {
      const { chosen } = fit[kind];
      return chosen === null ? [] : [[kind, foundCore(setting, kind, [], chosen.trial.choices).core] as const];
    });
    const cores: FitCores = { given: setting.core, ...Object.fromEntries(found) };
    const document = fitDocument(fit, {
      network: name,
      core: setting.core.name,
      data: "FSDD-cochlea, training",
      testData: "FSDD-cochlea, test",
      results: "build/fit.jsonl",
      keep: [],
      criterion: CRITERION,
      budget: null,
      found: fit.each.chosen === null ? null : foundCore(setting, "each", [], fit.each.chosen.trial.choices),
      seconds: seconds(),
    });
    return { document, fit, cores };
  } finally {
    await runner.close();
    store.close();
  }
}

const git = (...args: string[]): string => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();

const { values } = parseArgs({ options: { only: { type: "string" } } });
const missing = missingTrainedData();
if (missing !== undefined) throw new Error(`${missing}: is absent; the data lies beside the project`);
mkdirSync(join(ROOT, "build"), { recursive: true });
const wanted = values.only?.split(",") ?? TRAINED_NETWORKS;
const unknown = wanted.find((name) => !TRAINED_NETWORKS.some((known) => known === name));
if (unknown !== undefined)
  throw new Error(`--only ${unknown}: is no trained network; give some of ${TRAINED_NETWORKS.join(",")}`);
const names = TRAINED_NETWORKS.filter((name) => wanted.includes(name));
const all: Awaited<ReturnType<typeof fitted>>[] = [];
for (const name of names) all.push(await fitted(name));
const origin: Origin = {
  date: new Date().toISOString(),
  machine: `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores, Node ${process.versions.node}`,
  commit: `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "-uno") === "" ? "" : "+"}`,
};
const page = fitPage(all, origin);
process.stdout.write(page);
writeFileSync(join(PUBLISHED, "fit.json"), `${JSON.stringify(fitResults(all, origin), null, 2)}\n`);
writeFileSync(join(PUBLISHED, "fit.md"), page);
writeFitCores(Object.fromEntries(names.map((name, n) => [name, all[n]!.cores])));
