/**
 * npm run test:netlist: what yosys makes of the RTL, under Verilator against the emulator, with the comparison, the cases and the reset
 * seeds of test:rtl. The RTL may be right and read wrongly (docs/decisions/0009). Each netlist as it is read, and some down to gates.
 *
 *     --builds N     cores (default 3)                  --learning N         cores with a learning engine, besides (default 3)
 *     --gates N      of the former also down to gates,  --learning-gates N   of the latter (default 0: docs/verification.md,
 *                    fewest lanes first (default 1)                          "Not verified", has a difference that is open)
 *     --variants N   configurations on each (default 4)
 *     --seed N       of the cases (default 1)           --jobs N             netlists side by side (default 2)
 *
 * First, unless no core learns, an RTL that yosys reads otherwise than Verilator, which must be told. The exit code is 1 when anything differs.
 */

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSimulation } from "../../hardware/build.ts";
import type { Comparison } from "../../hardware/compare-samples.ts";
import { cosimulate } from "../../hardware/cosimulate.ts";
import { describeDifference } from "../../hardware/difference.ts";
import { benchSources, rtlSources, type SourceFile } from "../../hardware/sources.ts";
import type { NetlistStage } from "../../synthesis/script.ts";
import { netlistSources } from "../../synthesis/simulated-netlist.ts";
import { toolVersion, YOSYS } from "../../synthesis/tool.ts";
import { type Chosen, inferenceBuilds, learningBuilds, PATIENCE, RESET_SEEDS, seconds, whole } from "./chosen.ts";
import { type Variant, variantsOf } from "./variants.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "build", "netlist");

const { values } = parseArgs({
  options: {
    builds: { type: "string", default: "3" },
    learning: { type: "string", default: "3" },
    gates: { type: "string", default: "1" },
    "learning-gates": { type: "string", default: "0" },
    variants: { type: "string", default: "4" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
  },
});
const [variants, seed] = [whole(values.variants, 1), whole(values.seed, 1)];
const gates = [whole(values.gates, 0), whole(values["learning-gates"], 0)];

const begin = performance.now();
const tally = { netlists: 0, configurations: 0, samples: 0, steps: 0, cycles: 0, differences: 0 };
mkdirSync(FOLDER, { recursive: true });
console.log(toolVersion(YOSYS));
const kinds = [inferenceBuilds(whole(values.builds, 0), seed), learningBuilds(whole(values.learning, 0), seed)];
const learner = kinds[1]!.at(-1);
if (learner !== undefined) await checkMisreading(learner);
/** Gates first: they take longest. */
const runs = [
  ...kinds.flatMap((kind, n) => fewestLanes(kind, gates[n]!).map((one) => ({ one, stage: "gates" as const }))),
  ...kinds.flat().map((one) => ({ one, stage: "read" as const })),
];
async function work(): Promise<void> {
  for (let run = runs.shift(); run !== undefined; run = runs.shift()) await compareNetlist(run.one, run.stage);
}
await Promise.all(Array.from({ length: whole(values.jobs, 1) }, work));
console.log(
  `${tally.netlists} netlists, ${tally.configurations} configurations, ${RESET_SEEDS.length} reset seeds each: ${tally.samples} samples, ${tally.steps} steps, ${tally.cycles} cycles, ${tally.differences} differences, ${seconds(begin)} s`,
);
process.exitCode = tally.differences > 0 ? 1 : 0;

function fewestLanes(kind: readonly Chosen[], count: number): readonly Chosen[] {
  const lanes = ({ compiled }: Chosen): number => compiled.image.manifest.core.lanes;
  return [...kind].sort((a, b) => lanes(a) - lanes(b)).slice(0, count);
}

/** Compiled without optimising: gates are much text, and what runs on them is short. */
async function built(rtl: readonly SourceFile[], stage: NetlistStage): Promise<string> {
  const netlist = await netlistSources(rtl, stage);
  return (await buildSimulation(netlist, benchSources(), { cache: FOLDER, quick: stage === "gates" })).program;
}

function run({ image, samples }: Variant, program: string, resetSeed: number): Promise<Comparison> {
  return cosimulate(image, samples, program, { seed: resetSeed, patience: PATIENCE, netlist: true });
}

/** The mistake of old: yosys takes the default '1 of a parameter with a width for a single 1, Verilator for ones in every bit. */
async function checkMisreading({ name, compiled }: Chosen): Promise<void> {
  const right = "parameter logic [Bits-1:0] Stored = {Bits{1'b1}}";
  const wrong = "parameter logic [Bits-1:0] Stored = '1";
  const rtl = rtlSources(compiled.image.manifest).map((file) => ({ ...file, text: file.text.replace(right, wrong) }));
  assert.ok(
    rtl.some(({ text }) => text.includes(wrong)),
    "the parameter of mora_records has another form now",
  );
  const { difference } = await run(compiled, await built(rtl, "read"), 1);
  assert.ok(difference !== null, `${name}: an RTL that yosys reads otherwise than Verilator was not told`);
  console.log(`a misread parameter is told: ${describeDifference(difference)}`);
}

async function compareNetlist({ name, number, value, compiled, samples }: Chosen, stage: NetlistStage): Promise<void> {
  const start = performance.now();
  const program = await built(rtlSources(compiled.image.manifest), stage);
  const made = `made in ${seconds(start)} s`;
  const all = variantsOf(value, variants, seed + number, samples);
  let different = 0;
  for (const [n, variant] of all.entries()) {
    for (const resetSeed of RESET_SEEDS) {
      const { difference, ...done } = await run(variant, program, resetSeed);
      for (const key of ["samples", "steps", "cycles"] as const) tally[key] += done[key];
      if (difference === null) continue;
      different++;
      console.log(`    ${name}, ${stage}, variant ${n}, reset seed ${resetSeed}: ${describeDifference(difference)}`);
    }
  }
  tally.netlists++;
  tally.configurations += all.length;
  tally.differences += different;
  const { scheme, lanes, decay } = compiled.image.manifest.core;
  console.log(
    `${name}, ${stage}: ${scheme}, ${lanes} lanes, ${decay.rounding}, ${made}; ${all.length} configurations, ${different} different, ${seconds(start)} s`,
  );
}
