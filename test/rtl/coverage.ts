/**
 * npm run coverage:rtl: which lines of the RTL run in the configurations of four builds of test:rtl, two of them with a learning engine
 * (verilator --coverage-line). Writes docs/results/rtl-coverage.json.
 *
 *     --variants N   configurations on each build (default 20)     --seed N   of the cases (default 1)
 *
 * The exit code is 1 when less than 95 % of the lines run, or when one that does not is not explained in test/rtl/uncovered.json.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSimulation } from "../../hardware/build.ts";
import { cosimulate } from "../../hardware/cosimulate.ts";
import { describeDifference } from "../../hardware/difference.ts";
import { benchSources, rtlSources } from "../../hardware/sources.ts";
import { learningCaseArbitrary } from "../generators/case.ts";
import { type Candidate, chooseBuilds, drawPool, type Pool } from "./choose.ts";
import { addCoverage, type CoveragePoint, coverageByFile, missedPoints, type Points } from "./coverage-data.ts";
import { wantedFeatures } from "./features.ts";
import { WANTED_LEARNING } from "./learning-features.ts";
import { variantsOf } from "./variants.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const CACHE = join(ROOT, "build", "rtl");
const RESULTS = join(ROOT, "docs", "results", "rtl-coverage.json");
const LEAST_PERCENT = 95;
/** The pool to choose from is as large as for a full run of test:rtl. */
const POOL_BUILDS = 24;

const { values } = parseArgs({
  options: { variants: { type: "string", default: "20" }, seed: { type: "string", default: "1" } },
});
const [variants, seed] = [Number(values.variants), Number(values.seed)];

/** Two builds that together cover the most. */
function two(pool: Pool, wanted: readonly string[]): readonly (Candidate & Pick<Pool, "samples">)[] {
  return chooseBuilds(pool, 2, wanted).map((one) => ({ ...one, samples: pool.samples }));
}

/** Explanations by "file: line's text (kind)". */
const explained = JSON.parse(readFileSync(join(import.meta.dirname, "uncovered.json"), "utf8")) as Readonly<
  Record<string, string>
>;

mkdirSync(CACHE, { recursive: true });
const builds = [
  ...two(drawPool(POOL_BUILDS, seed), wantedFeatures()),
  ...two(drawPool(POOL_BUILDS, seed, learningCaseArbitrary), wantedFeatures(WANTED_LEARNING)),
];
let points: Points = new Map();
let configurations = 0;
let differences = 0;
const texts = new Map<string, readonly string[]>();
for (const build of builds) await runBuild(build);

const files = coverageByFile(points);
const sum = (key: "points" | "pointsReached" | "lines" | "linesReached"): number =>
  [...files.values()].reduce((total, one) => total + one[key], 0);
const missed = missedPoints(points).map((point) => ({ point, name: nameOf(point) }));
const unexplained = missed.filter(({ name }) => explained[name] === undefined);
const percent = (100 * sum("linesReached")) / sum("lines");
const document = {
  seed,
  builds: builds.length,
  configurations,
  lines: sum("lines"),
  linesReached: sum("linesReached"),
  percent: Number(percent.toFixed(1)),
  points: sum("points"),
  pointsReached: sum("pointsReached"),
  modules: Object.fromEntries(files),
  missed: missed.map(({ point, name }) => ({ name, line: point.line, why: explained[name] ?? "" })),
};
writeFileSync(RESULTS, `${JSON.stringify(document, null, 2)}\n`);
for (const [file, one] of files) {
  console.log(
    `${file.padEnd(34)} lines ${one.linesReached} of ${one.lines}, points ${one.pointsReached} of ${one.points}`,
  );
}
for (const { name } of unexplained) console.log(`not reached and not explained: ${name}`);
console.log(
  `${builds.length} builds, ${configurations} configurations, ${differences} differences: lines ${percent.toFixed(1)} %, ${missed.length} points not reached, ${unexplained.length} of them not explained`,
);
process.exitCode = percent < LEAST_PERCENT || unexplained.length > 0 || differences > 0 ? 1 : 0;

async function runBuild({ number, value, compiled, samples: pool }: (typeof builds)[number]): Promise<void> {
  const rtl = rtlSources(compiled.image.manifest);
  for (const { name, text } of rtl) texts.set(name, text.split("\n"));
  const { program } = await buildSimulation(rtl, benchSources(), { cache: CACHE, coverage: true });
  const folder = mkdtempSync(join(tmpdir(), "mora-coverage-"));
  const coverage = join(folder, "coverage.dat");
  try {
    for (const { image, samples } of variantsOf(value, variants, seed + number, pool)) {
      const { difference } = await cosimulate(image, samples, program, { seed: 1, coverage });
      if (difference !== null) {
        differences++;
        console.log(`case ${number}: ${describeDifference(difference)}`);
      }
      points = addCoverage(readFileSync(coverage, "utf8"), points);
      configurations++;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without a number of a line, which changes when something above does. */
function nameOf({ file, line, kind }: CoveragePoint): string {
  return `${file}: ${texts.get(file)![line - 1]!.trim()} (${kind})`;
}
