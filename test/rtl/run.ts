/**
 * npm run test:rtl: the RTL under Verilator against the emulator, on random networks, cores, inputs and arrival sequences.
 *
 *     --builds N     builds of the RTL (default 24)        --learning N   builds with a learning engine, besides (default 24)
 *     --variants N   configurations on each (default 13)   --jobs N       builds side by side (default 2)
 *     --seed N       of the cases (default 1)              --only TEXT    builds whose name has it, as "learning case 384"
 *
 * First two cores with a mistake each, which `mora cosim` must tell, unless there is `--only`. The last line is a summary; the exit code is 1 when anything differs, or when a full run is not spread as wanted.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Build, buildSimulation } from "../../hardware/build.ts";
import { cosimulate, recordWaves } from "../../hardware/cosimulate.ts";
import { describeDifference } from "../../hardware/difference.ts";
import { compareFootprint, synthesisedMemories } from "../../hardware/footprint.ts";
import { benchSources, rtlSources } from "../../hardware/sources.ts";
import { checkDifferencePath } from "./broken.ts";
import { type Chosen, inferenceBuilds, learningBuilds, PATIENCE, RESET_SEEDS, seconds, whole } from "./chosen.ts";
import { featuresOf, WANTED, wantedFeatures } from "./features.ts";
import { learningFeaturesOf, WANTED_LEARNING } from "./learning-features.ts";
import { type Variant, variantsOf } from "./variants.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "build", "rtl");
/** What a full run must reach. */
const FULL_BUILDS = 24;
const FULL_CONFIGURATIONS = 300;

const { values } = parseArgs({
  options: {
    builds: { type: "string", default: `${FULL_BUILDS}` },
    learning: { type: "string", default: `${FULL_BUILDS}` },
    variants: { type: "string", default: "13" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
    only: { type: "string", default: "" },
  },
});
const [builds, learning, variants] = [whole(values.builds, 0), whole(values.learning, 0), whole(values.variants, 1)];
const [seed, jobs] = [whole(values.seed, 1), whole(values.jobs, 1)];

const begin = performance.now();
/** What must occur, by axis. */
const wanted = new Map([...(builds > 0 ? WANTED : []), ...(learning > 0 ? WANTED_LEARNING : [])]);
const chosen = [...inferenceBuilds(builds, seed), ...learningBuilds(learning, seed)].filter(({ name }) =>
  `${name} `.includes(values.only),
);
const tally = {
  footprintDifferences: 0,
  configurations: 0,
  samples: 0,
  steps: 0,
  cycles: 0,
  differences: 0,
  buildSeconds: 0,
};
const counts = new Map<string, number>();
mkdirSync(FOLDER, { recursive: true });

const broken = values.only === "" ? checkDifferencePath(FOLDER) : [];
for (const problem of broken) console.log(`a mistake in the RTL is not told as it should be: ${problem}`);

let next = 0;
async function work(): Promise<void> {
  while (next < chosen.length) {
    const index = next++;
    await runBuild(index, chosen[index]!);
  }
}
await Promise.all(Array.from({ length: jobs }, work));

console.log(spreadTable());
const missing = wantedFeatures(wanted).filter((one) => !counts.has(one));
const full = builds >= FULL_BUILDS && learning >= FULL_BUILDS && values.only === "";
const few = full && tally.configurations < FULL_CONFIGURATIONS;
if (missing.length > 0) console.log(`not reached: ${missing.join("; ")}`);
if (few) console.log(`too few configurations: ${tally.configurations}, a full run has ${FULL_CONFIGURATIONS} or more`);
console.log(
  `${chosen.length} builds, ${tally.configurations} configurations, ${RESET_SEEDS.length} reset seeds each: ${tally.samples} samples, ${tally.steps} steps, ${tally.cycles} cycles, ${tally.differences} differences, ${tally.footprintDifferences} of footprint, ${seconds(begin)} s`,
);
// docs/results/cosim.json is made of this (bench/cosim.ts).
writeFileSync(
  join(FOLDER, "..", "rtl.json"),
  `${JSON.stringify({ seed, builds: chosen.length, ...tally }, null, 2)}\n`,
);
const unequal = tally.differences + tally.footprintDifferences + broken.length > 0;
process.exitCode = unequal || few || (full && missing.length > 0) ? 1 : 0;

async function runBuild(index: number, { name, number, value, compiled, samples }: Chosen): Promise<void> {
  const { manifest } = compiled.image;
  const start = performance.now();
  const build = await buildSimulation(rtlSources(manifest), benchSources(), { cache: FOLDER });
  tally.buildSeconds += build.seconds;
  for (const { path, manifest: wanted, yosys } of compareFootprint(
    manifest,
    synthesisedMemories(rtlSources(manifest)),
  )) {
    tally.footprintDifferences++;
    console.log(`    ${name}: memory ${path}: manifest ${wanted}, yosys ${yosys}`);
  }
  const all = variantsOf(value, variants, seed + number, samples);
  let different = 0;
  for (const [n, variant] of all.entries()) different += await runVariant(build, `${name}, variant ${n}`, variant);
  const { core } = manifest;
  const made = build.kept ? "kept" : `built in ${build.seconds.toFixed(0)} s`;
  console.log(
    `${String(index + 1).padStart(3)} ${name}: ${core.scheme}, ${core.lanes} lanes, ${core.decay.rounding}, ${made}; ${all.length} configurations, ${different} different, ${seconds(start)} s`,
  );
}

/** @returns 1 when it differs under any reset seed */
async function runVariant(build: Build, name: string, variant: Variant): Promise<number> {
  const { image, samples } = variant;
  for (const feature of [...featuresOf(variant), ...learningFeaturesOf(variant)])
    counts.set(feature, (counts.get(feature) ?? 0) + 1);
  tally.configurations++;
  for (const resetSeed of RESET_SEEDS) {
    const options = { seed: resetSeed, patience: PATIENCE };
    const result = await cosimulate(image, samples, build.program, options).catch((error: Error) => error);
    if (result instanceof Error) {
      // The simulation has crashed, or reports what cannot be read.
      tally.differences++;
      console.log(`    ${name} (seed ${seed}), reset seed ${resetSeed}: ${result.message}`);
      return 1;
    }
    const { difference, ...done } = result;
    tally.samples += done.samples;
    tally.steps += done.steps;
    tally.cycles += done.cycles;
    if (difference === null) continue;
    tally.differences++;
    const waves = join(FOLDER, `${name.replaceAll(/[ ,]+/g, "-")}.vcd`);
    // One recording is enough to look at: a mistake mostly shows in many configurations.
    if (tally.differences === 1) {
      const traced = await buildSimulation(rtlSources(image.manifest), benchSources(), { cache: FOLDER, trace: true });
      await recordWaves(image, samples, traced.program, options, difference, waves);
    }
    console.log(`    ${name} (seed ${seed}), reset seed ${resetSeed}: ${describeDifference(difference)}`);
    return 1;
  }
  return 0;
}

function spreadTable(): string {
  return [...wanted]
    .map(([axis, all]) => {
      const cells = all.map((value) => `${value} ${counts.get(`${axis}: ${value}`) ?? 0}`);
      return `${axis.padEnd(18)} ${cells.join(" | ")}`;
    })
    .join("\n");
}
