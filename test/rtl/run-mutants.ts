/**
 * npm run test:rtl-mutants: how strong test:rtl is. Mutants of every module of rtl/ run on a few builds as it has them; one is caught
 * when it differs from the emulator, stands still, or ends the test bench with an error.
 *
 *     --each N      mutants a module (default 2)               --seed N      of the choice (default 1)
 *     --builds N    builds to try (default 14)                 --learning N  with a learning engine, besides (default 12)
 *     --variants N  configurations on each (default 6)         --jobs N      mutants side by side (default 2)
 *     --only REGEX  modules whose file name matches; verdicts of the others are kept
 *
 * With ccache on the path it takes a fraction of the time. Survivors are explained in test/rtl/survivors.json, by id; the exit code is 1 when one is not. Writes build/rtl-mutants.json, and
 * goes on where a run with the same modules was interrupted.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildSimulation } from "../../hardware/build.ts";
import { cosimulate } from "../../hardware/cosimulate.ts";
import { describeDifference } from "../../hardware/difference.ts";
import { SimulationError } from "../../hardware/simulation-error.ts";
import { benchSources, PACKAGE_FILE } from "../../hardware/sources.ts";
import { type MutantBuild, mutantBuilds } from "./mutant-builds.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const CACHE = join(ROOT, "build", "rtl-mutants");
const VERDICTS = join(ROOT, "build", "rtl-mutants.json");
const PATIENCE = 20_000;

const { values } = parseArgs({
  options: {
    each: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    builds: { type: "string", default: "14" },
    learning: { type: "string", default: "12" },
    variants: { type: "string", default: "6" },
    jobs: { type: "string", default: "2" },
    only: { type: "string", default: "" },
  },
});
const [each, seed, jobs] = [Number(values.each), Number(values.seed), Number(values.jobs)];

interface Verdict {
  readonly id: string;
  /** The changed file: a verdict holds as long as it is the same. */
  readonly text: string;
  readonly outcome: "caught" | "survives" | "invalid";
  /** What caught it, or why it is no mutant. */
  readonly by: string;
}

// A mutant changes a line: with a compiler cache its core costs a seventh of a whole build.
const split = spawnSync("ccache", ["--version"]).status === 0;
if (split) process.env.OBJCACHE ??= "ccache";
mkdirSync(CACHE, { recursive: true });
const builds = await mutantBuilds({
  builds: Number(values.builds),
  learning: Number(values.learning),
  variants: Number(values.variants),
  seed,
  cache: CACHE,
  split,
});
const only = new RegExp(values.only);
const modules = builds[0]!.rtl.filter(({ name }) => name !== PACKAGE_FILE && only.test(name));
const known = existsSync(VERDICTS) ? (JSON.parse(readFileSync(VERDICTS, "utf8")) as readonly Verdict[]) : [];
const verdicts: Verdict[] = [];
const others =
  values.only === "" ? [] : known.filter(({ id }) => !modules.some(({ name }) => id.startsWith(`${name}: `)));
// Two more than wanted, for those that no tool accepts.
const queue = modules.map((file) => mutantsOf(file, seed, each + 2));
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
const explained = valid.length - caught - unexplained.length;
console.log(
  `${valid.length} mutants of ${modules.length} modules, ${caught} caught, ${explained} explained, ${unexplained.length} not`,
);
process.exitCode = unexplained.length > 0 ? 1 : 0;

async function judgeModule(mutants: readonly Mutant[]): Promise<void> {
  let judged = 0;
  for (const mutant of mutants) {
    if (judged === each) return;
    const verdict = known.find(({ id, text }) => id === mutant.id && text === mutant.text) ?? (await judge(mutant));
    verdicts.push(verdict);
    writeFileSync(VERDICTS, `${JSON.stringify([...others, ...verdicts], null, 2)}\n`);
    console.log(`${verdict.outcome.padEnd(8)} ${mutant.id} (line ${mutant.line})\n         ${verdict.by}`);
    if (verdict.outcome !== "invalid") judged++;
  }
}

async function judge({ id, file, text }: Mutant): Promise<Verdict> {
  const having = builds.filter(({ modules: names }) => names.has(file));
  let changed = 0;
  for (const build of having) {
    const rtl = build.rtl.map((source) => (source.name === file ? { name: file, text } : source));
    let program: string;
    try {
      ({ program } = await buildSimulation(rtl, benchSources(), { cache: CACHE, quick: true, split }));
    } catch (error) {
      // Verilator refuses it. Anything else, a full disk for one, says nothing of the mutant.
      if (!(error instanceof SimulationError)) throw error;
      const by = error.message.split("\n").slice(0, 2).join(" ");
      return { id, text, outcome: "invalid", by };
    }
    if (program === build.program) continue;
    changed++;
    const by = await caughtBy(build, program);
    if (by !== null) return { id, text, outcome: "caught", by };
  }
  return { id, text, outcome: "survives", by: `${having.length} builds have the module, ${changed} another program` };
}

async function caughtBy({ name, variants }: MutantBuild, program: string): Promise<string | null> {
  for (const [n, { image, samples }] of variants.entries()) {
    const place = `${name}, variant ${n}`;
    try {
      const { difference } = await cosimulate(image, samples, program, { seed: 1 + (n % 2), patience: PATIENCE });
      if (difference !== null) return `${place}: ${describeDifference(difference)}`;
    } catch (error) {
      // The bench itself found what cannot be: a step that no tick began, an address of no element.
      if (!(error instanceof SimulationError)) throw error;
      return `${place}: ${error.message.split("\n").slice(0, 2).join(" ")}`;
    }
  }
  return null;
}
