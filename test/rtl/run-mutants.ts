/**
 * npm run test:rtl-mutants: how strong test:rtl is. Mutants of every module of rtl/ run on a few of its builds; one is caught
 * when it differs from the emulator, stands still, or ends the test bench with an error.
 *
 *     --each N    mutants a module (default 2)      --seed N       of the choice (default 1)
 *     --builds N  builds to try (default 6)         --variants N   configurations on each (default 6)
 *     --only TEXT modules whose name has it         --jobs N       mutants side by side (default 2)
 *
 * Survivors are explained in test/rtl/survivors.json, by id; the exit code is 1 when one is not. Writes build/rtl-mutants.json.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSimulation } from "../../hardware/build.ts";
import { cosimulate } from "../../hardware/cosimulate.ts";
import { describeDifference } from "../../hardware/difference.ts";
import { benchSources, PACKAGE_FILE, rtlSources } from "../../hardware/sources.ts";
import { chooseBuilds, drawPool } from "./choose.ts";
import { wantedFeatures } from "./features.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { variantsOf } from "./variants.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const CACHE = join(ROOT, "build", "rtl-mutants");
const PATIENCE = 50_000;

const { values } = parseArgs({
  options: {
    each: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    builds: { type: "string", default: "6" },
    variants: { type: "string", default: "6" },
    jobs: { type: "string", default: "2" },
    only: { type: "string", default: "" },
  },
});
const [each, seed, builds, variants, jobs] = [
  values.each,
  values.seed,
  values.builds,
  values.variants,
  values.jobs,
].map(Number) as [number, number, number, number, number];

interface Verdict {
  readonly id: string;
  readonly outcome: "caught" | "survives" | "invalid";
  /** What caught it, or why it is no mutant. */
  readonly by: string;
}

/** Builds that differ as much as can be, each with what runs on it. */
const pool = drawPool(builds, seed);
const cases = chooseBuilds(pool, builds, wantedFeatures()).map(({ number, value, compiled }) => ({
  name: `case ${number}`,
  manifest: compiled.image.manifest,
  variants: variantsOf(value, variants, seed + number, pool.samples),
}));
mkdirSync(CACHE, { recursive: true });

const modules = rtlSources(cases[0]!.manifest).filter(
  ({ name }) => name !== PACKAGE_FILE && name.includes(values.only),
);
// Two more than wanted, for those that no tool accepts.
const wanted = modules.map((file) => mutantsOf(file, seed, each + 2));
const verdicts: Verdict[] = [];
const queue = [...wanted];
await Promise.all(
  Array.from({ length: jobs }, async () => {
    for (let mutants = queue.shift(); mutants !== undefined; mutants = queue.shift()) await judgeModule(mutants);
  }),
);

const survivors = JSON.parse(readFileSync(join(import.meta.dirname, "survivors.json"), "utf8")) as Record<
  string,
  string
>;
const valid = verdicts.filter(({ outcome }) => outcome !== "invalid");
const caught = valid.filter(({ outcome }) => outcome === "caught").length;
const unexplained = valid.filter(({ id, outcome }) => outcome === "survives" && survivors[id] === undefined);
for (const { id } of unexplained) console.log(`not caught and not explained: ${id}`);
writeFileSync(join(ROOT, "build", "rtl-mutants.json"), `${JSON.stringify(verdicts, null, 2)}\n`);
const explained = valid.length - caught - unexplained.length;
console.log(
  `${valid.length} mutants of ${modules.length} modules, ${caught} caught, ${explained} explained, ${unexplained.length} not`,
);
process.exitCode = unexplained.length > 0 ? 1 : 0;

async function judgeModule(mutants: readonly Mutant[]): Promise<void> {
  let judged = 0;
  for (const mutant of mutants) {
    if (judged === each) return;
    const verdict = await judge(mutant);
    verdicts.push(verdict);
    console.log(`${verdict.outcome.padEnd(8)} ${mutant.id} (line ${mutant.line})\n         ${verdict.by}`);
    if (verdict.outcome !== "invalid") judged++;
  }
}

async function judge({ id, file, text }: Mutant): Promise<Verdict> {
  for (const { name, manifest, variants: all } of cases) {
    const rtl = rtlSources(manifest).map((source) => (source.name === file ? { name: file, text } : source));
    let program: string;
    try {
      ({ program } = await buildSimulation(rtl, benchSources(), { cache: CACHE }));
    } catch (error) {
      return {
        id,
        outcome: "invalid",
        by: String((error as Error).message)
          .split("\n")
          .slice(0, 2)
          .join(" "),
      };
    }
    for (const [n, { image, samples }] of all.entries()) {
      const place = `${name}, variant ${n}`;
      try {
        const { difference } = await cosimulate(image, samples, program, { seed: 1, patience: PATIENCE });
        if (difference !== null) return { id, outcome: "caught", by: `${place}: ${describeDifference(difference)}` };
      } catch (error) {
        // The bench itself found what cannot be: a step that no tick began, an address of no element.
        return { id, outcome: "caught", by: `${place}: ${String((error as Error).message).split("\n")[0]}` };
      }
    }
  }
  return { id, outcome: "survives", by: `${cases.length} builds` };
}
