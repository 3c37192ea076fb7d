/**
 * `npm run results:cosim`: RTL against emulator on the trained networks, on learning, on every preset and on every core whose cycles are
 * published, and how fast each is. Writes docs/results/cosim.json, with what `npm run test:rtl` and `npm run test:rtl-mutants` have left
 * in build/.
 *
 *     --only TEXT   cases whose "group name" has it; nothing is published then
 *     --kept        compares nothing: publishes what is kept, and counts what is not compared yet (`not_compared`)
 *
 * A case that was equal is kept in build/cosim.json until the program that Verilator makes of its RTL, hardware/, its image or its samples change, so
 * that an interrupted run goes on; its footprint is compared anew when the text of its RTL changes.
 * Needs Verilator, yosys and the data beside the project. Exit code 1 when anything differs or a part is missing.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { buildSimulation } from "../hardware/build.ts";
import { cosimulate } from "../hardware/cosimulate.ts";
import { describeDifference } from "../hardware/difference.ts";
import { compareFootprint, synthesisedMemories } from "../hardware/footprint.ts";
import { type Presented, samplesText, writesText } from "../hardware/run-files.ts";
import { benchSources, rtlSources } from "../hardware/sources.ts";
import type { Image } from "../image/manifest.ts";
import { type CosimCase, cosimCases, type Group, LEARNING_SAMPLES } from "./cosim-cases.ts";
import { measureSpeeds } from "./cosim-speed.ts";
import { missingTrainedData, spokenDigits } from "./trained-data.ts";

const ROOT = join(import.meta.dirname, "..");
const CACHE = join(ROOT, "build", "rtl");
const KEPT = join(ROOT, "build", "cosim.json");
const RESULTS = join(ROOT, "docs", "results", "cosim.json");

/** Of what has no value after a reset; each case runs under both. */
const RESET_SEEDS = [1, 2] as const;

/** Of one reset seed, the same under the other. */
interface Compared {
  readonly samples: number;
  readonly steps: number;
  readonly cycles: number;
  readonly differences: number;
  readonly footprintDifferences: number;
}

/** SHA-256 of what a comparison depends on: the program that Verilator makes of the RTL and what compares it; for the footprint the RTL's text. */
interface Keys {
  readonly run: string;
  readonly footprint: string;
}

type Kept = Record<string, { readonly keys: Keys; readonly compared: Compared }>;

/** What another command has left. @throws Error that says which */
function left<T>(file: string, command: string): T {
  const path = join(ROOT, "build", file);
  if (!existsSync(path)) throw new Error(`build/${file}: is missing; run ${command} first`);
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

/** Undefined for a case that is not kept, where only what is kept is asked for. */
async function compared({ group, name, image, samples }: CosimCase, kept: Kept): Promise<Compared | undefined> {
  const title = `${group} ${name}`;
  const rtl = rtlSources(image.manifest);
  const { program } = await buildSimulation(rtl, benchSources(), { cache: CACHE });
  const keys: Keys = {
    run: digest([basename(program), RESET_SEEDS, comparison, writesText(image), samplesText(image, samples)]),
    footprint: digest(rtl),
  };
  const before = kept[title];
  const [sameRun, sameFootprint] = [before?.keys.run === keys.run, before?.keys.footprint === keys.footprint];
  if (before !== undefined && sameRun && sameFootprint) {
    process.stdout.write(`${title}: equal before\n`);
    return before.compared;
  }
  if (values.kept) return undefined;
  const footprint = compareFootprint(image.manifest, synthesisedMemories(rtl));
  for (const { path, manifest, yosys } of footprint) {
    process.stdout.write(`${title}: memory ${path}: manifest ${manifest}, yosys ${yosys}\n`);
  }
  const run = before !== undefined && sameRun ? before.compared : await ran(title, image, samples, program);
  if (sameRun) process.stdout.write(`${title}: equal before, its footprint compared anew\n`);
  const result = { ...run, footprintDifferences: footprint.length };
  if (run.differences === 0 && footprint.length === 0) {
    kept[title] = { keys, compared: result };
    writeFileSync(KEPT, `${JSON.stringify(kept, null, 2)}\n`);
  }
  return result;
}

async function ran(
  title: string,
  image: Image,
  samples: readonly Presented[],
  program: string,
): Promise<Omit<Compared, "footprintDifferences">> {
  let result: Omit<Compared, "footprintDifferences"> | undefined;
  for (const seed of RESET_SEEDS) {
    const { difference, ...done } = await cosimulate(image, samples, program, { seed });
    const outcome = difference === null ? "equal" : describeDifference(difference);
    const what = `${done.samples} samples, ${done.steps} steps, ${done.cycles} cycles`;
    process.stdout.write(`${title}: reset seed ${seed}: ${what}, ${outcome}\n`);
    result = { ...done, differences: difference === null ? 0 : 1 };
    if (difference !== null) break;
  }
  return result!;
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, kept: { type: "boolean", default: false } },
});
const missing = missingTrainedData();
if (missing !== undefined) throw new Error(`${missing}: is absent; the data lies beside the project`);
const digits = await spokenDigits("test", { limit: LEARNING_SAMPLES });
const kept: Kept = existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, "utf8")) as Kept) : {};
/** A comparison that has learned to see more is made again. */
const comparison = digest(
  readdirSync(join(ROOT, "hardware"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(ROOT, "hardware", name), "utf8")),
);
const notCompared: string[] = [];
const results: { readonly group: Group; readonly name: string; readonly done: Compared }[] = [];
for (const one of await cosimCases(digits)) {
  if (!`${one.group} ${one.name}`.includes(values.only)) continue;
  const done = await compared(one, kept);
  if (done === undefined) notCompared.push(`${one.group} ${one.name}`);
  else results.push({ group: one.group, name: one.name, done });
}
const total = (key: "differences" | "footprintDifferences"): number =>
  results.reduce((sum, { done }) => sum + done[key], 0);
process.exitCode = total("differences") + total("footprintDifferences") > 0 ? 1 : 0;
if (values.only === "") await publish();

async function publish(): Promise<void> {
  const random = left<Record<string, number>>("rtl.json", "npm run test:rtl");
  const mutants = left<readonly { readonly outcome: string }[]>("rtl-mutants.json", "npm run test:rtl-mutants");
  const valid = mutants.filter(({ outcome }) => outcome !== "invalid");
  const group = (name: Group): Record<string, Compared> =>
    Object.fromEntries(results.filter((one) => one.group === name).map((one) => [one.name, one.done]));
  const differences = total("differences") + random.differences!;
  const footprintDifferences = total("footprintDifferences") + random.footprintDifferences!;
  const document = {
    configs: random.configurations,
    builds: random.builds,
    reset_seeds: RESET_SEEDS.length,
    differences,
    footprint_differences: footprintDifferences,
    mutants: valid.length,
    mutants_killed: valid.filter(({ outcome }) => outcome === "caught").length,
    trained: group("trained"),
    learning: group("learning"),
    presets: group("presets"),
    published: group("published"),
    not_compared: notCompared.length,
    ...(await measureSpeeds(digits, CACHE)),
  };
  writeFileSync(RESULTS, `${JSON.stringify(document, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(document)}\n`);
  for (const name of notCompared) process.stdout.write(`not compared yet: ${name}\n`);
  if (differences + footprintDifferences > 0) process.exitCode = 1;
}
